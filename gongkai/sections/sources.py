"""一份布局从哪里取信息;一件信息在哪几个专栏里;再开一个会不会太多。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongkai.law import duties
from gongkai.org.models import Agency
from gongkai.records import types
from gongkai.records.counts import Spot

from .models import Section, Source
from .terms import BlockKind


@dataclass(frozen=True, slots=True)
class Want:
    """一处列表的条件;空的不限。重点领域由类型归入,读的时候再换算,所以存的是领域的键。"""

    agency_id: int | None = None
    duty: str = ""
    type: str = ""
    year: int = 0
    record_id: int | None = None

    @classmethod
    def from_source(cls, source: Source) -> Want:
        return cls(source.agency_id, source.duty, source.type, source.year, source.record_id)

    def holds(self, spot: Spot) -> bool:
        """Whether a record of this place may stand here. Words and validity are left out: too many, never too few."""
        return (
            self.record_id is None
            and self.agency_id in (None, spot.agency_id)
            and (not self.duty or self.duty == spot.duty or self.duty in types.fields_of(spot.type))
            and self.type in ("", spot.type)
            and self.year in (0, spot.year)
        )

    def may_share(self, other: Want) -> bool:
        """Whether some record could stand in both."""
        if self.record_id or other.record_id:
            return self.record_id == other.record_id
        return (
            _meet(self.agency_id, other.agency_id)
            and _meet(self.type, other.type)
            and _meet(self.year, other.year)
            and (_meet(self.duty, other.duty) or _is_field(self.duty) or _is_field(other.duty))
        )


def _meet(one: object, other: object) -> bool:
    return not one or not other or one == other


def _is_field(key: str) -> bool:
    return key in duties.all() and duties.get(key).tab is duties.Tab.FIELDS


def wants(parts: Iterable[dict], agency: Agency | None) -> set[Want]:
    """What these blocks list; a block whose agency is gone lists nothing."""
    found: set[Want] = set()
    codes = {part["settings"].get("agency", "") for part in parts}
    ids = dict(Agency.objects.filter(code__in=codes - {""}).values_list("code", "pk"))
    for part in parts:
        given = part["settings"]
        if part["kind"] == BlockKind.RECORDS:
            code = given.get("agency", "")
            if not code or code in ids:
                found.add(
                    Want(ids.get(code), given.get("duty", ""), given.get("type", ""), given.get("year") or 0)
                )
        elif part["kind"] == BlockKind.PICKED:
            found |= {Want(record_id=pk) for pk in given.get("records", ())}
        elif part["kind"] == BlockKind.TILES and agency:
            found |= {Want(agency.pk, duty) for duty in given.get("duties", ())}
    return found


def by_spots(spots: set[Spot]) -> QuerySet[Section]:
    """Open sections in which records of these places may be listed by their conditions."""
    duties_ = {one.duty for one in spots} | {key for one in spots for key in types.fields_of(one.type)}
    rows = Source.objects.filter(
        Q(agency=None) | Q(agency__in={one.agency_id for one in spots}),
        record=None,
        duty__in=duties_ | {""},
        type__in={one.type for one in spots} | {""},
        year__in={one.year for one in spots} | {0},
    )
    pks = {row.section_id for row in rows if any(Want.from_source(row).holds(spot) for spot in spots)}
    return Section.objects.filter(pk__in=pks)


def by_records(pks: set[int]) -> QuerySet[Section]:
    """Open sections that name one of these records."""
    return Section.objects.filter(pk__in=Source.objects.filter(record__in=pks).values("section"))


def most_shared(section: Section, wanted: set[Want]) -> int:
    """In how many open sections, this one included, one record could stand if this one listed all that.

    A bound from above: for each condition, the sections with a condition that some record could meet as well.
    """
    others: Counter[Want] = Counter()
    by_section: dict[int, list[Want]] = {}
    for row in Source.objects.exclude(section=section):
        by_section.setdefault(row.section_id, []).append(Want.from_source(row))
    for want in wanted:
        others[want] = sum(any(want.may_share(one) for one in rows) for rows in by_section.values())
    return 1 + max(others.values(), default=0)
