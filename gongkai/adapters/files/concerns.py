"""一个文件给出去以前要人看一眼的地方:看不见的内容(C72)、像个人信息的文字。"""

from __future__ import annotations

import io
from collections import Counter
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from ..personal import personal_data
from .bounds import sheets_bounded
from .ending import bounded
from .errors import Unreadable
from .hidden import hidden
from .kinds import Kind
from .limits import DEFAULT
from .reading import read

#: 至多看这么多行。
_ROWS = 50_000


def concerns(content: bytes, kind: Kind, name: str) -> list[str]:
    """Chinese phrases, empty if nothing was found; a file without text has no personal data to look for."""
    return [*hidden(content, kind), *_personal(content, name, kind)]


def _personal(content: bytes, name: str, kind: Kind) -> list[str]:
    try:
        text = _sheets(content, name) if kind is Kind.XLSX else read(content, name).text
    except Unreadable:
        return []
    found = Counter(one.label for one in personal_data(text))
    return [f"里面像有{label}{count}处" for label, count in found.items()]


def _sheets(content: bytes, name: str) -> str:
    """Every cell of every sheet, hidden ones too: lists of persons leak through spreadsheets most of all."""
    bounded(content, name, DEFAULT)
    sheets_bounded(content, name, DEFAULT)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = (row for title in book.sheet_names for row in book.get_sheet_by_name(title).iter_rows())
        return "\n".join("\t".join(_text(cell) for cell in row) for row in islice(rows, _ROWS))
    except CalamineError as error:
        raise Unreadable(name, "表格打不开", "请另存为新的表格再试") from error


def _text(cell: object) -> str:
    """Long numbers come as floats: 3.3e17 would hide an ID number."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
