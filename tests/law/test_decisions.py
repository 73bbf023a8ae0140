"""决策程序:每一条硬的规则一行事实,照条例应当怎样;没有一种走法能绕过审查、讨论和逐条答复。"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import consultation, params
from gongkai.law import decisions as law
from gongkai.law.calendar import DAY
from gongkai.law.consultation import Period, Sufficiency, Tally
from gongkai.law.decisions import (
    COURSE,
    Discussion,
    Expert,
    Facts,
    Hearing,
    Legality,
    MeetingKind,
    Outcome,
    Review,
    Risk,
    Round,
    Stage,
    Step,
    citations,
)
from gongkai.law.errors import RuleBroken

ON = date(2026, 11, 2)
ROUND = Round(Period(date(2026, 9, 1), date(2026, 10, 1)), "", Tally(2, taken=1, rejected=1), date(2026, 10, 12))
REVIEW = Review(Legality.LEGAL, True, True, "", date(2026, 10, 14), date(2026, 10, 26), 1)
DISCUSSION = Discussion(MeetingKind.EXECUTIVE, date(2026, 10, 28), Outcome.PASSED, "无", True, "", False)
HEARING = Hearing(date(2026, 8, 3), date(2026, 8, 20), date(2026, 8, 24), date(2026, 9, 4), True, 15, 15)
SOUND = Facts(
    Stage.DISCUSSED,
    rounds=(ROUND,),
    ways=1,
    review=REVIEW,
    discussion=DISCUSSION,
    party_report_on=date(2026, 10, 30),
)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2026, 10, 1), Sufficiency.ENOUGH),
        (date(2026, 9, 30), Sufficiency.BOUNDARY),
        (date(2026, 9, 29), Sufficiency.SHORT),
    ],
)
def test_thirty_days_by_both_counts(end, expected):
    assert consultation.sufficiency(Period(date(2026, 9, 1), end)) is expected


def test_the_public_has_only_the_days_after_the_notice_came_on_line():
    found = consultation.period(date(2024, 5, 20), date(2024, 6, 15), published=date(2024, 5, 21))
    assert (found.excluded, found.included) == (25, 26)
    with pytest.raises(RuleBroken, match="早于开始日"):
        consultation.period(date(2024, 6, 15), date(2024, 5, 20))


def test_a_sound_decision_may_be_published():
    law.may(Step.PUBLISH, SOUND, ON)


FAULTS = {
    "H1-WAYS": replace(SOUND, rounds=(), ways=0),
    "H1-GROUPS": replace(SOUND, groups=True),
    "H3-OPEN": replace(SOUND, rounds=(replace(ROUND, period=Period(date(2026, 10, 5), date(2026, 11, 2))),)),
    "H3-UNANSWERED": replace(SOUND, rounds=(replace(ROUND, tally=Tally(2, taken=1)),)),
    "H3-FEEDBACK": replace(SOUND, rounds=(replace(ROUND, fed_back_on=None),)),
    "H4-NONE": replace(SOUND, hearing_by_law=True),
    "H4-NOTICE": replace(SOUND, hearings=(replace(HEARING, announced_on=HEARING.held_on),)),
    "H4-LIST": replace(SOUND, hearings=(replace(HEARING, selection_published=False),)),
    "H4-MATERIAL": replace(SOUND, hearings=(replace(HEARING, material_on=date(2026, 8, 29)),)),
    "H4-SIGN": replace(SOUND, hearings=(replace(HEARING, signed=14),)),
    "H5-NONE": replace(SOUND, specialised=True),
    "H5-INTEREST": replace(SOUND, experts=(Expert("甲", True, True),)),
    "H5-SIGN": replace(SOUND, experts=(Expert("甲", False, False),)),
    "H6-NONE": replace(SOUND, risky=True),
    "H6-PARTS": replace(SOUND, risk=Risk(True, True, False, True)),
    "H6-UNCONTROLLED": replace(SOUND, risk=Risk(True, True, True, False)),
    "H9": replace(SOUND, market=True),
    "H-DISPUTE": replace(SOUND, disputed=True),
    "H7-NONE": replace(SOUND, review=replace(REVIEW, by_body=False)),
    "H7-ILLEGAL": replace(SOUND, review=replace(REVIEW, conclusion=Legality.ILLEGAL)),
    "H7-RISK": replace(SOUND, review=replace(REVIEW, conclusion=Legality.EXPLORATORY)),
    "H7-CHANGED": replace(SOUND, draft=2),
    "H7-COUNSEL": replace(SOUND, review=replace(REVIEW, counsel=False)),
    "H8-MEETING": replace(SOUND, discussion=replace(DISCUSSION, meeting=MeetingKind.OTHER)),
    "H8-OUTCOME": replace(SOUND, discussion=replace(DISCUSSION, outcome=Outcome.AGAIN)),
    "H8-REASON": replace(SOUND, discussion=replace(DISCUSSION, against_majority=True)),
    "H8-DISSENT": replace(SOUND, discussion=replace(DISCUSSION, dissent="")),
    "H7-PAPER": replace(
        SOUND, paper="乙", review=replace(REVIEW, paper="甲"), discussion=replace(DISCUSSION, paper="乙")
    ),
    "H7-ADJUSTED": replace(
        SOUND,
        paper="丙",
        adjusted="乙",
        review=replace(REVIEW, paper="甲", conclusion=Legality.AFTER_CHANGES),
        discussion=replace(DISCUSSION, paper="丙"),
    ),
    "H8-PAPER": replace(
        SOUND, paper="乙", review=replace(REVIEW, paper="甲"), discussion=replace(DISCUSSION, paper="甲")
    ),
    "H8-AMENDED": replace(
        SOUND,
        paper="丙",
        amended="乙",
        review=replace(REVIEW, paper="甲"),
        discussion=replace(DISCUSSION, paper="甲", outcome=Outcome.CHANGED),
    ),
    "H10": replace(SOUND, party_report_on=None),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_hard_rule_alone_stops_the_publication(code):
    assert [found.code for found in law.blocks(Step.PUBLISH, FAULTS[code], ON)] == [code]
    with pytest.raises(RuleBroken):
        law.may(Step.PUBLISH, FAULTS[code], ON)
    town = replace(FAULTS[code], level="town")
    law.may(Step.PUBLISH, town, ON)
    assert code in [found.code for found in law.warnings(Step.PUBLISH, town, ON)], "参照执行的只提醒"


def test_what_the_review_asked_for_and_what_the_meeting_changed_is_lawful_once_it_is_entered():
    review = replace(REVIEW, paper="甲", conclusion=Legality.AFTER_CHANGES)
    discussion = replace(DISCUSSION, paper="乙", outcome=Outcome.CHANGED)
    sound = replace(SOUND, paper="丙", adjusted="乙", amended="丙", review=review, discussion=discussion)
    law.may(Step.PUBLISH, sound, ON)
    again = replace(SOUND, stage=Stage.REVIEWED, paper="乙", review=replace(REVIEW, paper="甲"))
    again = replace(again, discussion=replace(DISCUSSION, paper="甲", outcome=Outcome.AGAIN))
    assert [found.code for found in law.blocks(Step.DISCUSS, again, ON)] == ["H7-PAPER"], "再次讨论的看现在这一份"
    assert not law.blocks(Step.DISCUSS, replace(again, paper="甲"), ON)
    unseen = [one.what for one in law.warnings(Step.PUBLISH, replace(SOUND, paper="甲"), ON) if one.code == "W13"]
    assert unseen == ["合法性审查、集体讨论的时候卷里没有放文件，现在这一份是不是当时的，无从核对"]


#: 2025 年国庆、中秋放到十月八日。
HOLIDAY = Period(date(2025, 9, 1), date(2025, 10, 3))
WARNINGS = {
    "W1": replace(SOUND, rounds=(replace(ROUND, period=Period(date(2026, 9, 2), date(2026, 10, 1))),)),
    "W6": replace(SOUND, rounds=(replace(ROUND, period=HOLIDAY),)),
    "W10": replace(SOUND, wrong_citations=("《重大行政决策程序暂行条例》(国务院令第722号)",)),
    "W11": replace(SOUND, rounds=(replace(ROUND, attitudes=3),)),
    "W12": replace(SOUND, rounds=(replace(ROUND, ways=("邮件：someone@example.com",)),)),
}


@pytest.mark.parametrize("code", WARNINGS)
def test_each_warning_says_its_source_and_what_to_do_and_stops_nothing(code):
    found = {one.code: one for one in law.warnings(Step.HAND_IN, WARNINGS[code], ON)}
    assert code in found and found[code].source and found[code].fix
    calm = replace(ROUND, period=Period(date(2026, 8, 3), date(2026, 9, 4)))
    usual = {one.code for one in law.warnings(Step.HAND_IN, replace(SOUND, rounds=(calm,)), ON)}
    assert code not in usual
    law.may(Step.PUBLISH, WARNINGS[code], ON)


@pytest.mark.parametrize(
    ("start", "end", "warned"),
    [
        (date(2025, 9, 1), date(2025, 10, 3), True),
        (date(2025, 9, 1), date(2025, 10, 9), False),
        (date(2025, 10, 18), date(2025, 11, 22), False),  # 普通的星期六
        (date(2025, 9, 30), date(2025, 10, 9), True),  # 十天里放八天
    ],
)
def test_a_period_that_lies_in_a_long_holiday(start, end, warned):
    found = [one.code for one in law.of_round(replace(ROUND, period=Period(start, end)))]
    assert ("W6" in found) is warned


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("支持！", True),
        ("我们坚决反对该方案。", True),
        ("没有意见，谢谢", True),
        ("支持，建议补贴再高一点", False),
        ("反对在小学门口设停车位", False),
        ("建议删去第三条", False),
        ("", False),
    ],
)
def test_what_only_says_for_or_against(text, only):
    assert consultation.is_attitude(text) is only


def test_a_catalogue_comes_late_after_april():
    assert law.late(2026, date(2026, 4, 30), ON) is None and law.late(2027, None, ON) is None
    assert law.late(2026, date(2026, 9, 27), ON).code == "W8"
    assert "还没有公布" in law.late(2026, None, ON).what


def test_who_follows_by_analogy_may_keep_some_rules_hard(tmp_path):
    """H12:参照执行的只提醒;机关另定的几条照样拦。"""
    town = replace(FAULTS["H7-NONE"], level="town", rounds=(), ways=0)
    assert law.blocks(Step.PUBLISH, town, ON) == []
    codes = [one.code for one in law.warnings(Step.PUBLISH, town, ON)]
    assert codes[:3] == ["H12", "H1-WAYS", "H7-NONE"]
    own = tmp_path / "params.toml"
    own.write_text(
        '["decisions.kept_hard"]\nvalues = [{ from = 2026-01-01, value = ["H7"], source = "本区规定" }]\n'
    )
    params.override(own)
    try:
        assert [one.code for one in law.blocks(Step.PUBLISH, town, ON)] == ["H7-NONE"]
        with pytest.raises(RuleBroken, match="合法性审查"):
            law.may(Step.PUBLISH, town, ON)
        assert "H7-NONE" not in [one.code for one in law.warnings(Step.PUBLISH, town, ON)]
    finally:
        params.override(None)


def test_a_risk_once_uncontrolled_is_unlocked_by_a_new_assessment():
    assert law.blocks(Step.HAND_IN, replace(SOUND, risky=True, risk=Risk(True, True, True, True)), ON) == []


def test_a_sound_hearing_has_its_seven_days():
    assert (
        law.blocks(Step.PUBLISH, replace(SOUND, hearings=(replace(HEARING, material_on=date(2026, 8, 28)),)), ON)
        == []
    )


def test_the_evaluator_is_another_than_the_assessor():
    facts = replace(SOUND, stage=Stage.PUBLISHED, assessors=frozenset({"甲局"}), evaluator="甲局")
    with pytest.raises(RuleBroken, match="第三十六条"):
        law.may(Step.EVALUATE, facts, ON)
    law.may(Step.EVALUATE, replace(facts, evaluator="乙中心"), ON)


def test_warnings_say_what_may_pass():
    near = replace(ROUND, period=Period(date(2026, 9, 1), date(2026, 9, 30)), fed_back_on=date(2026, 10, 30))
    codes = [
        found.code for found in law.warnings(Step.HAND_IN, replace(SOUND, vital=True, ways=0, rounds=(near,)), ON)
    ]
    assert codes == ["W1", "W3", "W4", "W5"]
    hasty = replace(SOUND, review=replace(REVIEW, sent_on=date(2026, 10, 28)))
    assert [found.code for found in law.warnings(Step.DISCUSS, hasty, ON)] == ["W2"]
    assert [found.code for found in law.warnings(Step.PUBLISH, SOUND, ON)] == ["W9"]


@given(st.lists(st.sampled_from(list(Step)), max_size=14), st.sampled_from([SOUND, *FAULTS.values()]))
def test_no_order_of_steps_publishes_an_unsound_decision(steps, facts):
    facts, reached = replace(facts, stage=Stage.PROPOSED), set()
    for step in steps:
        try:
            law.may(step, facts, ON)
        except RuleBroken:
            continue
        facts = replace(facts, stage=COURSE[step][1] or facts.stage)
        reached.add(facts.stage)
    if Stage.PUBLISHED in reached:
        assert law.blocks(Step.PUBLISH, facts, ON) == []


def test_what_is_to_come_before_the_meeting():
    facts = replace(SOUND, market=True)
    rows = law.checklist(facts, has_draft=True, has_notes=False, has_basis=True)
    lacking = [row.name for row in rows if row.needed and not row.given]
    assert lacking == ["起草说明", "公平竞争审查意见"]


def test_a_catalogue_needs_its_meeting_and_the_consent_of_the_party():
    with pytest.raises(RuleBroken, match="不要留空"):
        law.may_publish_catalogue(meeting=" ", party_consent_on=ON, items=3)
    with pytest.raises(RuleBroken, match="第三条第三款"):
        law.may_publish_catalogue(meeting="第12次", party_consent_on=None, items=3)
    with pytest.raises(RuleBroken, match="一项也没有"):
        law.may_publish_catalogue(meeting="第12次", party_consent_on=ON, items=0)
    law.may_publish_catalogue(meeting="第12次", party_consent_on=ON, items=3)


@pytest.mark.parametrize(
    ("entered", "planned", "fits"),
    [
        (date(2026, 3, 30), date(2026, 4, 30), False),
        (date(2026, 3, 30), date(2026, 6, 30), True),
    ],
)
def test_thirty_days_and_seven_working_days_must_fit(entered, planned, fits):
    assert law.fit(entered, planned).fits is fits


def test_figures_of_a_round():
    found = consultation.tally(["taken", "", "rejected", "partly", "other", "taken"])
    assert (found.received, found.taken, found.unanswered) == (6, 2, 1)
    with pytest.raises(RuleBroken, match="还有1条意见"):
        consultation.may_feed_back(found, ended=True)
    with pytest.raises(RuleBroken, match="没有截止"):
        consultation.may_feed_back(Tally(0), ended=False)
    consultation.may_feed_back(Tally(0), ended=True)


def test_a_notice_lacks_parts_or_days():
    whole = consultation.Notice(True, True, ("网上",), ("网站",), Period(date(2026, 9, 1), date(2026, 9, 20)))
    with pytest.raises(RuleBroken, match="不足三十日"):
        consultation.may_publish(whole)
    consultation.may_publish(replace(whole, reason="汛期将至，情况紧急"))
    consultation.may_publish(whole, binding=False)
    with pytest.raises(RuleBroken, match="草案的说明"):
        consultation.may_publish(replace(whole, has_explanation=False), binding=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("《城镇燃气管理条例》(国务院令第538号)", True),
        ("根据国务院令第722号《重大行政决策程序暂行条例》", True),
        ("《信访条例》(国务院令第713号)", True),
        ("《城镇燃气管理条例》(国务院令第583号,2016年修订)", False),
        ("《土地管理法实施条例》(国务院令第653号)", False),
        ("《重大行政决策程序暂行条例》(国令第713号)、《某省规定》(省政府令第337号)", False),
    ],
)
def test_an_order_number_is_wrong_where_it_is_another_regulations_or_has_digits_exchanged(text, said):
    assert bool(citations.wrong(text)) is said


@pytest.mark.parametrize(
    ("reported", "ahead", "due"),
    [
        (None, None, date(2027, 1, 1)),
        (None, date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 2, 1), date(2026, 6, 30), date(2026, 6, 30)),  # 在分工以前报告的不算
        (date(2026, 6, 20), date(2026, 6, 30), date(2027, 6, 20)),  # 提前报告了
        (date(2026, 7, 20), date(2026, 6, 30), date(2027, 7, 20)),
        (None, date(2025, 12, 1), date(2026, 3, 1)),
    ],
)
def test_the_next_report_of_the_execution(reported, ahead, due):
    """The day set with the division of the work; without one, a year after the last report or the publication."""
    facts = replace(SOUND, published_on=date(2026, 1, 1), reported_on=reported, report_set_on=ahead)
    facts = replace(facts, assigned_on=date(2026, 3, 1) if ahead else None)
    assert law.report_due(facts.execution) == due
    codes = {on: [found.code for found in law.warnings(Step.ARCHIVE, facts, on)] for on in (due, due + DAY)}
    assert codes == {due: [], due + DAY: ["W9"]}
    assert law.report_due(replace(facts, published_on=None).execution) is None
