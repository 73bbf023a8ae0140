"""用评过等级的检索词量检索的好坏:nDCG@10,1 是最好的次序,0 是一件相关的也没有。"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from . import finding
from .models import JudgedQuery
from .tuning import Tuning, current

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """量出的:每个检索词多少(没有一件相关的不算),平均多少,用的哪一套。"""

    by_query: dict[str, float]
    tuning: Tuning

    @property
    def mean(self) -> float:
        return fmean(self.by_query.values()) if self.by_query else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """一个检索词前后各多少。"""

    text: str
    before: float
    after: float


def ndcg(grades: Sequence[int], ideal: Sequence[int], depth: int = DEPTH) -> float:
    """Discounted gain of the grades in the order shown, over that of the best order.

    >>> ndcg([3, 2, 0], [3, 2]), round(ndcg([0, 3], [3]), 2), ndcg([], [])
    (1.0, 0.63, 0.0)
    """
    best = _gain(sorted(ideal, reverse=True)[:depth])
    return _gain(grades[:depth]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def measure(at: datetime, on: date, tuning: Tuning | None = None) -> Measured:
    """nDCG of every judged query that has something relevant, as the tuning ranks, without pins.

    Raises:
        NoIndex: the index has not been built on this node yet.
    """
    tuning = tuning or current()
    found = {}
    for query in JudgedQuery.objects.prefetch_related("judgements"):
        grades = {one.record_id: one.grade for one in query.judgements.all()}
        if any(grades.values()):
            rows = finding.find(query.text, at, on, tuning=tuning, pins=False).rows
            found[query.text] = ndcg([grades.get(row.record.pk, 0) for row in rows], list(grades.values()))
    return Measured(found, tuning)


def compare(before: Measured, after: Measured) -> list[Line]:
    """Each query before and after, the most changed first."""
    lines = [Line(text, value, after.by_query.get(text, 0.0)) for text, value in before.by_query.items()]
    return sorted(lines, key=lambda line: (-abs(line.after - line.before), line.text))
