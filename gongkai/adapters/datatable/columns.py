"""一列:稳定的英文名、中文名、类型,和怎样把写法归成一种。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any

#: 空的写法:不是文字的列里算空;文字的列里照写的存。
MISSING = frozenset({"", "-", "--", "—", "无", "/", "null", "NULL"})
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.(\d{1,10}))?\Z")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3}){1,6}(?:\.\d{1,10})?\Z")
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?\Z")
_MOMENT = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))["names"]


@dataclass(frozen=True, slots=True)
class Column:
    """一列。``kind`` 是 ``law.opendata.terms.FieldKind`` 的值;``places`` 是小数的位数。"""

    name: str
    title: str
    kind: str = "string"
    places: int = 0

    @property
    def sql(self) -> str:
        """The column's type in the engine."""
        if self.kind == "number":
            return f"DECIMAL(28,{self.places})"
        return {"integer": "BIGINT", "date": "DATE", "datetime": "TIMESTAMP"}.get(self.kind, "VARCHAR")

    @property
    def is_number(self) -> bool:
        """Whether its cells are set to the right, summed and sorted by size."""
        return self.kind in ("integer", "number")

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "title": self.title, "kind": self.kind, "places": self.places}


def columns_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """The columns that a version keeps."""
    return tuple(Column(row["name"], row["title"], row["kind"], row.get("places", 0)) for row in rows)


def is_name(text: str) -> bool:
    """Whether this may be a column's name: a letter, then letters, digits and underscores, all small."""
    return bool(_NAME.match(text))


def named(titles: Sequence[str]) -> list[str]:
    """A stable English name for each title, all different; what has no known word is numbered.

    >>> named(["名称", "Longitude", "奇怪的列", "名称"])
    ['name', 'longitude', 'field_3', 'name_4']
    """
    found: list[str] = []
    for number, title in enumerate(titles, 1):
        plain = re.sub(r"[（(].*", "", title).strip()
        own = plain.lower().replace(" ", "_").replace("-", "_")
        name = _WORDS.get(plain) or (own if is_name(own) else f"field_{number}")
        found.append(name if name not in found else f"{name}_{number}")
    return found


def kind_of(values: Sequence[str], *, code: bool) -> tuple[str, int]:
    """(type, decimal places) of a column by all its values; codes and whatever is mixed stay text."""
    given = [value for value in values if value not in MISSING]
    if code or not given:
        return "string", 0
    if all(_INTEGER.match(value) for value in given):
        return "integer", 0
    plain = [value.replace(",", "") if _GROUPED.match(value) else value for value in given]
    found = [_NUMBER.match(value) for value in plain]
    if all(found):
        places = max(len(match[1] or "") for match in found if match)
        return ("number", places) if places else ("integer", 0)
    for kind in ("date", "datetime"):
        if all(valued(value, kind) is not None for value in given):
            return kind, 0
    return "string", 0


def valued(text: str, kind: str) -> str | None:
    """A cell in the one writing of its type, empty for missing; None if it is no such value.

    >>> valued("2026年3月5日", "date"), valued("1,320", "integer"), valued("—", "number"), valued("约5", "integer")
    ('2026-03-05', '1320', '', None)
    """
    if kind == "string":
        return text
    if text in MISSING:
        return ""
    if kind in ("integer", "number"):
        plain = text.replace(",", "") if _GROUPED.match(text) else text
        return plain if (_INTEGER if kind == "integer" else _NUMBER).match(plain) else None
    found = (_DATE if kind == "date" else _MOMENT).match(text)
    try:
        numbers = [int(part or 0) for part in found.groups()] if found else []
        if kind == "date":
            return date(*numbers).isoformat() if numbers else None
        return datetime(*numbers).isoformat(sep=" ") if numbers else None  # type: ignore[arg-type]
    except ValueError:
        return None
