"""公众的列表:筛选、分面计数。每个分面不受自己的筛选限制,好让人换一个选。"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from gongkai.law import duties
from gongkai.org.models import Agency, LogHead

from . import types
from .models import Record

VALIDITY = {"in_force": "有效", "pending": "尚未施行", "ended": "废止或者失效"}
TITLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Option:
    """分面里的一项:值、名称、件数、是不是选中。"""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """一个分面。"""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """从网址读出的筛选;认不出的值一律当没有。"""

    agency: str = ""
    duty: str = ""
    year: int | None = None
    validity: str = ""
    words: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> Filters:
        year = params.get("year", "")
        duty, validity = params.get("duty", ""), params.get("validity", "")
        return cls(
            agency=params.get("agency", "")[:20],
            duty=duty if duty in duties.all() else "",
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            validity=validity if validity in VALIDITY else "",
            words=" ".join(params.get("q", "").replace("\x00", "").split())[:100],
        )

    def apply(self, rows: QuerySet[Record], on: date, *, without: str = "") -> QuerySet[Record]:
        """Narrow the rows by every filter but ``without``."""
        if self.agency and without != "agency":
            rows = rows.filter(agency__code=self.agency)
        if self.duty and without != "duty":
            if duties.get(self.duty).tab is duties.Tab.FIELDS:
                rows = rows.filter(type__in=types.counting_for(self.duty))
            else:
                rows = rows.filter(duty=self.duty)
        if self.year and without != "year":
            rows = rows.filter(year=self.year)
        if self.validity and without != "validity":
            rows = rows.filter(_valid(self.validity, on))
        for word in self.words.split()[:TITLE_WORDS]:
            rows = rows.filter(Q(title__icontains=word) | Q(doc_number__icontains=word))
        return rows

    def chosen(self) -> list[tuple[str, str]]:
        """(parameter, words) of each filter that is set, for the removable words above the list."""
        found: list[tuple[str, str]] = []
        if self.words:
            found.append(("q", f"标题含“{self.words}”"))
        if self.agency:
            agency = Agency.objects.filter(code=self.agency).first()
            found.append(("agency", agency.name if agency else self.agency))
        if self.duty:
            found.append(("duty", duties.get(self.duty).short))
        if self.year:
            found.append(("year", f"{self.year}年"))
        if self.validity:
            found.append(("validity", VALIDITY[self.validity]))
        return found


def _valid(name: str, on: date) -> Q:
    """The condition of one state; spelt out with IS NOT NULL, so that its negation is right for empty dates."""
    pending = Q(effective_on__isnull=False, effective_on__gt=on)
    ended = Q(expires_on__isnull=False, expires_on__lt=on) | Q(repealed_on__isnull=False, repealed_on__lte=on)
    return {"pending": pending & ~ended, "ended": ended}.get(name, ~pending & ~ended)


T = TypeVar("T")
KEEP_SECONDS = 60


def remembered(name: str, at: datetime, compute: Callable[[], T]) -> T:
    """A figure over the whole table, kept until anything changes or the minute is over.

    The key holds the end of the log chain: every change writes a log entry in its own transaction, so a figure
    from before a withdrawal is never shown after it, in any process. Timed publishing falls on whole minutes.
    """
    end = LogHead.objects.filter(pk=1).values_list("hash", flat=True).first()
    if not end:
        return compute()
    key = hashlib.sha256(f"{name}|{end}|{at:%Y%m%d%H%M}".encode()).hexdigest()
    return cache.get_or_set(key, compute, KEEP_SECONDS)


def facets(filters: Filters, at: datetime, on: date) -> list[Facet]:
    """Agency, duty, year and validity with the number of records behind each."""
    return remembered(f"facets|{filters}", at, lambda: _facets(filters, at, on))


def by_duty(at: datetime) -> dict[str, int]:
    """How many public records stand under each duty."""
    rows = Record.objects.public(at).order_by().values_list("duty")
    return remembered("by_duty", at, lambda: dict(rows.annotate(n=Count("pk"))))


def _facets(filters: Filters, at: datetime, on: date) -> list[Facet]:
    public = Record.objects.public(at)

    def counts(name: str, column: str) -> dict[object, int]:
        rows = filters.apply(public, on, without=name).order_by().values_list(column).annotate(n=Count("pk"))
        return {value: n for value, n in rows if value not in (None, "")}

    by_agency = counts("agency", "agency_id")
    agencies = Agency.objects.filter(pk__in=by_agency)
    of_duty = counts("duty", "duty")
    by_year = counts("year", "year")
    base = filters.apply(public, on, without="validity").order_by()
    by_validity = base.aggregate(**{name: Count("pk", filter=_valid(name, on)) for name in VALIDITY})
    return [
        Facet("duty", "公开事项", tuple(
            Option(key, one.short, of_duty[key], key == filters.duty)
            for key, one in duties.all().items() if of_duty.get(key)
        )),
        Facet("year", "年份", tuple(
            Option(str(year), f"{year}年", n, year == filters.year)
            for year, n in sorted(by_year.items(), key=lambda pair: -int(str(pair[0])))
        )),
        Facet("validity", "有效性", tuple(
            Option(name, label, by_validity[name], name == filters.validity)
            for name, label in VALIDITY.items() if by_validity[name]
        )),
        Facet("agency", "发布机构", tuple(
            Option(one.code, one.short_name or one.name, by_agency[one.pk], one.code == filters.agency) for one in agencies
        )),
    ]  # fmt: skip
