"""政府网站工作年度报表:有哪些项、谁填、哪一项不能多于哪一项、几时以前公布(网站发展指引)。"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from .sources import cite

KINDS = ("number", "text", "yes")
SOURCE = cite("website47")


@dataclass(frozen=True, slots=True)
class Field:
    """报表的一项。``by_person`` 的系统不知道;``whole`` 是它不能多于的那一项。"""

    key: str
    label: str
    kind: str
    by_person: bool
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """报表的一块。"""

    label: str
    fields: tuple[Field, ...]


@cache
def groups() -> tuple[Group, ...]:
    """The report's groups in their order."""
    table = tomllib.loads(files("gongkai.law").joinpath("data/site_report.toml").read_text("utf-8"))
    return tuple(
        Group(
            row["label"],
            tuple(
                Field(one["key"], one["label"], one["kind"], one["from"] == "person", one.get("whole", ""))
                for one in row["fields"]
            ),
        )
        for row in table["group"]
    )


def fields() -> dict[str, Field]:
    """Every field by key."""
    return {one.key: one for group in groups() for one in group.fields}


def due_on(year: int) -> date:
    """By when the report of a year is published, on the front page.

    >>> due_on(2025)
    datetime.date(2026, 1, 31)
    """
    return date(year + 1, 1, 31)


def faults(values: Mapping[str, Any]) -> list[str]:
    """What cannot be: a part larger than its whole, a number below zero. What nobody filled in is no fault.

    >>> faults({"letters": 3, "letters_done": 4})
    ['办结留言数量4多于收到留言数量3']
    """
    known, found = fields(), []
    for key, field in known.items():
        value = values.get(key)
        if field.kind != "number" or value is None:
            continue
        if value < 0:
            found.append(f"{field.label}{value}小于零")
        whole = values.get(field.whole) if field.whole else None
        if whole is not None and value > whole:
            found.append(f"{field.label}{value}多于{known[field.whole].label}{whole}")
    return found


def missing(values: Mapping[str, Any]) -> list[Field]:
    """What nobody filled in yet."""
    return [one for one in fields().values() if values.get(one.key) in (None, "")]
