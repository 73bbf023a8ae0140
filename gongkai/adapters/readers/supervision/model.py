"""一项任务,和它所在文件的年份。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import due as limits
from .due import Due
from .units import Roles

_EDGES = " \t　\n,，;；。、:："
_NUMBERED = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,4}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、．](?!\d)|\d{1,3}[.、．](?=\d{1,2}月|20\d\d年)|\d{1,2}[)）]|\d{1,3}\s+(?=[\u4e00-\u9fff])|[①-⑳])\s*"
)
#: 一件工作的几步:只取最后一个日子。
_STAGE = re.compile(
    r"[开动竣完复]工|启动|主体|封顶|验收|投用|投入使用|初稿|征求意见|初步|立项|招标|审批|前期|进场|交付|通车|试运行|基础|达到?\d|\d%"
)

#: 时限后面的话,没说是哪一件事。
_GENERAL = re.compile(r"[前底]?(?:全部|全面|基本|集中)?(?:完成|落实|办结|公开|报送|推进|取得.{0,6})?")


@dataclass(frozen=True, slots=True)
class Paper:
    """文件的年份(无年份的时限用它)和印发日。"""

    year: int | None
    issued: date | None

    def dues(self, text: str, *, cell: bool = False) -> list[Due]:
        return limits.dues(text, self.year, self.issued, cell=cell)


@dataclass(frozen=True, slots=True)
class Task:
    """一项任务:照原文的内容、牵头和责任单位、时限。"""

    text: str
    roles: Roles = field(default_factory=Roles)
    due: Due | None = None
    due_text: str | None = None
    recurrence: str | None = None

    def row(self) -> dict[str, Any]:
        """The task as one JSON object, days as YYYY-MM-DD."""
        day, start = (self.due.day, self.due.start) if self.due else (None, None)
        return {
            "task": self.text,
            "lead": list(self.roles.lead),
            "responsible": list(self.roles.responsible),
            "due_text": self.due_text or (self.due.text if self.due else None),
            "due_date": day.isoformat() if day else None,
            "start": start.isoformat() if start else None,
            "recurrence": self.recurrence,
        }


def tidy(text: str) -> str:
    """A wording without its number and the stops around it.

    >>> tidy("(一)完善目录。"), tidy("3.更新指南;"), tidy("2025年完成梳理")
    ('完善目录', '更新指南', '2025年完成梳理')
    """
    text = _NUMBERED.sub("", text.strip())
    return re.sub(r"[ \t　]+", " ", _NUMBERED.sub("", text)).strip(_EDGES)


def of_cell(text: str, roles: Roles, cell: str, paper: Paper, *, steps: bool = False) -> Iterator[Task]:
    """The tasks of one row of a table: one for each limit in its cell, but the last one for the steps of one work.

    Args:
        steps: the column is one of progress (目标进度), whose days are steps of one work.
    """
    found = [due for due in paper.dues(cell, cell=True) if due.day or due.start]
    ending = [due for due in found if due.day]
    again = limits.recurrence(cell)
    pieces = _pieces(cell, ending)
    if (
        len(ending) > 1
        and not steps
        and not all(_STAGE.search(piece) or _GENERAL.fullmatch(piece) for piece in pieces)
    ):
        for due, piece in zip(ending, pieces, strict=True):
            printed = due.text + piece
            yield Task(f"{text}:{tidy(piece)}" if tidy(piece) else text, roles, due, tidy(printed), again)
        return
    last = max(ending, key=lambda due: due.day or date.min) if ending else found[0] if found else None
    yield Task(text, roles, last, cell or None, again)


def _pieces(cell: str, found: list[Due]) -> list[str]:
    """What each limit is for: what stands between it and the next, or in front of it where the cell begins with words."""
    if found and len(cell[: found[0].at].strip(_EDGES)) > 1:
        starts = [0, *(due.end for due in found[:-1])]
        return [cell[start : due.at].strip(_EDGES) for start, due in zip(starts, found, strict=True)]
    return [
        cell[due.end : following.at if following else len(cell)].strip(_EDGES)
        for due, following in zip(found, [*found[1:], None], strict=False)
    ]
