"""一张表的体检:编码、表头、数据行、单位、代码列、个人信息列、写法的毛病。"""

from __future__ import annotations

from typing import Any

from .columns import Column, column_quirks, end_before_start, is_code, is_sensitive, key_of
from .layout import Layout, layout
from .table import Rows, Table, read_table
from .terms import TABLE


def profile(data: bytes, name: str) -> dict[str, Any]:
    """Profile of a table of bytes: ``header_row`` from 0, ``line`` of quirks from 1.

    Raises:
        Unreadable: it is no table, is broken or over a limit.
    """
    table = read_table(data, name)
    return profiled(table, *parts(table))


def parts(table: Table) -> tuple[Layout, list[Column]]:
    """How the table is laid out, and its columns."""
    found = layout(table.rows)
    return found, _columns(table.rows, found)


def profiled(table: Table, found: Layout, columns: list[Column]) -> dict[str, Any]:
    """The profile of a table that is read."""
    organisations = any(word in column.name for column in columns for word in TABLE["organisation"])
    return {
        "encoding": table.encoding,
        "bom": table.bom,
        "delimiter": table.delimiter,
        "header_row": found.header_row,
        "rows": len(found.data),
        "footer_rows": found.footer_rows,
        "unit": found.unit,
        "text_codes": [column.name for column in columns if is_code(column)],
        "key": key_of(columns),
        "sensitive_columns": [column.name for column in columns if is_sensitive(column, organisations)],
        "quirks": _quirks(found, columns),
        "notes": list(table.notes),
    }


def _columns(rows: Rows, found: Layout) -> list[Column]:
    width = max((len(rows[number]) for number in found.data), default=len(found.header))
    width = max(width, len(found.header))
    columns = [
        Column(
            found.header[place] if place < len(found.header) else "",
            place,
            tuple(rows[number][place] if place < len(rows[number]) else "" for number in found.data),
        )
        for place in range(width)
    ]
    return [column for column in columns if column.name or column.values]


def _quirks(found: Layout, columns: list[Column]) -> list[dict[str, Any]]:
    quirks: list[dict[str, Any]] = [
        {"code": code, "column": None, "line": number + 1} for code, number in found.quirks
    ]
    for column in columns:
        for code in column_quirks(column):
            if code != "EMPTY_HEADER" or found.header_row is not None:
                quirks.append({"code": code, "column": column.name, "line": None})
    for name, row in end_before_start(columns):
        quirks.append({"code": "END_BEFORE_START", "column": name, "line": found.data[row] + 1})
    return quirks
