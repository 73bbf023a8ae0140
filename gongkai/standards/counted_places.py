"""企事业单位、村社、体验区自己会数的数(``desk.figures``):应公开的内容、村务按期公布、体验区达标。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_things
from gongkai.law import villages as law
from gongkai.law.villages import Unit

from . import enterprise_figures, zone_figures
from .models import Enterprise, Period, Village, Zone


def _contents(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every content that the rule of its sector asks of a listed enterprise, under its bureau; sound ones count."""
    rows = Enterprise.objects.filter(bureau__in=agencies, is_listed=True).select_related("agency")
    return [
        Shown(
            f"{row}：{one['content'].label}",
            reverse("desk:standards_enterprise", args=[row.pk]),
            row.bureau_id,
            not one["fault"],
            one["fault"] or "",
        )
        for row in rows.prefetch_related("disclosures")
        for one in enterprise_figures.contents(row, on)
    ]


def _periods(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every period of a village that was to be posted in the year before that day; those posted in time count.

    A village owes from the first period on that it opened.
    """
    villages = list(Village.objects.open(on).filter(town__in=agencies).select_related("town"))
    known: dict[tuple[int, str, int, int], date | None] = {}
    begun: dict[int, date] = {}
    for pk, unit, year, number, posted in Period.objects.filter(village__in=villages).values_list(
        "village", "unit", "year", "number", "posted_on"
    ):
        known[pk, unit, year, number] = posted
        first = law.span(Unit(unit), year, number)[0]
        begun[pk] = min(begun.get(pk, first), first)
    found = []
    for village in villages:
        for year, number, due in _due(village.unit, on):
            if village.pk in begun and law.span(village.unit, year, number)[0] >= begun[village.pk]:
                posted = known.get((village.pk, village.unit.value, year, number))
                posted = posted if posted and posted <= on else None
                title = (
                    f"{village.town}{village}{year}年第{number}{'期' if village.unit is Unit.MONTH else '季度'}"
                )
                note = f"{posted}公布" if posted else f"{due}到期，没有公布"
                url = reverse("desk:standards_village", args=[village.pk])
                found.append(Shown(title, url, village.town_id, bool(posted and posted <= due), note))
    return found


def _due(unit: Unit, on: date) -> Iterator[tuple[int, int, date]]:
    """The periods whose day for posting lies in the year of a day and before it."""
    for year in (on.year - 1, on.year):
        for number in range(1, (12 if unit is Unit.MONTH else 4) + 1):
            due = law.posting_due(unit, year, number)
            if due.year == on.year and due < on:
                yield year, number, due


def _zones(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every place; those of which nothing is wrong count."""
    rows = Zone.objects.filter(place__agency__in=agencies).select_related("place")
    found = []
    for row in rows.prefetch_related("seasons", "equipment", "stock"):
        faults = zone_figures.faults(row, on)
        url = reverse("desk:standards_zone", args=[row.pk])
        found.append(Shown(str(row), url, row.place.agency_id, not faults, "；".join(faults)))
    return found


FIGURES: tuple[Figure, ...] = (
    of_things(
        _contents,
        key="standards.enterprises",
        label="公共企事业单位应公开内容到位率",
        above="公开了、没有毛病、没有过旧的内容",
        below="适用清单里各单位按行业规定应公开的内容",
        clauses=("1.4",),
        span=Span.STATE,
        follows=("standards",),
        note="记在主管部门名下。",
        present=True,
    ),
    of_things(
        _periods,
        key="standards.villages",
        label="村（居）务按期公布率",
        above="按期公布的",
        below="当年已到公布之日的各村（社区）各期",
        clauses=("5.3",),
        follows=("standards",),
        note="自这个村（社区）第一次填报的那一期起算，记在镇（街道）名下。",
    ),
    of_things(
        _zones,
        key="standards.zones",
        label="体验区达标率",
        above="看不出毛病的（四统一核对过、有专职人员、按期巡检、设备完好、资料和意见及时）",
        below="登记的体验区、查阅点",
        clauses=("5.4",),
        span=Span.STATE,
        follows=("standards",),
        present=True,
    ),
)
