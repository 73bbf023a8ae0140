"""标准化自己会数的数(``desk.figures``):标准目录的事项公开了多少、按时的多少。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows
from gongkai.law.row_due import State

from .models import Charge
from .terms import Stage


def _charges(agencies: Sequence[int], on: date) -> QuerySet[Charge]:
    """What falls to the units by the catalogues in force; what is excused with approval apart."""
    rows = Charge.objects.counted().filter(agency__in=agencies, standard__stage=Stage.LIVE)
    return rows.select_related("row")


def _charge(charge: Charge, counts: bool) -> Shown:
    url = reverse("desk:standards_charge", args=[charge.pk])
    return Shown(str(charge.row), url, charge.agency_id, counts, charge.get_state_display())


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_charges,
        meeting=lambda rows, on: rows.filter(count__gt=0),
        owner="agency",
        show=_charge,
        key="standards.covered",
        label="标准目录事项公开率",
        above="公开过的事项",
        below="现行标准目录里各单位负责的事项",
        clauses=("5.1", "5.2"),
        span=Span.STATE,
        follows=("standards", "records"),
        present=True,
    ),
    of_rows(
        rows=_charges,
        meeting=lambda rows, on: rows.exclude(state=State.OVERDUE),
        owner="agency",
        show=_charge,
        key="standards.timely",
        label="标准目录事项没有超期的",
        above="没有超期的事项（含判不了的）",
        below="现行标准目录里各单位负责的事项",
        clauses=("5.2",),
        span=Span.STATE,
        follows=("standards", "records"),
        note="每夜重算；时限没有天数、没有登记起算的事的判不了，不算超期。",
        present=True,
    ),
)
