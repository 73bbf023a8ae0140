"""公众的列表:筛选、分面计数。每个分面不受自己的筛选限制,好让人换一个选。"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from gongkai.law import duties
from gongkai.org.models import Agency, LogHead

from . import counts, types
from .models import Record

VALIDITY = {"in_force": "有效", "pending": "尚未施行", "ended": "废止或者失效"}
TITLE_WORDS = 5
#: How an agency is named in addresses.
_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
FILTERS = ("agency", "duty", "type", "year", "validity", "words")
#: Filter → the list that it alone makes.
OWN_ADDRESS = {"agency": "agency_records", "duty": "column", "type": "type", "year": "year"}


@dataclass(frozen=True, slots=True)
class Option:
    """分面里的一项:值、名称、件数(``None`` 是不数)、是不是选中、点了去哪里。"""

    value: str
    label: str
    count: int | None
    chosen: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """一个分面。"""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether one of its options is chosen."""
        return any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Filters:
    """从网址读出的筛选;认不出的值一律当没有。"""

    agency: str = ""
    duty: str = ""
    type: str = ""
    year: int | None = None
    validity: str = ""
    words: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], **fixed: str) -> Filters:
        """From the query string; ``fixed`` are those that the address itself names (``/columns/rules/``)."""
        params = {key: str(given[key]) for key in given} | fixed
        duty, validity, type_ = params.get("duty", ""), params.get("validity", ""), params.get("type", "")
        return cls(
            agency=agency if _CODE.fullmatch(agency := params.get("agency", "")) else "",
            duty=duty if duty in duties.all() else "",
            type=type_ if type_ in {one.key for one in types.all()} else "",
            year=year_of(params.get("year", "")),
            validity=validity if validity in VALIDITY else "",
            words=words_of(params.get("q", "")),
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
        if self.type and without != "type":
            rows = rows.filter(type=self.type)
        if self.year and without != "year":
            rows = rows.filter(year=self.year)
        if self.validity and without != "validity":
            rows = rows.filter(in_state(self.validity, on))
        for word in self.words.split()[:TITLE_WORDS]:
            rows = rows.filter(Q(title__icontains=word) | Q(doc_number__icontains=word))
        return rows

    @property
    def alone(self) -> str:
        """The one filter that makes this list, if it has an address of its own; else empty."""
        given = [name for name in FILTERS if getattr(self, name)]
        return given[0] if len(given) == 1 and given[0] in OWN_ADDRESS else ""

    def address(self, **changes: str | int | None) -> str:
        """Where this list stands with some filters changed (``None`` takes one off). A list by one filter alone has an
        address of its own, so that its first page can be a file."""
        new = replace(self, **{("words" if key == "q" else key): value or "" for key, value in changes.items()})
        if new.alone:
            return reverse(f"public:{OWN_ADDRESS[new.alone]}", args=[getattr(new, new.alone)])
        rest = {name: value for name in FILTERS if (value := getattr(new, name))}
        query = urlencode({("q" if name == "words" else name): value for name, value in rest.items()})
        return reverse("public:records") + (f"?{query}" if query else "")

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
        if self.type:
            found.append(("type", types.get(self.type).label))
        if self.year:
            found.append(("year", f"{self.year}年"))
        if self.validity:
            found.append(("validity", VALIDITY[self.validity]))
        return found


def in_state(name: str, on: date, prefix: str = "") -> Q:
    """The condition of one of ``VALIDITY`` by a record's dates; spelt out with IS NOT NULL, so that its negation is right
    for empty dates. ``prefix`` is the way to the record from another table (``record__``)."""
    pending, expired, repealed = (
        Q(**{f"{prefix}{column}__isnull": False, f"{prefix}{column}__{how}": on})
        for column, how in (("effective_on", "gt"), ("expires_on", "lt"), ("repealed_on", "lte"))
    )
    ended = expired | repealed
    return {"pending": pending & ~ended, "ended": ended}.get(name, ~pending & ~ended)


def year_of(given: str) -> int | None:
    """A year as an address bears it; None for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 else None


def words_of(given: str) -> str:
    """Words to be found in titles, in one line, not too long."""
    return " ".join(given.replace("\x00", "").split())[:100]


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


def by_duty(at: datetime) -> dict[object, int]:
    """How many public records stand under each duty."""
    return counts.count("duty", at)


def facets(filters: Filters, at: datetime, on: date) -> list[Facet]:
    """Agency, duty, type, year and validity with the number of records behind each."""
    return remembered(f"facets|{filters}", at, lambda: _facets(filters, at, on))


def _facets(filters: Filters, at: datetime, on: date) -> list[Facet]:
    # 自成一页的列表不列自己那个分面:别的栏目增减一件,不必连累这一页重写。
    counted = {
        name: _counted(filters, name, at, on)
        for name in ("duty", "type", "year", "agency")
        if name != filters.alone
    }
    agencies = {one.pk: one for one in Agency.objects.filter(pk__in=counted.get("agency", ()))}
    labels: dict[str, dict[object, tuple[str, str]]] = {
        "duty": {key: (key, one.short) for key, one in duties.all().items()},
        "type": {one.key: (one.key, one.label) for one in types.all()},
        "year": {
            year: (str(year), f"{year}年")
            for year in sorted((y for y in counted.get("year", ()) if isinstance(y, int) and y), reverse=True)
        },
        "agency": {pk: (one.code, one.short_name or one.name) for pk, one in agencies.items()},
    }

    def facet(name: str, label: str) -> Facet:
        mine = str(getattr(filters, name) or "")
        options = [
            Option(value, words, n, value == mine, filters.address(**{name: None if value == mine else value}))
            for key, (value, words) in labels[name].items()
            if (n := counted.get(name, {}).get(key))
        ]
        return Facet(name, label, tuple(options))

    return [
        facet("duty", "公开事项"),
        facet("year", "年份"),
        _by_validity(filters, at, on),
        facet("type", "类型"),
        facet("agency", "发布机构"),
    ]


def _counted(filters: Filters, name: str, at: datetime, on: date) -> dict[object, int]:
    """Records by one column, every filter but its own applied: from the tallies where they hold the answer."""
    column = "agency_id" if name == "agency" else name
    if filters.words or filters.validity:
        rows = filters.apply(Record.objects.public(at), on, without=name)
        found = dict(rows.order_by().values_list(column).annotate(n=Count("pk")))
        return {value: n for value, n in found.items() if value not in (None, "")}
    where: dict[str, object] = {}
    if filters.agency and name != "agency":
        where["agency__code"] = filters.agency
    if filters.duty and name != "duty":
        if duties.get(filters.duty).tab is duties.Tab.FIELDS:
            where["type__in"] = types.counting_for(filters.duty)
        else:
            where["duty"] = filters.duty
    if filters.type and name != "type":
        where["type"] = filters.type
    if filters.year and name != "year":
        where["year"] = filters.year
    return counts.count(column, at, **where)


def _by_validity(filters: Filters, at: datetime, on: date) -> Facet:
    """有效性随日子变,不预先计数:筛过的现数,一整列的只给名称,不数全表。"""
    base = filters.apply(Record.objects.public(at), on, without="validity").order_by()
    if filters.words or filters.validity or sum(bool(getattr(filters, name)) for name in FILTERS) > 1:
        numbers = base.aggregate(**{name: Count("pk", filter=in_state(name, on)) for name in VALIDITY})
    else:
        numbers = dict.fromkeys(VALIDITY)
    options = tuple(
        Option(
            name,
            label,
            numbers[name],
            name == filters.validity,
            filters.address(validity=None if name == filters.validity else name),
        )
        for name, label in VALIDITY.items()
        if numbers[name] is None or numbers[name]
    )
    return Facet("validity", "有效性", options)
