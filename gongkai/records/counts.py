"""公开的件数和列表位置,只读;写在 ``actions/placing.py``。读的时候不用数全表,一百万件也一样快。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from .models import Placement, Record, Tally

#: The columns by which public records are counted, in the order of ``Spot``.
COLUMNS = ("agency_id", "duty", "type", "year")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """列表里的一处:单位、事项、类型、年份(0 是没有日期的)。"""

    agency_id: int
    duty: str
    type: str
    year: int

    @classmethod
    def of_record(cls, record: Record) -> Spot:
        return cls(record.agency_id, record.duty, record.type, record.year or 0)


def spots(pks: Iterable[int]) -> set[Spot]:
    """Every place in lists that these records have or once had."""
    rows = Placement.objects.filter(record_id__in=set(pks)).values_list("spot", "earlier")
    return {Spot(*one) for spot, earlier in rows for one in [spot, *earlier] if one}


def all_spots() -> set[Spot]:
    """Every place in lists where something public stands now."""
    return {Spot(*row) for row in Tally.objects.filter(n__gt=0).values_list(*COLUMNS)}


def count(by: str, at: datetime, **where: object) -> dict[object, int]:
    """Public records at the moment ``at`` by one of ``COLUMNS``, narrowed by others (``duty="rules"``, ``type__in=…``).

    Those whose time of publication has come but which the job has not counted yet are added, so that the figure is a
    function of the clock and never waits for a job.
    """
    rows = Tally.objects.filter(**where, n__gt=0).order_by().values_list(by).annotate(total=Sum("n"))
    found: dict[object, int] = dict(rows)
    here = {key: None if (key, value) == ("year", 0) else value for key, value in where.items()}
    # 先取到时候的,通常一件也没有;不交给数据库去连,免得它从全部公开的信息里找。
    for record in Record.objects.public(at).filter(pk__in=due(at), **here):
        value = getattr(Spot.of_record(record), by)
        found[value] = found.get(value, 0) + 1
    return found


def due(at: datetime) -> list[int]:
    """Records whose time of publication has come and that are not counted yet, the earliest first."""
    return list(Placement.objects.filter(due_at__lte=at).order_by("due_at").values_list("record_id", flat=True))
