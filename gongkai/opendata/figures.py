"""数:属性标注、定级、按期、非空、接口利用、成功、耗时、申请和需求按期,各有分子分母和逐条的去处。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse

from gongkai.law.calendar import DAY
from gongkai.law.opendata.terms import Freshness, Opening
from gongkai.law.opendata.updating import UNJUDGED

from . import calls
from .models import Application, Dataset, Demand, Usage
from .terms import SPAN, ApplicationState, Channel, DatasetState

_LATE = (Freshness.OVERDUE, Freshness.STALE)


@dataclass(frozen=True, slots=True)
class Rate:
    """一个率:名称、分子、分母、怎样算的、看逐条的筛选,谁看得到逐条的。"""

    label: str
    above: int
    below: int
    how: str
    look: str = ""
    page: str = "opendata_datasets"
    right: str = "opendata.view"

    @property
    def address(self) -> str:
        """Where the things that the rate lacks stand, one by one; empty where there is no such list."""
        return reverse(f"desk:{self.page}") + self.look if self.look or self.page != "opendata_datasets" else ""

    @property
    def percent(self) -> str:
        """In percent to one decimal; a dash where there is nothing to divide by. 100% only where nothing is missing."""
        if not self.below:
            return "—"
        if self.above == self.below:
            return "100%"
        return f"{min(99.9, 100 * self.above / self.below):.1f}%"

    @property
    def share(self) -> int:
        return round(100 * self.above / self.below) if self.below else 0


def rates(rows: QuerySet[Dataset], on: date) -> list[Rate]:
    """The figures of these datasets on a day."""
    rows = rows.exclude(state=DatasetState.REMOVED)
    total = rows.count()
    shown = rows.filter(state=DatasetState.OPEN)
    judged = [
        one.duty(on).now
        for one in shown.filter(ended_on=None).exclude(cycle__in=UNJUDGED).only("cycle", "updated_on", "ended_on")
    ]
    since = on - DAY * SPAN
    interfaces = shown.filter(has_interface=True, opening=Opening.UNCONDITIONAL)
    used = Usage.objects.filter(dataset__in=interfaces, channel=Channel.INTERFACE, day__gt=since, n__gt=0)
    called = used.aggregate(n=Sum("n"), failed=Sum("failed"))
    n, failed = called["n"] or 0, called["failed"] or 0
    decided = Application.objects.filter(dataset__in=rows).exclude(decided_at=None)
    answered = Demand.objects.filter(agency__in=rows.values("agency")).exclude(answered_at=None)
    return [
        Rate(
            "开放属性标注率",
            rows.exclude(opening=Opening.PENDING).count(),
            total,
            "判定过开放属性的，除以全部数据集",
            "?opening=pending",
        ),
        Rate(
            "字段定级率",
            rows.exclude(level="").count(),
            total,
            "每个字段都定了敏感级的，除以全部数据集",
            "?look=ungraded",
        ),
        Rate(
            "按期更新率",
            sum(now not in _LATE for now in judged),
            len(judged),
            "按期的（含在宽限内），除以有固定周期、没有停止更新的",
            "?look=late",
        ),
        Rate(
            "可判率", len(judged), shown.count(), "有固定周期、判得了按期不按期的，除以已上架的", "?look=unjudged"
        ),
        Rate(
            "非空率",
            shown.filter(current__rows__gt=0).count(),
            shown.count(),
            "有数据的，除以已上架的",
            "?look=empty",
        ),
        Rate(
            "接口利用率",
            used.values("dataset").distinct().count(),
            interfaces.count(),
            f"{SPAN}天里有人用过的接口，除以全部接口；本站自己的、爬虫的不算",
            "?look=unused",
        ),
        Rate("接口成功率", n - failed, n, f"{SPAN}天里办成的调用，除以全部调用", "?look=failing"),
        Rate(
            "申请按期办结率",
            decided.filter(decided_at__date__lte=F("due_on")).count(),
            decided.count(),
            "期限以内办结的受限数据申请，除以办结的",
            page="opendata_applications",
            right="opendata.grant",
        ),
        Rate(
            "需求按期回应率",
            answered.filter(answered_at__date__lte=F("due_on")).count(),
            answered.count(),
            "期限以内回应的需求，除以回应了的",
            page="opendata_demands",
            right="opendata.demand",
        ),
    ]


def slowest(rows: QuerySet[Dataset], on: date) -> int | None:
    """The step of milliseconds within which 95 of 100 calls were answered; None without calls."""
    found = Usage.objects.filter(dataset__in=rows, channel=Channel.INTERFACE, day__gt=on - DAY * SPAN).values_list(
        "speed", flat=True
    )
    return at_share(found, 0.95)


def at_share(found: Iterable[list[int]], share: float) -> int | None:
    """The step of ``calls.STEPS`` below which this share of the calls lies."""
    totals = [0] * len(calls.STEPS)
    for speed in found:
        for place, n in enumerate(speed or []):
            totals[place] += n
    whole, so_far = sum(totals), 0
    for place, n in enumerate(totals):
        so_far += n
        if whole and so_far >= whole * share:
            return calls.STEPS[place]
    return None


def counts(rows: QuerySet[Dataset]) -> dict[str, int]:
    """Plain numbers beside the rates."""
    rows = rows.exclude(state=DatasetState.REMOVED)
    return {
        "数据集": rows.count(),
        "已上架": rows.filter(state=DatasetState.OPEN).count(),
        "行": rows.filter(state=DatasetState.OPEN).aggregate(n=Sum("current__rows"))["n"] or 0,
        "接口": rows.filter(state=DatasetState.OPEN, has_interface=True).count(),
        "没有变的更新": rows.aggregate(n=Sum("unchanged"))["n"] or 0,
        "使用中的受限协议": Application.objects.filter(dataset__in=rows, state=ApplicationState.GRANTED).count(),
    }


def by_channel(rows: QuerySet[Dataset], since: date) -> list[tuple[str, int]]:
    """How often these datasets were used since a day, by channel."""
    found = dict(
        Usage.objects.filter(Q(dataset__in=rows), day__gt=since).values_list("channel").annotate(n=Sum("n"))
    )
    return [(channel.label, found.get(channel.value, 0)) for channel in Channel]


def withheld(rows: QuerySet[Dataset]) -> QuerySet[Dataset]:
    """What is not opened, with its reason, for the yearly review."""
    return rows.filter(opening=Opening.PROHIBITED).exclude(state=DatasetState.REMOVED)
