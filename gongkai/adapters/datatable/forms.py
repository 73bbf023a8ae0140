"""本站给出的另两种文件再交回来:JSON(一个数组,一行一个对象)和 Parquet,变成同 CSV 一样的行。

两种里的列名是稳定的英文名,登记过的换回中文名。只在受限的进程里用。
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..files.errors import Unreadable
from ..files.limits import DEFAULT
from ..readers.opendata.table import MOST_COLUMNS, MOST_ROWS, Table
from .engine import connection, literal

_PARQUET = b"PAR1"


def other_form(data: bytes, name: str, fields: Sequence[Mapping[str, Any]]) -> Table | None:
    """The table of a JSON or Parquet file; None for a file of another kind.

    Raises:
        Unreadable: it is one of the two, and broken, over a limit or no plain table.
    """
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(_PARQUET):
        heads, rows = _parquet(data, name)
    elif start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        heads, rows = _json(data, name)
    else:
        return None
    titles = {field["name"]: field["title"] for field in fields}
    return Table([[titles.get(head, head) for head in heads], *rows], delimiter=",")


def _json(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    if len(data) > DEFAULT.text_bytes:
        raise Unreadable(name, f"文字超过{DEFAULT.text_bytes // (1024 * 1024)} MB", "请改交 CSV")
    try:
        objects = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise Unreadable(name, "JSON 不完整或者写错了", "请核对逗号、引号、括号，另存一份再试") from None
    if not all(isinstance(row, dict) for row in objects):
        raise Unreadable(name, "JSON 的数组里不都是一行一个对象", "请一行写一个对象")
    heads = list(dict.fromkeys(key for row in objects for key in row))
    if len(heads) > MOST_COLUMNS or len(objects) > MOST_ROWS:
        raise Unreadable(name, "行或者列太多", "请改交 CSV")
    if any(isinstance(cell, dict | list) for row in objects for cell in row.values()):
        raise Unreadable(name, "JSON 的格里又套着对象或者数组", "请一格写一个值")
    return heads, [[_written(row.get(head)) for head in heads] for row in objects]


def _parquet(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        source = f"read_parquet({literal(Path(file.name))})"
        try:
            link = connection().cursor()
            (count,) = link.execute(f"SELECT count(*) FROM {source}").fetchall()[0]  # noqa: S608
            if count > MOST_ROWS:
                raise Unreadable(name, f"超过{MOST_ROWS}行", "请改交 CSV")
            link.execute(f"SELECT * FROM {source}")  # noqa: S608
            heads = [column[0] for column in link.description or []]
            rows = [[_written(cell) for cell in row] for row in link.fetchall()]
        except duckdb.Error:
            raise Unreadable(name, "Parquet 文件坏了", "请找原来的文件") from None
    return heads, rows


def _written(cell: Any) -> str:
    """A cell as a CSV file would have it; the moments of JSON too."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
