"""政策自己会数的数(``desk.figures``):规范性文件登记、解读同步、多元化解读、负责人解读。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows, of_things
from gongkai.desk.moments import end_of
from gongkai.law import interpretation, params
from gongkai.law.errors import NotInForce
from gongkai.law.interpretation import Timing
from gongkai.law.marks import titled
from gongkai.org.models import Agency
from gongkai.records.counted import shown
from gongkai.records.models import Record

from .figures import Item, items

NORMATIVE = "normative"


def _normative(agencies: Sequence[int], on: date) -> QuerySet[Record]:
    return Record.objects.public(end_of(on)).filter(agency__in=agencies, type=NORMATIVE)


def _registered(rows: QuerySet[Record], on: date) -> QuerySet[Record]:
    return rows.filter(normative__registered_at__lte=end_of(on))


def _interpretations(agencies: Sequence[int], on: date) -> list[Item]:
    """Those that became public in the year by that day."""
    return items(Agency.objects.filter(pk__in=agencies), on.year, end_of(on))


def _each(
    among: Callable[[Item], bool], counts: Callable[[Item], bool]
) -> Callable[[Sequence[int], date], list[Shown]]:
    """The year's interpretations of which ``among`` holds; those of which ``counts`` holds are the numerator."""

    def things(agencies: Sequence[int], on: date) -> list[Shown]:
        return [
            Shown(
                titled(item.record),
                reverse("desk:record", args=[item.record.pk]),
                item.record.agency_id,
                counts(item),
                item.form.label if item.form else "没有写形式",
            )
            for item in _interpretations(agencies, on)
            if among(item)
        ]

    return things


def _by_heads(agencies: Sequence[int], on: date) -> list[Shown]:
    """Units that interpreted anything in the year; those whose head did so often enough count."""
    try:
        enough = params.at("interpretation.head_per_year", on).value
    except NotInForce:
        return []
    units: dict[int, list[Item]] = {}
    for item in _interpretations(agencies, on):
        units.setdefault(item.record.agency_id, []).append(item)
    found = []
    for pk, own in units.items():
        times = sum(item.by_head for item in own)
        url = f"{reverse('desk:policies_figures')}?year={on.year}"
        found.append(Shown(str(own[0].record.agency), url, pk, times >= enough, f"负责人解读{times}件"))
    return found


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_normative,
        meeting=_registered,
        owner="agency",
        show=shown,
        key="policies.registered",
        label="规范性文件登记率",
        above="已经统一登记的",
        below="公开的行政规范性文件",
        clauses=("3.1",),
        span=Span.STATE,
        follows=("records", "policies"),
    ),
    of_things(
        _each(lambda item: item.paper is not None, lambda item: item.timing not in (Timing.LATE, Timing.OVERDUE)),
        key="policies.together",
        label="解读同步率",
        above="不迟于文件发布的解读",
        below="当年发布、同文件相连的解读",
        clauses=("4.3",),
        follows=("records", "policies"),
    ),
    of_things(
        _each(lambda item: True, lambda item: item.diverse),
        key="policies.diverse",
        label="多元化解读占比",
        above="图表、视频、流程演示等形式的解读",
        below="当年发布的解读",
        clauses=("4.5",),
        target=Fraction(str(interpretation.milestone().target)),
        follows=("records", "policies"),
    ),
    of_things(
        _by_heads,
        key="policies.head",
        label="负责人带头解读",
        above="负责人解读过的单位",
        below="当年发布过解读的单位",
        clauses=("4.2",),
        follows=("records", "policies"),
    ),
)
