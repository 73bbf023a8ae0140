"""待我办理:工作台首页上,各应用说出这个人眼下有哪些事要办,每一类的件数、头几件和看全部的地方。

这一层不认得上面各应用的事,各应用在 ``room.py`` 里给一个函数来说。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .rooms import rooms

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser as User

#: 首页上每一类给几件。
PREVIEW = 5


@dataclass(frozen=True, slots=True)
class Task:
    """一件要办的事。``badge`` 是状态词,``kind`` 是徽章的样子(``stop``、``warn``、``ok``,或者空)。"""

    title: str
    url: str
    note: str = ""
    badge: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """一类要办的事:名称、说明、件数、看全部的网址、头几件。"""

    label: str
    hint: str
    count: int
    url: str
    tasks: tuple[Task, ...]


def all_panels(user: User, on: date) -> list[Panel]:
    """Every kind of task that holds something, in the order of the apps."""
    return [panel for room in rooms() for provide in room.todo for panel in provide(user, on) if panel.count]
