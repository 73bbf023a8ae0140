"""把交来的文件读成指南:表格一行一份(表头是要素名称)或者一格标题一格内容,公文、网页、文字一个文件一份。都在另一个进程里读。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.adapters import apart, files
from gongkai.adapters.files import reading
from gongkai.adapters.files.document import Document, Table
from gongkai.adapters.readers.opendata.table import read_table
from gongkai.adapters.readers.services.fields import fields
from gongkai.law.errors import RuleBroken

from . import sheets

#: 一个文件至多读这么多份。
MOST = 500
_TABLES = (files.Kind.XLSX, files.Kind.XLS, files.Kind.ODS, files.Kind.CSV)


@dataclass(frozen=True, slots=True)
class Read:
    """读出来的一份:各列的值,原文。"""

    values: dict[str, Any]
    text: str


def read(content: bytes, name: str) -> list[Read]:
    """Every guide in a file.

    Raises:
        RuleBroken: the file cannot be read; the sentence says why.
    """
    try:
        found = files.apart_from(files.lane_of(content, apart.DESK), guides_in, content, name)
    except files.Unreadable as error:
        raise RuleBroken(f"“{name}”读不了：{error.why}", fix=f"{error.fix}。") from None
    return [Read(values, text) for values, text in found]


def guides_in(content: bytes, name: str) -> list[tuple[dict[str, Any], str]]:
    """The work of the other process; it hands back plain data only, which is all that may come from there."""
    if files.kind_of(content) in _TABLES:
        rows = read_table(content, name).rows
        texts = list(sheets.row_texts(rows))[:MOST] or ["\n".join(sheets.lines(rows))]
    else:
        document = reading.read(content, name)
        tables = [
            [[cell.text for cell in row] for row in one.rows] for one in document.blocks if isinstance(one, Table)
        ]
        texts = [text for rows in tables for text in sheets.row_texts(rows)][:MOST] or [_text(document)]
    found = [(fields(text), text) for text in texts]
    return [(values, text) for values, text in found if values.get("name") and len(values) > 2]


def _text(document: Document) -> str:
    lines = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines += sheets.lines([[cell.text for cell in row] for row in block.rows])
        else:
            lines.append(block.text)
    return "\n".join(lines)
