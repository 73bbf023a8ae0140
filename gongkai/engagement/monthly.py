"""来信公开的数:每月收到的到哪里去了(相加等于收到),满意度按五级。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from gongkai.desk.moments import end_of, start_of
from gongkai.law import engagement as law
from gongkai.law.calendar import DAY
from gongkai.org.models import Agency

from .models import Letter
from .terms import OPEN_STATES, LetterState

GRADES = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))


@dataclass(frozen=True, slots=True)
class Month:
    """一个月收到的来信;答复、告知去处、并案、在办相加等于收到。"""

    month: date
    received: int
    replied: int
    elsewhere: int
    merged: int
    open: int


def months(on: date) -> Iterator[Month]:
    """The last twelve months, the newest first; a month without a letter is left out.

    Each month is counted by its two ends on the index of the day received and the state: the database's own cutting of
    a moment to its month asked the time zone once for each letter.
    """
    first = on.replace(day=1)
    for _ in range(12):
        if month := _month(first):
            yield month
        first = (first - DAY).replace(day=1)


def _month(first: date) -> Month | None:
    following = (first + DAY * 31).replace(day=1)
    rows = Letter.objects.filter(received_at__gt=end_of(first - DAY), received_at__lte=end_of(following - DAY))
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    if not counts:
        return None

    def count_in(*states: LetterState) -> int:
        return sum(counts.get(state, 0) for state in states)

    return Month(
        month=first,
        received=sum(counts.values()),
        replied=count_in(LetterState.REPLIED),
        elsewhere=count_in(LetterState.DECLINED, LetterState.CONVERTED),
        merged=count_in(LetterState.MERGED),
        open=count_in(*OPEN_STATES),
    )


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """满意度:每级几个、一共几个、差评回访了几个;评价够数的单位才有均分。"""

    grades: tuple[tuple[str, int], ...]
    count: int
    bad: int
    revisited: int
    units: tuple[tuple[str, float, int], ...]

    @property
    def in_words(self) -> str:
        """Every grade with its number, also those without any."""
        return "，".join(f"{label}{count}个" for label, count in self.grades)


def satisfaction(on: date) -> Satisfaction:
    """The ratings of the year; no unit's mean below the least number, whoever rated is never named."""
    rows = Letter.objects.filter(rating__isnull=False, rated_at__gte=start_of(on.year))
    units: dict[str, list[int]] = {}
    counts = dict.fromkeys((grade for grade, _ in GRADES), 0)
    names = dict(Agency.objects.values_list("pk", "name"))
    given = rows.order_by().values_list("agency", "rating").annotate(count=Count("pk"))
    for agency, rating, count in sorted(given, key=lambda row: (names[row[0]], row[1])):
        counts[rating] += count
        units.setdefault(names[agency], []).extend([rating] * count)
    shown = [(name, law.average(ratings, on), len(ratings)) for name, ratings in units.items()]
    return Satisfaction(
        tuple((label, counts[grade]) for grade, label in GRADES),
        sum(counts.values()),
        sum(count for grade, count in counts.items() if law.is_bad(grade)),
        rows.filter(rating__lte=law.BAD, revisited_at__isnull=False).count(),
        tuple((name, mean, count) for name, mean, count in shown if mean is not None),
    )
