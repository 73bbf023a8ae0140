"""公众看的到达率:每一类、每一件推送给了多少人,分母写明,不知道的写不知道;人太少的不单列。"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law import params

from .. import figures, topics
from ..models import Happening

#: 列最近这么多件,看最近这么多年。
SHOWN, YEARS = 30, 5
_FEW = "人数太少，不单列"


@dataclass(frozen=True, slots=True)
class Line:
    """一行:什么、说明、几个数或者为什么没有。"""

    title: str
    address: str
    about: str
    due: str
    sent: str
    delivered: str
    delivery: str
    cover: str
    payment: str


@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    """一年里的到达率。"""
    on = timezone.localdate()
    given = request.GET.get("year", "")
    years = range(on.year, on.year - YEARS, -1)
    year = (
        int(given) if given.isascii() and given.isdigit() and len(given) == 4 and int(given) in years else on.year
    )
    # 自己的事(来信、办件)的推送只有本人知道,不在这里
    open_ = [one.key for one in topics.offered()]
    rows = Happening.objects.filter(topic__in=open_, at__year=year, stale=False).select_related("agency", "record")
    least = params.at("notices.small_cell", on)
    now = timezone.now()
    shown = [one for one in rows[: SHOWN * 2] if one.still_told(now)][:SHOWN]
    context = {
        "year": year,
        "years": years,
        "lines": [_of_topic(one, least.value) for one in figures.by_topic(_told(rows, least.value), on)],
        "happenings": [_of_happening(one, least.value) for one in figures.reach_of(shown)],
        "least": least,
        "on": on,
    }
    return render(request, "notices/public/reach.html", context)


def _told(rows: QuerySet[Happening], least: int) -> QuerySet[Happening]:
    """Without those whose numbers are too small to be told: from a sum they could be worked out."""
    few = [
        one.happening.pk
        for one in figures.reach_of(rows)
        if any(0 < count < least for count in (one.sent, one.delivered, one.due))
    ]
    return rows.exclude(pk__in=few)


def _number(count: int, least: int) -> str:
    """A count of people, or that it is too small to be told.

    >>> _number(1200, 5), _number(3, 5), _number(0, 5)
    ('1,200', '不到5', '0')
    """
    return f"不到{least}" if 0 < count < least else f"{count:,}"


def _share(text: str, *counts: int, least: int) -> str:
    """A share, unless one of its numbers (or what is left of it) is too small to be told."""
    return _FEW if any(0 < count < least for count in counts) else text


def _of_topic(topic_line: figures.TopicLine, least: int) -> Line:
    return Line(
        topic_line.label,
        "",
        f"推送了{topic_line.happenings:,}件",
        "",
        _number(topic_line.sent, least),
        _number(topic_line.delivered, least),
        _share(topic_line.delivery, topic_line.delivered, topic_line.sent, least=least),
        "",
        "",
    )


def _of_happening(reach: figures.Reach, least: int) -> Line:
    told, paid = reach.happening, reach.redeemed
    rest = (reach.estimated or reach.due) - reach.due
    return Line(
        str(told),
        told.address,
        f"{told.topic_label}，{timezone.localtime(told.at).date()}",
        _number(reach.due, least),
        _number(reach.sent, least),
        _number(reach.delivered, least),
        _share(reach.delivery, reach.delivered, reach.sent, least=least),
        _share(reach.cover, reach.due, rest, least=least),
        _share(reach.payment, (paid and paid.paid) or 0, (paid and paid.due) or 0, least=least),
    )
