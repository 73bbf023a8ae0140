"""公众在统一检索里还找得到的:信息以外,各应用公开着的小表(办事指南、政策事项、公开的来信、数据……)。

这一层不认得上面各应用的事,各应用在 ``room.py`` 里给一个架子(``Shelf``)。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .rooms import rooms


@dataclass(frozen=True, slots=True)
class Sought:
    """一条可找的:题、网址、一行说明、按什么字找(题以外的)。"""

    title: str
    address: str
    note: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """一类可找的。``leads`` 的是百姓要办、要领的,题名贴切时排在信息之前。

    Attributes:
        label: what stands above them.
        rows: a function (at) → everything of it that the public may read at that moment.
    """

    label: str
    rows: Callable[[datetime], Iterable[Sought]]
    leads: bool = False


def everything() -> Iterator[Shelf]:
    """Every app's shelves, those that lead first."""
    found = [shelf for room in rooms() for shelf in room.shelves]
    yield from sorted(found, key=lambda shelf: not shelf.leads)
