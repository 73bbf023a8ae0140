"""全工作台的检索:各应用说出自己的事里,标题或者编号带着这些词、这个人又看得到的。

这一层不认得上面各应用的事,各应用在 ``room.py`` 里给一个函数来说。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from .rooms import rooms
from .todo import Panel

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser as User

#: 至多认这么多个词,多出来的不看。
WORDS = 6


def find_panels(user: User, typed: str, on: date) -> list[Panel]:
    """What is found in each app, in the order of the apps; nothing for nothing."""
    words = typed.split()[:WORDS]
    if not words:
        return []
    return [
        panel for room in rooms() for provide in room.find for panel in provide(user, words, on) if panel.count
    ]


def bearing(words: list[str], *fields: str) -> Q:
    """The condition that every word stands in one of these columns."""
    condition = Q()
    for word in words:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        condition &= one
    return condition
