"""全工作台检索里的单位和人员(``desk.finding``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task

from . import access
from .models import Agency, User


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Units by name or code; people by name, for those who manage them."""
    query = urlencode({"q": " ".join(words)})
    units = Agency.objects.filter(bearing(words, "name", "short_name", "code"))
    tasks = tuple(Task(one.name, reverse("desk:agency", args=[one.code]), one.code) for one in units[:PREVIEW])
    yield Panel("单位", "名称、代码。", units.count(), f"{reverse('desk:agencies')}?{query}", tasks)
    if access.may(user, "org.manage"):
        people = User.objects.filter(bearing(words, "name", "username"))
        tasks = tuple(
            Task(one.name, reverse("desk:person", args=[one.pk]), one.username) for one in people[:PREVIEW]
        )
        yield Panel("人员", "姓名、用户名。", people.count(), f"{reverse('desk:people')}?{query}", tasks)
