"""参加的人对一次活动的评价:每级几个;够数的才有均分,不显示是谁、也不显示写的话。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.desk.moments import local_day
from gongkai.law import engagement as law

from .models import Event
from .monthly import GRADES


@dataclass(frozen=True, slots=True)
class Feedback:
    """一次活动的评价。"""

    grades: tuple[tuple[str, int], ...]
    count: int
    mean: float | None

    @property
    def said(self) -> str:
        """Every grade with its number."""
        return "，".join(f"{label}{count}个" for label, count in self.grades)


def of_event(event: Event, at: datetime) -> Feedback:
    """The ratings of an event so far; no mean below the least number, nor the grades (they would tell who)."""
    given = list(event.signups.exclude(rating=None).values_list("rating", flat=True))
    mean = law.average(given, local_day(at)) if given else None
    grades = tuple((label, given.count(grade)) for grade, label in GRADES) if mean is not None else ()
    return Feedback(grades, len(given), mean)
