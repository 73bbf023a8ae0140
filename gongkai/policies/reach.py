"""到达率:一件政策估计给谁、告知了多少、打开了多少、申请了多少、得到了多少。只有次数,不记人。

渠道自己登记:给一个函数,说某个事项在某段日子里经这个渠道多少次;没有计数的返回 None,页面说“没有计数”,不当作零。
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.urls import reverse

from gongkai.law.terms import Term

from .models import Measure, ReachDay

Counter = Callable[[Measure, date, date], int | None]
PageCounter = Callable[[list[str], date, date], int | None]


class Role(Term):
    """渠道数的是什么。"""

    TOLD = "told", "告知"
    OPENED = "opened", "打开"


@dataclass(frozen=True, slots=True)
class Channel:
    """一个渠道:名称、数的是什么、怎样数的。"""

    key: str
    title: str
    role: Role
    how: str
    counter: Counter


_known: dict[str, Channel] = {}
_pages: list[PageCounter] = []


def channel(key: str, title: str, role: Role, how: str) -> Callable[[Counter], Counter]:
    """Register a channel; ``how`` is shown beside its figure."""

    def register(counter: Counter) -> Counter:
        _known[key] = Channel(key, title, role, how, counter)
        return counter

    return register


def channels() -> list[Channel]:
    """Every registered channel, those that tell first."""
    return sorted(_known.values(), key=lambda channel: (list(Role).index(channel.role), channel.key))


def count_pages_with(counter: PageCounter) -> None:
    """Let an app that counts pages (from the access log) say how often some addresses were opened."""
    _pages[:] = [counter]


def _page_count(addresses: list[str], since: date, until: date) -> int | None:
    return _pages[0](addresses, since, until) if _pages else None


@channel("clinic", "云诊所", Role.TOLD, "云诊所的结果里列为符合或者还不清楚的次数，按日累计，不记回答和来访的人。")
def _clinic(measure: Measure, since: date, until: date) -> int | None:
    rows = ReachDay.objects.filter(measure=measure, channel="clinic", on__range=(since, until))
    return rows.aggregate(n=Sum("times"))["n"] or 0


@channel(
    "feed", "订阅源", Role.TOLD, "政策所在单位订阅源被取用的次数，由访问记录统计；没有装访问统计的没有这个数。"
)
def _feed(measure: Measure, since: date, until: date) -> int | None:
    return _page_count([reverse("public:agency_feed", args=[measure.policy.agency.code])], since, until)


@channel("page", "网页", Role.OPENED, "政策页和事项卡被打开的次数，由访问记录统计；没有装访问统计的没有这个数。")
def _page(measure: Measure, since: date, until: date) -> int | None:
    return _page_count([measure.policy.get_absolute_url(), measure.get_absolute_url()], since, until)


@dataclass(frozen=True, slots=True)
class Reach:
    """一个事项一年的到达。``counts`` 按渠道;``applied`` 等没有填报的是 None。"""

    measure: Measure
    counts: tuple[tuple[Channel, int | None], ...]
    applied: int | None
    granted: int | None

    @property
    def share(self) -> float | None:
        """Got, of those for whom it is estimated to be."""
        if not self.measure.estimated or self.granted is None:
            return None
        return self.granted / self.measure.estimated

    @property
    def percent(self) -> str:
        """The share as it is shown; empty if there is none."""
        return "" if self.share is None else f"{self.share:.1%}"


def reach_of(measure: Measure, year: int) -> Reach:
    """The year's figures of one measure; its redemptions are read from what was prefetched, if it was."""
    since, until = date(year, 1, 1), date(year, 12, 31)
    counts = tuple((one, one.counter(measure, since, until)) for one in channels())
    row = next((one for one in measure.redemptions.all() if one.year == year), None)
    return Reach(measure, counts, row and row.applied, row and row.granted)
