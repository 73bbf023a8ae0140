"""来信公开的数:每月收到的到哪里去了(相加等于收到),满意度按五级。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from gongkai.desk.moments import end_of, start_of
from gongkai.law import engagement as law
from gongkai.law.calendar import DAY

from .models import Letter
from .terms import OPEN_STATES, LetterState

GRADES = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))


@dataclass(frozen=True, slots=True)
class Month:
    """一个月收到的来信;答复、告知去处、并案、在办相加等于收到。"""

    month: datetime
    received: int
    replied: int
    elsewhere: int
    merged: int
    open: int


def months(on: date) -> Iterator[Month]:
    """The last twelve months, the newest first."""
    year, month = divmod(on.year * 12 + on.month - 12, 12)
    rows = Letter.objects.filter(received_at__gt=end_of(date(year, month + 1, 1) - DAY))

    def of(*states: LetterState) -> Any:
        return Count("pk", filter=Q(state__in=states))

    found = rows.annotate(month=TruncMonth("received_at")).values("month").order_by("-month")
    for row in found.annotate(
        received=Count("pk"),
        replied=of(LetterState.REPLIED),
        elsewhere=of(LetterState.DECLINED, LetterState.CONVERTED),
        merged=of(LetterState.MERGED),
        open=of(*OPEN_STATES),
    ):
        yield Month(**row)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """满意度:每级几个、一共几个、差评回访了几个;评价够数的单位才有均分。"""

    grades: tuple[tuple[str, int], ...]
    count: int
    bad: int
    revisited: int
    units: tuple[tuple[str, float, int], ...]

    @property
    def said(self) -> str:
        """Every grade with its number, also those without any."""
        return "，".join(f"{label}{count}个" for label, count in self.grades)


def satisfaction(on: date) -> Satisfaction:
    """The ratings of the year; no unit's mean below the least number, whoever rated is never named."""
    rows = Letter.objects.exclude(rating=None).filter(rated_at__gte=start_of(on.year))
    units: dict[str, list[int]] = {}
    counts = dict.fromkeys((grade for grade, _ in GRADES), 0)
    for row in (
        rows.values("agency__name", "rating").annotate(count=Count("pk")).order_by("agency__name", "rating")
    ):
        counts[row["rating"]] += row["count"]
        units.setdefault(row["agency__name"], []).extend([row["rating"]] * row["count"])
    shown = [(name, law.average(given, on), len(given)) for name, given in units.items()]
    return Satisfaction(
        tuple((label, counts[grade]) for grade, label in GRADES),
        sum(counts.values()),
        sum(count for grade, count in counts.items() if law.is_bad(grade)),
        rows.filter(rating__lte=law.BAD).exclude(revisited_at=None).count(),
        tuple((name, mean, count) for name, mean, count in shown if mean is not None),
    )
