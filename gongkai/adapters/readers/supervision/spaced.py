"""用空格、逗号隔开列的任务表(从网页上复制下来的、存成 CSV 的),先换成用制表符隔开的,再照表读。"""

from __future__ import annotations

import re
from collections.abc import Callable

_WIDE, _NARROW = re.compile(r"[ \u3000]{2,40}"), re.compile(r"[ \u3000]{1,40}")
_COMMA = re.compile(r"[,，]")
_FEWEST = 3


def tabbed(text: str, is_header: Callable[[list[str]], bool]) -> str:
    """The text with tabs for the gaps or commas of a table set without bars; unchanged where no line of names is.

    Args:
        is_header: whether cells are the names of the columns of a table of tasks.
    """
    lines = text.splitlines()
    if any(mark in text for mark in "|\uff5c\t"):
        return text
    for number, line in enumerate(lines):
        for gap in (_WIDE, _NARROW, _COMMA):
            names = gap.split(line.strip())
            if len(names) >= _FEWEST and is_header(names):
                below = (_row(each, gap, len(names)) for each in lines[number + 1 :])
                return "\n".join([*lines[:number], "\t".join(names), *below])
    return text


def _row(line: str, gap: re.Pattern[str], columns: int) -> str:
    """One row: where it has more parts than columns, the longest neighbours are one cell that holds a gap."""
    cells = [cell.strip() for cell in gap.split(line.strip())]
    between = "，" if gap is _COMMA else " "
    if len(cells) > 2 * columns:
        return line
    while len(cells) > columns:
        at = max(range(len(cells) - 1), key=lambda place: len(cells[place]) + len(cells[place + 1]))
        cells[at : at + 2] = [between.join(cells[at : at + 2])]
    return "\t".join(cells)
