"""一个月应登、可登什么:由公开的信息得出,不靠各单位再报一遍。按公开的月份归,所以晚公开的不会落下。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.law import gazette as law
from gongkai.law.agencies import AgencyKind
from gongkai.law.gazette import Duty
from gongkai.law.openness import Openness
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .models import Item, Masthead, Section
from .terms import Maker

#: 会登公报的几类信息;别的类型一律不登,不必查。
TYPES = ("normative", "document", "personnel", "meeting", "statistics", "interpretation", "organ", "rule", "plan")
REPORTING = (AgencyKind.DEPARTMENT, AgencyKind.TOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """清单里的一件:登不登,报了没有、去向。"""

    record: Record
    duty: Duty
    item: Item | None

    @property
    def is_owed(self) -> bool:
        """Must or should be printed."""
        return self.duty in (Duty.MUST, Duty.SHOULD)

    @property
    def is_decided(self) -> bool:
        """Adopted, put off, or refused with a reason."""
        return self.item is not None and self.item.state in ("adopted", "deferred", "refused")


def units(on: date) -> QuerySet[Agency]:
    """The units that report every month."""
    return Agency.objects.current(on).filter(kind__in=REPORTING)


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of a month to the first moment after another."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(law.months_on(last, 1), time.min))
    return begin, end


def entries(
    month: date, at: datetime, *, last: date | None = None, agencies: Iterable[Agency] | None = None
) -> list[Entry]:
    """What was made public in the month (or until the month ``last``), with what became of it.

    Old papers opened now are not news of the month (``old_paper``): an editor may take one in, nobody owes it.
    """
    begin, end = span(month, last or month)
    rows = Record.objects.public(at).filter(
        type__in=TYPES, old_paper=None, published_at__gte=begin, published_at__lt=end
    )
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    maker = Masthead.objects.at(law.last_day(last or month))
    rows = rows.select_related("agency", "gazette_item__issue").order_by("agency__order", "published_at", "pk")
    return [Entry(one, duty(one, maker), getattr(one, "gazette_item", None)) for one in rows]


def duty(record: Record, maker: Masthead | None) -> Duty:
    """Whether a record goes into the gazette."""
    own = record.agency.kind == AgencyKind.GOVERNMENT or (
        maker is not None and record.agency_id == maker.agency_id
    )
    return law.duty_of(record.type, Openness(record.openness), of_government=own)


def put_off(before: date) -> QuerySet[Item]:
    """Items of earlier months that wait for the next issue."""
    return Item.objects.filter(state="deferred", month__lt=before).select_related("record__agency")


def section_for(record: Record, year: int, maker: Masthead) -> Section | None:
    """The section of the year into which the record goes by itself: by its type first, then by who made it."""
    known = list(Section.objects.valid_in(year))
    if record.agency.kind == AgencyKind.GOVERNMENT:
        who = Maker.GOVERNMENT
    else:
        who = Maker.OFFICE if record.agency_id == maker.agency_id else Maker.OTHERS
    by_type = [one for one in known if record.type in one.types]
    by_maker = [one for one in known if one.makers == who]
    return next(iter([*by_type, *by_maker, *known]), None)


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from the first to the last."""
    month = law.month_of(first)
    while month <= last:
        yield month
        month = law.months_on(month, 1)


def same_paper(record: Record) -> Q:
    """The condition on articles that print this very record, or another of the same number."""
    condition = Q(record=record)
    return condition | Q(edition__doc_number=record.doc_number) if record.doc_number else condition
