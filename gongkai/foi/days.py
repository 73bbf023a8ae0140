"""期限给人看的样子:逐日说明排成月历,还剩几天写成一句话和一个徽章。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law import calendar, params
from gongkai.law.clock import ON_HOLD

from .models import Application
from .terms import RUNNING


def soon(on: date) -> int:
    """So many working days before its last day a case counts as due soon."""
    days: int = params.at("management.foi_soon_days", on).value
    return days


def last_soon(on: date) -> date:
    """The last day that counts as soon."""
    return calendar.add(on, soon(on), provisional=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """一天。``kind``:start 收到之日,in 已经数过的工作日,left 还没到的,today 今天,due 期满,pause 停计,off 不计,out 不在期限里。

    ``face`` 格子里的日子,``note`` 下面的一两个字,``said`` 读屏听到的。"""

    on: date
    kind: str
    face: str
    note: str = ""
    said: str = ""


def weeks(start: date, days: Sequence[calendar.Day], today: date | None = None) -> list[list[Cell]]:
    """Whole weeks from Monday that hold the start and every day of the count; with ``today`` what is past and what is
    left look different."""
    if not days:
        return []
    known = {day.on: day for day in days}
    last, first = days[-1].on, start - start.weekday() * calendar.DAY
    on, rows = first, []
    while on <= last:
        dates = [on + number * calendar.DAY for number in range(7)]
        rows.append([_cell(day, start, last, known, today, named=day == first) for day in dates])
        on += 7 * calendar.DAY
    return rows


def _cell(
    on: date, start: date, last: date, known: dict[date, calendar.Day], today: date | None, *, named: bool
) -> Cell:
    face = f"{on.month}/{on.day}" if named or on.day == 1 else str(on.day)
    if on == start:
        return Cell(on, "start", face, "收到")
    day = known.get(on)
    if day is None:
        return Cell(on, "out", face)
    if day.nth:
        kind = "due" if on == last else "today" if on == today else "left" if today and on > today else "in"
        words = "期满" if on == last else str(day.nth)
        said = f"第{day.nth}日，期满" if on == last else f"第{day.nth}日"
        return Cell(on, kind, face, f"班{words}" if on.weekday() >= 5 and on != last else words, said)
    if day.reason == ON_HOLD:
        return Cell(on, "today" if on == today else "pause", face, "停计")
    words = "休" if on.weekday() >= 5 else day.reason[:3]
    return Cell(on, "today" if on == today else "off", face, words)


def share(start: date, due: date | None, on: date) -> int:
    """How much of the time has passed, in per cent of calendar days; 0 without a due day."""
    if due is None or due <= start:
        return 0
    return max(0, min(100, round((on - start).days * 100 / (due - start).days)))


def left(due: date | None, on: date) -> str:
    """How long until the due day, in words; nothing without one."""
    if due is None:
        return ""
    if due < on:
        return f"已过{calendar.between(due, on, provisional=True)}个工作日"
    days = calendar.between(on, due, provisional=True)
    return f"还有{days}个工作日" if days else "今天是最后一天"


def badge(application: Application, on: date) -> tuple[str, str]:
    """(words, look) about the clock of a case: late, due soon, waiting for others; empty where there is nothing to
    say."""
    if not application.is_open:
        return ("逾期答复", "stop") if application.late else ("", "")
    if application.state not in RUNNING or application.due_on is None:
        return "", ""
    if application.due_on < on:
        return f"逾期，{left(application.due_on, on)}", "stop"
    if calendar.between(on, application.due_on, provisional=True) <= soon(on):
        return left(application.due_on, on), "warn"
    return "", ""
