"""村(居)务公开:多久公布一次、重大事项几天以内、公开栏保留几天、异议几天答复、账目平不平。全国的法和浙江的条例两条都算。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import params
from .calendar import DAY
from .errors import RuleBroken
from .row_due import months_after
from .sources import cite, implements
from .terms import Term


class Unit(Term):
    """一期多长。"""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"


class Affairs(Term):
    """三务。"""

    PARTY = "party", "党务"
    VILLAGE = "village", "村务"
    FINANCE = "finance", "财务"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3}
_PER_YEAR = {Unit.MONTH: 12, Unit.QUARTER: 4}


@dataclass(frozen=True, slots=True)
class Duty:
    """一部法要求的:依据、要求、做到没有(判不了的是 None)。"""

    source: str
    what: str
    kept: bool | None


def span(unit: Unit, year: int, number: int) -> tuple[date, date]:
    """First and last day of a period.

    Raises:
        RuleBroken: there is no such month or quarter.

    >>> span(Unit.QUARTER, 2026, 3)
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    if not 1 <= number <= _PER_YEAR[unit]:
        raise RuleBroken(f"一年没有第{number}个{unit.label}", fix=f"请填1到{_PER_YEAR[unit]}。")
    first = date(year, (number - 1) * _MONTHS[unit] + 1, 1)
    return first, months_after(first, _MONTHS[unit]) - DAY


def posting_due(unit: Unit, year: int, number: int) -> date:
    """By when a period is posted: a day of the month after it (the day is the office's own, the law names none).

    >>> posting_due(Unit.QUARTER, 2026, 3)
    datetime.date(2026, 10, 20)
    """
    _, last = span(unit, year, number)
    return last + DAY * int(params.at("standards.village_post_day", last).value)


def unposted(unit: Unit, year: int, number: int, on: date) -> tuple[int, int, date] | None:
    """The period after the last one that was posted, if its day has passed: (year, number, day); else None.

    >>> unposted(Unit.QUARTER, 2026, 2, date(2026, 10, 21))
    (2026, 3, datetime.date(2026, 10, 20))
    >>> unposted(Unit.QUARTER, 2026, 4, date(2027, 1, 20)) is None
    True
    >>> unposted(Unit.MONTH, 2026, 12, date(2027, 3, 1))
    (2027, 1, datetime.date(2027, 2, 20))
    """
    following = (year, number + 1) if number < _PER_YEAR[unit] else (year + 1, 1)
    due = posting_due(unit, *following)
    return (*following, due) if due < on else None


@implements("village:30")
def national(unit: Unit, heavy: bool, posted_on: date | None, due: date, on: date) -> Duty:
    """The national law: at least once a quarter; income and expenses each month where there are many."""
    what = "财务往来较多的收支每月公布一次" if heavy else "一般事项至少每季度公布一次"
    if heavy and unit is Unit.QUARTER:
        return Duty(cite("village:30"), what, False)
    return Duty(cite("village:30"), what, _kept(posted_on, due, on))


@implements("collective_zj:25")
def provincial(posted_on: date | None, due: date, on: date, itemised: bool) -> Duty:
    """The Zhejiang regulation: details of the accounts each month or quarter, item by item."""
    kept = _kept(posted_on, due, on)
    return Duty(cite("collective_zj:25"), "财务明细按月或者按季公布", False if kept and not itemised else kept)


def _kept(posted_on: date | None, due: date, on: date) -> bool | None:
    if posted_on is not None:
        return posted_on <= due
    return False if on > due else None


def major_due(happened_on: date) -> date:
    """By when a major matter of the accounts is posted, counted in days from when it happened.

    >>> major_due(date(2026, 9, 1))
    datetime.date(2026, 9, 6)
    """
    return happened_on + DAY * int(params.at("standards.village_major_days", happened_on).value)


def may_take_down(posted_on: date) -> date:
    """The first day on which what hangs on the board may be taken down.

    >>> may_take_down(date(2026, 9, 1))
    datetime.date(2026, 9, 6)
    """
    return posted_on + DAY * int(params.at("standards.village_display_days", posted_on).value)


def list_until(posted_on: date) -> date:
    """The day on which a list of persons comes down."""
    return posted_on + DAY * int(params.at("standards.village_list_days", posted_on).value)


@implements("village:31")
def objection_due(received_on: date) -> params.Param:
    """The limit for an answer to an objection; the law says only that the town looks into it (调查核实,责令依法公布)."""
    return params.at("standards.village_objection_days", received_on)


def answer_by(received_on: date) -> date:
    """The last day to answer an objection.

    >>> answer_by(date(2026, 9, 1))
    datetime.date(2026, 9, 6)
    """
    return received_on + DAY * int(objection_due(received_on).value)


@implements("village:32")
def may_supervise(names: Iterable[str], committee: Iterable[str]) -> None:
    """Members of the supervision committee are not members of the village committee.

    Raises:
        RuleBroken: nobody signed, or somebody sits on both.
    """
    signed = [one.strip() for one in names if one.strip()]
    if not signed:
        raise RuleBroken("没有写监督委员会谁审查的", source=cite("village:32"), fix="请填写审查的成员。")
    if both := sorted(set(signed) & {one.strip() for one in committee if one.strip()}):
        raise RuleBroken(
            f"{'、'.join(both)}是村（居）民委员会成员，不能作监督委员会成员审查",
            source=cite("village:32"),
            fix="请由监督委员会成员审查；近亲属也要回避。",
        )


def balance(carried: Decimal, income: Iterable[Decimal], spent: Iterable[Decimal]) -> Decimal:
    """What is left at the end of a period.

    >>> balance(Decimal("10.00"), [Decimal("5.50")], [Decimal("3.25")])
    Decimal('12.25')
    """
    return carried + sum(income, Decimal(0)) - sum(spent, Decimal(0))


def check_carried(carried: Decimal, before: Decimal | None) -> None:
    """What a period begins with is what the one before ended with.

    Raises:
        RuleBroken: the two differ.
    """
    if before is not None and carried != before:
        raise RuleBroken(
            f"上期结余{before}元，本期写的上期结转{carried}元，差{abs(carried - before)}元",
            source=cite("collective_zj:25"),
            fix="请核对两期的账；上期错了的，先更正上期。",
        )
