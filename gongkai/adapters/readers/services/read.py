"""一份办事指南:有哪些要素、缺哪些、时限、收费、毛病。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..pages.text import narrow
from .defects import defects
from .elements import CORE, materials, present
from .limits import code, fee_charged, limits, visits
from .sections import sections

#: 表格的格子用制表符隔开的。
_CELLS = re.compile(r"(?<=[^\n\t])\t(?=[^\n\t])")


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """Read one guide; what an excerpt (``truncated``) lacks is not called missing."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        return {}
    printed = text.lstrip("\u3000\ufeff \n")
    text = _CELLS.sub("|", narrow(printed))
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
        "defects": [
            defect | {"quote": _as_printed(defect["quote"], text, printed)}
            for defect in defects(text, parts, str(row.get("issuer") or ""), truncated)
        ],
    }


def _as_printed(quote: str | list[str], text: str, printed: str) -> str | list[str]:
    """The words as the page prints them, whatever the width of their digits."""
    if isinstance(quote, list):
        return [str(_as_printed(piece, text, printed)) for piece in quote]
    at = text.find(quote)
    return printed[at : at + len(quote)] if at >= 0 else quote
