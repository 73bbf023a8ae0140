"""督查的规则:任务的时限怎样看、持续的任务哪天报、整改期够不够、主要负责人听取汇报怎样才算。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from . import calendar, params
from .calendar import DAY
from .errors import RuleBroken
from .sources import implements
from .terms import Term


class TaskKind(Term):
    """任务的种类。只有一次性的和每年的有哪天以前;持续的按季报。"""

    ONCE = "once", "一次性"
    YEARLY = "yearly", "每年"
    MONTHLY = "monthly", "每月"
    CONTINUING = "continuing", "持续推进"
    INDICATOR = "indicator", "指标"


class UnitRole(Term):
    """单位在一项任务里的角色。"""

    LEAD = "lead", "牵头"
    RESPONSIBLE = "responsible", "责任"
    HELPING = "helping", "配合"


class Light(Term):
    """一项任务现在的样子;只有该看的才亮。"""

    DONE = "done", "完成"
    WELL = "well", "正常"
    DOUBTED = "doubted", "证据有疑"
    SOON = "soon", "快到期"
    OWING = "owing", "应报未报"
    OVERDUE = "overdue", "逾期"


#: 从好到坏。
ORDER = (Light.DONE, Light.WELL, Light.SOON, Light.OWING, Light.DOUBTED, Light.OVERDUE)


def worst(lights: Iterable[Light]) -> Light | None:
    """The one that most needs a look; None of nothing."""
    found = list(lights)
    return max(found, key=ORDER.index) if found else None


@dataclass(frozen=True, slots=True)
class Quarter:
    """一个季度。"""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.following.first - DAY

    @property
    def following(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def due(self) -> date:
        """The last day to report on it."""
        return self.last + DAY * params.at("supervision.quarter_report_days", self.last).value  # type: ignore[no-any-return]


def quarter(on: date) -> Quarter:
    """The quarter of a day.

    >>> quarter(date(2026, 9, 30)).key, quarter(date(2026, 10, 1)).label
    ('2026Q3', '2026年第四季度')
    """
    return Quarter(on.year, (on.month + 2) // 3)


def quarter_of(key: str) -> Quarter | None:
    """The quarter of this key, if it is one."""
    year, mark, number = key.partition("Q")
    if not (mark and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
        return None
    return Quarter(int(year), int(number))


def reports_due(start: date, on: date) -> list[Quarter]:
    """The quarters on which a continuing task that began at ``start`` must have reported by ``on``.

    >>> [one.key for one in reports_due(date(2026, 2, 1), date(2026, 10, 11))]
    ['2026Q1', '2026Q2', '2026Q3']
    """
    found, one = [], quarter(start)
    while one.due < on:
        found.append(one)
        one = one.following
    return found


def light(*, due: date | None, done: bool, doubted: bool, owing: bool, on: date) -> Light:
    """How a task stands. Overdue is only what has a day; doubted evidence is told even of what was done."""
    if doubted:
        return Light.DOUBTED
    if done:
        return Light.DONE
    if due is not None and on > due:
        return Light.OVERDUE
    if owing:
        return Light.OWING
    if due is not None and on >= due - DAY * params.at("supervision.soon_days", on).value:
        return Light.SOON
    return Light.WELL


def check_due(issued: date | None, due: date | None, start: date | None = None) -> None:
    """RuleBroken where a day lies before the paper or before its own beginning."""
    if issued and due and due < issued:
        raise RuleBroken(
            f"时限{due}早于文件的成文日期{issued}", fix="请核对原文；原文写错的，时限留空，在要求里写明。"
        )
    if start and due and due < start:
        raise RuleBroken(f"时限{due}早于开始之日{start}", fix="请核对起止的日子。")


def rectification_due(issued: date, due: date) -> None:
    """RuleBroken where a unit is given less time than the shortest."""
    least = params.at("supervision.rectification_days", issued)
    earliest = calendar.add(issued, least.value, provisional=True)
    if due < earliest:
        raise RuleBroken(
            f"整改期限{due}太紧，从{issued}起{least.label}{least.value}个{least.unit}",
            source=least.source,
            fix=f"请定在{earliest}或者以后。",
        )


def last_day(name: str, start: date) -> date:
    """The day on which a period of working days (``supervision.<name>``) that begins at ``start`` ends."""
    return calendar.add(start, params.at(f"supervision.{name}", start).value, provisional=True)


class MeetingType(Term):
    """在什么会上听取的。"""

    PARTY = "party", "党组（党委）会议"
    EXECUTIVE = "executive", "常务会议、局长办公会"
    SPECIAL = "special", "专题会议"
    OTHER = "other", "其他场合"


@implements("plan:3.1")
def hearing_counts(*, by_head: bool, meeting: MeetingType, evidence: str) -> str:
    """Why a hearing does not count as the head's own (主要负责人每年至少听取一次汇报); empty if it does.

    >>> hearing_counts(by_head=True, meeting=MeetingType.PARTY, evidence="纪要〔2026〕3号")
    ''
    """
    if not by_head:
        return "听取的不是主要负责人，分管负责人、秘书长代听的不算"
    if meeting is MeetingType.OTHER:
        return "不是在会议上听取的"
    if not evidence.strip():
        return "没有会议纪要或者议程"
    return ""
