"""办到哪里:单位、年、类别各格的应梳理、已著录、已审、已上网;三率;里程碑;热力图。只读,一次几条汇总的查询。

公开着的信息算已著录、已审、已上网;由旧文件补录出来的只按旧文件算一次。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum

from gongkai.desk.moments import local_day
from gongkai.law import backfile as law
from gongkai.law import params
from gongkai.law.backfile import Conclusion, Progress
from gongkai.org.models import Agency
from gongkai.records.models import Tally, is_public_at

from .models import Holding, Item
from .models.stock import COUNTS
from .terms import ItemState, Kind

#: 单位、年、类别。
Key = tuple[int, int, str]
_TYPES = {"normative": Kind.NORMATIVE, "document": Kind.NUMBERED}
ACTIVE = (Conclusion.ACTIVE.value, Conclusion.PART.value)
#: 没有底数的格,和颜色的几档。
NONE, DONE, LATE, HALF = "none", "c3", "due", "old"


def cells(agencies: Iterable[Agency], at: datetime) -> dict[Key, Progress]:
    """Every cell where there is anything, of these units."""
    pks = [one.pk for one in agencies]
    found: dict[Key, Progress] = defaultdict(Progress)
    holdings = Holding.objects.filter(agency__in=pks)
    for agency, year, kind, due, lost, reason in holdings.values_list(
        "agency", "year", "kind", "due", "lost", "lost_reason"
    ):
        found[agency, year, kind] += Progress(due=due, lost=lost, unexplained=0 if reason else lost, registered=1)
    tallies = Tally.objects.filter(agency__in=pks, year__gt=0, n__gt=0)
    for agency, year, type, n in tallies.values_list("agency", "year", "type").annotate(total=Sum("n")).order_by():
        found[agency, year, _TYPES.get(type, Kind.PLAIN)] += Progress(0, n, n, n, n)
    _items(pks, at, found)
    return found


def _items(pks: list[int], at: datetime, found: dict[Key, Progress]) -> None:
    rows = Item.objects.filter(agency__in=pks, state=ItemState.CONFIRMED, year__isnull=False).order_by()
    for agency, year, kind, conclusion, n in rows.values_list("agency", "year", "kind", "conclusion").annotate(
        n=Count("pk")
    ):
        active = n if conclusion in ACTIVE else 0
        found[agency, year, kind] += Progress(described=n, reviewed=n if conclusion else 0, active=active)
    opened = rows.filter(is_public_at(at, "record__"))
    for agency, year, kind, publisher, shown, n in opened.values_list(
        "agency", "year", "kind", "record__agency", "record__year"
    ).annotate(n=Count("pk")):
        found[agency, year, kind] += Progress(online=n)
        if publisher in pks and shown:
            # 补录的信息在公开的件数里又数了一遍,去掉
            found[publisher, shown, Kind.NUMBERED] += Progress(0, -n, -n, -n, -n)


@dataclass(frozen=True, slots=True)
class Cell:
    """热力图的一格:年、著录率、颜色、读屏软件念的话。"""

    year: int
    rate: int | None
    shade: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """一个单位的一行。"""

    agency: Agency
    cells: list[Cell]
    whole: Progress

    @property
    def rates_said(self) -> str:
        """著录、审查、上网, as 80／60／—."""
        return "／".join("—" if rate is None else str(rate) for rate in self.whole.rates)


@dataclass(frozen=True, slots=True)
class Stage:
    """一个里程碑办到哪里;``behind`` 是过了日子还没有完成的单位。"""

    since: int
    by: date
    whole: Progress
    behind: list[Agency]
    is_past: bool

    @property
    def is_done(self) -> bool:
        return self.whole.is_done


@dataclass(frozen=True, slots=True)
class Overview:
    """整张图:各年、各单位、各里程碑。"""

    years: list[int]
    rows: list[Row]
    stages: list[Stage]


def overview(agencies: list[Agency], at: datetime) -> Overview:
    """The heat map and the milestones of these units."""
    on = local_day(at)
    marks = law.milestones(on)
    first = min((mark.since for mark in marks), default=on.year)
    years = list(range(first, on.year + 1))
    by_year: dict[tuple[int, int], Progress] = defaultdict(Progress)
    for (agency, year, _), progress in cells(agencies, at).items():
        by_year[agency, year] += progress
    rows = []
    for agency in agencies:
        found = [by_year[agency.pk, year] for year in years]
        shown = [_cell(agency, year, one, marks, on) for year, one in zip(years, found, strict=True)]
        rows.append(Row(agency, shown, sum(found, Progress())))
    return Overview(years, rows, [_stage(mark, agencies, by_year, on) for mark in marks])


def _cell(agency: Agency, year: int, progress: Progress, marks: list[law.Milestone], on: date) -> Cell:
    rate, *_ = progress.rates
    where = f"{agency.short_name or agency.name}{year}年"
    if not progress.registered:
        return Cell(year, None, NONE, f"{where}没有登记底数")
    due_by = max((mark.by for mark in marks if mark.since <= year <= mark.by.year), default=None)
    said = f"{where}应梳理{progress.due}件，已著录{progress.described}件"
    if progress.is_done:
        return Cell(year, rate, DONE, f"{said}，完成")
    if due_by and due_by < on:
        return Cell(year, rate, LATE if (rate or 0) < 50 else HALF, f"{said}，应于{due_by}以前完成")
    return Cell(year, rate, "c1" if (rate or 0) < 50 else "c2", said)


def _stage(
    mark: law.Milestone, agencies: list[Agency], by_year: dict[tuple[int, int], Progress], on: date
) -> Stage:
    span = range(mark.since, mark.by.year + 1)
    whole, behind = Progress(), []
    for agency in agencies:
        own = sum((by_year[agency.pk, year] for year in span), Progress())
        whole += own
        if mark.by < on and own.registered and not own.is_done:
            behind.append(agency)
    return Stage(mark.since, mark.by, whole, behind, mark.by < on)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """一个单位一年一类:登记的底数(可能没有)和办到哪里。"""

    year: int
    kind: Kind
    holding: Holding | None
    progress: Progress

    @property
    def counts(self) -> list[tuple[str, str]]:
        """登记簿、归档目录、文号推算; a dash where there is no count."""
        counts = self.holding.counts if self.holding else dict.fromkeys((label for _, label in COUNTS), None)
        return [(label, "—" if count is None else str(count)) for label, count in counts.items()]

    @property
    def is_estimated(self) -> bool:
        return self.holding is not None and self.holding.estimated is not None


def of_unit(agency: Agency, at: datetime) -> list[UnitLine]:
    """Every line of a unit, the newest year first; of years of the milestones also those with nothing yet."""
    on = local_day(at)
    found = cells([agency], at)
    holdings = {(one.year, one.kind): one for one in Holding.objects.filter(agency=agency)}
    first = min((mark.since for mark in law.milestones(on)), default=on.year)
    oldest = params.at("backfile.oldest_year", on).value
    earlier = [year for _, year, _ in found if oldest <= year < first]
    years = sorted({*range(first, on.year + 1), *earlier}, reverse=True)
    return [
        UnitLine(year, kind, holdings.get((year, kind)), found.get((agency.pk, year, kind), Progress()))
        for year in years
        for kind in Kind
        if (year, kind) in holdings or found.get((agency.pk, year, kind)) or kind is Kind.NUMBERED
    ]
