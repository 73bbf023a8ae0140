"""总体目标的四项指数:分子、分母、区间、三年平均,口径断开的地方标出来;透明度只登记别处发布的结果。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.proportion import Proportion, moving
from gongkai.org.models import Agency
from gongkai.reports import indices as ledgers

from .models import OutsideResult
from .terms import GoalIndex

#: 从哪一年起看变化:方案以这一年为基年。
BASE = 2021
#: 口径断开的年份:自二〇二四年起行政复议前置,直接起诉的骤降,前后不能连着比。
BREAKS: Mapping[GoalIndex, tuple[int, ...]] = {GoalIndex.DISPUTE: (2024,)}
_LEDGER = {
    GoalIndex.DISPUTE: ("dispute", "本年收到的行政复议、行政诉讼", "本年新收的申请", "越低越好"),
    GoalIndex.CORRECTION: ("correction", "本年审结、结果纠正的", "本年审结的行政复议、行政诉讼", "越低越好"),
    GoalIndex.SATISFACTION: ("satisfaction", "评价四分以上的", "本年收到的评价", "越高越好"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """一项指数一年的数。"""

    year: int
    value: Proportion
    said: str
    mean: Proportion | None
    breaks: bool


@dataclass(frozen=True, slots=True)
class Index:
    """一项指数。"""

    term: GoalIndex
    above: str
    below: str
    better: str
    years: tuple[Year, ...]
    outside: tuple[OutsideResult, ...]


def indices(on: date) -> list[Index]:
    """The four indices of the general goal, from the base year on; the district as numerators and denominators added."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    years = range(BASE, on.year + 1)
    totals = {year: ledgers.total(ledgers.rates(agencies, year).values()) for year in years}
    outside = list(OutsideResult.objects.valid().filter(year__gte=BASE).select_related("agency"))
    found = []
    for term in GoalIndex:
        own = tuple(one for one in outside if one.index == term)
        if term not in _LEDGER:
            found.append(Index(term, "", "", "只登记别处发布的结果，不自己算", (), own))
            continue
        key, above, below, better = _LEDGER[term]
        values = {year: Proportion(totals[year][key].above, totals[year][key].below) for year in years}
        breaks = BREAKS.get(term, ())
        lines = tuple(
            Year(
                year,
                values[year],
                values[year].in_words(date(year, 12, 31)),
                moving(values, year, breaks),
                year in breaks,
            )
            for year in years
        )
        found.append(Index(term, above, below, better, lines, own))
    return found
