"""历史信息自己会数的数(``desk.figures``):三个率、里程碑、移交目录。口径同“底数”页(``law.backfile.Progress``)。"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows, of_things
from gongkai.desk.moments import end_of, local_day
from gongkai.law import backfile as law
from gongkai.law.backfile import Progress
from gongkai.law.handover import catalogue_due
from gongkai.org.models import Agency
from gongkai.records.models import is_public_at

from . import figures
from .models import Item, Transfer
from .terms import ItemState, Kind, TransferState


def _cells(
    agencies: Sequence[int], on: date, counts: Callable[[Progress], bool], years: Callable[[int], bool]
) -> Iterator[Shown]:
    """Every cell of the stocktaking (unit, year, kind) that was registered, of these years."""
    units = Agency.objects.in_bulk(agencies)
    for (pk, year, kind), progress in sorted(figures.cells(units.values(), end_of(on)).items()):
        if progress.registered and years(year):
            unit = units[pk]
            said = f"应梳理{progress.due}件，已著录{progress.described}件，已审{progress.reviewed}件"
            url = reverse("desk:backfile_unit", args=[unit.code])
            yield Shown(f"{unit}{year}年{Kind(kind).label}", url, pk, counts(progress), said)


def _described(agencies: Sequence[int], on: date) -> list[Shown]:
    """Cells where everything is described or explained as lost."""

    def whole(progress: Progress) -> bool:
        return progress.described + progress.lost - progress.unexplained >= progress.due

    return list(_cells(agencies, on, whole, lambda year: True))


def _milestones(agencies: Sequence[int], on: date) -> list[Shown]:
    """Cells of the years of milestones whose day has passed; done ones count."""
    spans = [range(one.since, one.by.year + 1) for one in law.milestones(on) if one.by < on]
    return list(
        _cells(agencies, on, lambda transfer: transfer.is_done, lambda year: any(year in span for span in spans))
    )


def _confirmed(agencies: Sequence[int], on: date) -> QuerySet[Item]:
    rows = Item.objects.filter(agency__in=agencies, state=ItemState.CONFIRMED, confirmed_at__lte=end_of(on))
    return rows.select_related("agency")


def _to_open(agencies: Sequence[int], on: date) -> QuerySet[Item]:
    """Old papers that were found to be for the public."""
    return _confirmed(agencies, on).filter(conclusion__in=figures.ACTIVE)


def _item(row: Item, counts: bool) -> Shown:
    return Shown(str(row), row.get_absolute_url(), row.agency_id, counts, row.doc_number)


def _catalogues(agencies: Sequence[int], on: date) -> list[Shown]:
    """Hand-overs whose catalogue fell due in the year by that day, or is published; those in time count."""
    rows = Transfer.objects.filter(agency__in=agencies, handed_on__lte=on).exclude(state=TransferState.DRAFT)
    found = []
    for row in rows:
        due = catalogue_due(row.handed_on).due
        told = local_day(row.published_at) if row.published_at else None
        told = told if told and told <= on else None
        if due.year == on.year and (due < on or told):
            note = f"{told}公布" if told else f"{due}到期，没有公布"
            found.append(Shown(str(row), row.get_absolute_url(), row.agency_id, bool(told and told <= due), note))
    return found


FIGURES: tuple[Figure, ...] = (
    of_things(
        _milestones,
        key="backfile.milestones",
        label="历史信息里程碑完成率",
        above="完成了的（全部著录、全部审过，找不到的写了理由）",
        below="已到里程碑日子的各单位各年各类",
        clauses=("3.2",),
        span=Span.STATE,
        follows=("backfile", "records"),
    ),
    of_things(
        _described,
        key="backfile.described",
        label="历史信息著录完成率",
        above="全部著录了的",
        below="登记了底数的各单位各年各类",
        clauses=("3.2",),
        span=Span.STATE,
        follows=("backfile", "records"),
        note="找不到、写了理由的算办完。",
    ),
    of_rows(
        rows=_confirmed,
        meeting=lambda rows, on: rows.exclude(conclusion=""),
        owner="agency",
        show=_item,
        key="backfile.reviewed",
        label="旧文件审查率",
        above="审过公开属性的",
        below="核对过的旧文件",
        clauses=("3.2",),
        span=Span.STATE,
        follows=("backfile",),
        local=True,
    ),
    of_rows(
        rows=_to_open,
        meeting=lambda rows, on: rows.filter(is_public_at(end_of(on), "record__")),
        owner="agency",
        show=_item,
        key="backfile.online",
        label="旧文件上网率",
        above="已经上网的",
        below="审定主动公开、区分处理以后公开的旧文件",
        clauses=("3.1", "3.2"),
        span=Span.STATE,
        follows=("backfile", "records"),
    ),
    of_things(
        _catalogues,
        key="backfile.catalogues",
        label="移交目录按时公布率",
        above="按时公布目录、或者说明没有可公开的",
        below="当年应当公布目录的移交批次",
        clauses=("3.3",),
        follows=("backfile",),
        local=True,
    ),
)
