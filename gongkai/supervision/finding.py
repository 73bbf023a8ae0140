"""全工作台的检索里,督查考核的任务、整改和通报。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User

from . import visible


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Tasks and corrections that this person may see."""
    if not access.may(user, "supervision.view"):
        return
    tasks = visible.tasks(user).filter(bearing(words, "text", "clause")).select_related("plan")
    found = tuple(Task(str(one), one.get_absolute_url(), str(one.plan)) for one in tasks[:PREVIEW])
    yield Panel("督查任务", "按内容找。", tasks.count(), reverse("desk:supervision_plans"), found)
    corrections = visible.corrections(user).filter(bearing(words, "subject", "facts")).select_related("agency")
    shown = tuple(Task(str(one), one.get_absolute_url(), str(one.agency)) for one in corrections[:PREVIEW])
    yield Panel("整改", "按问题找。", corrections.count(), reverse("desk:supervision_corrections"), shown)
