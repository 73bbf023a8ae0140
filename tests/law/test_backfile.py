"""历史信息的四段规则、底数、开放审核的结论;移交的期限和申请归谁办。"""

import csv
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.backfile import (
    Check,
    Conclusion,
    Progress,
    concluded,
    inferred,
    milestones,
    sample_size,
    secrecy_ends,
    statute_at,
    years_after,
)
from gongkai.law.errors import RuleBroken
from gongkai.law.handover import Office, catalogue_due, handover_due, route

pytestmark = pytest.mark.once
ON = date(2026, 1, 5)
TABLE = Path(__file__).parents[1] / "tables" / "opening_conclusions.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
CHECKS = {one.label: one for one in Check}
CONCLUSIONS = {one.label: one for one in Conclusion}


@pytest.mark.parametrize("row", ROWS, ids=[row["情形"] for row in ROWS])
def test_what_the_answers_bear(row):
    hits = row["查到的"].split("、") if row["查到的"] else []
    answers = {one.value: one.label in hits for one in Check}
    assert set(hits) <= set(CHECKS)
    given = {
        "ground": row["理由"],
        "note": row["说明"],
        "ended_on": date.fromisoformat(row["失效之日"]) if row["失效之日"] else None,
    }
    if row["应当"] == "可以":
        concluded(answers, CONCLUSIONS[row["结论"]], **given)
    else:
        with pytest.raises(RuleBroken, match=row["应当"]):
            concluded(answers, CONCLUSIONS[row["结论"]], **given)


def test_no_question_may_be_left_out():
    with pytest.raises(RuleBroken, match="还有没有答的：效力"):
        concluded({one.value: False for one in Check if one is not Check.FORCE}, Conclusion.ACTIVE)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2004-10-31", "none"),
        ("2004-11-01", "local"),
        ("2008-04-30", "local"),
        ("2008-05-01", "former"),
        ("2019-05-14", "former"),
        ("2019-05-15", "present"),
    ],
)
def test_the_four_periods(day, period):
    assert statute_at(date.fromisoformat(day)).period == period


def test_milestones_are_those_of_the_plan():
    assert [(one.since, one.by.year) for one in milestones(ON)] == [(2016, 2021), (2008, 2023), (2005, 2025)]


def test_fewer_than_five_numbers_tell_nothing():
    assert inferred({1, 2, 3, 90}, ON).total is None and inferred(set(), ON).total is None
    assert inferred({1, 2, 3, 4, 90}, ON).total == 107


def test_three_rates_and_when_a_part_is_done():
    part = Progress(due=10, described=9, reviewed=9, active=5, online=4, lost=1, registered=1)
    assert part.rates == (90, 100, 80) and part.is_done
    assert not Progress(due=10, described=9, reviewed=9, lost=1, unexplained=1, registered=1).is_done
    assert not Progress(due=10, described=10, reviewed=9, registered=1).is_done
    assert Progress(registered=1).is_done, "当年一件也没有"
    assert not Progress().is_done and Progress().rates == (None, None, None)
    assert (part + part).due == 20


def test_a_sample_is_rounded_up_and_never_none():
    assert [sample_size(count, ON) for count in (0, 1, 10, 11, 200)] == [0, 1, 1, 2, 20]


def test_the_longest_secrecy():
    assert secrecy_ends("绝密★", date(2006, 3, 1), ON) == date(2036, 3, 1)
    assert secrecy_ends("内部", date(2006, 3, 1), ON) is None
    assert years_after(date(2008, 2, 29), 10) == date(2018, 2, 28)


@pytest.mark.parametrize(
    ("formed", "handed", "extended", "on", "office"),
    [
        ("2010-03-05", None, None, "2025-01-01", Office.OWN),
        ("2010-03-05", "2018-01-01", None, "2020-03-04", Office.OWN),
        ("2010-03-05", "2018-01-01", None, "2020-03-05", Office.ARCHIVE),
        ("2010-03-05", "2021-01-01", "2026-01-01", "2025-01-01", Office.OWN),
        ("2010-03-05", "2026-02-01", None, "2026-01-01", Office.OWN),
    ],
)
def test_who_answers_an_application(formed, handed, extended, on, office):
    day = {key: value and date.fromisoformat(value) for key, value in (("handed", handed), ("extended", extended))}
    found = route(
        date.fromisoformat(formed),
        2010,
        handed_over=day["handed"],
        extended_until=day["extended"],
        on=date.fromisoformat(on),
    )
    assert found.office is office and "第十五条" in found.source


def test_hand_over_after_ten_years_and_the_catalogue_soon_after():
    assert handover_due(None, 2012, ON) == date(2022, 12, 31)
    assert handover_due.source == "《档案法实施条例》第二十条第二款"
    assert catalogue_due(date(2026, 3, 2)).due == date(2026, 3, 30)
