"""读历史信息的一行:``gongkai backfile codes``;按 ``kind`` 读。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .codes import index_number_2007, reference_code
from .days import archive_date
from .rows import clean, may_be_listed

Row = Mapping[str, Any]


def _text(row: Row) -> str:
    raw = row["raw"]
    return raw if isinstance(raw, str) else "" if raw is None else str(raw)


_KINDS: dict[str, Callable[[Row], dict[str, Any]]] = {
    "reference_code": lambda row: reference_code(_text(row)).row(),
    "index_number_nb2007": lambda row: index_number_2007(_text(row)),
    "archive_date": lambda row: dict(archive_date(row["raw"])),
    "row_clean": lambda row: clean(row["columns"], row["raw"]),
    "description": lambda row: may_be_listed(row["raw"]),
}


def codes(row: Row) -> dict[str, Any]:
    """What a row of this kind holds; nothing for a kind that is not known."""
    reader = _KINDS.get(str(row.get("kind")))
    return reader(row) if reader else {}
