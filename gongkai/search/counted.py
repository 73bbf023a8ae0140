"""检索自己会数的数(``desk.figures``):近来的检索有多少找得到、有人点开。

检索词没有单位,归办网站的机关。词到期删去,过去的一天只有当天存下的。
打得少的词可能说到人,点开以后只写次数,不写是什么词。
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Counts, Figure, Listing, Shown, Span
from gongkai.org import site

from .models import QueryDay

#: 看最近这么多天;短于检索词的保留天数(``search.query_days``)。
SPAN = 30
#: 一天里打了这么多次的词,点开以后写出来。
COMMON = 3


def _owner(agencies: Sequence[int], on: date) -> int | None:
    office = site.office(on)
    return office.pk if office and office.pk in agencies else None


def _asked(on: date) -> QuerySet[QueryDay]:
    return QueryDay.objects.filter(kind=QueryDay.Kind.SEARCH, on__gt=on - timedelta(SPAN), on__lte=on, asked__gt=0)


def _count(agencies: Sequence[int], on: date) -> Counts:
    owner, rows = _owner(agencies, on), _asked(on)
    return {} if owner is None else {owner: (_found(rows).count(), rows.count())}


def _found(rows: QuerySet[QueryDay]) -> QuerySet[QueryDay]:
    return rows.filter(found__gt=0)


def _things(agencies: Sequence[int], on: date) -> Listing:
    owner, rows = _owner(agencies, on), _asked(on)
    if owner is None:
        rows = rows.none()
    return Listing(rows, _found(rows), _shown(owner or 0))


def _shown(owner: int) -> Callable[[QueryDay, bool], Shown]:
    url = reverse("desk:search_queries")

    def shown(row: QueryDay, counts: bool) -> Shown:
        title = f"“{row.text}”" if row.asked >= COMMON else "打得少的词"
        return Shown(title, url, owner, counts, f"{row.on}打了{row.asked}次，找到{row.found}件")

    return shown


FIGURES: tuple[Figure, ...] = (
    Figure(
        key="search.found",
        label="站内检索有结果率",
        above="找得到的",
        below=f"近{SPAN}天公众打的检索词（一天里同一个词算一个）",
        count=_count,
        things=_things,
        clauses=("7.3",),
        span=Span.STATE,
        follows=("search",),
        note="不记是谁检索；带个人信息的词不留，也就不在里面。",
        present=True,
    ),
)
