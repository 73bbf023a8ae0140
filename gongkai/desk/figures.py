"""自己会数的数:各应用在 ``room.py`` 的 ``figures`` 里说出自己数得出的分子、分母,和点开以后是哪些件。

分子、分母各是一个查询,数和件用的是同一个条件,所以点开看到的件数总等于那个数;没有表的(覆盖矩阵一类)给两个函数。
这一层不认得上面各应用的事;督查考核(``gongkai.supervision``)把它们放到方案的条款上。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.law.clock import ran_out
from gongkai.law.terms import Term

from .rooms import rooms

#: 单位的主键 → (分子, 分母);没有分母的单位可以不在里面。
Counts = Mapping[int, tuple[int, int]]
#: (单位的主键, 哪一天) → 件。
Rows = Callable[[Sequence[int], date], QuerySet]


class Span(Term):
    """数的是哪一段:那一天的样子,还是当年到那一天。"""

    STATE = "state", "当日"
    YEAR = "year", "当年到当日"


@dataclass(frozen=True, slots=True)
class Shown:
    """点开以后的一件:名称、工作台网址(空的没有页)、属于哪个单位、算不算在分子里、一句说明。"""

    title: str
    url: str
    agency: int
    counts: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """一个数。

    Attributes:
        key: ``应用.名称``,例如 ``records.coverage``。
        label: 叫法,例如“主动公开覆盖率”。
        above, below: 分子、分母的说法。
        clauses: 五年方案的哪几条靠它看(``2.2``),可以没有。
        target: 要达到多少;没有定的是 ``None``。
        span: 数的是哪一段。
        follows: 哪些应用的操作会改变它(操作记录动作名的头一截)。
        count: (单位们, 哪天) → 各单位的分子、分母,不论多少单位都只用几个查询。
        things: (单位们, 哪天) → 分母里的每一件,按同样的条件;清单长的给能翻页的 ``Listing``。
        more_is_better: 越多越好,还是越少越好。
        note: 一句口径,写在数的旁边。
        local: 一个单位的数只随关于它的操作变;没有说的,有操作就整个重算。
        live: 操作记录里没有的也会改变它(通道的回音),每次现数。
        present: 没有留下以前的样子,只数得出现在的;过去的一天只有当天存下的才算数,没有存的不补。
    """

    key: str
    label: str
    above: str
    below: str
    count: Callable[[Sequence[int], date], Counts]
    things: Callable[[Sequence[int], date], Listing | Sequence[Shown]]
    clauses: tuple[str, ...] = ()
    target: Fraction | None = None
    span: Span = Span.YEAR
    follows: tuple[str, ...] = ()
    more_is_better: bool = True
    note: str = ""
    local: bool = False
    present: bool = False
    live: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """一张可以翻页的件:分母的查询、分子的查询(它的子集)、怎样显示一件。"""

    rows: QuerySet
    counted: QuerySet
    show: Callable[[Any, bool], Shown]

    def shown(self, rows: Iterable[Any]) -> list[Shown]:
        """These rows as they are shown, told apart by one query."""
        found = list(rows)
        inside = set(self.counted.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
        return [self.show(row, row.pk in inside) for row in found]


def of_rows(
    *,
    rows: Rows,
    meeting: Callable[[QuerySet, date], QuerySet],
    owner: str,
    show: Callable[[Any, bool], Shown],
    **said: Any,
) -> Figure:
    """A figure whose numerator is a part of the rows of its denominator.

    Args:
        rows: the rows that count at all, the denominator.
        meeting: those of them that meet it, the numerator.
        owner: the way from a row to the id of its agency.
        said: the other attributes of ``Figure``.
    """

    def count(agencies: Sequence[int], on: date) -> Counts:
        found = rows(agencies, on)
        wholes = _grouped(found, owner)
        parts = _grouped(meeting(found, on), owner)
        return {pk: (parts.get(pk, 0), whole) for pk, whole in wholes.items()}

    def things(agencies: Sequence[int], on: date) -> Listing:
        found = rows(agencies, on)
        return Listing(found, meeting(found, on), show)

    return Figure(count=count, things=things, **said)


def of_things(things: Callable[[Sequence[int], date], Sequence[Shown]], **said: Any) -> Figure:
    """A figure that is counted from a list of things itself, where no table holds them (a matrix, a round of units)."""

    def count(agencies: Sequence[int], on: date) -> Counts:
        found: dict[int, tuple[int, int]] = {}
        for thing in things(agencies, on):
            part, whole = found.get(thing.agency, (0, 0))
            found[thing.agency] = (part + thing.counts, whole + 1)
        return found

    return Figure(count=count, things=things, **said)


def answered_or_owed(on: date, *, answered: str, due: str) -> Q:
    """What was answered in the year by that day, or ran out in it and was not answered by then (``law.clock.ran_out``).

    Args:
        answered, due: the fields with the days of the answer, empty where there is none, and of the end of the period.
    """
    unanswered = Q(**{answered: None}) | Q(**{f"{answered}__gt": on})
    return Q(**{f"{answered}__range": (first_day(on), on)}) | Q(**{f"{due}__range": ran_out(on)}) & unanswered


def _grouped(rows: QuerySet, owner: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(owner).annotate(n=Count("pk", distinct=True)))


def figures() -> dict[str, Figure]:
    """Every room's figures by key, in the order of the rooms.

    Raises:
        ValueError: two figures of one key.
    """
    found: dict[str, Figure] = {}
    for room in rooms():
        for figure in room.figures:
            if figure.key in found:
                raise ValueError(f"有两个数都叫“{figure.key}”")
            found[figure.key] = figure
    return found


def first_day(on: date) -> date:
    """The first day of the year of a day."""
    return on.replace(month=1, day=1)
