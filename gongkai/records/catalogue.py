"""公开目录:单位 × 法定公开事项的覆盖矩阵(空缺、超期、迟公开)、下钻、不予公开信息的年度评估清单。"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When

from gongkai.desk.moments import end_of, local_day, start_of
from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.law.disclosure import reassessment_due
from gongkai.org.models import Agency

from . import types
from .models import Absence, Edition, Reassessment, Record
from .terms import Stage


@dataclass(frozen=True, slots=True)
class Cell:
    """矩阵的一格。``state`` 是 ok、empty(空缺)、overdue(超期未更新)、absent(不涉及,已核准)、claimed(申明不涉及,待核准,仍算空缺)。"""

    duty: str
    label: str
    count: int
    last: datetime | None
    late: int
    state: str

    @property
    def look(self) -> str:
        """How the cell is drawn: due 缺, old 超期, none 不涉及, c1 to c3 the more the darker."""
        if self.state in ("empty", "claimed"):
            return "due"
        if self.state == "absent":
            return "none"
        return "old" if self.state == "overdue" else f"c{1 + sum(self.count >= step for step in DARKER)}"

    @property
    def face(self) -> str:
        """What stands in the cell beside the number."""
        if not self.count:
            return {"empty": "缺", "claimed": "待核", "absent": "○"}[self.state]
        return ("旧" if self.state == "overdue" else "") + ("迟" if self.late else "")

    @property
    def in_words(self) -> str:
        """The same for readers aloud."""
        if not self.count:
            return {"empty": "空缺", "claimed": "申明不涉及，待核准", "absent": "不涉及"}[self.state]
        said = f"最近更新{local_day(self.last)}" if self.last else ""
        return (
            said
            + ("，超期没有更新" if self.state == "overdue" else "")
            + (f"，迟公开{self.late}件" if self.late else "")
        )


#: 件数到了这么多,格子深一档。
DARKER = (4, 10)


@dataclass(frozen=True, slots=True)
class Row:
    """一个单位的一行;不适用的格是 None。"""

    agency: Agency
    cells: tuple[Cell | None, ...]

    @property
    def expected(self) -> int:
        """Cells that fall to the agency, approved absences apart."""
        return sum(cell.state != "absent" for cell in self.cells if cell)

    @property
    def is_owing(self) -> bool:
        """Whether something is missing or was not renewed in time."""
        return any(cell.state in ("empty", "overdue") for cell in self.cells if cell)

    @property
    def filled(self) -> int:
        """Cells with something published."""
        return sum(cell.count > 0 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Matrix:
    """覆盖矩阵和合计。"""

    items: tuple[duties.Duty, ...]
    rows: tuple[Row, ...]

    def _all(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells if cell]

    @property
    def cells(self) -> int:
        return len(self._all())

    @property
    def empty(self) -> int:
        return sum(cell.state in ("empty", "claimed") for cell in self._all())

    @property
    def absent(self) -> int:
        return sum(cell.state == "absent" for cell in self._all())

    @property
    def claimed(self) -> int:
        return sum(cell.state == "claimed" for cell in self._all())

    @property
    def covered(self) -> int | None:
        """Hundredths of the cells that fall to the agencies and have something published; None where none does."""
        due = self.cells - self.absent
        return 100 * (due - self.empty) // due if due else None

    @property
    def overdue(self) -> int:
        return sum(cell.state == "overdue" for cell in self._all())

    @property
    def late(self) -> int:
        return sum(cell.late for cell in self._all())


def kinds(agencies: QuerySet[Agency]) -> list[tuple[str, str]]:
    """Kinds that have a row in the matrix, by value and label; those with most agencies first."""
    counted = Counter(agencies.order_by().values_list("kind", flat=True))
    falls = {kind for duty in duties.all().values() for kind in duty.kinds}
    return [(kind, AgencyKind(kind).label) for kind, _ in counted.most_common() if kind in falls]


def item(duty: str) -> duties.Duty:
    """One column. Raises KeyError if there is none of that key."""
    return duties.get(duty)


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
    """The coverage on a day, in three queries however many records there are; only the items that fall to one of the
    agencies are columns."""
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
    absent = {
        (agency, duty): "absent" if approved else "claimed"
        for agency, duty, approved in Absence.objects.values_list("agency_id", "duty", "approved_at")
    }
    shown = {agency.kind for agency in chosen}
    columns = tuple(duty for duty in duties.all().values() if not chosen or shown & set(duty.kinds))
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
            cells.append(_cell(duty, figures, absent.get((agency.pk, duty.key), "empty"), on))
        if any(cells):
            table.append(Row(agency, tuple(cells)))
    return Matrix(columns, tuple(table))


def _sum(figures: list[tuple[int, datetime, int]]) -> tuple[int, datetime, int]:
    return sum(one[0] for one in figures), max(one[1] for one in figures), sum(one[2] for one in figures)


def _cell(duty: duties.Duty, figures: tuple[int, datetime, int] | None, without: str, on: date) -> Cell:
    if figures is None:
        return Cell(duty.key, duty.label, 0, None, 0, without)
    n, last, late_n = figures
    updated = local_day(last)
    return Cell(
        duty.key, duty.label, n, last, late_n, "overdue" if on > months_after(updated, duty.months) else "ok"
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Ledger:
    """一年的评估清单:查询、应评估件数、已评估件数、转为公开件数、依据。"""

    rows: QuerySet[Record]
    total: int
    done: int
    opened: int
    basis: str


def reassessments(found: QuerySet[Record], year: int) -> Ledger:
    """What is withheld and whether it was assessed in ``year``.

    A record is due in each year after the one in which it was signed as withheld (``law.disclosure.reassessment_due``),
    until what came out of it is public. ``found`` narrows the records, for example to what a person may see.
    """
    assessed = Reassessment.objects.filter(record=OuterRef("pk"), year=year)
    released = Reassessment.objects.filter(
        record=OuterRef("pk"), year__lt=year, released__published_at__isnull=False, released__withdrawn=""
    )
    signed = Edition.objects.filter(record=OuterRef("pk"), stage=Stage.LIVE, signed_at__lt=start_of(year))
    rows = (
        found.withheld()
        .filter(Exists(signed), ~Exists(released), withdrawn="")
        .annotate(outcome=Subquery(assessed.values("outcome")[:1]))
        .annotate(
            outcome_label=Case(
                *(When(outcome=value, then=Value(label)) for value, label in Reassessment.Outcome.choices),
                default=Value(""),
            )
        )
        .select_related("agency")
    )
    states = Counter(rows.order_by().values_list("outcome", flat=True))
    done = {state: n for state, n in states.items() if state}
    opened = sum(n for state, n in done.items() if state != Reassessment.Outcome.KEEP)
    return Ledger(rows, sum(states.values()), sum(done.values()), opened, reassessment_due.source)
