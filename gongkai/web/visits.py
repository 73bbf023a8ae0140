"""访问次数怎样读:哪些网址要数,属于哪件信息,哪些最热,按日期、栏目、单位、信息、网页各多少。只读。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max, QuerySet, Sum
from django.urls import Resolver404, resolve

from gongkai.law import duties
from gongkai.law.calendar import DAY
from gongkai.records.models import Attachment, Record

from .headers import PRIVATE
from .models import LogReading, PageCount
from .publisher import pages

#: Days by which the hottest pages are chosen, and how many.
RECENT, MOST = 14, 2000
_RECORD = re.compile(r"/records/(\d{1,15})/(?:print/)?")
_FILE = re.compile(r"/files/(\d{1,15})/.+")


@lru_cache(maxsize=20_000)
def counted(path: str) -> bool:
    """Whether visits to this address are counted: the public's pages, files, feeds and interface, and nothing else."""
    if path.startswith(PRIVATE):
        return False
    try:
        return resolve(path).view_name.startswith("public:")
    except Resolver404:
        return False


def records_of(paths: Iterable[str]) -> dict[str, int]:
    """The record to which each address belongs, if to one."""
    own = {path: int(found[1]) for path in paths if (found := _RECORD.fullmatch(path))}
    files = {path: int(found[1]) for path in paths if (found := _FILE.fullmatch(path))}
    owners = dict(Attachment.objects.filter(pk__in=set(files.values())).values_list("pk", "edition__record"))
    own |= {path: owners[pk] for path, pk in files.items() if pk in owners}
    real = set(Record.objects.filter(pk__in=set(own.values())).values_list("pk", flat=True))
    return {path: pk for path, pk in own.items() if pk in real}


def opened(addresses: list[str], since: date, until: date) -> int | None:
    """How often these addresses were opened from ``since`` to ``until``; None if no access log was ever read."""
    if not LogReading.objects.exists():
        return None
    rows = PageCount.objects.between(since, until).filter(path__in=addresses)
    return rows.aggregate(n=Sum("n"))["n"] or 0


def under(prefix: str, since: date, until: date) -> dict[str, int] | None:
    """How often each address that begins so was opened; None if no access log was ever read."""
    if not LogReading.objects.exists():
        return None
    rows = PageCount.objects.between(since, until).filter(path__startswith=prefix)
    return dict(rows.order_by().values_list("path").annotate(n=Sum("n")))


@dataclass(frozen=True, slots=True)
class Hottest:
    """最热的:有自己网页的信息,和各网址的次序(数越小越靠前)。"""

    records: tuple[int, ...]
    ranks: dict[str, float]


def hottest(*, limit: int = MOST) -> Hottest:
    """The most visited addresses of the last days that were counted."""
    last = PageCount.objects.aggregate(last=Max("day"))["last"]
    if last is None:
        return Hottest((), {})
    rows = PageCount.objects.filter(day__gt=last - RECENT * DAY).order_by().values_list("path", "record")
    ranked = list(rows.annotate(total=Sum("n")).order_by("-total", "path")[:limit])
    records = tuple(pk for path, pk, _ in ranked if pk and path == pages.detail(pk))
    return Hottest(records, {path: -float(total) for path, _, total in ranked})


@dataclass(frozen=True, slots=True)
class Figure:
    """一行:名称、次数,能点开的给网址;``share`` 是占最大一行的百分之几,画横条用。"""

    label: str
    n: int
    url: str = ""
    share: int = 0


#: How many rows of records and pages are shown.
SHOWN = 100


def figures(
    rows: QuerySet[PageCount], by: str, since: date, until: date, *, limit: int | None = SHOWN
) -> list[Figure]:
    """The counts by day, column, agency, record or page."""
    read = {"column": _columns, "agency": _agencies, "record": _records, "page": _pages}.get(by)
    found = read(rows, limit) if read else _days(rows, since, until)
    most = max((one.n for one in found), default=0) or 1
    return [Figure(one.label, one.n, one.url, round(100 * one.n / most)) for one in found]


def _totals(rows: QuerySet[PageCount], *names: str) -> QuerySet:
    return rows.order_by().values_list(*names).annotate(total=Sum("n")).order_by("-total", *names)


def _days(rows: QuerySet[PageCount], since: date, until: date) -> list[Figure]:
    totals = dict(rows.order_by().values_list("day").annotate(total=Sum("n")))
    days = [until - n * DAY for n in range((until - since).days + 1)]
    return [Figure(day.isoformat(), totals.get(day, 0)) for day in days]


def _columns(rows: QuerySet[PageCount], limit: int | None) -> list[Figure]:
    known = duties.all()
    return [
        Figure(known[key].short if key in known else "没有归栏目", n)
        for key, n in _totals(rows.exclude(record=None), "record__duty")
    ]


def _agencies(rows: QuerySet[PageCount], limit: int | None) -> list[Figure]:
    found = _totals(rows.exclude(record=None), "record__agency__name", "record__agency__code")
    return [Figure(name, n) for name, _, n in found]


def _records(rows: QuerySet[PageCount], limit: int | None) -> list[Figure]:
    found = list(_totals(rows.exclude(record=None), "record")[:limit])
    known = Record.objects.in_bulk([pk for pk, _ in found])
    return [Figure(known[pk].title, n, known[pk].get_absolute_url()) for pk, n in found]


def _pages(rows: QuerySet[PageCount], limit: int | None) -> list[Figure]:
    return [Figure(path, n, path) for path, n in _totals(rows, "path")[:limit]]
