"""公报:登什么、期号连不连、哪天截止、哪天算脱期。"""

from datetime import date

import pytest

from gongkai.law import gazette as law
from gongkai.law.gazette import Duty, Number
from gongkai.law.openness import Openness

pytestmark = pytest.mark.once


def told(*numbers):
    return [(gap.kind, gap.year, gap.number, gap.running) for gap in law.gaps(Number(*one) for one in numbers)]


def test_the_missing_issue_of_1956_is_found_over_the_turn_of_the_year():
    """国务院公报:1956年第46号总72,1957年第1号总74。"""
    assert told((1956, 46, 72), (1957, 1, 74)) == [("missing", 1956, 47, 73)]
    assert told((1955, 6, 9), (1955, 7, 10)) == []
    assert told((1955, 6, 9), (1955, 9, 12)) == [("missing", 1955, 7, 10), ("missing", 1955, 8, 11)]


def test_a_contradiction_is_told_and_not_mended():
    """深圳:2002年第46期总295,2003年第4期总320,差21期,不猜。"""
    assert told((2002, 46, 295), (2003, 4, 320)) == [("turn", 2003, 4, 320)]
    assert told((2026, 3, 51), (2026, 5, 60))[-1][0] == "offset"
    assert told((2026, 3, 51), (2026, 3, 51)) == [("twice", 2026, 3, 51)]


def test_a_double_issue_takes_both_numbers():
    double = Number(2026, 1, 50, to=2)
    assert double.last == 2 and law.following(double, 2026) == Number(2026, 3, 51)
    assert told((2025, 12, 48), (2026, 1, 49)) == []


@pytest.mark.parametrize(
    ("month", "reported", "issued"),
    [
        (date(2026, 10, 1), date(2026, 11, 15), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2027, 1, 15), date(2027, 1, 31)),
        (date(2024, 1, 1), date(2024, 2, 15), date(2024, 2, 29)),
    ],
)
def test_the_days_of_a_month(month, reported, issued):
    assert law.report_due(month) == reported and law.issue_due(month) == issued


def test_overdue_over_a_quarter_is_worse():
    month = date(2026, 10, 1)
    assert not law.is_long_overdue(month, date(2026, 12, 31))
    assert law.is_long_overdue(month, date(2027, 1, 1))
    assert not law.is_long_overdue(month, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("kind", "openness", "government", "duty"),
    [
        ("normative", Openness.ACTIVE, False, Duty.MUST),
        ("document", Openness.ACTIVE, True, Duty.SHOULD),
        ("document", Openness.ACTIVE, False, Duty.MAY),
        ("personnel", Openness.ACTIVE, True, Duty.MAY),
        ("procurement", Openness.ACTIVE, True, Duty.NEVER),
        ("normative", Openness.WITHHELD, True, Duty.NEVER),
    ],
)
def test_what_goes_in(kind, openness, government, duty):
    assert law.duty_of(kind, openness, of_government=government) is duty


@pytest.mark.parametrize("text", ["BZHD01–2020–0014", "见BZHD01-2020-0014号", "（BZHD01—2020—0014）"])
def test_register_numbers_of_every_dash(text):
    assert law.register_number(text) == "BZHD01-2020-0014"
