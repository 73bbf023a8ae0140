"""公众提问的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from gongkai.policies.questions import ask

#: Doors that open to whoever sees questions; each kind asks for its own right, each step for another.
BY_THE_CASE = {"question", "question_step", "policies_question"}


def samples(own, at, secret):
    """A question about a public paper of the agency, as secret as a draft."""
    question, _ = ask(own.publish(), secret, consent=True, at=at)
    question.former = 7
    question.save(update_fields=["former"])
    return {
        "pks": {"question": question.pk, "question_step": question.pk},
        "arguments": {"question_step": {"step": "answer"}, "policies_question": {"former": 7}},
    }
