"""待我办理:工作台首页上,各应用说出这个人眼下有哪些事要办,每一类的件数、头几件和看全部的地方。

这一层不认得上面各应用的事,各应用在 ``room.py`` 里给一个函数来说。
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from .rooms import rooms

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser as User
    from django.db.models import QuerySet

#: 首页上每一类给几件。
PREVIEW = 5
#: 一类事的叫法里说要做什么的词。
_ACT = re.compile(
    "签发|签字|审签|审核|审查|审批|核定|核准|核对|确认|复核|复查|复审|验证|批准"
    "|答复|回应|回访|公布|发布|开通|登记|更新|整改|更正|移交|报送|自评|解读"
)


@dataclass(frozen=True, slots=True)
class Task:
    """一件要办的事。``badge`` 是状态词,``kind`` 是徽章的样子(``stop``、``warn``、``ok``,或者空);``due`` 是最迟那一天。"""

    title: str
    url: str
    note: str = ""
    badge: str = ""
    kind: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """一类要办的事:名称、说明、件数、看全部的网址、头几件。"""

    label: str
    hint: str
    count: int
    url: str
    tasks: tuple[Task, ...]

    @property
    def act(self) -> str:
        """What is done with one of them, as a button says it: the first such word of the label."""
        found = _ACT.search(self.label)
        return found[0] if found else "办理"


def first_of(rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first few of ``rows``, and how many there are in all. The desk's first page asks some seventy times, and most
    answers are short: one more than is shown is fetched, and they are counted only when it is there."""
    found = list(rows[: PREVIEW + 1])
    return found[:PREVIEW], len(found) if len(found) <= PREVIEW else rows.count()


def panel_of(label: str, hint: str, rows: QuerySet[Any], task: Callable[[Any], Task], url: str) -> Panel:
    """One kind of task: the first few of ``rows``, each as ``task`` tells it, and how many there are in all."""
    found, count = first_of(rows)
    return Panel(label, hint, count, url, tuple(task(row) for row in found))


def all_panels(user: User, on: date) -> list[Panel]:
    """Every kind of task that holds something, in the order of the apps; what is past its last day says so."""
    found = (panel for room in rooms() for provide in room.todo for panel in provide(user, on) if panel.count)
    return [replace(panel, tasks=tuple(_marked(task, on) for task in panel.tasks)) for panel in found]


def _marked(task: Task, on: date) -> Task:
    if task.due is None or task.due >= on or task.badge:
        return task
    return replace(task, badge="逾期", kind="stop")
