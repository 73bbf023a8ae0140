"""专栏里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User

from .models import Section


def panels(user: User, on: date) -> Iterator[Panel]:
    """Sections that the units have handed in, for the district office."""
    if not access.may(user, "sections.open"):
        return
    rows = Section.objects.exclude(submitted_at=None).select_related("agency").order_by("submitted_at")
    tasks = (
        Task(one.title, reverse("desk:sections_one", args=[one.pk]), str(one.agency or ""), one.state.label)
        for one in rows[:PREVIEW]
    )
    yield Panel(
        "待开通的专栏", "看过预览再开通或者公布改动。", rows.count(), reverse("desk:sections_list"), tuple(tasks)
    )
