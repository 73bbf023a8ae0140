"""参加的人对一次活动、提问的人对一期访谈的评价:每级几个;够数的才有均分,不显示是谁、也不显示写的话。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.desk.moments import local_day
from gongkai.law import engagement as law

from .models import Event, Interview
from .monthly import GRADES


@dataclass(frozen=True, slots=True)
class Feedback:
    """一次活动、一期访谈的评价,和针对差评的改进。"""

    grades: tuple[tuple[str, int], ...]
    count: int
    mean: float | None
    improved: str
    waits: bool

    @property
    def in_words(self) -> str:
        """Every grade with its number."""
        return "，".join(f"{label}{count}个" for label, count in self.grades)


def of_event(event: Event, at: datetime) -> Feedback:
    """The ratings of an event so far; no mean below the least number, nor the grades (they would tell who)."""
    return _of(event, event.signups.exclude(rating=None).values_list("rating", "rated_at"), at)


def of_interview(interview: Interview, at: datetime) -> Feedback:
    """The ratings of an interview so far, by those who asked in it."""
    return _of(interview, interview.questions.exclude(rating=None).values_list("rating", "rated_at"), at)


def _of(activity: Event | Interview, rows: Iterable[tuple[int, datetime]], at: datetime) -> Feedback:
    found, last = list(rows), activity.improved_at
    given = [rating for rating, _ in found]
    mean = law.average(given, local_day(at)) if given else None
    grades = tuple((label, given.count(grade)) for grade, label in GRADES) if mean is not None else ()
    waits = any(law.is_bad(rating) and (last is None or when > last) for rating, when in found)
    return Feedback(grades, len(given), mean, activity.improved_note, waits)
