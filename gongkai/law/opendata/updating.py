"""更新义务:按周期该在哪一天更新,现在是按期、在宽限内、逾期,还是已经可能过期。"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .. import params
from ..calendar import DAY
from ..errors import RuleBroken
from .terms import Cycle, Freshness

#: 没有固定的日子,不进及时率的分母。
UNJUDGED = (Cycle.IRREGULAR, Cycle.ONCE)


@dataclass(frozen=True, slots=True)
class Duty:
    """更新义务:应更新日、宽限到哪一天、现在怎样;没有固定周期的两个日子是 None。"""

    due: date | None
    until: date | None
    now: Freshness


def duty(cycle: Cycle, updated: date | None, on: date, *, ended: bool = False) -> Duty:
    """How a dataset stands on a day, counted from the day its content last changed.

    >>> duty(Cycle.MONTHLY, date(2026, 1, 1), date(2026, 2, 20)).now.label
    '逾期没有更新'
    """
    if ended:
        return Duty(None, None, Freshness.ENDED)
    if cycle in UNJUDGED or updated is None:
        return Duty(None, None, Freshness.UNJUDGED)
    days = params.at("opendata.cycle_days", on).value[cycle.value]
    due = updated + DAY * days
    until = due + DAY * params.at("opendata.grace_days", on).value[cycle.value]
    if on <= due:
        return Duty(due, until, Freshness.FRESH)
    if on > updated + DAY * days * params.at("opendata.stale_cycles", on).value and on > until:
        return Duty(due, until, Freshness.STALE)
    return Duty(due, until, Freshness.GRACE if on <= until else Freshness.OVERDUE)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day where that month is shorter.

    >>> months_after(date(2026, 1, 31), 13)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_soon(due: date | None, on: date) -> bool:
    """Whether whoever keeps the data is to be reminded."""
    return due is not None and due - DAY * params.at("opendata.remind_days", on).value <= on <= due


def check_cycle(cycle: Cycle, *, has_interface: bool) -> None:
    """Raises RuleBroken: a file cannot be kept in real time, only an interface can."""
    if cycle is Cycle.REALTIME and not has_interface:
        raise RuleBroken("更新周期填了“实时”，但没有接口", fix="请开通接口，或者按文件实际的更新填周期。")
