"""什么人在哪个环节能办政务舆情、调查、发布计划的什么:对照 ``tables/talk_acts.csv``,按网址办一遍(``test_talk_matrix``)。"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from gongkai.engagement import actions
from gongkai.engagement.models import OpinionCase, PressItem, PressYear, Survey
from gongkai.engagement.terms import EntryKind, SurveyState
from gongkai.law.engagement import Grade
from gongkai.law.press import Level
from gongkai.law.surveys import QuestionKind
from tests.engagement.test_engagement import AT, now  # noqa: F401
from tests.engagement.test_talk_matrix import table, walked  # noqa: F401
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = moment(2026, 9, 10, 14, 10)


def desk(name, *arguments):
    return reverse(f"desk:engagement_{name}", args=arguments)


def test_opinion_cases(walked, now):  # noqa: F811
    office, by = walked.office, {"by": walked.office.office, "at": HERE}
    record = office.publish(at=HERE)
    states = ("found", "graded", "answered", "acted", "closed")
    found = {
        state: actions.open_case("路面塌陷", "热线", office.agency, detected_at=HERE - timedelta(hours=1), **by)
        for state in states
    }
    for state in states[1:]:
        actions.grade_case(found[state], Grade.NONE, office.agency, **by)
    for state in states[2:]:
        actions.add_entry(found[state], EntryKind.FIRST, HERE, "已经围挡。", record=record, **by)
    for state in states[3:]:
        actions.add_entry(found[state], EntryKind.ACTION, HERE, "已经回填。", **by)
    actions.close_case(found["closed"], **by)
    found = {state: OpinionCase.objects.get(pk=one.pk) for state, one in found.items()}
    now(HERE)
    filled = {"grade": Grade.GRAVE.value, "owner": office.agency.pk, "kind": EntryKind.ACTION.value}
    filled |= {"when": localtime(HERE).strftime("%Y-%m-%dT%H:%M"), "text": "通行。"}
    assert walked("case", found, lambda one, key: desk(key, one.pk), filled, lambda one: "") == []


def test_surveys(walked, now):  # noqa: F811
    office, by = walked.office, {"by": walked.office.colleague, "at": AT}
    opens = {"coming": HERE + timedelta(days=1)}
    closes = {"closed": HERE - timedelta(hours=1), "told": HERE - timedelta(hours=1)}
    found, questions = {}, {}
    for state, _ in SurveyState.choices():
        values = {"title": "延时服务", "intro": "定时间。", "opens_at": opens.get(state, AT)}
        values["closes_at"] = closes.get(state, HERE + timedelta(days=5))
        made = found[state] = actions.draft_survey(office.agency, values, **by)
        questions[made.pk] = [actions.add_question(made, QuestionKind.SCALE, f"打几分{n}", **by) for n in (1, 2)]
        if state != "draft":
            actions.release_survey(made, by=office.head, at=AT)
    actions.tell_survey(found["told"], "没有答到老人。", "延长一小时。", by=office.head, at=HERE)
    found = {state: Survey.objects.get(pk=one.pk) for state, one in found.items()}
    assert {state: one.state(HERE).value for state, one in found.items()} == {state: state for state in found}
    now(HERE)
    names = {"edit": "edit_survey", "question": "new_question", "release": "release_survey"}
    names |= {"extend": "extend_survey", "tell": "tell_survey"}

    def address(one, key):
        return desk("drop_question", questions[one.pk][0].pk) if key == "drop" else desk(names[key], one.pk)

    filled = {
        "title": "延时服务",
        "intro": "定时间。",
        "opens_at": "2026-09-11T09:00",
        "closes_at": "2026-09-20T09:00",
    }
    filled |= {"kind": "scale", "text": "再打几分", "until": "2026-09-25T09:00", "reason": "人少"}
    filled |= {"limits": "没有答到老人。", "measures": "延长一小时。"}
    assert walked("survey", found, address, filled, lambda one: "") == []


def test_the_yearly_plan(walked, now):  # noqa: F811
    office, by = walked.office, {"by": walked.office.office, "at": AT}
    found, items = {}, {}
    for state, year in (("draft", 2027), ("issued", 2026)):
        plan = found[state] = actions.open_press_year(year, [office.agency], **by)
        items[plan.pk] = actions.plan_item(plan, office.agency, 5, "招生", Level.UNIT, **by)
    actions.approve_press_year(found["issued"], "常务会议", **by)
    found = {state: PressYear.objects.get(pk=one.pk) for state, one in found.items()}
    assert PressItem.objects.count() == 2 and {key for key, _ in table("plan")} == {
        "units",
        "item",
        "drop",
        "issue",
    }
    now(HERE)
    names = {"units": "press_units", "item": "new_press_item", "issue": "issue_press_plan"}

    def address(one, key):
        return desk("drop_press_item", items[one.pk].pk) if key == "drop" else desk(names[key], one.year)

    filled = {"units": [office.agency.pk], "agency": office.agency.pk, "month": "6", "title": "开学"}
    filled |= {"level": Level.UNIT.value, "basis": "常务会议"}
    assert walked("plan", found, address, filled, lambda one: "") == []
