"""专栏里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.org import access
from gongkai.org.models import User

from .models import Section


def panels(user: User, on: date) -> Iterator[Panel]:
    """Sections that the units have handed in, for the district office."""
    if not access.may(user, "sections.open"):
        return
    rows = Section.objects.exclude(submitted_at=None).select_related("agency").order_by("submitted_at")

    def task(section: Section) -> Task:
        url = reverse("desk:sections_one", args=[section.pk])
        return Task(section.title, url, str(section.agency or ""), section.state.label)

    yield panel_of("待开通的专栏", "看过预览再开通或者公布改动。", rows, task, reverse("desk:sections_list"))
