"""依申请公开自己会数的数(``desk.figures``):按时答复、转主动公开的审核、满意度。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, first_day, of_rows
from gongkai.desk.moments import end_of, start_of

from .models import Application, Conversion, Rating
from .terms import ConversionStage

#: 评价几分以上算满意(满分五分)。
SATISFIED = 4


def _answered(agencies: Sequence[int], on: date) -> QuerySet[Application]:
    """Answered in the year by that day, or due in it and not answered yet."""
    done = Q(answered_on__range=(first_day(on), on))
    owing = Q(due_on__range=(first_day(on), on)) & (Q(answered_on=None) | Q(answered_on__gt=on))
    return Application.objects.filter(done | owing & Q(closed_on=None), agency__in=agencies)


def _timely(rows: QuerySet[Application], on: date) -> QuerySet[Application]:
    return rows.filter(answered_on__range=(first_day(on), on), late=False)


def _proposed(agencies: Sequence[int], on: date) -> QuerySet[Conversion]:
    rows = Conversion.objects.filter(application__agency__in=agencies).select_related("application")
    return rows.filter(proposed_at__range=(start_of(on.year), end_of(on)))


def _decided(rows: QuerySet[Conversion], on: date) -> QuerySet[Conversion]:
    return rows.exclude(stage=ConversionStage.PROPOSED).filter(decided_at__lte=end_of(on))


def _rated(agencies: Sequence[int], on: date) -> QuerySet[Rating]:
    rows = Rating.objects.filter(application__agency__in=agencies).select_related("application")
    return rows.filter(at__range=(start_of(on.year), end_of(on)))


def _case(row: Any, counts: bool, note: str = "") -> Shown:
    """A case by its number alone: what was asked for may tell of a person."""
    case = row if isinstance(row, Application) else row.application
    return Shown(case.number, reverse("desk:foi_case", args=[case.pk]), case.agency_id, counts, note)


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_answered,
        meeting=_timely,
        owner="agency",
        show=_case,
        key="foi.timely",
        label="依申请公开按时答复率",
        above="按时答复的申请",
        below="当年答复和到期没有答复的申请",
        clauses=("12.1",),
        follows=("foi",),
        local=True,
    ),
    of_rows(
        rows=_proposed,
        meeting=_decided,
        owner="application__agency",
        show=_case,
        key="foi.converted",
        label="转主动公开审核率",
        above="已经审核的",
        below="当年提出转为主动公开的",
        clauses=("12.2",),
        follows=("foi",),
        local=True,
    ),
    of_rows(
        rows=_rated,
        meeting=lambda rows, on: rows.filter(score__gte=SATISFIED),
        owner="application__agency",
        show=_case,
        key="foi.satisfied",
        label="依申请公开满意度",
        above=f"评价{SATISFIED}分以上的",
        below="当年收到的评价（满分五分）",
        clauses=("0.1", "3.5"),
        follows=("foi",),
        local=True,
    ),
)
