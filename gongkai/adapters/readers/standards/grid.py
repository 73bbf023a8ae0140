"""把一份文件里的表摊成方格:合并的格展开,记住哪些是从上面合并下来的。"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from ...files.bounds import sheets_bounded
from ...files.document import Table
from ...files.ending import bounded
from ...files.errors import Unreadable
from ...files.kinds import Kind, kind_of
from ...files.limits import DEFAULT
from ...files.reading import read
from ..opendata.table import read_table

#: 一份目录至多这么多行、列;真的几百行、十几列。
MOST_ROWS, MOST_COLUMNS = 20_000, 60


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表:各格的文字;``above`` 是同样大小的真假,表示这一格是从上一行合并下来的。"""

    rows: list[list[str]]
    above: list[list[bool]]


def grids(data: bytes, name: str) -> list[Grid]:
    """Every table of a file, in order.

    Raises:
        Unreadable: not a table, broken, too large, or the table is a picture.
    """
    kind = kind_of(data)
    if kind in (Kind.XLSX, Kind.XLS):
        found = list(_sheets(data, name))
    elif kind in (Kind.CSV, Kind.ODS):
        rows = [
            [str(cell).strip() for cell in row[:MOST_COLUMNS]] for row in read_table(data, name).rows[:MOST_ROWS]
        ]
        found = [Grid(rows, [[False] * len(row) for row in rows])]
    else:
        found = [_spread(one.rows) for one in read(data, name).blocks if isinstance(one, Table)]
        if not found:
            raise Unreadable(name, "里面没有表格，表格可能是图片", "请要原来的表格文件，或者照着填进表格再导入")
    if not any(len(one.rows) > 1 for one in found):
        raise Unreadable(name, "里面没有表格", "请核对是否传错了文件")
    return found


def _sheets(data: bytes, name: str) -> Iterator[Grid]:
    bounded(data, name, DEFAULT)
    sheets_bounded(data, name, DEFAULT)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            values = sheet.to_python(skip_empty_area=False)[:MOST_ROWS]
            rows = [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in values]
            above = [[False] * len(row) for row in rows]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                _fill(rows, above, top, left, bottom, right)
            yield Grid(rows, above)
    except CalamineError as error:
        raise Unreadable(name, "表格打不开", "请另存为新的表格再试") from error


def _fill(rows: list[list[str]], above: list[list[bool]], top: int, left: int, bottom: int, right: int) -> None:
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for y in range(top, min(bottom, len(rows) - 1) + 1):
        for x in range(left, min(right, len(rows[y]) - 1) + 1):
            rows[y][x] = value
            above[y][x] = y > top


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell).strip()


def _spread(lines: Sequence[Sequence[object]]) -> Grid:
    """A table of cells with spans (DOCX, HTML) as a grid."""
    rows: list[list[str]] = []
    above: list[list[bool]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for line in lines[:MOST_ROWS]:
        row: list[str] = []
        down: list[bool] = []
        cells = iter(line)
        while len(row) < MOST_COLUMNS:
            x = len(row)
            if x in hanging:
                left, text = hanging.pop(x)
                row.append(text)
                down.append(True)
                if left > 1:
                    hanging[x] = (left - 1, text)
                continue
            cell = next(cells, None)
            if cell is None:
                if not any(place > x for place in hanging):
                    break
                row.append("")
                down.append(False)
                continue
            text = str(getattr(cell, "text", "")).strip()
            for place in range(x, min(x + getattr(cell, "colspan", 1), MOST_COLUMNS)):
                row.append(text)
                down.append(False)
                if getattr(cell, "rowspan", 1) > 1:
                    hanging[place] = (cell.rowspan - 1, text)  # type: ignore[attr-defined]
        rows.append(row)
        above.append(down)
    return Grid(rows, above)
