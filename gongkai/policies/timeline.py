"""政策全程:公布以前吹风、公布时同步解读、执行中解疑释惑、哪天施行、哪天届满,一段一段排成一条线。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.desk.moments import local_day
from gongkai.law.validity import Validity
from gongkai.questions.models import Question
from gongkai.records import pages
from gongkai.records.models import Record
from gongkai.records.terms import RelationKind


@dataclass(frozen=True, slots=True)
class Point:
    """一段里的一件事:哪天、做了什么、去看哪一件。"""

    on: date
    text: str
    link: Record | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """线上的一段。``mark`` 是样式里的 done(过去了)、now(正在)、next(还没有到);没有日期的 ``on`` 是 None。"""

    name: str
    mark: str
    on: date | None
    points: tuple[Point, ...] = ()


def stages(policy: Record, at: datetime, on: date) -> list[Stage]:
    """Everything that the public may see of the course of a policy, oldest first; what is still to come is marked.

    Args:
        on: the day on which it is looked at.
    """
    published = local_day(policy.published_at)
    readings = _readings(policy, at)
    together = tuple(one for one in readings if one.on <= published)
    later = sorted(
        [*(one for one in readings if one.on > published), *_answers(policy, at)], key=lambda reading: reading.on
    )
    found = [
        _past("征求意见和吹风", _briefings(policy, at)),
        Stage("公布并解读" if together else "公布", "done", published, together),
        _past("公布以后", later),
        *_in_force(policy, on),
    ]
    return [stage for stage in found if stage is not None]


def _past(name: str, points: Iterable[Point]) -> Stage | None:
    points = tuple(points)
    return Stage(name, "done", points[-1].on, points) if points else None


def _briefings(policy: Record, at: datetime) -> list[Point]:
    rows = policy.briefings.select_related("record").order_by("on", "pk")
    return [
        Point(row.on, row.title, row.record if row.record and row.record.is_public(at) else None) for row in rows
    ]


def _readings(policy: Record, at: datetime) -> list[Point]:
    links = policy.relations_in.filter(kind=RelationKind.INTERPRETS).select_related("source")
    public = (link.source for link in links if link.source.is_public(at))
    return [
        Point(local_day(source.published_at), pages.form_of(source), source)
        for source in sorted(public, key=lambda source: source.published_at)
    ]


def _answers(policy: Record, at: datetime) -> list[Point]:
    by_day: dict[date, int] = {}
    for moment in Question.objects.faq(at).filter(policy=policy).values_list("answered_at", flat=True):
        by_day[local_day(moment)] = by_day.get(local_day(moment), 0) + 1
    return [Point(day, f"解答公众提问{n}个") for day, n in by_day.items()]


def _in_force(policy: Record, on: date) -> list[Stage]:
    """From when to when it binds; a paper without these days has no such stage."""
    begins, ends = policy.effective_on, policy.expires_on
    if pages.validity_of(policy, on, []) is Validity.REPEALED:
        return [Stage("废止", "done", policy.repealed_on)]
    found = []
    if begins:
        binding = "done" if ends and ends < on else "now"
        found.append(Stage("施行", binding if begins <= on else "next", begins))
    if ends:
        found.append(Stage("有效期届满", "done" if ends < on else "next", ends))
    return found
