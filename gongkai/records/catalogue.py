"""公开目录:单位 × 法定公开事项的覆盖矩阵(空缺、超期、迟公开)、下钻、不予公开信息的年度评估清单。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.law.disclosure import reassessment_due
from gongkai.law.openness import Openness
from gongkai.org.models import Agency

from . import types
from .models import Absence, Reassessment, Record


@dataclass(frozen=True, slots=True)
class Cell:
    """矩阵的一格。``state`` 是 ok、empty(空缺)、overdue(超期未更新)、absent(申明不涉及)。"""

    duty: str
    label: str
    count: int
    last: datetime | None
    late: int
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """一个单位的一行;不适用的格是 None。"""

    agency: Agency
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """覆盖矩阵和合计。"""

    items: tuple[duties.Duty, ...]
    rows: tuple[Row, ...]
    kinds: tuple[tuple[str, str], ...]

    def _all(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells if cell]

    @property
    def cells(self) -> int:
        return len(self._all())

    @property
    def empty(self) -> int:
        return sum(cell.state == "empty" for cell in self._all())

    @property
    def overdue(self) -> int:
        return sum(cell.state == "overdue" for cell in self._all())

    @property
    def late(self) -> int:
        return sum(cell.late for cell in self._all())


def item(duty: str) -> duties.Duty:
    """One column. Raises KeyError if there is none of that key."""
    return duties.get(duty)


def end_of(on: date) -> datetime:
    """The last moment of a local day."""
    return timezone.make_aware(datetime.combine(on, time.max))


def in_duty(rows: QuerySet[Record], duty: str) -> QuerySet[Record]:
    """Rows under a duty; a field column (专栏) gathers the types that list it."""
    if duties.get(duty).tab is duties.Tab.FIELDS:
        return rows.filter(type__in=types.counting_for(duty))
    return rows.filter(duty=duty)


def rows(agency: Agency, duty: str, *, at: datetime) -> QuerySet[Record]:
    """What stands behind a cell; a field column counts every agency's for the government's own row."""
    found = in_duty(Record.objects.public(at), duty)
    whole_district = duties.get(duty).tab is duties.Tab.FIELDS and agency.kind == AgencyKind.GOVERNMENT
    return found if whole_district else found.filter(agency=agency)


def late(found: QuerySet[Record]) -> QuerySet[Record]:
    """Those published later than the law allows (条例第二十六条)."""
    return found.filter(late=True)


def matrix(*, on: date, agencies: Iterable[Agency] | None = None) -> Matrix:
    """The coverage on a day, in three queries however many records there are."""
    chosen = list(agencies if agencies is not None else Agency.objects.current(on))
    public = Record.objects.public(end_of(on))
    counted: dict[tuple[int, str], tuple[int, datetime, int]] = {}
    fields: dict[str, list[tuple[int, datetime, int]]] = defaultdict(list)
    grouped = public.values("agency_id", "duty", "type").annotate(
        n=Count("pk"), last=Max("published_at"), late_n=Count("pk", filter=Q(late=True))
    )
    by_type = {one.key: one.lists for one in types.all()}
    for group in grouped.order_by():
        figures = (group["n"], group["last"], group["late_n"])
        key = (group["agency_id"], group["duty"])
        counted[key] = _sum([counted[key], figures]) if key in counted else figures
        for name in by_type.get(group["type"], ()):
            fields[name].append(figures)
    absent = set(Absence.objects.values_list("agency_id", "duty"))
    columns = tuple(duties.all().values())
    table = []
    for agency in chosen:
        cells: list[Cell | None] = []
        for duty in columns:
            if agency.kind not in duty.kinds:
                cells.append(None)
                continue
            if duty.tab is duties.Tab.FIELDS:
                figures = _sum(fields[duty.key]) if fields[duty.key] else None
            else:
                figures = counted.get((agency.pk, duty.key))
            cells.append(_cell(duty, figures, (agency.pk, duty.key) in absent, on))
        if any(cells):
            table.append(Row(agency, tuple(cells)))
    kinds = tuple((kind.value, kind.label) for kind in AgencyKind if any(kind in duty.kinds for duty in columns))
    return Matrix(columns, tuple(table), kinds)


def _sum(figures: list[tuple[int, datetime, int]]) -> tuple[int, datetime, int]:
    return sum(one[0] for one in figures), max(one[1] for one in figures), sum(one[2] for one in figures)


def _cell(duty: duties.Duty, figures: tuple[int, datetime, int] | None, absent: bool, on: date) -> Cell:
    if figures is None:
        return Cell(duty.key, duty.label, 0, None, 0, "absent" if absent else "empty")
    n, last, late_n = figures
    updated = timezone.localtime(last).date()
    months = (on.year - updated.year) * 12 + on.month - updated.month - (on.day < updated.day)
    return Cell(duty.key, duty.label, n, last, late_n, "overdue" if months >= duty.months else "ok")


@dataclass(frozen=True, slots=True)
class Ledger:
    """一年的评估清单:查询、应评估件数、已评估件数、转为公开件数、依据。"""

    rows: QuerySet[Record]
    total: int
    done: int
    opened: int
    basis: str


def reassessments(found: QuerySet[Record], year: int) -> Ledger:
    """What is withheld and whether it was assessed in ``year``; new ones of the same year are not yet due."""
    assessed = Reassessment.objects.filter(record=OuterRef("pk"), year=year)
    withheld = (
        found.exclude(openness=Openness.ACTIVE)
        .annotate(outcome=Subquery(assessed.values("outcome")[:1]), begun=F("editions__created_at__year"))
        .filter(editions__nth=1, begun__lt=year)
        .select_related("agency")
    )
    states = list(withheld.values_list("outcome", flat=True))
    return Ledger(
        withheld,
        len(states),
        sum(state is not None for state in states),
        sum(state in ("open", "part") for state in states),
        reassessment_due.source,
    )
