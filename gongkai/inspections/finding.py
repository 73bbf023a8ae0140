"""全工作台检索里的网站、账号和检查的问题(``desk.finding``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User

from .models import Finding, Outlet


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Outlets by name, findings by number and facts."""
    if not access.may(user, "inspections.view"):
        return
    outlets = (
        Outlet.objects.visible_to(user).filter(bearing(words, "name", "handle", "url")).select_related("agency")
    )
    tasks = tuple(
        Task(
            str(one),
            one.get_absolute_url(),
            f"{one.get_platform_display()} · {one.agency} · {one.get_state_display()}",
        )
        for one in outlets[:PREVIEW]
    )
    query = urlencode({"q": " ".join(words)})
    yield Panel(
        "网站和新媒体",
        "名称、账号、网址。",
        outlets.count(),
        f"{reverse('desk:inspections_outlets')}?{query}",
        tasks,
    )
    findings = Finding.objects.visible_to(user).filter(bearing(words, "number", "text")).select_related("outlet")
    tasks = tuple(
        Task(f"{one.number} {one.text[:40]}", one.get_absolute_url(), f"{one.outlet} · {one.get_state_display()}")
        for one in findings[:PREVIEW]
    )
    url = f"{reverse('desk:inspections_findings')}?{query}&state=all"
    yield Panel("检查的问题", "编号、事实里的词。", findings.count(), url, tasks)
