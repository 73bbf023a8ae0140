"""期限给人看的样子:逐日说明排成月历,还剩几天写成一句话和一个徽章。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law import calendar
from gongkai.law.clock import ON_HOLD

from .models import Application

#: 多少个工作日以内算快到期。
SOON = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """一天;``kind`` 是 in(计入)、off(不计)、start(收到之日)、空(不在期限里)。"""

    on: date | None
    kind: str = ""
    note: str = ""
    last: bool = False


def weeks(start: date, days: Sequence[calendar.Day]) -> list[list[Cell]]:
    """Whole weeks from Monday that hold the start and every day of the count."""
    if not days:
        return []
    known = {day.on: day for day in days}
    last = days[-1].on
    on = start - start.weekday() * calendar.DAY
    rows = []
    while on <= last:
        rows.append([_cell(on + number * calendar.DAY, start, last, known) for number in range(7)])
        on += 7 * calendar.DAY
    return rows


def _cell(on: date, start: date, last: date, known: dict[date, calendar.Day]) -> Cell:
    if on == start:
        return Cell(on, "start", "收到，不计")
    day = known.get(on)
    if day is None:
        return Cell(None)
    if day.nth:
        makeup = "补班 " if on.weekday() >= 5 else ""
        return Cell(on, "in", f"{makeup}第{day.nth}日" + (" 期满" if on == last else ""), on == last)
    if day.reason == ON_HOLD:
        return Cell(on, "off", "征求意见")
    return Cell(on, "off", "休" if on.weekday() >= 5 else day.reason[:6])


def left(due: date | None, on: date) -> str:
    """How long until the due day, in words; nothing without one."""
    if due is None:
        return ""
    if due < on:
        return f"已过{calendar.between(due, on, provisional=True)}个工作日"
    days = calendar.between(on, due, provisional=True)
    return f"还有{days}个工作日" if days else "今天是最后一天"


def badge(one: Application, on: date) -> tuple[str, str]:
    """(words, look) about the clock of a case: late, due soon, waiting for others; empty where there is nothing to
    say."""
    if not one.is_open:
        return ("逾期答复", "stop") if one.late else ("", "")
    if one.state not in ("handling", "decided") or one.due_on is None:
        return "", ""
    if one.due_on < on:
        return f"逾期，{left(one.due_on, on)}", "stop"
    if calendar.between(on, one.due_on, provisional=True) <= SOON:
        return left(one.due_on, on), "warn"
    return "", ""
