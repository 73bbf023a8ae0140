"""信息页上政策添的几块(全程、提问、效力)、事项会因什么变样:告诉发布程序哪些页要先拿走。"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.law.calendar import DAY
from gongkai.org.models import LogEntry
from gongkai.questions.models import Question
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record

from .models import Briefing, Effect, Measure, Package


def _pages(pks: set[int]) -> set[str]:
    return {one.get_absolute_url() for one in Record.objects.filter(pk__in=pks).only("pk")}


def by_spots(spots: set[Spot]) -> set[str]:
    """No list of ours is a file: the library is given by the application."""
    return set()


def by_records(pks: set[int]) -> set[str]:
    """The papers whose line of events leads to these records."""
    return _pages(set(Briefing.objects.filter(record__in=pks).values_list("policy_id", flat=True)))


def by_entry(entry: LogEntry) -> set[str]:
    """The pages of the papers that a question, a package or a clean-up is about."""
    if not entry.object_type.startswith(("policies.", "questions.")) or not entry.object_id.isdigit():
        return set()
    pk = int(entry.object_id)
    asked = Question.objects.exclude(policy=None)
    where = {
        "questions.question": asked.filter(pk=pk).values_list("policy_id", flat=True),
        # 合成一张表以前记的,还没有跟读到的
        "policies.question": asked.filter(former=pk).values_list("policy_id", flat=True),
        "policies.package": Package.objects.filter(pk=pk).values_list("policy_id", flat=True),
        "policies.measure": Measure.objects.filter(pk=pk).values_list("policy_id", flat=True),
        "policies.batch": Effect.objects.filter(batch=pk).values_list("document__record_id", flat=True),
    }
    return _pages(set(where.get(entry.object_type, ())))


def by_day(first: date, last: date) -> set[int]:
    """Papers that change at a midnight in this span: by the rows of what happened to them, or because one of their
    measures opens or closes."""
    days, eves = (first, last), (first - DAY, last - DAY)
    turns = Q(on__range=days) | Q(by_day__range=days) | Q(until__range=eves)
    papers = set(Effect.objects.filter(turns).values_list("document__record_id", flat=True))
    opening = Measure.objects.filter(Q(opens_on__range=days) | Q(closes_on__range=eves))
    return papers | set(opening.values_list("policy_id", flat=True))


LISTER = Lister(by_spots, by_records, by_entry, standing=set, by_day=by_day)
