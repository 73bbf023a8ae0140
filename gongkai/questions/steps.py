"""一问眼下能怎样办:各步要哪个权限、在哪些环节,页面和动作都照这一张表。"""

from __future__ import annotations

from gongkai.law.terms import Term
from gongkai.org import access
from gongkai.org.models import User

from .kinds import Kind
from .models import Question, QuestionState


class Step(Term):
    """对一问的一步。"""

    ANSWER = "answer", "答复"
    APPROVE = "approve", "核定"
    DECLINE = "decline", "告知去处"
    TRANSFER = "transfer", "转给别的单位"
    PUBLISH = "publish", "公开"
    UNPUBLISH = "unpublish", "不再公开"
    CONTACT = "contact", "看联系方式"

    def right(self, kind: Kind) -> str:
        """The right that this step asks for."""
        return kind.publish if self in (Step.APPROVE, Step.PUBLISH, Step.UNPUBLISH) else kind.answer


def states(step: Step, kind: Kind) -> frozenset[QuestionState]:
    """The states in which a step may be taken; none where the kind does not know it."""
    waiting, drafted, answered = QuestionState.OPEN, QuestionState.DRAFTED, QuestionState.ANSWERED
    found = {
        Step.ANSWER: (waiting, drafted if kind.settled_first else answered),
        Step.APPROVE: (drafted,) if kind.settled_first else (),
        Step.DECLINE: () if kind.moves else (waiting,),
        Step.TRANSFER: (waiting,) if kind.moves else (),
        Step.PUBLISH: (answered,),
        Step.UNPUBLISH: (answered,),
        Step.CONTACT: tuple(QuestionState),
    }
    return frozenset(found[step])


def offered(question: Question, user: User) -> list[Step]:
    """The steps that this person may take on it now."""
    kind = question.rules
    fits = {
        Step.PUBLISH: question.consents and question.published_at is None,
        Step.UNPUBLISH: question.published_at is not None,
        Step.CONTACT: bool(question.contact),
    }
    return [
        step
        for step in Step
        if fits.get(step, True)
        and question.state in states(step, kind)
        and access.may(user, step.right(kind), question.agency)
    ]
