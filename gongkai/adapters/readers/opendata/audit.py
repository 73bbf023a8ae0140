"""开放目录条目的体检:缺项、周期、过期、格式、开放属性、个人信息。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .entry import CYCLE_DAYS, FILES, MISSING, NONSTANDARD, fields, folded, printed
from .terms import TERMS, choice

_WORDS = TERMS["personal"]
_ITEM = re.compile(
    f"(?:{choice(_WORDS['identity'] + _WORDS['birth'] + _WORDS['account'] + _WORDS['phone'])})"
    f"(?!号?码?(?:{choice(_WORDS['not_person'])}))"
)
_QUERY = re.compile(
    f"(?:{choice(_WORDS['query'])})[^,。;，；]{{0,12}}?(?:{choice(_WORDS['query_by'])})"
    f"[^,。;，；]{{0,12}}?(?:{choice(_WORDS['query_what'])})"
)
_GIVEN = re.compile(f"(?:{choice(_WORDS['query_in'])})[^。;；]{{0,12}}?(?:{choice(_WORDS['query_by'])})")
#: 行数少到这样的,等于没有数据。
FEW_ROWS = 1


def audit(row: Mapping[str, Any]) -> dict[str, Any]:
    """Fields and findings of one catalogue entry; ``captured_on_or_before`` is the day it is judged on."""
    raw = row.get("raw")
    if not isinstance(raw, Mapping):
        return {}
    got = fields(raw)
    today = row.get("captured_on_or_before")
    on = date.fromisoformat(today) if isinstance(today, str) else None
    return {"fields": got, "findings": sorted(_findings(raw, got, on))}


def _findings(raw: Mapping[str, Any], got: Mapping[str, Any], on: date | None) -> Iterator[str]:
    if not got["summary"]:
        yield "NO_SUMMARY"
    elif folded(got["summary"]) == folded(got["title"]):
        yield "SUMMARY_EQ_TITLE"
    yield from _cycle(raw, got, on)
    yield from _formats(raw, got)
    if got["rows"] is not None and got["rows"] <= FEW_ROWS:
        yield "ROWS_0_OR_1"
    if got["open_attr"] == MISSING:
        yield "OPEN_VALUE_MISSING"
    elif got["open_attr"] == NONSTANDARD:
        yield "OPEN_VALUE_NONSTANDARD"
    named = folded([got["title"] or "", got["summary"] or "", folded(printed(raw, "tags"))])
    if got["open_attr"] == "无条件开放" and _ITEM.search(named):
        yield "PERSONAL_FIELDS_IN_UNCONDITIONAL"
    if _QUERY.search(folded(got["title"])) or (got["is_api"] and _asks_person(folded(got["summary"]))):
        yield "QUERY_BY_PERSON_ID"


def _asks_person(summary: str) -> bool:
    return bool(_QUERY.search(summary) or _GIVEN.search(summary))


def _cycle(raw: Mapping[str, Any], got: Mapping[str, Any], on: date | None) -> Iterator[str]:
    cycle, written = got["update_cycle"], printed(raw, "update_cycle")
    if written is None:
        yield "NO_CYCLE"
    elif cycle is None:
        yield "BAD_CYCLE_VALUE"
    elif cycle in ("irregular", "other"):
        yield "CYCLE_NOT_CHECKABLE"
    elif cycle in CYCLE_DAYS and on and _stale(got["updated_on"], on, CYCLE_DAYS[cycle]):
        yield "STALE"
    if cycle == "realtime" and got["formats"] and set(got["formats"]) <= FILES:
        yield "REALTIME_WITHOUT_API"


def _stale(updated: str | None, on: date, days: int) -> bool:
    """Not updated within the cycle; without a day of update it cannot be said."""
    return updated is not None and (on - date.fromisoformat(updated)).days > days


def _formats(raw: Mapping[str, Any], got: Mapping[str, Any]) -> Iterator[str]:
    if not got["formats"]:
        yield "NO_FORMAT" if printed(raw, "formats") in (None, [], "[]") else "FORMAT_UNKNOWN_IN_CAPTURE"
    elif not got["is_api"] and not set(got["formats"]) & FILES:
        yield "FORMAT_NOT_A_FILE_FORMAT"
