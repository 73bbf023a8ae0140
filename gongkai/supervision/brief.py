"""督查月报:算到月末的一屏、各个数、逾期的、整改的;印成两页,长的截断,写明还有多少。"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongkai.adapters.render import brief_pdf
from gongkai.desk.numbers import whole
from gongkai.foi.papers import fonts
from gongkai.law.calendar import DAY
from gongkai.law.supervision import ORDER, Light

from . import counts, standing
from .models import Correction, Plan
from .terms import PlanState

#: 两页里放得下的行数。
MOST_LATE, MOST_CORRECTIONS = 8, 6


@dataclass(frozen=True, slots=True)
class Item:
    """一项任务:第几、名称、完成几条、样子、最该看的一句。"""

    no: str
    heading: str
    done: int
    total: int
    light: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """一个数:叫法、怎样说、分子、分母、目标。"""

    label: str
    said: str
    part: int
    whole: int
    target: str


@dataclass(frozen=True, slots=True)
class Owed:
    """一件逾期的。"""

    unit: str
    what: str
    due: str


@dataclass(frozen=True, slots=True)
class Brief:
    """一份月报。"""

    title: str
    plan: str
    day: str
    done: int
    total: int
    items: tuple[Item, ...]
    figures: tuple[Line, ...]
    late: tuple[Owed, ...]
    more_late: int
    corrections: tuple[Owed, ...]
    more_corrections: int

    @property
    def month(self) -> str:
        return self.day[:7]


def last_day(month: str, today: date) -> date:
    """The last day of a month written ``2026-10``, not after today; the running month for anything else."""
    year, number = (whole(part) for part in month.partition("-")[::2])
    if not (year and number and 2000 <= year <= today.year and 1 <= number <= 12):
        return today
    following = date(year + number // 12, number % 12 + 1, 1)
    return min(following - DAY, today)


def months(today: date) -> list[str]:
    """The last twelve months, the newest first."""
    found, day = [], today
    for _ in range(12):
        found.append(f"{day:%Y-%m}")
        day = day.replace(day=1) - DAY
    return found


def make(on: date, *, at: datetime, today: date | None = None) -> Brief:
    """The brief of the month that ends with a day; of a day before ``today`` figures without a past are left out."""
    plans = Plan.objects.filter(starts_on__lte=on).exclude(state=PlanState.READ)
    main = standing.main_plan(plans, on)
    chosen = [main] if main else []
    running = plans.filter(ends_on__gte=on)
    sections = standing.sections(standing.views(standing.tasks_of(chosen), on=on, at=at))
    every = standing.views(standing.tasks_of(running), on=on, at=at)
    late = [
        Owed(str(piece.piece.agency), str(view.task), str(piece.due or ""))
        for view in every
        for piece in view.pieces
        if piece.light is Light.OVERDUE
    ]
    corrections = [
        Owed(str(one.agency), f"{one}{'（逾期）' if one.is_late(on) else ''}", str(one.due_on))
        for one in Correction.objects.open().filter(issued_on__lte=on).select_related("agency")
    ]
    return Brief(
        title=f"政务公开督查月报（{on.year}年{on.month}月）",
        plan=str(chosen[0]) if chosen else "",
        day=f"{on:%Y-%m-%d}",
        done=sum(one.done for one in sections),
        total=sum(len(one.tasks) for one in sections),
        items=tuple(_item(one) for one in sections),
        figures=tuple(_lines(on, today)),
        late=tuple(late[:MOST_LATE]),
        more_late=max(0, len(late) - MOST_LATE),
        corrections=tuple(corrections[:MOST_CORRECTIONS]),
        more_corrections=max(0, len(corrections) - MOST_CORRECTIONS),
    )


def _item(section: standing.Section) -> Item:
    troubles = section.troubles
    word = (
        ""
        if not troubles
        else f"{troubles[0].light.label}：{troubles[0].task}"
        + (f"，另有{len(troubles) - 1}条" if len(troubles) > 1 else "")
    )
    light = section.light if section.light in ORDER else Light.WELL
    return Item(section.numeral, section.heading or "任务", section.done, len(section.tasks), light.label, word)


def _lines(on: date, today: date | None) -> list[Line]:
    found = []
    for figure in counts.counted(on, today=today).values():
        whole, target = figure.whole, figure.figure.target
        if whole.whole:
            met = "" if figure.meets is None else "，达到" if figure.meets else "，没有达到"
            found.append(
                Line(
                    figure.figure.label,
                    figure.in_words,
                    whole.part,
                    whole.whole,
                    f"{float(target):.0%}{met}" if target else "",
                )
            )
    return found


def pdf(brief: Brief) -> bytes:
    """Two pages, A4."""
    return brief_pdf(asdict(brief), fonts())
