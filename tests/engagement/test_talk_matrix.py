"""什么人在哪个环节能办发布会、访谈、访谈的提问、问政的问题的什么:对照 ``tables/talk_acts.csv``,按网址办一遍。

表里有的办得成,记下一条;表里没有的什么都不变。外单位的人一样也办不成。
"""

from datetime import date
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Asked, Briefing, Interview, TelevisedIssue
from gongkai.engagement.press_terms import BriefingState
from gongkai.engagement.terms import AskedState, InterviewState, IssueSource, IssueState
from gongkai.engagement.views import interviews, press, televised
from gongkai.law.agencies import Role
from gongkai.law.press import Level, Rank
from gongkai.org.models import LogEntry
from tests import acts
from tests.engagement.test_engagement import AT, now  # noqa: F401
from tests.engagement.test_interviews import END, START, VALUES
from tests.engagement.test_press import AFTER, TIMES
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
table = partial(acts.table, "talk_acts.csv")
HERE = moment(2026, 9, 10, 14, 10)


@pytest.fixture
def walked(client):
    """Try every act in every state by everybody; what did not end as the table says."""
    office, stranger = Office(), Office("MH0122", "明湖区民政局")

    def walk(what, things, address, filled, mark):
        allowed, faults = table(what), []
        acting = set().union(*allowed.values())
        first = {key: (state, min(roles)) for (key, state), roles in reversed(allowed.items())}
        people = [(role.label, office.people[role]) for role in Role]
        people.append(("外单位的信息员", stranger.clerk))
        for who, person in people:
            client.force_login(person)
            for state, thing in things.items():
                for key, (sample, doer) in first.items():
                    right = who in allowed.get((key, state), ())
                    # 环节不对的,由办得了这件事的一个岗位试;什么都办不了的岗位,每件事在一个环节试
                    if (key, state) not in allowed and who != doer:
                        continue
                    if who not in acting and state != sample:
                        continue
                    before = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
                    with transaction.atomic():
                        client.post(address(thing, key), filled | {"seen": mark(thing)})
                        done = LogEntry.objects.filter(pk__gt=before).exists()
                        transaction.set_rollback(True)
                    if done is not right:
                        faults.append((who, state, key, done))
        return faults

    walk.office = office
    return walk


def briefings(office):
    """One briefing at each step; whoever sent it is not among those who act."""
    by, at = {"by": office.colleague, "at": AT}, AFTER
    level = {"whole": Level.WHOLE}
    found = {
        state: actions.propose_briefing(office.agency, TIMES, level.get(state, Level.UNIT), **by)
        for state in ("draft", "submitted", "whole", "approved", "held", "told", "cancelled")
    }
    for state in ("submitted", "whole", "approved", "held", "told"):
        actions.submit_briefing(found[state], **by)
    for state in ("approved", "held", "told"):
        actions.approve_briefing(found[state], by=office.head, at=AT)
        actions.attend(found[state], "章某", "局长", Rank.CHIEF, by=office.colleague, at=at)
    for state in ("held", "told"):
        actions.hold_briefing(found[state], "介绍情况。", by=office.colleague, at=at)
    office.sign(actions.draft_briefing_transcript(found["told"], by=office.colleague, at=at), at=at)
    actions.cancel_briefing(found["cancelled"], "改期", **by)
    return {state: Briefing.objects.get(pk=one.pk) for state, one in found.items()}


def test_briefings(walked, now):  # noqa: F811
    found = briefings(walked.office)
    assert set(press.ACTS) == {key for key, _ in table("briefing")}
    assert {one.state for one in found.values()} == {state for state, _ in BriefingState.choices()}
    now(HERE)
    filled = {"reason": "改", "name": "柳某", "post": "局长", "rank": Rank.CHIEF.value, "opening": "介绍。"}
    filled |= {"url": "https://video.mh.example/1"}

    def address(one, key):
        return reverse("desk:engagement_briefing_act", args=[one.pk, key])

    assert walked("briefing", found, address, filled, lambda one: one.mark) == []


def announced(office, **options):
    made = actions.plan_interview(office.agency, VALUES | options, by=office.clerk, at=AT)
    office.sign(actions.draft_interview_notice(made, by=office.clerk, at=AT), at=AT)
    return Interview.objects.get(pk=made.pk)


def talk(office, questions=0):
    """An interview under way with so many questions and one line said."""
    made = announced(office)
    asked = [actions.ask_interview(made, f"第{n}问？", at=AT)[0] for n in range(questions)]
    actions.open_interview(made, by=office.clerk, at=START)
    actions.say(made, "钱某", "大家好。", by=office.clerk, at=START)
    return made, asked


def test_interviews(walked, now):  # noqa: F811
    office = walked.office
    found = {"planned": actions.plan_interview(office.agency, VALUES, by=office.clerk, at=AT)}
    found["calling"] = announced(office, questions_until=END)
    found["announced"] = announced(office, questions_until=moment(2026, 9, 10, 13))
    found["live"], _ = talk(office)
    for state in ("owing", "closed", "done"):
        found[state], _ = talk(office, questions=state == "owing")
        actions.close_interview(found[state], by=office.clerk, at=HERE)
    office.sign(actions.draft_transcript(found["done"], by=office.clerk, at=HERE), at=HERE)
    found = {state: Interview.objects.get(pk=one.pk) for state, one in found.items()}
    now(HERE)
    assert {state: one.state(HERE).value for state, one in found.items()} == {state: state for state in found}
    assert len(found) == len(InterviewState.choices())
    filled = {name: VALUES[name] for name in ("title", "topic")}
    filled |= {"guests": "钱某，局长", "form": "text", "video": "https://video.mh.example/1"}
    filled |= {
        "starts_at": "2026-09-10T14:00",
        "ends_at": "2026-09-10T15:00",
        "questions_until": "2026-09-10T14:00",
    }
    filled |= {"speaker": "钱某", "text": "说。"}
    names = {"edit": "edit_interview", "notice": "interview_notice"}

    def address(one, key):
        return reverse(f"desk:engagement_{names.get(key, key)}", args=[one.pk])

    assert walked("interview", found, address, filled, lambda one: "") == []


def questions(office):
    """Questions of an interview under way, and of one that is over."""
    by, found = {"by": office.colleague, "at": HERE}, {}
    made, asked = talk(office, 5)
    found |= dict(zip(("new", "chosen", "read", "answered", "declined"), asked, strict=True))
    over, asked = talk(office, 6)
    found |= dict(
        zip(("owed_new", "owed_chosen", "owed_read", "drafted", "replied", "refused"), asked, strict=True)
    )
    for state in ("chosen", "read", "answered", "owed_chosen", "owed_read"):
        actions.choose_question(found[state], "第几问？", **by)
    for state in ("read", "answered", "owed_read"):
        actions.read_out(found[state], **by)
    actions.say(made, "钱某", "答。", answers=found["answered"], **by)
    actions.decline_question(found["declined"], "请写信", **by)
    actions.close_interview(over, **by)
    for state in ("drafted", "replied"):
        actions.draft_answer(found[state], "第几问？", "答。", **by)
    actions.release_answer(found["replied"], by=office.head, at=HERE)
    actions.decline_question(found["refused"], "请写信", **by)
    return {state: Asked.objects.select_related("interview").get(pk=one.pk) for state, one in found.items()}


def test_questions_to_interviews(walked, now):  # noqa: F811
    found = questions(walked.office)
    assert {one.state for one in found.values()} == {state for state, _ in AskedState.choices()}
    assert {key for key, _ in table("asked")} == {*interviews.ACTS, "read"}
    now(HERE)

    def address(one, key):
        if key == "read":
            return reverse("desk:engagement_read_out", args=[one.pk])
        return reverse("desk:engagement_asked", args=[one.pk, key])

    filled = {"shown": "第几问？", "answer": "答。", "reason": "请写信"}
    assert walked("asked", found, address, filled, lambda one: one.mark) == []


def test_televised_issues(walked, now):  # noqa: F811
    office, on, by = walked.office, date(2026, 9, 11), {"by": walked.office.colleague, "at": AT}
    host = Office("MH0130", "明湖区融媒体中心")
    made = actions.hold_broadcast(
        host.agency, {"title": "问城建", "held_on": date(2026, 8, 31)}, by=host.office, at=AT
    )
    found = {
        state: actions.add_issue(made, IssueSource.EXPOSED, "没有充电", "", office.agency, by=host.office, at=AT)
        for state in ("found", "promised", "settled", "closed")
    }
    for state in ("promised", "settled", "closed"):
        actions.promise_issue(found[state], "建充电棚", on, **by)
    for state in ("settled", "closed"):
        actions.settle_issue(found[state], "建好了", **by)
    actions.revisit_issue(found["closed"], True, "看过", by=host.office, at=AT)
    found = {state: TelevisedIssue.objects.get(pk=one.pk) for state, one in found.items()}
    assert {one.state for one in found.values()} == {state for state, _ in IssueState.choices()}
    assert set(televised.ACTS) == {key for key, _ in table("issue")}
    now(HERE)
    filled = {"promise": "建充电棚", "promise_on": "2026-09-30", "result": "建好了", "kept": "yes", "note": "看过"}

    def address(one, key):
        return reverse("desk:engagement_issue_act", args=[one.pk, key])

    assert walked("issue", found, address, filled, lambda one: one.mark) == []
