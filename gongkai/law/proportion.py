"""比率怎样才算老实:件数少的给区间、不排名;几年的数先合计再相除,不取平均的平均。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from . import params

#: 置信水平百分之九十五对应的分位数。
Z = 1.959964
#: 移动平均取几年。
YEARS = 3


@dataclass(frozen=True, slots=True)
class Proportion:
    """分子、分母。"""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """None where there is nothing to divide by."""
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        """``62.5%``; “—” where there is nothing to divide by."""
        return f"{100 * self.part / self.whole:.1f}".removesuffix(".0") + "%" if self.whole else "—"

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson interval at 95 %, which stays within 0 and 1 and does not vanish at the ends.

        >>> low, high = Proportion(9, 10).interval
        >>> round(low, 3), round(high, 3)
        (0.596, 0.982)
        """
        if not self.whole:
            return None
        rate, n = min(1.0, self.part / self.whole), self.whole
        middle = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def is_small(self, on: date) -> bool:
        """Whether there are too few to compare units by."""
        return bool(self.whole < params.at("supervision.small_sample", on).value)

    def in_words(self, on: date) -> str:
        """How a page says it: few things as counts with their interval, many as a rate.

        >>> Proportion(0, 0).in_words(date(2026, 1, 5)), Proportion(45, 60).in_words(date(2026, 1, 5))
        ('—', '75%')
        >>> Proportion(3, 4).in_words(date(2026, 1, 5))
        '3/4（30%—95%）'
        """
        if self.interval is None or not self.is_small(on):
            return self.percent
        if self.whole == 1:
            return f"{self.part}/{self.whole}"
        low, high = self.interval
        return f"{self.part}/{self.whole}（{low:.0%}—{high:.0%}）"

    def __add__(self, other: Proportion) -> Proportion:
        return Proportion(self.part + other.part, self.whole + other.whole)


def pooled(rows: Iterable[Proportion]) -> Proportion:
    """All together: numerators and denominators are added.

    >>> pooled([Proportion(1, 2), Proportion(0, 8)]).percent
    '10%'
    """
    whole = Proportion(0, 0)
    for row in rows:
        whole += row
    return whole


def moving(years: Mapping[int, Proportion], year: int, breaks: Iterable[int] = ()) -> Proportion | None:
    """The mean of three years that end with ``year``; None where one is missing or the series breaks among them.

    Args:
        breaks: the first years of a new way of counting, with which no earlier one can be joined.
    """
    wanted = range(year - YEARS + 1, year + 1)
    if any(one not in years for one in wanted) or any(wanted[0] < one <= year for one in breaks):
        return None
    return pooled(years[one] for one in wanted)
