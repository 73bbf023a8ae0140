"""决策和会议自己会数的数(``desk.figures``):年度目录公布、征求意见反馈、会议公开。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, first_day, of_rows
from gongkai.desk.moments import end_of
from gongkai.records.models import is_public_at

from .models import CatalogueYear, Consultation, Meeting


def _catalogues(agencies: Sequence[int], on: date) -> QuerySet[CatalogueYear]:
    return CatalogueYear.objects.filter(agency__in=agencies, year=on.year).select_related("agency")


def _ended(agencies: Sequence[int], on: date) -> QuerySet[Consultation]:
    """Rounds that were public and ended in the year before that day."""
    rows = Consultation.objects.filter(is_public_at(end_of(on), "record__"), dossier__lead__in=agencies)
    return rows.filter(end_on__gte=first_day(on), end_on__lt=on).select_related("record", "dossier")


def _meetings(agencies: Sequence[int], on: date) -> QuerySet[Meeting]:
    """Meetings held in the year, those that are secret by law apart."""
    rows = Meeting.objects.filter(agency__in=agencies, held_on__range=(first_day(on), on), secret_basis="")
    return rows.select_related("agency")


def _public(field: str):
    return lambda rows, on: rows.filter(Q(**{f"{field}__isnull": False}) & is_public_at(end_of(on), f"{field}__"))


def _round(row: Consultation, counts: bool) -> Shown:
    url = reverse("desk:decisions_round", args=[row.pk])
    return Shown(str(row), url, row.dossier.lead_id, counts, f"{row.end_on}截止")


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_catalogues,
        meeting=_public("record"),
        owner="agency",
        show=lambda row, counts: Shown(
            str(row), reverse("desk:decisions_year", args=[row.pk]), row.agency_id, counts
        ),
        key="decisions.catalogue",
        label="重大行政决策目录公布率",
        above="已经公布的目录",
        below="当年编制的目录",
        clauses=("2.1",),
        follows=("decisions", "records"),
    ),
    of_rows(
        rows=_ended,
        meeting=_public("feedback"),
        owner="dossier__lead",
        show=_round,
        key="decisions.feedback",
        label="征求意见采纳情况公布率",
        above="已经公布采纳情况的",
        below="当年截止的公开征求意见",
        clauses=("2.2",),
        follows=("decisions", "records"),
    ),
    of_rows(
        rows=_meetings,
        meeting=_public("record"),
        owner="agency",
        show=lambda row, counts: Shown(str(row), row.get_absolute_url(), row.agency_id, counts, str(row.held_on)),
        key="decisions.meetings",
        label="政府会议公开率",
        above="会后公开的会议",
        below="当年召开、不涉密的会议",
        clauses=("2.4",),
        follows=("decisions", "records"),
    ),
)
