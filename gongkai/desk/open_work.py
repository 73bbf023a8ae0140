"""没办完的事:停用一个人、撤并一个单位之前,先让管理员看见还有什么在办,好另派人(C50、C51)。

这一层不认得上面各应用的事,各应用在 ``room.py`` 里给一个函数来说。
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from .rooms import rooms


@dataclass(frozen=True, slots=True)
class OpenItem:
    """一件在办的事:名称、现在的环节、网址。"""

    title: str
    stage: str
    url: str


def all_open_items(*, user: Model | None = None, agency: Model | None = None) -> list[OpenItem]:
    """Everything under way of a person or of an agency, in the order of the apps."""
    return [item for room in rooms() for provide in room.open_work for item in provide(user=user, agency=agency)]
