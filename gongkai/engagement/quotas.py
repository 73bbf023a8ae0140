"""新闻发布的任务数:哪个单位、哪一段、该几场、办了几场。一年的只用几个查询。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.desk.moments import local_day
from gongkai.law import press as law
from gongkai.law.press import Held, Quota, Rank
from gongkai.org.models import Agency

from .models import Briefing, PressYear


@dataclass(frozen=True, slots=True)
class Unit:
    """一个单位的一年:七个任务数,另有突发事件的几场。"""

    agency: Agency
    quotas: tuple[Quota, ...]
    emergencies: int

    @property
    def missing(self) -> int:
        """How many are still owed in the whole year."""
        return sum(quota.missing for quota in self.quotas)


def of_year(plan: PressYear, agencies: Iterable[int] | None = None) -> list[Unit]:
    """Every unit of the plan with its numbers, in the order of their codes.

    Args:
        agencies: only these; all without it.
    """
    units = plan.units.order_by("code")
    if agencies is not None:
        units = units.filter(pk__in=agencies)
    found = list(units)
    held: dict[int, list[Held]] = {unit.pk: [] for unit in found}
    rows = Briefing.objects.held().filter(event__starts_at__year=plan.year, event__agency__in=found)
    for row in rows.select_related("event").prefetch_related("attendees"):
        ranks = tuple(Rank.from_value(one.rank) for one in row.attendees.all())
        held[row.event.agency_id].append(Held(local_day(row.event.starts_at), ranks, row.is_emergency))
    return [
        Unit(unit, tuple(law.quotas(plan.year, held[unit.pk])), law.emergencies(plan.year, held[unit.pk]))
        for unit in found
    ]
