"""处理结果、不予公开的理由、救济:每种结果要写什么、不许写什么,各项合起来算哪一种,救济按日期和种类分支。"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import grounds, remedies, replies
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.replies import Group, check, outcomes, overall
from gongkai.law.report import form

OUTCOMES = outcomes()
ALL_STEPS = ("third_party_sent", "corrected", "reasons_demanded", "correction_lapsed", "fee_lapsed", "withdrawn")
ANSWERS = {
    test.key: "《中华人民共和国某某法》第十条，已核对" for one in grounds.grounds().values() for test in one.tests
}


def complete(key):
    """The facts that an outcome needs, all filled in."""
    return {name: "已经写明" for name in OUTCOMES[key].needs if name != "tests"}


def ground_for(key):
    return "" if OUTCOMES[key].ground or "tests" not in OUTCOMES[key].needs else "process"


def codes(found):
    return {one.code for one in found}


def test_every_row_of_the_report_has_an_outcome():
    assert {one.cell for one in OUTCOMES.values()} == set(form("2021").outcomes)


@pytest.mark.parametrize("key", OUTCOMES)
def test_c56_complete_is_enough(key):
    assert check(key, complete(key), answers=ANSWERS, ground=ground_for(key), taken=ALL_STEPS) == []


@pytest.mark.parametrize("key", OUTCOMES)
@pytest.mark.parametrize("fact", [name for name in replies.facts() if name != "tests"])
def test_c56_each_fact_is_needed_or_forbidden(key, fact):
    stated = complete(key)
    if fact in stated:
        found = check(key, stated | {fact: "  "}, answers=ANSWERS, ground=ground_for(key), taken=ALL_STEPS)
        assert codes(found) == {"fact_missing"}
    else:
        found = check(key, stated | {fact: "多写的"}, answers=ANSWERS, ground=ground_for(key), taken=ALL_STEPS)
        assert codes(found) == {"fact_forbidden"}
    assert all(one.message.endswith("。") and one.basis and one.fix for one in found)


@pytest.mark.parametrize("key", [key for key, one in OUTCOMES.items() if one.steps])
def test_a_step_must_come_first(key):
    assert "step_missing" in codes(check(key, complete(key), answers=ANSWERS))


@pytest.mark.parametrize("key", OUTCOMES)
def test_c57_a_ground_only_where_something_is_withheld(key):
    one = OUTCOMES[key]
    found = codes(check(key, complete(key), answers=ANSWERS, ground="internal", taken=ALL_STEPS))
    assert ("ground_forbidden" in found) == ("tests" not in one.needs)
    bare = codes(check(key, complete(key), answers=ANSWERS, taken=ALL_STEPS))
    assert ("ground_missing" in bare) == ("tests" in one.needs and not one.ground)
    assert ("tests" in one.needs) == (one.group in (Group.REFUSED, Group.PARTIAL))


@pytest.mark.parametrize("key", grounds.grounds())
def test_each_question_of_a_ground_must_be_answered(key):
    ground = grounds.grounds()[key]
    assert grounds.check(key, ANSWERS, ALL_STEPS) == []
    for one in ground.tests:
        found = grounds.check(key, ANSWERS | {one.key: "无"}, ALL_STEPS)
        assert "test_unanswered" in codes(found) and one.ask in found[0].message


def test_withholding_for_a_third_party_needs_the_inquiry():
    assert codes(grounds.check("third_party", ANSWERS)) == {"step_missing"}


@pytest.mark.parametrize(
    ("law", "enough"),
    [
        ("《中华人民共和国统计法》第二十五条", True),
        ("《全国经济普查条例》第三十五条", True),
        ("《云江省档案条例》第三条", False),
        ("《明湖区保密工作办法》第五条", False),
        ("明政办发〔2020〕5号", False),
        ("统计法第二十五条", False),
    ],
)
def test_only_a_law_or_administrative_regulation_forbids(law, enough):
    assert ("law_too_low" not in codes(grounds.check("forbidden", {"law": law}))) is enough


@pytest.mark.parametrize(
    ("items", "whole"),
    [
        (["provided"], "provided"),
        (["already_public"], "already_public"),
        (["already_public", "provided"], "provided"),
        (["provided", "not_held"], "partial"),
        (["partial"], "partial"),
        (["partial", "not_held"], "partial"),
        (["not_held", "not_ours"], "not_held"),
        (["not_held", "state_secret"], "state_secret"),
        (["process", "internal"], "internal"),
        (["repeated", "not_held"], "not_held"),
        (["withdrawn"], "withdrawn"),
    ],
)
def test_c58_the_case_from_its_items(items, whole):
    assert overall(items) == overall(list(reversed(items))) == whole


def test_a_person_may_choose_among_what_is_there():
    assert overall(["not_held", "process"], "not_held") == "not_held"
    with pytest.raises(RuleBroken, match="可以是"):
        overall(["not_held", "process"], "provided")
    with pytest.raises(RuleBroken):
        overall(["provided", "process"], "process")
    with pytest.raises(RuleBroken, match="还没有一项"):
        overall([])


@given(st.lists(st.sampled_from(list(OUTCOMES)), min_size=1, max_size=6))
def test_partial_exactly_when_some_is_given_and_some_is_not(items):
    groups = {OUTCOMES[key].group for key in items}
    some = bool(groups & {Group.OPEN, Group.PARTIAL})
    assert (overall(items) == "partial") == (some and groups != {Group.OPEN})
    assert overall(items) == "partial" or overall(items) in items


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        (["provided"], ("secrecy",)),
        (["not_held"], ("legal",)),
        (["already_public"], ()),
        (["not_ours"], ()),
        (["provided", "not_held"], ("secrecy", "legal")),
        (["state_secret"], ("secrecy", "legal")),
    ],
)
def test_gates(items, wanted):
    assert replies.gates(items) == wanted


def told(outcome, on, **more):
    return remedies.remedy(outcome, on, kind=AgencyKind.DEPARTMENT, government="明湖区人民政府", **more)


@pytest.mark.parametrize("key", OUTCOMES)
@pytest.mark.parametrize("on", [date(2021, 6, 1), date(2023, 12, 31), date(2024, 1, 1), date(2026, 11, 1)])
def test_c65_review_first_only_for_withholding_since_2024(key, on):
    one, found = OUTCOMES[key], told(key, on)
    withheld = one.group in (Group.REFUSED, Group.PARTIAL) and key != "special_law"
    assert found.review_first is (withheld and on >= date(2024, 1, 1))
    assert ("先向明湖区人民政府申请行政复议" in found.text) is found.review_first
    assert ("6个月内直接" in found.text) is not found.review_first
    assert found.review_due is None and found.suit_due is None


@pytest.mark.parametrize(
    ("outcome", "received", "review", "suit"),
    [
        ("provided", date(2026, 3, 2), date(2026, 5, 6), date(2026, 9, 2)),  # 5月1日至5日放假
        ("process", date(2026, 3, 2), date(2026, 5, 6), None),
        ("provided", date(2025, 8, 31), date(2025, 10, 30), date(2026, 2, 28)),  # 2月没有31日;28日调休上班
        ("not_held", date(2025, 3, 3), date(2025, 5, 6), date(2025, 9, 3)),
    ],
)
def test_last_days_of_remedies(outcome, received, review, suit):
    found = told(outcome, received, received_on=received)
    assert (found.review_due, found.suit_due) == (review, suit)


@pytest.mark.parametrize(
    ("kind", "above", "reviewer"),
    [
        (AgencyKind.DEPARTMENT, "", "明湖区人民政府"),
        (AgencyKind.AUTHORISED, "", "明湖区人民政府"),
        (AgencyKind.TOWN, "", "明湖区人民政府"),
        (AgencyKind.GOVERNMENT, "云州市人民政府", "云州市人民政府"),
        (AgencyKind.GOVERNMENT, "", "上一级人民政府"),
        (AgencyKind.DEPARTMENT, "国家税务总局云州市税务局", "国家税务总局云州市税务局"),
    ],
)
def test_who_reviews(kind, above, reviewer):
    assert remedies.reviewed_by(kind, "明湖区人民政府", above) == reviewer


@pytest.mark.parametrize(("simple", "due"), [(True, date(2026, 3, 9)), (False, date(2026, 3, 16))])
def test_days_to_answer_the_reviewing_body(simple, due):
    assert remedies.answer_due(date(2026, 3, 2), simple=simple) == due


def test_silence_names_both_ways():
    assert "行政复议" in remedies.silence("明湖区人民政府") and "行政诉讼" in remedies.silence("明湖区人民政府")
