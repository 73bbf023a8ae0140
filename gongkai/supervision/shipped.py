"""随软件的方案:``data/<名称>.toml``,单位照原文的写法。"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

FIVE_YEAR = "five-year"
_FILES = {FIVE_YEAR: "five_year_plan.toml"}


@dataclass(frozen=True, slots=True)
class Draft:
    """一项读出来的任务,还没有人确认。"""

    text: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    helping: tuple[str, ...] = ()
    clause: str = ""
    section: int = 0
    heading: str = ""
    kind: str = "continuing"
    due: date | None = None
    due_written: str = ""
    start: date | None = None
    steps: tuple[dict[str, Any], ...] = field(default=())


@cache
def _table(key: str) -> dict[str, Any]:
    return tomllib.loads(files("gongkai.supervision").joinpath("data", _FILES[key]).read_text("utf-8"))


def head(key: str) -> dict[str, Any]:
    """Title and days of a plan. Raises KeyError if the program brings none of that key."""
    return dict(_table(key)["plan"])


@cache
def uncounted(key: str) -> dict[str, str]:
    """Clause → why the program cannot count it; empty for a plan that it does not bring."""
    if key not in _FILES:
        return {}
    rows = (row for section in _table(key)["section"] for row in section["task"])
    return {row["clause"]: row["uncounted"] for row in rows if "uncounted" in row}


def drafts(key: str) -> Iterator[Draft]:
    """Its tasks, in their order."""
    for section in _table(key)["section"]:
        for row in section["task"]:
            steps = tuple({"text": step["text"], "due": step["due"].isoformat()} for step in row.get("steps", ()))
            yield Draft(
                row["text"],
                tuple(row.get("lead", ())),
                tuple(row.get("responsible", ())),
                (),
                row["clause"],
                section["no"],
                section["heading"],
                row["kind"],
                row.get("due"),
                row.get("written", ""),
                row.get("start"),
                steps,
            )
