"""督查考核的规则:时限、季报、整改期、听取汇报、指标表的核对、计分、公平。"""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.law import assessment, supervision
from gongkai.law.assessment import Bonus, Fact, Mark, Reading, Unit, Veto
from gongkai.law.errors import RuleBroken
from gongkai.law.proportion import Proportion, moving
from gongkai.law.supervision import Light, MeetingType

pytestmark = pytest.mark.once
ON = date(2026, 10, 12)
WELL = """
[system]
id = "t"
year = 2026
group = "department"
base = "100"
bonus_cap = "6"
bonus_gate_ratio = "0.80"
na_policy = "redistribute"
effective = 2026-01-01

[[grade]]
name = "优秀"
at_least = "0.90"
[[grade]]
name = "合格"
at_least = "0.60"

[[indicator]]
id = "1"
name = "主动公开"
weight = "60"
[[indicator]]
id = "1.1"
parent = "1"
name = "覆盖率"
weight = "40"
kind = "ratio"
source = "figure:records.coverage"
rule = { target = "1" }
[[indicator]]
id = "1.2"
parent = "1"
name = "更新"
weight = "20"
kind = "graded"
source = "figure:records.fresh"
rule = { grades = [{ at_least = "0.9", points = "20" }, { at_least = "0.5", points = "8" }] }
[[indicator]]
id = "2"
name = "依申请公开"
weight = "40"
[[indicator]]
id = "2.1"
parent = "2"
name = "逾期"
weight = "30"
kind = "deduct"
source = "manual"
standard = "台账"
rule = { per = "每件逾期", points = "4", cap = "30" }
[[indicator]]
id = "2.2"
parent = "2"
name = "答复质量"
weight = "10"
kind = "manual"
source = "manual"
standard = "抽查三件，要素齐全的得满分"
evidence = ["抽查表"]

[[bonus]]
id = "B1"
text = "经验被上级采用推广"
points = { province = "3", city = "2" }
cap = "4"
[[veto]]
id = "V1"
text = "公开不应公开的事项并造成严重影响"
effect = "cap"
cap = "59"
"""


@pytest.fixture
def system():
    return assessment.read(WELL)


def readings(**changed):
    found = {
        "1.1": Reading(part=9, whole=10),
        "1.2": Reading(part=95, whole=100),
        "2.1": Reading(facts=(Fact("foi:1", "甲件"),)),
        "2.2": Reading(points=Decimal(10)),
    }
    return found | {key.replace("_", "."): value for key, value in changed.items()}


@pytest.mark.parametrize(
    ("given", "light"),
    [
        ({"due": date(2026, 10, 11)}, Light.OVERDUE),
        ({"due": date(2026, 10, 12)}, Light.SOON),
        ({"due": date(2026, 12, 31)}, Light.WELL),
        ({"due": None}, Light.WELL),
        ({"due": None, "owing": True}, Light.OWING),
        ({"due": date(2026, 10, 11), "done": True}, Light.DONE),
        ({"due": date(2026, 10, 11), "done": True, "doubted": True}, Light.DOUBTED),
    ],
)
def test_how_a_task_stands(given, light):
    facts = {"done": False, "doubted": False, "owing": False} | given
    assert supervision.light(on=ON, **facts) is light


def test_the_worst_light_is_told():
    assert supervision.worst([Light.DONE, Light.OVERDUE, Light.WELL]) is Light.OVERDUE
    assert supervision.worst([]) is None


def test_quarters_are_due_ten_days_after_their_end():
    assert supervision.quarter(ON).label == "2026年第四季度"
    assert [one.key for one in supervision.reports_due(date(2026, 1, 1), date(2026, 10, 10))] == [
        "2026Q1",
        "2026Q2",
    ]
    assert supervision.quarter_of("2026Q4").last == date(2026, 12, 31)
    assert supervision.quarter_of("2026Q5") is None and supervision.quarter_of("") is None


def test_a_day_before_its_paper_is_refused():
    with pytest.raises(RuleBroken, match="早于文件"):
        supervision.check_due(date(2021, 9, 26), date(2011, 12, 31))
    supervision.check_due(date(2021, 9, 26), date(2021, 12, 31))


def test_a_unit_is_given_time_to_mend():
    with pytest.raises(RuleBroken, match="太紧"):
        supervision.rectification_due(date(2026, 6, 1), date(2026, 6, 1))
    supervision.rectification_due(date(2026, 6, 1), date(2026, 6, 8))


@pytest.mark.parametrize(
    ("by_head", "meeting", "evidence", "why"),
    [
        (True, MeetingType.EXECUTIVE, "纪要", ""),
        (False, MeetingType.EXECUTIVE, "纪要", "不是主要负责人"),
        (True, MeetingType.OTHER, "纪要", "会议"),
        (True, MeetingType.PARTY, " ", "纪要"),
    ],
)
def test_what_counts_as_hearing_a_report(by_head, meeting, evidence, why):
    found = supervision.hearing_counts(by_head=by_head, meeting=meeting, evidence=evidence)
    assert why in found and bool(found) is bool(why)


def test_three_years_are_pooled_and_a_break_is_not_bridged():
    years = {2022: Proportion(1, 10), 2023: Proportion(0, 10), 2024: Proportion(5, 10)}
    assert moving(years, 2024) == Proportion(6, 30)
    assert moving(years, 2024, breaks=(2024,)) is None
    assert moving(years, 2023) is None


def test_a_sound_system_has_no_blocking_fault(system):
    found = assessment.check(system, on=ON, figures=["records.coverage", "records.fresh"])
    assert [one for one in found if one.blocks] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "2"\nname = "依申请公开"\nweight = "40"', 'id = "2"\nname = "依申请公开"\nweight = "30"', "C1"),
        ('standard = "抽查三件，要素齐全的得满分"\n', "", "C2"),
        ("figure:records.coverage", "figure:records.nothing", "C2"),
        ('cap = "30"', 'cap = "31"', "C3"),
        ('cap = "30"', 'cap = "20"', "C3"),
        ('points = "4"', 'points = "31"', "C4"),
        ('weight = "10"\nkind = "manual"', 'weight = "10"\nkind = "manual"\nrule = { text = "粉丝数" }', "C6"),
        ("effective = 2026-01-01", "effective = 2021-01-01", "C8"),
        ('name = "更新"', 'name = "年报3月31日前公布"', "C9"),
        ('at_least = "0.90"', 'at_least = "90"', "C10"),
    ],
)
def test_what_does_not_fit_is_found(old, new, code):
    assert old in WELL
    found = assessment.check(
        assessment.read(WELL.replace(old, new)), on=ON, figures=["records.coverage", "records.fresh"]
    )
    assert code in {one.code for one in found}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[system", "读不出来"),
        ("", "没有"),
        (WELL.replace('weight = "30"', "weight = 30.5"), "浮点数"),
        (WELL.replace('parent = "2"', 'parent = "9"'), "不在表里"),
        (WELL.replace('id = "2.2"', 'id = "2.1"'), "两次"),
        (WELL.replace('kind = "ratio"', 'kind = "volume"'), "不认得"),
        (WELL.replace('id = "1"\n', 'id = "1"\nparent = "1.1"\n'), "绕回"),
    ],
)
def test_a_broken_system_says_where(text, said):
    with pytest.raises(RuleBroken, match=said):
        assessment.read(text)


def test_the_score_is_the_sum_of_what_each_line_got(system):
    got = assessment.score(system, readings())
    assert [line.shown for line in got.lines] == ["36.00", "20.00", "26.00", "10.00"]
    assert (got.total, got.grade) == (Decimal("92.00"), "优秀")


def test_what_does_not_apply_goes_to_its_siblings_and_then_upwards(system):
    one = assessment.score(system, readings(**{"2_1": Reading(applies=False, why="没有申请")}))
    assert one.lines[3].weight == 40 and one.total == Decimal("96.00")
    both = assessment.score(system, readings(**{"2_1": Reading(applies=False), "2_2": Reading(applies=False)}))
    assert sum(line.weight for line in both.lines) == 100 and both.total == Decimal("93.33")
    nothing = assessment.score(system, dict.fromkeys(["1.1", "1.2", "2.1", "2.2"], Reading(applies=False)))
    assert nothing.total == 0


def test_the_other_two_ways_of_not_applying():
    full = assessment.read(WELL.replace('na_policy = "redistribute"', 'na_policy = "full"'))
    assert assessment.score(full, readings(**{"2_1": Reading(applies=False)})).total == Decimal("96.00")
    left_out = assessment.read(WELL.replace('na_policy = "redistribute"', 'na_policy = "exclude"'))
    got = assessment.score(left_out, readings(**{"2_1": Reading(applies=False)}))
    assert got.total == Decimal("94.29"), "66分除以适用的70分"


def test_bonus_needs_proof_a_gate_and_counts_one_matter_once(system):
    given = [
        Bonus("B1", "province", "甲", True),
        Bonus("B1", "city", "甲", True),
        Bonus("B1", "city", "乙", False),
    ]
    got = assessment.score(system, readings(), given)
    assert got.bonus == 3 and len(got.bonus_notes) == 2
    low = assessment.score(system, readings(**{"1_1": Reading(part=0, whole=10)}), given)
    assert low.bonus == 0 and "没有高于" in low.bonus_notes[-1]
    with pytest.raises(RuleBroken, match="不在指标表里"):
        assessment.score(system, readings(), [Bonus("B1", "world", "甲", True)])


def test_a_veto_takes_two_people_evidence_and_a_hearing(system):
    got = assessment.score(system, readings(), [], [Veto("V1", frozenset({"甲", "乙"}), True, True)])
    assert got.total == 59 and got.veto
    with pytest.raises(RuleBroken, match="两个人认定、证据、听取申辩"):
        assessment.score(system, readings(), [], [Veto("V1", frozenset({"甲"}), False, False)])


def test_one_fact_costs_points_once():
    text = WELL.replace('kind = "manual"', 'kind = "deduct"\nrule = { points = "1" }')
    twice = readings(**{"2_2": Reading(facts=(Fact("foi:1", "甲件"),))})
    with pytest.raises(RuleBroken, match="两项里都扣了分"):
        assessment.score(assessment.read(text), twice)


def test_points_out_of_range_are_refused(system):
    with pytest.raises(RuleBroken, match="超出"):
        assessment.score(system, readings(**{"2_2": Reading(points=Decimal(11))}))


def unit(system, name, marks=None, own=False, **changed):
    return Unit(name, assessment.score(system, readings(**changed)), marks or {}, own)


def test_fairness_tells_what_to_look_at(system):
    mark = {"2.2": Mark("2.2", by=frozenset({"甲"}), checked_on=date(2026, 9, 1), self_points=Decimal(5))}
    other = {"2.2": Mark("2.2", by=frozenset({"甲"}), checked_on=date(2026, 9, 30)), "1.1": Mark("1.1", sample=3)}
    units = [
        unit(system, "甲局", mark, own=True),
        unit(system, "乙局", other),
        unit(system, "丙局"),
        unit(system, "丁局", **{"2_1": Reading(applies=False), "1_2": Reading(applies=False)}),
    ]
    found = assessment.concerns(system, units, on=ON)
    assert [one.code for one in found] == sorted((one.code for one in found), key=lambda code: int(code[1:]))
    assert {one.code for one in found} == {"F1", "F2", "F3", "F5", "F6", "F7", "F9", "F10"}


def test_places_that_hang_on_the_weights_are_told(system):
    """Three units strong in the one half, three in the other, all with nearly the same total."""
    late = Reading(facts=tuple(Fact(f"foi:{number}") for number in range(5)))
    rows = [unit(system, f"甲{n}", **{"1_1": Reading(part=500 + n, whole=1000)}) for n in range(3)]
    rows += [unit(system, f"乙{n}", **{"1_1": Reading(part=900 + n, whole=1000), "2_1": late}) for n in range(3)]
    assert "F4" in {one.code for one in assessment.concerns(system, rows, on=ON)}
    assert [len(band) for band in assessment.tied([one.score.total for one in rows], ON)] == [6]
    steady = [unit(system, "甲"), unit(system, "乙", **{"1_1": Reading(part=1, whole=10)})]
    assert "F4" not in {one.code for one in assessment.concerns(system, steady, on=ON)}
