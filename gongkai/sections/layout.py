"""一份布局:名称、简介和各模块;草稿和公众看到的是同一个样子,预览和公众页用同一套模板。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from gongkai.law import duties
from gongkai.org.models import Agency, Place
from gongkai.records import browse, counts, types
from gongkai.records.models import Record

from .models import Section
from .terms import BlockKind


@dataclass(frozen=True, slots=True)
class Filled:
    """填好了的一块。``more`` 是“更多”去哪里;``rows`` 各种类不同,看各自的模板。"""

    kind: BlockKind
    heading: str
    wide: bool
    settings: dict[str, Any]
    rows: list[Any]
    more: str = ""

    @property
    def template(self) -> str:
        return f"sections/blocks/{self.kind.value}.html"


@dataclass(frozen=True, slots=True)
class Layout:
    """填好了的一页。"""

    section: Section
    title: str
    introduction: str
    blocks: list[Filled]


def draft(section: Section) -> dict[str, Any]:
    """What the public would see if the section were opened now, as it is stored (``Section.shown``)."""
    parts = [
        {"kind": one.kind, "heading": one.heading, "wide": one.wide, "settings": one.settings}
        for one in section.blocks.all()
    ]
    return {"title": section.title, "introduction": section.introduction, "blocks": parts}


def fill(section: Section, content: dict[str, Any], at: datetime, on: date) -> Layout:
    """The page of this content at the moment ``at``."""
    blocks = [_filled(part, section, at, on) for part in content["blocks"]]
    return Layout(section, content["title"], content["introduction"], blocks)


def _filled(part: dict[str, Any], section: Section, at: datetime, on: date) -> Filled:
    kind = BlockKind.from_value(part["kind"])
    rows, more = _FILL[kind](part["settings"], section, at, on)
    return Filled(kind, part["heading"] or kind.label, part["wide"], part["settings"], rows, more)


def _filters(given: dict[str, Any]) -> browse.Filters:
    return browse.Filters(
        agency=given.get("agency", ""),
        duty=given.get("duty", ""),
        type=given.get("type", ""),
        year=given.get("year") or None,
        words=given.get("words", ""),
        validity=given.get("validity", ""),
    )


def _matching(given: dict[str, Any], at: datetime, on: date) -> QuerySet[Record]:
    """The public records that a block of conditions lists; none if its duty is no longer known."""
    filters = _filters(given)
    if filters.duty and filters.duty not in duties.all():
        return Record.objects.none()
    return filters.apply(Record.objects.public(at), on).select_related("agency").order_by("-published_at", "-pk")


def _records(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    return list(_matching(given, at, on)[: given["count"]]), _filters(given).address()


def _picked(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    rows = Record.objects.public(at).filter(pk__in=given["records"]).select_related("agency")
    return sorted(rows, key=lambda row: given["records"].index(row.pk)), ""


def _text(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    return given["text"].splitlines(), ""


def _links(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    return given["links"], ""


def _agency(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    return list(Agency.objects.filter(code=given["agency"])), ""


def _tiles(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    """(name, number or None, address) of each duty that is still known."""
    known = [duties.get(key) for key in given["duties"] if key in duties.all()]
    if section.agency is None:
        return [(one.short, None, browse.Filters(duty=one.key).address()) for one in known], ""
    code = section.agency.code
    return [
        (one.short, _number(section.agency, one, at), browse.Filters(agency=code, duty=one.key).address())
        for one in known
    ], ""


def _number(agency: Agency, duty: duties.Duty, at: datetime) -> int:
    """Public records of the agency under the duty."""
    if duty.tab is not duties.Tab.FIELDS:
        return counts.count("duty", at, agency=agency.pk).get(duty.key, 0)
    found = counts.count("type", at, agency=agency.pk)
    return sum(found.get(key, 0) for key in types.counting_for(duty.key))


def _places(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    rows = Place.objects.open(on)
    return list(rows.filter(agency__code=given["agency"]) if given["agency"] else rows), ""


def _search(given: dict[str, Any], section: Section, at: datetime, on: date) -> tuple[list[Any], str]:
    return [], section.agency.code if section.agency else ""


_FILL = {
    BlockKind.RECORDS: _records,
    BlockKind.PICKED: _picked,
    BlockKind.TEXT: _text,
    BlockKind.LINKS: _links,
    BlockKind.AGENCY: _agency,
    BlockKind.TILES: _tiles,
    BlockKind.PLACES: _places,
    BlockKind.SEARCH: _search,
}


def newest(section: Section, at: datetime, on: date, limit: int) -> QuerySet[Record]:
    """The newest public records in every list of an open section, for its feed."""
    parts: Iterable[dict[str, Any]] = (section.shown or {}).get("blocks", ())
    lists = [
        _matching(part["settings"], at, on).values_list("pk", flat=True)[:limit]
        for part in parts
        if part["kind"] == BlockKind.RECORDS
    ]
    named = [part["settings"]["records"] for part in parts if part["kind"] == BlockKind.PICKED]
    return Record.objects.public(at).filter(pk__in=set(chain(*lists, *named)))
