"""首页上“方案做到哪一步”的几个数会因什么变样:任务、进展、验证一动,首页就重写。"""

from __future__ import annotations

from django.urls import reverse

from gongkai.org.models import LogEntry
from gongkai.records.listings import Lister

#: What the log tells of a plan, its tasks, their pieces and reports.
_COUNTED = ("supervision.plan", "supervision.task", "supervision.piece", "supervision.progress")


def by_entry(entry: LogEntry) -> set[str]:
    """A step of a task changes the home page's count."""
    return {reverse("public:home")} if entry.object_type in _COUNTED else set()


LISTER = Lister(by_spots=lambda spots: set(), by_records=lambda pks: set(), by_entry=by_entry, standing=set)
