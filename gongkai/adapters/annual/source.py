"""读出来的年报:一串文字行和表格,还没有认出是哪一格。"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

WIDEST = 64  # 一行最多展开到多少列
LONGEST = 2000  # 一张表最多看多少行


@dataclass(frozen=True, slots=True)
class Cell:
    """展开后的一格。``above``、``left`` 表示它是上面、左面那一格合并延续下来的。"""

    text: str
    above: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """没有展开的一格。"""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表,合并格已展开;各行的格数可以不等。"""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """一份文件的内容,按先后排列。``title`` 是文件或网页自己报的标题,``published_on`` 是页面上写的发布日期。"""

    blocks: tuple[str | Grid, ...]
    title: str = ""
    published_on: date | None = None
    notes: tuple[str, ...] = field(default=())


_Waiting = dict[int, tuple[str, int, bool]]


def expand(rows: Iterable[Sequence[Span]]) -> Grid:
    """Lay merged cells out: each row gets a cell in every column that it or a cell above it covers.

    >>> [[cell.text for cell in row] for row in expand([[Span("甲", 1, 2), Span("1")], [Span("2")]]).rows]
    [['甲', '1'], ['甲', '2']]
    """
    laid: list[tuple[Cell, ...]] = []
    waiting: _Waiting = {}
    for spans in itertools.islice(rows, LONGEST):
        line: list[Cell] = []
        ahead: _Waiting = {}
        for span in spans:
            _from_above(line, waiting, ahead)
            for offset in range(min(max(span.columns, 1), WIDEST - len(line))):
                if span.rows > 1:
                    ahead[len(line)] = (span.text, span.rows - 1, offset > 0)
                line.append(Cell(span.text, left=offset > 0))
        _from_above(line, waiting, ahead)
        waiting = ahead
        laid.append(tuple(line))
    return Grid(tuple(laid))


def _from_above(line: list[Cell], waiting: _Waiting, ahead: _Waiting) -> None:
    """Lay the cells that reach down from the rows above, as far as they are next."""
    while len(line) in waiting and len(line) < WIDEST:
        text, left_over, left = waiting[len(line)]
        if left_over > 1:
            ahead[len(line)] = (text, left_over - 1, left)
        line.append(Cell(text, above=True, left=left))
