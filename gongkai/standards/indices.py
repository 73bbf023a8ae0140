"""基层公开的指数:建成、调整、覆盖、按时、体验区、公共企事业单位;每一个都点得下去。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.law.agencies import AgencyKind
from gongkai.law.calendar import DAY
from gongkai.law.row_due import State
from gongkai.org.models import Agency

from . import enterprise_figures, zone_figures
from .matrix import by_agency as counted
from .models import Area, Charge, Enterprise, Outage, Period, Standard, Village, Zone


@dataclass(frozen=True, slots=True)
class Index:
    """一个指数:名称、分子、分母、怎样算、点下去的网址;没有可算的分母是 0。"""

    key: str
    label: str
    part: int
    whole: int
    how: str
    url: str

    @property
    def rate(self) -> int | None:
        return 100 * self.part // self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """一个单位:应公开的行、有公开的、按时的百分比。"""

    agency: Agency
    total: int
    covered: int
    bad: int


def indices(on: date) -> list[Index]:
    """Every index on a day."""
    areas = Area.objects.filter(is_active=True).count()
    live = Standard.objects.live().exclude(agency__kind=AgencyKind.TOWN)
    built = live.values("area").distinct().count()
    reviewed = [one for one in live if one.review_due and one.review_due >= on]
    charges = Charge.objects.filter(standard__stage="live").counted()
    total = charges.count()
    empty, overdue, late = (
        charges.filter(state=state).count() for state in (State.EMPTY, State.OVERDUE, State.LATE)
    )
    posted, due = _villages(on)
    figures = [
        zone_figures.figures(zone, on) for zone in Zone.objects.prefetch_related("equipment", "stock", "seasons")
    ]
    opened = [
        one.rates[zone_figures.Rate.OPEN] for one in figures if one.rates[zone_figures.Rate.OPEN] is not None
    ]
    units = list(Enterprise.objects.filter(is_listed=True).prefetch_related("disclosures"))
    outages = Outage.objects.filter(starts_at__year=on.year).select_related("enterprise")
    leads = [one.lead.enough for one in outages]
    listed, matrix = reverse("desk:standards_areas"), reverse("desk:standards_matrix")
    return [
        Index("built", "建成率", built, areas, "有现行目录的领域，除以适用的领域", listed),
        Index(
            "adjusted",
            "调整率",
            len(reviewed),
            len(live),
            "复审没有到期的目录，除以现行的目录",
            reverse("desk:standards_list"),
        ),
        Index(
            "covered",
            "覆盖率",
            total - empty,
            total,
            "公开过的行，除以各单位应公开的行（核准不是本单位职责的不算）",
            matrix,
        ),
        Index(
            "in_time",
            "按时率",
            total - empty - overdue - late,
            total - empty,
            "没有超期、近一年没有迟的行，除以公开过的行",
            matrix,
        ),
        Index(
            "villages",
            "村务按时率",
            posted,
            due,
            "按时上墙的期，除以到期的期（近一年）",
            reverse("desk:standards_villages"),
        ),
        Index(
            "zones",
            "体验区开放率",
            sum(opened),
            100 * len(opened),
            "巡检时按时开放的次数，除以巡检次数",
            reverse("desk:standards_zones"),
        ),
        Index(
            "enterprises",
            "公共企事业单位公开率",
            sum(enterprise_figures.coverage(one, on) for one in units),
            100 * len(units),
            "应当公开的内容里公开并且没有问题的",
            reverse("desk:standards_enterprises"),
        ),
        Index(
            "leads",
            "停供提前通知率",
            sum(one is True for one in leads),
            sum(one is not None for one in leads),
            "提前够规定时间的通知，除以有规定的通知（今年）",
            reverse("desk:standards_enterprises"),
        ),
    ]


def _villages(on: date) -> tuple[int, int]:
    """Periods posted in time, and periods due, of the last year."""
    periods = Period.objects.filter(year__gte=on.year - 1, village__in=Village.objects.open(on)).select_related(
        "village"
    )
    due = [one for one in periods if on - DAY * 366 < one.due_on <= on]
    return sum(one.posted_on is not None and one.posted_on <= one.due_on for one in due), len(due)


def by_agency(charges: QuerySet[Charge]) -> list[AgencyLine]:
    """Each agency with what falls to it, the worst first."""
    table = dict(counted(charges))
    lines = []
    for agency in Agency.objects.filter(pk__in=table):
        states = table[agency.pk]
        total = sum(states.values())
        bad = states.get(State.OVERDUE, 0) + states.get(State.LATE, 0)
        lines.append(AgencyLine(agency, total, total - states.get(State.EMPTY, 0), bad))
    return sorted(lines, key=lambda line: (line.covered / line.total, -line.bad))
