"""数据开放自己会数的数(``desk.figures``):属性标注、字段定级、按期更新、接口利用、申请按期办结、需求按期回应。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, answered_or_owed, of_rows
from gongkai.law.calendar import DAY
from gongkai.law.opendata.terms import Opening
from gongkai.law.opendata.updating import UNJUDGED

from . import due
from .figures import SPAN
from .models import Application, Dataset, Demand, Usage
from .terms import Channel, DatasetState


def _catalogued(agencies: Sequence[int], on: date) -> QuerySet[Dataset]:
    return Dataset.objects.filter(agency__in=agencies).exclude(state=DatasetState.REMOVED)


def _kept(agencies: Sequence[int], on: date) -> QuerySet[Dataset]:
    """Those whose duty to update can be judged."""
    return Dataset.objects.filter(agency__in=agencies, state=DatasetState.OPEN, ended_on=None).exclude(
        cycle__in=UNJUDGED
    )


def _interfaces(agencies: Sequence[int], on: date) -> QuerySet[Dataset]:
    return Dataset.objects.usable().filter(agency__in=agencies, has_interface=True)


def _used(rows: QuerySet[Dataset], on: date) -> QuerySet[Dataset]:
    calls = Usage.objects.filter(
        dataset=OuterRef("pk"), channel=Channel.INTERFACE, day__gt=on - DAY * SPAN, day__lte=on, n__gt=0
    )
    return rows.filter(Exists(calls))


def _dataset(row: Dataset, counts: bool) -> Shown:
    return Shown(
        row.title,
        reverse("desk:opendata_dataset", args=[row.pk]),
        row.agency_id,
        counts,
        row.get_opening_display(),
    )


def _applications(agencies: Sequence[int], on: date) -> QuerySet[Application]:
    """Decided in the year by that day, or run out in it undecided."""
    rows = Application.objects.filter(dataset__agency__in=agencies).annotate(decided_day=TruncDate("decided_at"))
    return rows.filter(answered_or_owed(on, answered="decided_day", due="due_on"))


def _application(row: Application, counts: bool) -> Shown:
    return Shown(
        row.number,
        reverse("desk:opendata_application", args=[row.pk]),
        row.dataset.agency_id,
        counts,
        str(row.due_on),
    )


def _demands(agencies: Sequence[int], on: date) -> QuerySet[Demand]:
    """Answered in the year by that day, or run out in it unanswered."""
    rows = Demand.objects.filter(agency__in=agencies).annotate(answered_day=TruncDate("answered_at"))
    return rows.filter(answered_or_owed(on, answered="answered_day", due="due_on"))


def _demand(row: Demand, counts: bool) -> Shown:
    return Shown(
        f"{row.number} {row.title}", reverse("desk:opendata_demands"), row.agency_id, counts, str(row.due_on)
    )


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_catalogued,
        meeting=lambda rows, on: rows.exclude(opening=Opening.PENDING).exclude(level=""),
        owner="agency",
        show=_dataset,
        key="opendata.graded",
        label="数据分级分类标注率",
        above="判定了开放属性、各字段都定了级的数据集",
        below="目录里的数据集",
        clauses=("3.6",),
        follows=("opendata",),
        local=True,
        present=True,
    ),
    of_rows(
        rows=_kept,
        meeting=lambda rows, on: rows.exclude(due.late(on)),
        owner="agency",
        show=_dataset,
        key="opendata.fresh",
        label="开放数据按期更新率",
        above="按期更新的（含在宽限内）",
        below="有固定周期、没有停止更新的数据集",
        clauses=("3.6",),
        follows=("opendata",),
        note="不定期、一次性的不进分母。",
        present=True,
    ),
    of_rows(
        rows=_interfaces,
        meeting=_used,
        owner="agency",
        show=_dataset,
        key="opendata.interfaces",
        label="数据接口利用率",
        above=f"近{SPAN}天有人用过的接口",
        below="无条件开放的接口",
        clauses=("3.6",),
        follows=("opendata",),
        note="本站自己的、爬虫的不算。",
        present=True,
    ),
    of_rows(
        rows=_applications,
        meeting=lambda rows, on: rows.filter(decided_day__lte=F("due_on")),
        owner="dataset__agency",
        show=_application,
        key="opendata.applications",
        label="受限数据申请按期办结率",
        above="期限以内办结的申请",
        below="当年办结和到期没有办结的申请",
        clauses=("3.6",),
        follows=("opendata",),
    ),
    of_rows(
        rows=_demands,
        meeting=lambda rows, on: rows.filter(answered_day__lte=F("due_on")),
        owner="agency",
        show=_demand,
        key="opendata.demands",
        label="数据需求按期回应率",
        above="期限以内回应的需求",
        below="当年回应和到期没有回应的需求",
        clauses=("3.6",),
        follows=("opendata",),
        local=True,
    ),
)
