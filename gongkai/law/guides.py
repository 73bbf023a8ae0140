"""办事指南里的时限:法定的、承诺的、各环节的;单位换算成同一种再比。联办的并行取最长,先后的相加。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from . import calendar, params
from .errors import RuleBroken
from .sources import implements
from .terms import Term


class Unit(Term):
    """时限的单位。"""

    WORKDAY = "workday", "工作日"
    DAY = "day", "日"
    MONTH = "month", "个月"
    HOUR = "hour", "小时"
    INSTANT = "instant", "当场办结"
    NONE = "none", "没有规定"


@dataclass(frozen=True, slots=True)
class Limit:
    """一个时限。"""

    n: int
    unit: Unit

    @property
    def words(self) -> str:
        """As a guide prints it.

        >>> Limit(20, Unit.WORKDAY).words, Limit(0, Unit.INSTANT).words
        ('20个工作日', '当场办结')
        """
        if self.unit in (Unit.INSTANT, Unit.NONE):
            return self.unit.label
        return f"{self.n}{'个' if self.unit in (Unit.WORKDAY, Unit.HOUR) else ''}{self.unit.label}"


def limit(n: int | None, unit: str) -> Limit | None:
    """The limit of two fields; None where nothing is stated.

    Raises:
        RuleBroken: a number without a unit, or no number (0) of a unit that needs one.
    """
    if not unit:
        if n:
            raise RuleBroken(f"时限填了{n}，没有选单位", fix="请选工作日、日、月或者小时。")
        return None
    kind = Unit.from_value(unit)
    if kind in (Unit.INSTANT, Unit.NONE):
        return Limit(0, kind)
    if not n or n < 0:
        raise RuleBroken(f"0{kind.label}不是时限", fix="当场办得成的选“当场办结”，没有规定的选“没有规定”。")
    return Limit(n, kind)


class Order(Term):
    """两个时限比出来的。"""

    WITHIN = "within", "不超过"
    OVER = "over", "超过"
    PERHAPS = "perhaps", "换算以后约超过"
    UNKNOWN = "unknown", "比不了"


def compare(promise: Limit | None, legal: Limit | None, on: date) -> Order:
    """Whether what is promised keeps within the law's limit. Different units are turned into natural days, and then an
    excess is only likely: a guide has no day from which to count.

    >>> compare(Limit(40, Unit.WORKDAY), Limit(60, Unit.WORKDAY), date(2026, 1, 5)).label
    '不超过'
    >>> compare(Limit(60, Unit.WORKDAY), Limit(60, Unit.DAY), date(2026, 1, 5)).label
    '换算以后约超过'
    """
    if promise is None or legal is None or Unit.NONE in (promise.unit, legal.unit):
        return Order.UNKNOWN
    if promise.unit == legal.unit:
        return Order.OVER if promise.n > legal.n else Order.WITHIN
    if promise.unit is Unit.INSTANT:
        return Order.WITHIN
    return Order.PERHAPS if in_days(promise, on) > in_days(legal, on) else Order.WITHIN


def in_days(limit: Limit, on: date) -> float:
    """About so many natural days."""
    week = float(params.at("services.days_in_workday", on).value)
    if limit.unit is Unit.WORKDAY:
        return limit.n * week
    if limit.unit is Unit.HOUR:
        return limit.n / float(params.at("services.hours_in_workday", on).value) * week
    if limit.unit is Unit.MONTH:
        return limit.n * float(params.at("services.days_in_month", on).value)
    return float(limit.n)


@implements("licensing:42.1")
def permit_limit(on: date) -> params.Param:
    """The limit for deciding on a licence where no other law has its own."""
    return params.at("services.permit_days", on)


@dataclass(frozen=True, slots=True)
class Total:
    """几个时限合起来:数、单位,``about`` 是换算过的。"""

    limit: Limit | None
    about: bool
    unknown: int

    @property
    def words(self) -> str:
        """“约12个工作日”; what is not known is said."""
        said = f"{'约' if self.about else ''}{self.limit.words}" if self.limit else ""
        if self.unknown:
            return f"{said}，另有{self.unknown}项没有写时限" if said else f"{self.unknown}项都没有写时限"
        return said


def together(stages: Sequence[Sequence[Limit | None]], on: date) -> Total:
    """What a matter takes: the longest of each stage (办在一起的), the stages one after another.

    >>> days = [[Limit(3, Unit.WORKDAY), Limit(5, Unit.WORKDAY)], [Limit(1, Unit.WORKDAY)]]
    >>> together(days, date(2026, 1, 5)).words
    '6个工作日'
    """
    return _summed(
        [_longest(stage, on) for stage in stages if any(one is not None for one in stage)],
        sum(one is None or one.unit is Unit.NONE for stage in stages for one in stage),
        on,
    )


def apart(limits: Iterable[Limit | None], on: date) -> Total:
    """What the same takes when each is done for itself, one after another."""
    known = list(limits)
    return _summed(
        [one for one in known if one is not None and one.unit is not Unit.NONE],
        sum(one is None or one.unit is Unit.NONE for one in known),
        on,
    )


def _longest(stage: Sequence[Limit | None], on: date) -> Limit:
    known = [one for one in stage if one is not None and one.unit is not Unit.NONE]
    return max(known, key=lambda limit: in_days(limit, on), default=Limit(0, Unit.INSTANT))


def _summed(parts: list[Limit], unknown: int, on: date) -> Total:
    timed = [one for one in parts if one.unit is not Unit.INSTANT]
    if not timed:
        return Total(Limit(0, Unit.INSTANT) if parts else None, False, unknown)
    units = {one.unit for one in timed}
    if len(units) == 1:
        return Total(Limit(sum(one.n for one in timed), units.pop()), False, unknown)
    days = sum(in_days(one, on) for one in timed)
    week = float(params.at("services.days_in_workday", on).value)
    return Total(Limit(max(1, round(days / week)), Unit.WORKDAY), True, unknown)


def done_by(limit: Limit, start: date) -> calendar.Count | date:
    """The last day on which it is promised to be done when it is taken in on ``start``; counted day by day where the
    limit is in working days.

    Raises:
        RuleBroken: the limit is no number of days.
    """
    if limit.unit is Unit.WORKDAY:
        return calendar.count(start, limit.n, provisional=True)
    if limit.unit is Unit.DAY:
        return start + calendar.DAY * limit.n
    if limit.unit is Unit.INSTANT:
        return start
    raise RuleBroken(f"“{limit.words}”算不出是哪一天", fix="请按指南写的时限自己数。")
