"""能看到一件信息文字的各处:一处登记一次,撤下以后逐处证明没有了(``tests/web/publisher/test_surfaces.py``)。

各应用在自己的 ``surfaces.py`` 里登记。新开一处而不登记,就没有人替它证明。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from . import browse
from .models import Attachment, Record
from .terms import Stage

Addresses = Callable[[Record], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Surface:
    """一处。``addresses`` 给出会带这件信息的网址;``shows`` 给出在那里能看到的字。"""

    key: str
    title: str
    addresses: Addresses
    shows: Callable[[Record], str]


_known: dict[str, Surface] = {}


def surface(
    key: str, title: str, *, shows: Callable[[Record], str] = lambda record: record.title
) -> Callable[[Addresses], Addresses]:
    """Register a place where the public can see a record."""

    def register(addresses: Addresses) -> Addresses:
        _known[key] = Surface(key, title, addresses, shows)
        return addresses

    return register


@cache
def _discover() -> None:
    autodiscover_modules("surfaces")


def surfaces() -> list[Surface]:
    """Every registered place."""
    _discover()
    return [_known[key] for key in sorted(_known)]


@surface("page", "信息页")
def page(record: Record) -> Iterable[str]:
    return [record.get_absolute_url()]


@surface("print", "打印页")
def printed(record: Record) -> Iterable[str]:
    return [reverse("public:record_print", args=[record.pk])]


@surface("list", "列表")
def listed(record: Record) -> Iterable[str]:
    kept_by = {"agency": record.agency.code, "duty": record.duty, "type": record.type, "year": record.year}
    return [
        browse.Filters().address(),
        *(browse.Filters().address(**{name: value}) for name, value in kept_by.items() if value),
        browse.Filters(duty=record.duty).address(year=record.year),
    ]


@surface("export", "列表导出的表格")
def exported(record: Record) -> Iterable[str]:
    return [f"{reverse('public:records')}?format=csv"]


@surface("attachment", "附件", shows=lambda record: "")
def attached(record: Record) -> Iterable[str]:
    rows = Attachment.objects.filter(edition__record=record, edition__stage=Stage.LIVE)
    return [reverse("public:attachment", args=[one.pk, one.name]) for one in rows]


@surface("related", "有关信息的页")
def related(record: Record) -> Iterable[str]:
    return [one.target.get_absolute_url() for one in record.relations_out.select_related("target")]


@surface("title_search", "标题查找", shows=lambda record: record.get_absolute_url())
def found_by_title(record: Record) -> Iterable[str]:
    return [f"{reverse('public:records')}?{urlencode({'q': record.title})}"]
