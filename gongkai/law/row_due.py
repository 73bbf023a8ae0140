"""标准目录的一行到期没有:时限(``due_clauses``)加上事实,给出最迟哪天公开、迟了没有;判不了的说判不了(国办发〔2019〕54号)。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import calendar, params
from .calendar import DAY
from .disclosure import is_late
from .due_clauses import UNCHECKABLE, Clause
from .sources import implements
from .terms import Term


class State(Term):
    """一个单位对目录一行做得怎样。"""

    OK = "ok", "正常"
    UNJUDGED = "unjudged", "无法判断"
    LATE = "late", "迟公开过"
    EMPTY = "empty", "空缺"
    OVERDUE = "overdue", "超期"


#: 从坏到好;一格里有几行的,按最坏的显示。
WORST_FIRST = (State.OVERDUE, State.EMPTY, State.LATE, State.UNJUDGED, State.OK)


@dataclass(frozen=True, slots=True)
class Published:
    """公开了的一件:形成之日(不知道的是 None)、公开之日。"""

    made_on: date | None
    published_on: date


@dataclass(frozen=True, slots=True)
class Happened:
    """登记的一件事:哪一天,公开了没有(哪一天)。"""

    on: date
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Judged:
    """结论:状态、下一个到期日、迟公开几件、为什么。"""

    state: State
    due: date | None = None
    late: int = 0
    why: str = ""


#: 起算的事就是信息本身的形成、变更:看信息的成文日期就知道。
_FORMED = re.compile(
    r"形成|变更|制定|制作|编制|获取|取得|产生|生成|印发|颁布|出台|作出|做出|签发|更新|决定|发布|公布"
)
_PERIOD_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_PERIOD_DAYS = {"day": 1, "week": 7}
_UNIT_DAYS = {"day": 1, "week": 7, "hour": 0}
_UNIT_MONTHS = {"month": 1, "year": 12}


def is_formed(clause: Clause) -> bool:
    """Whether the clock starts with the information itself, so that its own date is enough.

    >>> is_formed(Clause("within", 20, "workday")), is_formed(Clause("within", 10, "workday", "收到征地批准文件"))
    (True, False)
    """
    if clause.trigger is None:
        return True
    return bool(_FORMED.search(clause.trigger)) and not re.search(r"收到|批准|下发|结束|会议|申请", clause.trigger)


def due_after(clause: Clause, event: date) -> date | None:
    """The last day to publish after an event; None where the clause sets none that can be counted.

    Working days are counted from the day after the event; where the holiday notice is missing, provisionally.

    >>> due_after(Clause("within", 20, "workday"), date(2021, 9, 26)), due_after(Clause("promptly"), date(2021, 9, 26))
    (datetime.date(2021, 10, 28), None)
    """
    if clause.kind == "at_event":
        return event
    if clause.kind not in ("within", "before_event") or not clause.n or not clause.unit:
        return None
    if clause.kind == "before_event":
        return _back(event, clause.n, clause.unit)
    if clause.unit == "workday":
        return calendar.add(event, clause.n, provisional=True)
    if clause.unit in _UNIT_MONTHS:
        return months_after(event, clause.n * _UNIT_MONTHS[clause.unit])
    return event + DAY * clause.n * _UNIT_DAYS[clause.unit]


def _back(event: date, n: int, unit: str) -> date | None:
    """So many days before an event; working days are counted back from the day before it."""
    if unit != "workday":
        return event - DAY * n * _UNIT_DAYS[unit] if unit in ("day", "week") else None
    day = event
    while n:
        day -= DAY
        n -= calendar.is_workday(day, provisional=True)
    return day


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 11, 30), 3)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + DAY * (min(day.day, (following - first).days) - 1)


def next_period(clause: Clause, last: date) -> date | None:
    """When something new is due after what was published last, for periodic clauses.

    >>> next_period(Clause("periodic", period="quarter"), date(2026, 2, 3))
    datetime.date(2026, 6, 30)
    """
    if clause.period in _PERIOD_DAYS:
        return last + DAY * _PERIOD_DAYS[clause.period]
    months = _PERIOD_MONTHS.get(clause.period or "")
    if months is None:
        return None
    # 上一次在哪一期,下一期的最后一天以前要有新的
    start = date(last.year, (last.month - 1) // months * months + 1, 1)
    return months_after(start, 2 * months) - DAY


def judge(
    clauses: Sequence[Clause], published: Sequence[Published], happened: Sequence[Happened], on: date
) -> Judged:
    """How an agency stands with one row on a day.

    Args:
        clauses: the due clauses of the row.
        published: what it published under the row.
        happened: events it entered, for clauses whose clock starts with something else than the information.

    A clause that no clock can check never makes a row look kept: it says that it cannot be judged.

    >>> judge([Clause("within", 20, "workday", "形成")], [], [], date(2026, 9, 1)).state.label
    '空缺'
    """
    counted = [one for one in clauses if one.kind in ("within", "at_event", "before_event")]
    awaiting = [one for one in counted if one.kind != "within" or not is_formed(one)]
    open_due, late = _events(awaiting, happened)
    floor = [one for one in clauses if one.kind in UNCHECKABLE] if not counted else []
    late += _late(counted, published, floored=bool(floor))
    dues = [*open_due, *_recurring(clauses, published, on)]
    due = min(dues) if dues else None
    if due is not None and due < on:
        return Judged(State.OVERDUE, due, late, f"应在{due}以前公开")
    if not published and not any(one.published_on for one in happened):
        if counted and len(awaiting) == len(counted) and not happened:
            return Judged(State.UNJUDGED, due, late, f"没有登记“{awaiting[0].trigger or '事件'}”的日子")
        if not clauses:
            return Judged(State.EMPTY, due, late, "没有公开过，时限也认不出来")
        return Judged(State.EMPTY, due, late, "没有公开过")
    if late:
        return Judged(State.LATE, due, late, f"迟公开{late}件")
    if not clauses:
        return Judged(State.UNJUDGED, due, late, "时限没有写明，或者认不出来")
    if floor and len(floor) == len(clauses):
        return Judged(State.UNJUDGED, due, late, "时限没有天数，按条例第二十六条的期限没有迟")
    if awaiting and len(awaiting) == len(counted) and not happened:
        return Judged(State.UNJUDGED, due, late, f"没有登记“{awaiting[0].trigger or '事件'}”的日子")
    return Judged(State.OK, due, late)


def _events(clauses: Sequence[Clause], happened: Sequence[Happened]) -> tuple[list[date], int]:
    """The due days of events that are not published yet, and how many were published late."""
    still, late = [], 0
    for one in happened:
        found = [due for clause in clauses if (due := due_after(clause, one.on))]
        if not found:
            continue
        due = max(found)
        if one.published_on is None:
            still.append(due)
        elif one.published_on > due:
            late += 1
    return still, late


def _late(counted: Sequence[Clause], published: Sequence[Published], *, floored: bool) -> int:
    """How many were published late by the clauses whose clock starts with the information itself; by the regulation's
    own limit where the row has no number of days."""
    formed = [one for one in counted if one.kind == "within" and is_formed(one)]
    late = 0
    for one in published:
        if one.made_on is None:
            continue
        # 一格里有几个天数的(指南二十、结果七),不知道这一件属于哪个,按最宽的算
        found = [due for clause in formed if (due := due_after(clause, one.made_on))]
        late += bool(found and one.published_on > max(found)) or (
            floored and is_late(one.made_on, one.published_on)
        )
    return late


def _recurring(clauses: Sequence[Clause], published: Sequence[Published], on: date) -> list[date]:
    if not published:
        return []
    last = max(one.published_on for one in published)
    dues = []
    for clause in clauses:
        if clause.kind == "periodic" and (due := next_period(clause, last)):
            dues.append(due)
        elif clause.kind == "annual_by_date" and clause.month:
            due = _that_day(on.year, clause)
            dues.append(due if last.year < on.year else _that_day(on.year + 1, clause))
    return dues


def _that_day(year: int, clause: Clause) -> date:
    first = date(year, clause.month or 1, 1)
    return (
        min(first + DAY * ((clause.day or 1) - 1), months_after(first, 1) - DAY)
        if clause.day
        else (months_after(first, 1) - DAY)
    )


def is_looser(old: Sequence[Clause], new: Sequence[Clause]) -> bool:
    """Whether the new clauses give more time than the old ones: more days, or days no more.

    >>> is_looser([Clause("within", 10, "workday")], [Clause("within", 20, "workday")])
    True
    >>> is_looser([Clause("within", 20, "workday")], [Clause("within", 7, "workday")])
    False
    >>> is_looser([Clause("within", 20, "workday")], [Clause("promptly")])
    True
    """
    before, after = _days(old), _days(new)
    if before is None:
        return False
    return after is None or after > before


def _days(clauses: Sequence[Clause]) -> float | None:
    """The shortest limit in days as one number to compare; a working day is seven fifths of a day."""
    weights = {"workday": 1.4, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0, "hour": 1 / 24}
    found = [
        one.n * weights[one.unit] for one in clauses if one.kind == "within" and one.n and one.unit in weights
    ]
    found += [
        float(_PERIOD_DAYS.get(one.period, 0) or 30 * _PERIOD_MONTHS.get(one.period, 0))
        for one in clauses
        if one.kind == "periodic" and one.period
    ]
    return min(found) if found else None


@implements("standard54")
def review_due(last: date) -> date:
    """By when a published catalogue is reviewed again (动态调整;周期是管理口径).

    >>> review_due(date(2025, 11, 3))
    datetime.date(2026, 11, 3)
    """
    return months_after(last, params.at("standards.review_months", last).value)


def is_stale(updated: date, on: date) -> bool:
    """Whether something that stays up for good (永久公开) has not been looked at for long.

    >>> is_stale(date(2024, 1, 1), date(2026, 1, 1))
    True
    """
    return on > months_after(updated, params.at("standards.charge_months", on).value)
