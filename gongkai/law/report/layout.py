"""三张表的官方版式:合并格、行名、列名和各格的次序。网页、DOCX、XLSX、PDF 都由它排出,所以不会各有各的样子。

来源:国办公开办函〔2021〕30号的表样;2019年试行格式的表样未见原文,按同样的办法排。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from .facts import Line, Report
from .form import Form
from .value import Kind, Value

LABELS = 3  # 表三左边行名占几列
NAMES = {2: "二", 3: "三", 4: "四"}


@dataclass(frozen=True, slots=True)
class Cell:
    """一格。``rows``、``cols`` 是占几行几列;``row``、``index`` 指明是哪一行的第几个数,表头没有。"""

    text: str
    rows: int = 1
    cols: int = 1
    head: bool = False
    row: str = ""
    index: int = 0
    value: Value | None = None

    @property
    def is_number(self) -> bool:
        return bool(self.row)


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表:``table`` 是2、3、4;``width`` 是总列数;``rows`` 一行一组格,被上面的合并格占去的位置不再出现。"""

    table: int
    title: str
    width: int
    rows: tuple[tuple[Cell, ...], ...]


def grids(report: Report) -> tuple[Grid, Grid, Grid]:
    """The three tables of a report in the official layout, an unknown cell empty.

    >>> from .exchange import from_row
    >>> second, third, fourth = grids(from_row({"org": "明湖区", "year": 2025, "cells": {}}))
    >>> [grid.width for grid in (second, third, fourth)], len(third.rows)
    ([4, 10, 15], 28)
    """
    used = report.form
    titles = {section.number: section.heading for section in used.sections}
    return (
        Grid(2, titles["二"], _width2(used), tuple(_second(used, report))),
        Grid(3, titles["三"], LABELS + len(used.columns), tuple(_third(used, report))),
        Grid(4, titles["四"], len(used.remedy_columns) * len(used.remedies), tuple(_fourth(used, report))),
    )


def text_of(value: Value | None) -> str:
    """What stands in a cell: the number or text as written; nothing for blank and for not known.

    >>> from .value import number, read
    >>> [text_of(v) for v in (number(0), read("/"), read(""), None)]
    ['0', '/', '', '']
    """
    return "" if value is None or value.kind is Kind.EMPTY else value.raw


def _width2(used: Form) -> int:
    return 1 + max(len(block.columns) for block in used.blocks)


def _second(used: Form, report: Report) -> Iterator[tuple[Cell, ...]]:
    """Each block: the item of article 20 over the whole width, the column names, the rows; the last column of a
    narrower block takes the rest of the width."""
    width = _width2(used)
    for block in used.blocks:
        spans = [1] * (len(block.columns) - 1) + [width - len(block.columns)]
        yield (Cell(block.title, cols=width, head=True),)
        yield (
            Cell("信息内容", head=True),
            *(Cell(name, cols=n, head=True) for name, n in zip(block.columns, spans, strict=True)),
        )
        for row in block.rows:
            numbers = _numbers(row.key, report.table2.get(row.key), len(block.columns))
            yield (
                Cell(row.label, head=True),
                *(
                    Cell(c.text, cols=n, row=c.row, index=c.index, value=c.value)
                    for c, n in zip(numbers, spans, strict=True)
                ),
            )


def _third(used: Form, report: Report) -> Iterator[tuple[Cell, ...]]:
    yield (
        Cell(used.note, rows=3, cols=LABELS, head=True),
        Cell(used.head, cols=len(used.columns), head=True),
    )
    grouped = [column for column in used.columns if column.grouped]
    top: list[Cell] = []
    for is_grouped, columns in groupby(used.columns, key=lambda column: column.grouped):
        if is_grouped:
            top.append(Cell(used.group, cols=len(grouped), head=True))
        else:
            top += [Cell(column.label, rows=2, head=True) for column in columns]
    yield tuple(top)
    yield tuple(Cell(column.label, head=True) for column in grouped)
    above: tuple[str, ...] = ()
    for row in used.rows:
        cells = []
        for depth, name in enumerate(row.path):
            if row.path[: depth + 1] != above[: depth + 1]:
                same = sum(other.path[: depth + 1] == row.path[: depth + 1] for other in used.rows)
                cells.append(Cell(name, rows=same, head=True))
        cells.append(Cell(row.label, cols=LABELS - len(row.path), head=True))
        above = row.path
        yield (*cells, *_numbers(row.key, report.table3.get(row.key), len(used.columns)))


def _fourth(used: Form, report: Report) -> Iterator[tuple[Cell, ...]]:
    names = used.remedy_columns
    width = len(names)
    top: list[Cell] = []
    middle: list[Cell] = []
    low: list[Cell] = []
    numbers: list[Cell] = []
    for path, rows in groupby(used.remedies, key=lambda row: row.path):
        group = list(rows)
        if path:
            top.append(Cell(path[0], cols=width * len(group), head=True))
            middle += [Cell(row.label, cols=width, head=True) for row in group]
            low += [Cell(name, head=True) for _ in group for name in names]
        else:
            top.append(Cell(group[0].label, cols=width, head=True))
            middle += [Cell(name, rows=2, head=True) for name in names]
        for row in group:
            numbers += _numbers(row.key, report.table4.get(row.key), width)
    yield tuple(top)
    yield tuple(middle)
    yield tuple(low)
    yield tuple(numbers)


def _numbers(key: str, line: Line | None, width: int) -> list[Cell]:
    values = [*(line or ()), *[None] * width][:width]
    return [Cell(text_of(value), row=key, index=i, value=value) for i, value in enumerate(values)]
