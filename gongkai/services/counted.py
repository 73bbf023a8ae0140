"""办事服务自己会数的数(``desk.figures``):指南完整、一件事联通、通办进展更新。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows, of_things

from . import standing
from .models import Cooperation, Guide, Matter
from .terms import GuideState, Joined


def _guides(agencies: Sequence[int], on: date) -> QuerySet[Guide]:
    return Guide.objects.shown().filter(agency__in=agencies)


def _guide(guide: Guide, counts: bool) -> Shown:
    url = reverse("desk:services_guide", args=[guide.pk])
    return Shown(guide.name, url, guide.agency_id, counts, f"完整度{guide.score}，要改{guide.stops}处")


#: “一站公开、一网通办”:一次告知、一网办理。
_ONE_STOP = {Joined.TOLD.value, Joined.NET.value}


def _matters(agencies: Sequence[int], on: date) -> list[Shown]:
    """Matters that the public may read; those joined for telling and for doing, of guides in use, count."""
    found = []
    for row in Matter.objects.shown().filter(lead__in=agencies).prefetch_related("parts__guide"):
        lacking = [one.label for one in (Joined.TOLD, Joined.NET) if one.value not in row.joined]
        idle = [part.guide.name for part in row.parts.all() if part.guide.state != GuideState.LIVE]
        note = "；".join(
            filter(
                None,
                (
                    f"还没有{'、'.join(lacking)}" if lacking else "",
                    f"停办、没有公布的事项：{'、'.join(idle)}" if idle else "",
                ),
            )
        )
        url = reverse("desk:services_matter", args=[row.pk])
        found.append(Shown(str(row), url, row.lead_id, set(row.joined) >= _ONE_STOP and not idle, note))
    return found


def _cooperations(agencies: Sequence[int], on: date) -> QuerySet[Cooperation]:
    return Cooperation.objects.filter(lead__in=agencies)


def _told(rows: QuerySet[Cooperation], on: date) -> QuerySet[Cooperation]:
    return rows.exclude(pk__in=standing.stale_cooperations(on)).exclude(progress="", handled=0)


def _cooperation(row: Cooperation, counts: bool) -> Shown:
    url = reverse("desk:services_cooperation")
    return Shown(
        f"{row}（{row.get_circle_display()}）",
        url,
        row.lead_id,
        counts,
        f"{row.updated_on}更新" if row.progress or row.handled else "没有写进展",
    )


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
    of_things(
        _matters,
        key="services.matters",
        label="“一件事”一站公开、一网通办率",
        above="一次告知、一网办理都联通了，联办的事项都在用的",
        below="公众看得到的“一件事”",
        clauses=("6.3",),
        span=Span.STATE,
        follows=("services",),
        present=True,
    ),
    of_rows(
        rows=_cooperations,
        meeting=_told,
        owner="lead",
        show=_cooperation,
        key="services.cooperation",
        label="跨省通办、长三角通办进展更新率",
        above="写了进展或者办件量、没有超过更新间隔的",
        below="登记的通办事项",
        clauses=("6.5",),
        span=Span.STATE,
        follows=("services",),
        note="产权交易、公共信用信息由专门的平台公开，本系统没有台账，不数。",
        present=True,
    ),
)
