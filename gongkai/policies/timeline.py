"""闭环:一件政策公布以前吹风、公布时同步解读、执行中解疑释惑,排成一条线。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.desk.moments import local_day
from gongkai.questions.models import Question
from gongkai.records.models import Record
from gongkai.records.terms import RelationKind


@dataclass(frozen=True, slots=True)
class Point:
    """线上的一点:哪天、哪一段、做了什么、去看哪一件。"""

    on: date
    stage: str
    text: str
    link: Record | None = None


def points(policy: Record, at: datetime) -> list[Point]:
    """Everything that the public may see of the loop around a policy, oldest first."""
    found = [
        Point(one.on, "公布前", one.title, one.record if one.record and one.record.is_public(at) else None)
        for one in policy.briefings.select_related("record")
    ]
    found.append(Point(local_day(policy.published_at), "公布", "文件公布"))
    links = policy.relations_in.filter(kind=RelationKind.INTERPRETS).select_related("source")
    for source in sorted(
        (one.source for one in links if one.source.is_public(at)), key=lambda one: one.published_at
    ):
        day = local_day(source.published_at)
        stage = "公布" if day <= local_day(policy.published_at) else "公布后"
        found.append(
            Point(day, stage, f"{source.fields.get('form') or '文字'}解读".replace("解读解读", "解读"), source)
        )
    answered = Question.objects.faq(at).filter(policy=policy)
    by_day: dict[date, int] = {}
    for moment in answered.values_list("answered_at", flat=True):
        by_day[local_day(moment)] = by_day.get(local_day(moment), 0) + 1
    found += [Point(day, "公布后", f"解答公众提问{n}个") for day, n in by_day.items()]
    return sorted(found, key=lambda one: (one.on, ("公布前", "公布", "公布后").index(one.stage)))
