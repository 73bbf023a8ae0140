"""覆盖对照:领域 × 单位。做得好的不出声,只有空缺、超期、迟公开、判不了的有字;数都从责任表(Charge)里数。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from gongkai.law.row_due import WORST_FIRST, State
from gongkai.org.models import Agency

from .models import Charge, Standard

#: 在格里的字和样子(样子是 CSS 里矩阵的几种)。
FACES = {
    State.OVERDUE: ("超", "due"),
    State.EMPTY: ("缺", "due"),
    State.LATE: ("迟", "old"),
    State.UNJUDGED: ("？", "none"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """一格:各种状态的行数。"""

    counts: dict[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def worst(self) -> State:
        return next(state for state in WORST_FIRST if self.counts.get(state))

    @property
    def look(self) -> str:
        return FACES[self.worst][1] if self.worst in FACES else "c1"

    @property
    def face(self) -> str:
        """The number of rows in the worst state and its sign; nothing where all is well."""
        if self.worst is State.OK:
            return ""
        return f"{self.counts[self.worst]}{FACES[self.worst][0]}"

    @property
    def in_words(self) -> str:
        """The same for readers aloud."""
        return "，".join(f"{state.label}{self.counts[state]}行" for state in WORST_FIRST if self.counts.get(state))


@dataclass(frozen=True, slots=True)
class Line:
    """一个领域的一行;这个单位没有责任的格是 None。"""

    standard: Standard
    cells: tuple[tuple[Agency, Cell | None], ...]
    excused: int

    @property
    def expected(self) -> int:
        return sum(self.sums.values())

    @property
    def filled(self) -> int:
        """Rows under which something is public, or that nobody can judge."""
        return self.expected - self.sums.get(State.EMPTY, 0)

    @property
    def sums(self) -> dict[State, int]:
        sums: dict[State, int] = defaultdict(int)
        for _, cell in self.cells:
            for state, n in (cell.counts if cell else {}).items():
                sums[state] += n
        return sums


@dataclass(frozen=True, slots=True)
class Matrix:
    """对照表:列是单位,行是各领域的目录;``quiet`` 是因为都好而没有列出的领域个数。"""

    agencies: tuple[Agency, ...]
    lines: tuple[Line, ...]
    quiet: int
    sums: dict[State, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sums.values())

    @property
    def covered(self) -> int | None:
        """Hundredths of the charges under which something is public; None where there is none."""
        missing = self.sums.get(State.EMPTY, 0)
        return 100 * (self.total - missing) // self.total if self.total else None

    @property
    def figures(self) -> list[tuple[str, int]]:
        return [(state.label, self.sums.get(state, 0)) for state in WORST_FIRST]


#: 这几种才值得看。
LOUD = (State.OVERDUE, State.EMPTY, State.LATE)


def matrix(
    standards: QuerySet[Standard],
    *,
    whole: bool = False,
    only: Iterable[int] | None = None,
    shown: Sequence[Standard] | None = None,
) -> Matrix:
    """The table over some catalogues: the sums of all, the cells of those that are shown.

    Args:
        whole: also areas and agencies where nothing is wrong.
        only: ids of the agencies that are wanted.
        shown: the catalogues of this page, with ``area``; those of ``standards`` that are ``wanted`` if not given.
    """
    charges = _charges(standards, only)
    sums: dict[State, int] = defaultdict(int)
    for state, n in charges.filter(approved_at=None).order_by().values_list("state").annotate(n=Count("pk")):
        sums[State.from_value(state)] += n
    listed = wanted(standards, whole=whole, only=only) if shown is None else None
    chosen = list(listed.select_related("area", "agency")) if listed is not None else list(shown or ())
    table: dict[int, dict[int, dict[State, int]]] = defaultdict(lambda: defaultdict(dict))
    excused: dict[int, int] = defaultdict(int)
    grouped = (
        charges.filter(standard__in=[one.pk for one in chosen])
        .order_by()
        .values_list("standard", "agency", "state")
        .annotate(n=Count("pk", filter=Q(approved_at=None)), gone=Count("pk", filter=Q(approved_at__isnull=False)))
    )
    columns: set[int] = set()
    for standard, agency, state, n, gone in grouped:
        excused[standard] += gone
        if n:
            table[standard][agency][State.from_value(state)] = n
            if whole or state in LOUD:
                columns.add(agency)
    agencies = tuple(Agency.objects.filter(pk__in=columns))
    lines = []
    for one in chosen:
        counts = {agency: Cell(by_state) for agency, by_state in table.get(one.pk, {}).items()}
        lines.append(Line(one, tuple((agency, counts.get(agency.pk)) for agency in agencies), excused[one.pk]))
    every = standards.count()
    quiet = 0 if whole else every - wanted(standards, only=only).count()
    return Matrix(agencies, tuple(lines), quiet, dict(sums))


def wanted(
    standards: QuerySet[Standard], *, whole: bool = False, only: Iterable[int] | None = None
) -> QuerySet[Standard]:
    """The catalogues that have a line of their own: those where something is wrong, or all."""
    if whole:
        return standards
    loud = _charges(standards, only).filter(approved_at=None, state__in=LOUD)
    return standards.filter(pk__in=loud.order_by().values("standard"))


def _charges(standards: QuerySet[Standard], only: Iterable[int] | None) -> QuerySet[Charge]:
    rows = Charge.objects.filter(standard__in=standards.order_by().values("pk"))
    return rows if only is None else rows.filter(agency__in=list(only))


def by_agency(charges: QuerySet[Charge]) -> Sequence[tuple[int, dict[State, int]]]:
    """Counts of each state by agency."""
    table: dict[int, dict[State, int]] = defaultdict(dict)
    for agency, state, n in charges.order_by().values_list("agency", "state").annotate(n=Count("pk")):
        table[agency][State.from_value(state)] = n
    return list(table.items())
