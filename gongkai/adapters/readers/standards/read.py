"""读一行标准目录、一项村务:``gongkai standards check``、``gongkai standards village``。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.law.due_clauses import clauses

from ..pages.text import in_digits
from .columns import columns, printed


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row of a catalogue (``printed`` by name, or ``table`` as a sheet) and its due clauses."""
    table, named = row.get("table"), row.get("printed")
    if isinstance(table, list) and all(isinstance(line, list) for line in table):
        found = columns(table)
    elif isinstance(named, dict):
        found = printed(named)
    else:
        return {}
    return {"due": due(found.get("公开时限")), "columns": found}


def village(row: Mapping[str, Any]) -> dict[str, Any]:
    """The due clauses of one item of village affairs (村务公开), from ``due_text``."""
    return {"due": due(row.get("due_text"))}


def due(text: object) -> list[dict[str, Any]]:
    """The due clauses of a cell; ``[]`` where the cell is empty or not text."""
    return [one.facts() for one in clauses(in_digits(text))] if isinstance(text, str) else []
