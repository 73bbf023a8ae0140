"""Excel 工作簿(XLSX):每张工作表先后读出,合并格还原。"""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from ..files.bounds import sheets_bounded
from ..files.errors import Unreadable
from ..files.limits import DEFAULT
from .source import LONGEST, WIDEST, Grid, Source, Span, expand

MOST_SHEETS = 20
MOST_MERGES = 2000


def load(data: bytes, name: str) -> Source:
    """Read a workbook. Raises Unreadable if it is broken."""
    sheets_bounded(data, name, DEFAULT)
    try:
        return Source(tuple(_blocks(CalamineWorkbook.from_filelike(io.BytesIO(data)))))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Unreadable(name, "Excel 工作簿已经损坏", "请用 Excel 或 WPS 打开后另存为一份 XLSX 再试") from error


def _blocks(book: CalamineWorkbook) -> Iterator[Grid]:
    for title in book.sheet_names[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(title)
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: set[tuple[int, int]] = set()
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())[:MOST_MERGES]:
            if top > LONGEST or left > WIDEST:
                continue
            bottom, right = min(bottom, LONGEST), min(right, WIDEST)
            spans[top, left] = (right - left + 1, bottom - top + 1)
            covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            covered.discard((top, left))
        rows = sheet.to_python(skip_empty_area=False, nrows=LONGEST)
        yield expand(
            [
                Span(_text(value), *spans.get((r, c), (1, 1)))
                for c, value in enumerate(row[:WIDEST])
                if (r, c) not in covered
            ]
            for r, row in enumerate(rows)
        )


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value).strip()
