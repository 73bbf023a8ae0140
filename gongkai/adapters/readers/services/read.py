"""一份办事指南:有哪些要素、缺哪些、时限、收费、毛病。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .defects import defects
from .elements import CORE, materials, present
from .limits import code, fee_charged, limits, visits
from .sections import sections


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """Read one guide; what an excerpt (``truncated``) lacks is not called missing."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        return {}
    truncated = row.get("truncated") is not False
    parts = sections(text)
    there = present(text, parts)
    return {
        "present": there,
        "missing": None if truncated else [name for name in CORE if name not in there],
        "limits": limits(parts, text),
        "fee_charged": fee_charged(parts, text),
        "visits": visits(text),
        "code": code(parts),
        "materials": materials(parts),
        "defects": defects(text, parts, str(row.get("issuer") or ""), truncated),
    }
