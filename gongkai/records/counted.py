"""政府信息自己会数的数(``desk.figures``):法定公开事项覆盖、更新、按时公开、不予公开信息的年度评估。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows, of_things
from gongkai.desk.moments import end_of, start_of
from gongkai.law.marks import titled
from gongkai.org.models import Agency

from . import catalogue
from .models import Reassessment, Record


def _matrix(agencies: Sequence[int], on: date) -> catalogue.Matrix:
    return catalogue.matrix(on=on, agencies=Agency.objects.current(on).filter(pk__in=agencies))


def _coverage(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every cell that falls to a unit; filled ones count."""
    return [
        Shown(
            f"{row.agency}：{cell.label}", reverse("desk:catalogue"), row.agency.pk, cell.count > 0, cell.in_words
        )
        for row in _matrix(agencies, on).rows
        for cell in row.cells
        if cell and cell.state != "absent"
    ]


def _fresh(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every filled cell; those renewed in time count."""
    return [
        Shown(
            f"{row.agency}：{cell.label}",
            reverse("desk:catalogue"),
            row.agency.pk,
            cell.state == "ok",
            cell.in_words,
        )
        for row in _matrix(agencies, on).rows
        for cell in row.cells
        if cell and cell.count
    ]


def _published(agencies: Sequence[int], on: date) -> QuerySet[Record]:
    """What became public in the year by that day and had a last day for it."""
    rows = Record.objects.public(end_of(on)).filter(agency__in=agencies, published_at__gte=start_of(on.year))
    return rows.exclude(publication_due_on=None)


def _withheld(agencies: Sequence[int], on: date) -> QuerySet[Record]:
    """What must be assessed in the year of the day."""
    return catalogue.reassessments(Record.objects.filter(agency__in=agencies), on.year).rows


def _assessed(rows: QuerySet[Record], on: date) -> QuerySet[Record]:
    done = Reassessment.objects.filter(year=on.year, at__gte=start_of(on.year), at__lte=end_of(on))
    return rows.filter(pk__in=done.values("record"))


def shown(record: Record, counts: bool) -> Shown:
    """A record as an item behind a figure; one that is not public by its index number alone."""
    title = titled(record) if record.published_at else record.index_number
    return Shown(title, reverse("desk:record", args=[record.pk]), record.agency_id, counts)


FIGURES: tuple[Figure, ...] = (
    of_things(
        _coverage,
        key="records.coverage",
        label="法定公开事项覆盖率",
        above="已经公开的事项",
        below="应当公开的事项",
        clauses=("1.1",),
        span=Span.STATE,
        follows=("records", "org"),
        note="核准不涉及的不算。",
    ),
    of_things(
        _fresh,
        key="records.fresh",
        label="法定公开事项按期更新率",
        above="没有超过更新周期的事项",
        below="已经公开的事项",
        clauses=("1.1", "1.2"),
        span=Span.STATE,
        follows=("records", "org"),
    ),
    of_rows(
        rows=_published,
        meeting=lambda rows, on: rows.filter(late=False),
        owner="agency",
        show=shown,
        key="records.timely",
        label="按时公开率",
        above="按时公开的信息",
        below="当年公开、有公开期限的信息",
        clauses=("1.1",),
        follows=("records",),
        local=True,
    ),
    of_rows(
        rows=_withheld,
        meeting=_assessed,
        owner="agency",
        show=shown,
        key="records.reassessed",
        label="不予公开信息年度评估率",
        above="当年评估过的",
        below="当年应当评估的不予公开信息",
        clauses=("1.3",),
        follows=("records",),
        local=True,
    ),
)
