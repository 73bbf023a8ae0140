"""闭环:吹风、同步解读、提问、两人过手的答复、同意了才公开;一条线看全程。"""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.desk import todo
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.policies import actions as policies
from gongkai.policies import timeline
from gongkai.policies.questions import ask
from gongkai.questions import actions
from gongkai.questions.models import Question
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from tests.policies.bundle import released
from tests.records.office import AT, Office

LATER = AT + timedelta(days=3)


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def policy(office):
    return Record.objects.get(pk=released(office, "图表图解").policy_id)


def asked(policy, text="我家四楼，能补多少？", consent=True):
    return ask(policy, text, consent=consent, at=AT)[0]


def answered(office, question, publish=True, shown="四楼的补助标准是多少？"):
    actions.answer(question, "按第三条，四楼不补，五楼起每层补两万元。", shown=shown, by=office.clerk, at=LATER)
    return actions.approve(question, publish, by=office.head, at=LATER)


def test_a_question_has_its_clock_and_its_unit(office, policy):
    question = asked(policy)
    assert (question.agency, question.due_on) == (office.agency, date(2024, 9, 10))
    waiting = {panel.label: panel.count for panel in todo.all_panels(office.clerk, AT.date())}
    assert waiting["公众对政策的提问"] == 1


def test_a_merged_unit_hands_its_questions_on(office, policy):
    heir = Office(code="MH0188", name="明湖区承继局").agency
    office.agency.successor, office.agency.ended_on = heir, AT.date()
    office.agency.save()
    assert asked(policy).agency == heir


def test_answered_by_two_and_published_with_consent(office, policy):
    question = asked(policy)
    actions.answer(question, "答复", shown="问法", by=office.clerk, at=LATER)
    with pytest.raises(PermissionDenied):
        actions.approve(question, True, by=office.clerk, at=LATER)
    done = actions.approve(question, True, by=office.head, at=LATER)
    assert list(Question.objects.faq(LATER)) == [done]
    with pytest.raises(RuleBroken, match="不能再这样办"):
        actions.answer(done, "改", by=office.clerk, at=LATER)


@pytest.mark.parametrize(
    ("consent", "shown", "said"),
    [
        (False, "问法", "没有同意公开"),
        (True, " ", "没有写公开的问法"),
        (True, "我的电话13800138000", "公开的问答里有手机号"),
    ],
)
def test_what_is_not_published(office, policy, consent, shown, said):
    question = asked(policy, consent=consent)
    with pytest.raises(RuleBroken, match=said):
        answered(office, question, shown=shown)
    question.refresh_from_db()
    assert actions.approve(question, False, by=office.head, at=LATER).published_at is None
    assert not Question.objects.faq(LATER).exists()


def test_given_back_and_declined(office, policy):
    question = asked(policy)
    actions.answer(question, "答复", by=office.clerk, at=AT)
    assert actions.give_back(question, by=office.head, at=AT).state == "open"
    with pytest.raises(RuleBroken, match="向谁问"):
        actions.decline(question, "", by=office.clerk, at=AT)
    assert actions.decline(question, "请问区民政局。", by=office.clerk, at=AT).state == "declined"


def test_the_line_from_before_to_after(office, policy):
    policies.brief(policy, date(2024, 8, 1), "召开座谈会", by=office.clerk, at=AT)
    answered(office, asked(policy))
    Record.objects.filter(pk=policy.pk).update(effective_on=date(2024, 10, 1), expires_on=date(2029, 9, 30))
    policy.refresh_from_db()
    day = local_day(LATER)
    found = [
        (one.name, one.mark, [point.text for point in one.points]) for one in timeline.stages(policy, LATER, day)
    ]
    assert found == [
        ("征求意见和吹风", "done", ["召开座谈会"]),
        ("公布并解读", "done", ["图表图解"]),
        ("公布以后", "done", ["解答公众提问1个"]),
        ("施行", "now" if day >= date(2024, 10, 1) else "next", []),
        ("有效期届满", "next", []),
    ]
    after = timeline.stages(policy, LATER, date(2029, 10, 1))
    assert [(one.name, one.mark) for one in after[-2:]] == [("施行", "done"), ("有效期届满", "done")]


def test_the_public_asks_and_looks(client, office, policy):
    url = reverse("public:policy_questions", args=[policy.pk])
    assert "看不明白？问起草单位" in client.get(policy.get_absolute_url()).content.decode()
    assert client.post(url, {"text": ""}).status_code == 400
    response = client.post(url, {"text": "四楼补多少？", "consent": "on"}, follow=True)
    text = response.content.decode()
    look = {key: response.context["receipt"][key] for key in ("number", "code")}
    code = look["code"]
    assert look["number"].startswith("MH0101-P-") and code not in Question.objects.get().code
    assert "已经收到您的提问" in text and code in text and not response.cookies
    url_of_answer = reverse("public:ask_progress")
    assert "正在办理" in client.post(url_of_answer, look).content.decode()
    # 编号不对、码不对、只有码,说的一样
    for wrong in (
        {"code": "0000"},
        {"code": code},
        look | {"number": look["number"][:-1] + "2"},
        look | {"code": "0" * 12},
    ):
        answer = client.post(url_of_answer, wrong)
        assert answer.status_code == 404 and "编号或者查询码不对" in answer.content.decode()
    answered(office, Question.objects.get())
    assert "五楼起每层补两万元" in client.post(url_of_answer, look).content.decode()
    page = client.get(url).content.decode()
    assert "四楼的补助标准是多少？" in page and "四楼补多少？" not in page
    records.withdraw(policy, WithdrawalKind.RETRACTED, reason="有误", on=AT.date(), by=office.head, at=AT)
    assert client.get(url).status_code == 404
    assert policy.title not in client.post(url_of_answer, look).content.decode()


def test_a_code_of_the_former_kind_still_stands_alone(client, policy):
    """Such a question has no number; of its code only the keyed form of a bare hash is kept."""
    question = asked(policy)
    bare = hashlib.sha256(b"0123456789ab").hexdigest()
    Question.objects.filter(pk=question.pk).update(number=None, code=actions.former(bare))
    assert actions.find("", " 0123456789AB ") == question
    assert actions.find("", bare) is None and actions.find("", actions.former(bare)) is None
    assert "正在办理" in client.post(reverse("public:ask_progress"), {"code": "0123456789ab"}).content.decode()


def test_too_many_questions_are_put_off(client, policy):
    url = reverse("public:policy_questions", args=[policy.pk])
    found = [client.post(url, {"text": f"第{n}问"}).status_code for n in range(11)]
    assert found == [302] * 10 + [429]


def test_the_desk(client, office, policy):
    question = asked(policy, "我叫张三，电话13800138000，补多少？")
    url = question.get_absolute_url()
    client.force_login(office.clerk)
    page = client.get(url).content.decode()
    assert "提问里像有个人信息：手机号" in page and "<h2>联系方式</h2>" not in page, "政策提问不收联系方式"
    assert client.post(url, {"act": "approve", "verdict": "publish"}).status_code == 403
    assert client.post(url, {"act": "answer", "answer": "", "shown": ""}).status_code == 422
    client.post(url, {"act": "answer", "answer": "按第三条办。", "shown": "补多少？"})
    assert (
        question.text[:10] in client.get(reverse("desk:questions") + "?kind=policy&state=drafted").content.decode()
    )
    client.force_login(office.head)
    assert client.post(url, {"act": "approve", "verdict": "publish", "seen": "0"}).status_code == 422
    client.post(url, {"act": "approve", "verdict": "publish", "seen": Question.objects.get().mark})
    assert Question.objects.get().published_at
    client.force_login(office.clerk)
    client.post(
        reverse("desk:policies_brief", args=[policy.pk]), {"on": "2024-08-01", "title": "座谈会", "record": ""}
    )
    assert "座谈会" in client.get(policy.get_absolute_url()).content.decode()


def test_the_former_addresses_lead_on(client, office, policy):
    answer = client.get(reverse("public:policy_answer"))
    assert (answer.status_code, answer.url) == (301, reverse("public:ask_progress"))
    client.force_login(office.clerk)
    listed = client.get(reverse("desk:policies_questions") + "?list=drafted")
    assert listed.url == reverse("desk:questions") + "?kind=policy&state=drafted"
