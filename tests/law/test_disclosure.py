"""主动公开:主体、期限、评估、指南要素、日期先后、有效性、事项、方案节点、主题。"""

import csv
from datetime import date
from pathlib import Path

import pytest

from gongkai.law import disclosure, duties, plan, subjects
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import NoCalendar, NotInForce
from gongkai.law.validity import Change, Validity, validity

ROWS = list(
    csv.DictReader((Path(__file__).parents[1] / "tables" / "publication_due.csv").read_text("utf-8").splitlines())
)


@pytest.mark.parametrize("row", ROWS, ids=[row["情形"] for row in ROWS])
def test_publication_due(row):
    made, published = date.fromisoformat(row["形成"]), date.fromisoformat(row["公布"])
    if row["最迟"]:
        assert disclosure.publication_due(made, row["类型"]).due == date.fromisoformat(row["最迟"])
    else:
        with pytest.raises(NotInForce):
            disclosure.publication_due(made, row["类型"])
    assert disclosure.is_late(made, published, row["类型"]) is (row["迟"] == "是")


def test_publication_due_without_notice():
    with pytest.raises(NoCalendar):
        disclosure.publication_due(date(2026, 12, 20))
    assert disclosure.publication_due(date(2026, 12, 20), provisional=True).provisional
    assert disclosure.is_late(date(2026, 12, 20), date(2027, 3, 1))


def test_what_is_recalled_says_so():
    assert "核对" in disclosure.publication_due(date(2025, 2, 20), "penalty").note
    assert disclosure.publication_due(date(2025, 2, 20)).note == ""


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        ("MADE", "制作"),
        ("FROM_PUBLIC", "保存"),
        ("FROM_AGENCY", "最初获取"),
        ("JOINT", "牵头"),
        ("BRANCH", "派出"),
    ],
)
def test_responsible(origin, wanted):
    assert wanted in disclosure.responsible(disclosure.Origin[origin])


def test_reassessment_is_once_a_year():
    withheld = date(2023, 6, 1)
    assert disclosure.reassessment_due(withheld, frozenset(), 2024)
    assert not disclosure.reassessment_due(withheld, frozenset({2024}), 2024)
    assert disclosure.reassessment_due(withheld, frozenset({2024}), 2025)
    assert not disclosure.reassessment_due(withheld, frozenset(), 2023)


def test_guide_and_catalogue_elements():
    assert disclosure.missing_elements(frozenset(disclosure.GUIDE_ELEMENTS)) == ()
    assert disclosure.missing_elements(frozenset({"索引", "名称"}), disclosure.CATALOGUE_ELEMENTS) == (
        "内容概述",
        "生成日期",
    )


def test_secrecy_review_has_its_article():
    assert disclosure.secrecy_review_source() == "《保密法实施条例》第四十二条"


def test_dates_out_of_order_are_findings():
    ok = {
        "made_on": date(2021, 9, 26),
        "published_on": date(2021, 9, 27),
        "effective_on": None,
        "expires_on": None,
    }
    assert disclosure.check_dates(**ok) == []
    wrong = {
        "made_on": date(2021, 9, 26),
        "published_on": date(2021, 9, 1),
        "effective_on": date(2022, 1, 1),
        "expires_on": date(2020, 1, 1),
    }
    assert len(disclosure.check_dates(**wrong)) == 3


def test_duties_by_kind_of_agency():
    by_kind = {kind: [one.key for one in duties.duties_of(kind)] for kind in AgencyKind}
    statutory = [key for key, one in duties.all().items() if one.reference.startswith("ogi:20.")]
    assert len(statutory) == 15
    assert set(statutory) <= set(by_kind[AgencyKind.TOWN]) & set(by_kind[AgencyKind.DEPARTMENT])
    county = {
        "municipal",
        "public-services",
        "public-welfare",
        "land-expropriation",
        "house-expropriation",
        "public-security",
        "social-assistance",
    }
    town = {
        "rural-policy",
        "waterworks",
        "land-contracts",
        "homesteads",
        "land-expropriation",
        "house-expropriation",
        "levies",
        "social-assistance",
    }
    assert county <= set(by_kind[AgencyKind.DEPARTMENT])
    assert town <= set(by_kind[AgencyKind.TOWN])
    assert not {"waterworks", "levies"} & set(by_kind[AgencyKind.DEPARTMENT])
    assert not {"municipal", "public-security"} & set(by_kind[AgencyKind.TOWN])
    assert len([one for one in duties.all().values() if one.tab is duties.Tab.FIELDS]) == 8
    assert duties.get("budget").basis == "《条例》第二十条第(七)项"


@pytest.mark.parametrize(
    "text",
    [
        '[x]\nlabel = "a"',
        '[x]\nlabel="a"\nshort="a"\ntab="no"\nbasis="ogi:1"\nkinds=[]\nmonths=1',
        '[x]\nlabel="a"\nshort="a"\ntab="guide"\nbasis="ogi:1"\nkinds=["no"]\nmonths=1',
    ],
)
def test_a_wrong_table_of_duties_stops_the_start(text):
    with pytest.raises(ValueError):
        duties.load(text)


@pytest.mark.parametrize(
    ("on", "facts", "wanted"),
    [
        (date(2024, 1, 1), {}, Validity.IN_FORCE),
        (date(2024, 1, 1), {"effective_on": date(2024, 1, 2)}, Validity.PENDING),
        (date(2024, 1, 1), {"expires_on": date(2024, 1, 1)}, Validity.IN_FORCE),
        (date(2024, 1, 2), {"expires_on": date(2024, 1, 1)}, Validity.EXPIRED),
        (date(2024, 1, 1), {"repealed_on": date(2024, 1, 1), "expires_on": date(2020, 1, 1)}, Validity.REPEALED),
        (date(2024, 1, 1), {"repealed_on": date(2024, 1, 2)}, Validity.IN_FORCE),
        (date(2024, 1, 1), {"changes": (Change(Validity.AMENDED, date(2023, 1, 1)),)}, Validity.AMENDED),
        (
            date(2024, 1, 1),
            {"changes": (Change(Validity.AMENDED, date(2023, 1, 1)), Change(Validity.PARTLY, date(2023, 1, 1)))},
            Validity.PARTLY,
        ),
        (date(2024, 1, 1), {"changes": (Change(Validity.AMENDED, date(2025, 1, 1)),)}, Validity.IN_FORCE),
    ],
)
def test_validity_on_a_day(on, facts, wanted):
    found = validity(on, **facts)
    assert found is wanted
    assert found.binds is (wanted in (Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY))


def test_milestones_of_the_plan():
    assert [one.due for one in plan.milestones() if one.since == 2008] == [date(2023, 12, 31)]
    share = next(one for one in plan.milestones() if one.clause == "4.5")
    assert (share.target, share.due) == (0.30, date(2023, 12, 31))
    assert next(one for one in plan.milestones() if one.clause == "1.3").yearly


def test_subjects():
    assert len(subjects.tree()) == 22
    assert subjects.is_known("综合政务") and subjects.is_known("国防/国防动员") and not subjects.is_known("综合")
    assert subjects.choices()[0] == ("组织机构", [("组织机构", "组织机构")])


def test_a_wrong_milestone_stops_the_start(monkeypatch):
    plan.milestones.cache_clear()
    monkeypatch.setattr(
        plan.tomllib, "loads", lambda text: {"milestone": [{"clause": "1", "label": "x", "lead": "x"}]}
    )
    try:
        with pytest.raises(ValueError, match="每年一次"):
            plan.milestones()
    finally:
        plan.milestones.cache_clear()
