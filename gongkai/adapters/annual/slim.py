"""读出的文字先理一遍再认:空白并成一个,太长的行截住,总量有限。认得再慢也只慢这么多。"""

from __future__ import annotations

import re
from dataclasses import replace

from ..files.errors import Unreadable
from .source import Cell, Grid, Source

MOST = 300_000  # 全文的字数;真的年报不到五万字
LINE = 8_000  # 一行的字数
CELL = 1_000  # 一格的字数
BLOCKS = 20_000
_SPACES = re.compile(r"[^\S\n]{2,}")
_LINES = re.compile(r"\n\s*\n")


def slim(source: Source, name: str) -> Source:
    """The same content with runs of white space as one, lines and cells cut at their limits.

    Raises:
        Unreadable: more text or more pieces than any report has.
    """
    size = sum(
        len(block) if isinstance(block, str) else sum(len(cell.text) + 1 for row in block.rows for cell in row)
        for block in source.blocks
    )
    if size > MOST or len(source.blocks) > BLOCKS:
        raise Unreadable(name, f"文字超过{MOST // 10_000}万字，不像一份年度报告", "请只留年度报告的正文和三张表")
    blocks = tuple(_line(block) if isinstance(block, str) else _grid(block) for block in source.blocks)
    return replace(source, blocks=blocks, title=_line(source.title)[:300])


def _line(text: str) -> str:
    return _LINES.sub("\n", _SPACES.sub(" ", text))[:LINE]


def _grid(grid: Grid) -> Grid:
    return Grid(tuple(tuple(_cell(cell) for cell in row) for row in grid.rows))


def _cell(cell: Cell) -> Cell:
    text = _line(cell.text)[:CELL]
    return cell if text == cell.text else replace(cell, text=text)
