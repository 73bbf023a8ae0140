"""办事服务自己会数的数(``desk.figures``):指南完整。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows

from .models import Guide


def _guides(agencies: Sequence[int], on: date) -> QuerySet[Guide]:
    return Guide.objects.shown().filter(agency__in=agencies)


def _guide(guide: Guide, counts: bool) -> Shown:
    url = reverse("desk:services_guide", args=[guide.pk])
    return Shown(guide.name, url, guide.agency_id, counts, f"完整度{guide.score}，要改{guide.stops}处")


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_guides,
        meeting=lambda rows, on: rows.filter(stops=0),
        owner="agency",
        show=_guide,
        key="services.sound",
        label="办事指南没有要改的",
        above="一处都不用改的指南",
        below="公众看得到的指南",
        clauses=("6.1", "6.4"),
        span=Span.STATE,
        follows=("services",),
        local=True,
        present=True,
    ),
)
