"""读一份工作方案、任务分解表或者通知:里面的任务,谁牵头、谁负责、哪天以前。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ..pages.text import bare, in_digits, labelled, narrow, unspread, without_weekdays
from . import prose, tables
from .model import Paper

#: 竖线两边的空格是排版。
_BESIDE_BAR = re.compile(r"(?<![ \t])[ \t]+(?=\|)|(?<=\|)[ \t]+")
_YEARS = re.compile(r"20\d\d(?=年)")
_RANGE = re.compile(r"20\d\d年?\s*[—\-~～至－]\s*20\d\d")
_DATE = re.compile(r"(20\d\d)(?:[年\-./](\d{1,2})(?:[月\-./](\d{1,2}))?)?")


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """``tasks``: wording, ``lead``, ``responsible``, ``due_text``, ``due_date``, ``start``, ``recurrence``."""
    printed = unspread(narrow(str(row.get("text") or "")))
    text = _BESIDE_BAR.sub("", labelled(bare(without_weekdays(in_digits(printed)))))
    paper = _paper(str(row.get("title") or ""), row.get("date"))
    reader = tables if tables.is_table(text) else prose
    return {"tasks": [task.row() for task in reader.read(text, paper)]}


def _paper(title: str, printed: object) -> Paper:
    """The year that limits without one belong to: the one in the title, else that of the day of issue."""
    issued = _issued(printed)
    years = set() if _RANGE.search(title) else set(_YEARS.findall(title))
    named = int(years.pop()) if len(years) == 1 else None
    found = _DATE.match(str(printed or "").strip())
    own = int(found[1]) if found else None
    year = named if named and (own is None or named >= own) else own
    return Paper(year, issued)


def _issued(printed: object) -> date | None:
    found = _DATE.match(str(printed or "").strip())
    if not found or not found[2]:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
