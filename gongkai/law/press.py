"""新闻发布:每季度、每半年、每年至少几场、谁出席(4·2·1),突发事件另计(N);出席的级别;实录的期限。"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date

from . import calendar, params
from .errors import RuleBroken
from .sources import cite
from .terms import Term


class Rank(Term):
    """出席发布会的人的级别。"""

    CHIEF = "chief", "主要负责人"
    DEPUTY = "deputy", "负责同志"
    SPOKESPERSON = "spokesperson", "新闻发言人"
    STAFF = "staff", "其他人员"

    @property
    def leads(self) -> bool:
        """Whether this person counts as one of those in charge (负责同志)."""
        return self in (Rank.CHIEF, Rank.DEPUTY)


class Level(Term):
    """发布什么,决定谁出席。"""

    WHOLE = "whole", "全局性工作"
    LIVELIHOOD = "livelihood", "民生和社会关注"
    UNIT = "unit", "部门工作"


@dataclass(frozen=True, slots=True)
class Held:
    """举行了的一场:哪天、出席的级别、是不是突发事件的(N)。"""

    on: date
    ranks: tuple[Rank, ...]
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """一段时间里的一个任务数。"""

    label: str
    start: date
    end: date
    least: int
    done: int

    @property
    def missing(self) -> int:
        """How many are still owed."""
        return max(self.least - self.done, 0)

    def is_near(self, on: date) -> bool:
        """Whether something is owed and its time ends within the days of the reminder, or has ended.

        >>> Quota("第一季度", date(2026, 1, 1), date(2026, 3, 31), 1, 0).is_near(date(2026, 3, 1))
        True
        """
        days = params.at("press.remind_days", on).value
        return self.missing > 0 and self.start <= on and (self.end - on).days <= days


_SPANS = (
    ("quarter_least", 3, ("第一季度", "第二季度", "第三季度", "第四季度")),
    ("half_least", 6, ("上半年负责同志出席", "下半年负责同志出席")),
    ("year_least", 12, ("全年主要负责人出席",)),
)


def quotas(year: int, held: Iterable[Held]) -> list[Quota]:
    """The seven numbers of a unit's year, with how many were held in each: four quarters, two halves, the year.

    What was held for an emergency stands beside the four (N); whoever attended it still attended.

    >>> [quota.missing for quota in quotas(2026, [Held(date(2026, 2, 3), (Rank.CHIEF,))])]
    [0, 1, 1, 1, 0, 1, 0]
    """
    rows = [one for one in held if one.on.year == year]
    found = []
    for name, months, labels in _SPANS:
        least = params.at(f"press.{name}", date(year, 1, 1)).value
        for number, label in enumerate(labels):
            first = number * months + 1
            inside = [one for one in rows if first <= one.on.month < first + months]
            done = sum(_counts(name, one) for one in inside)
            last = first + months - 1
            end = date(year, last, monthrange(year, last)[1])
            found.append(Quota(label, date(year, first, 1), end, least, done))
    return found


def _counts(name: str, held: Held) -> bool:
    if name == "quarter_least":
        return not held.is_emergency
    return Rank.CHIEF in held.ranks if name == "year_least" else any(rank.leads for rank in held.ranks)


def may_plan(year: int, on: date) -> None:
    """Open the plan of a year.

    Raises:
        RuleBroken: it is later than the next year.
        NotInForce: it is from before there were such numbers.

    >>> may_plan(2027, date(2026, 12, 1))
    """
    if year > on.year + 1:
        raise RuleBroken(f"{year}年还早，不能开计划", fix=f"至多开到{on.year + 1}年的。")
    params.at("press.quarter_least", date(max(year, MINYEAR), 1, 1))


def emergencies(year: int, held: Iterable[Held]) -> int:
    """How many were held for emergencies (N), which the plan does not hold."""
    return sum(one.is_emergency for one in held if one.on.year == year)


def short_of(level: Level, ranks: Sequence[Rank]) -> str:
    """Who should have attended and is not among them; empty if it is well. It warns, it does not stop (R).

    >>> short_of(Level.WHOLE, [Rank.DEPUTY])
    '全局性工作的发布会由主要负责人出席'
    """
    if level is Level.WHOLE and Rank.CHIEF not in ranks:
        return f"{level.label}的发布会由主要负责人出席"
    if level is Level.LIVELIHOOD and not any(rank.leads for rank in ranks):
        return f"{level.label}的发布会由负责同志出席"
    return ""


def may_hold(ranks: Sequence[Rank], *, answers_opinion: bool) -> None:
    """Register that a briefing was held.

    Raises:
        RuleBroken: nobody is registered as attending; or it answers a matter of public opinion and neither somebody
            in charge nor the spokesperson attended (部门负责人或者新闻发言人应当出席).
    """
    if not ranks:
        raise RuleBroken("没有登记出席的人", fix="请登记姓名、职务和级别。")
    if answers_opinion and not any(rank.leads or rank is Rank.SPOKESPERSON for rank in ranks):
        raise RuleBroken(
            "回应政务舆情的发布会没有负责人或者新闻发言人出席",
            source=cite("response61"),
            fix="请核对出席的人；确实没有出席的，请补开一场。",
        )


def transcript_due(held_on: date) -> date:
    """By when the transcript of a briefing is public (working days).

    >>> transcript_due(date(2026, 9, 1))
    datetime.date(2026, 9, 4)
    """
    return calendar.add(held_on, params.at("press.transcript_days", held_on).value, provisional=True)
