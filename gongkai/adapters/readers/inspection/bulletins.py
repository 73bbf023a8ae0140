"""核算一份通报的数:合格率、抽查率、分项之和、检查数不多于总数。缺一个数的不核,不猜。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.adapters.readers.numbers import figure, quantity
from gongkai.law import inspection

Check = dict[str, Any]


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """``arithmetic`` (one entry a check) and ``consistent``, which is None where nothing could be checked."""
    made = [entry for count in row.get("counts") or [] if isinstance(count, Mapping) for entry in _checks(count)]
    return {"arithmetic": made, "consistent": all(entry["ok"] for entry in made) if made else None}


def _checks(count: Mapping[str, Any]) -> Iterator[Check]:
    what, total, checked, failed = (
        count.get("what"),
        *(quantity(count.get(key)) for key in ("total", "checked", "failed")),
    )
    parts = count.get("parts")
    if isinstance(parts, Mapping) and parts and total is not None:
        values = [quantity(value) for value in parts.values()]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            yield {
                "check": "parts_sum",
                "what": what,
                "sum": sum(known),
                "total": total,
                "ok": sum(known) == total,
            }
    if checked is not None and failed is not None:
        yield from _rate("pass_rate", what, checked - failed, checked, count.get("stated_pass_rate"))
    if total is not None and checked is not None:
        yield from _rate("coverage", what, checked, total, count.get("stated_coverage"))
        if checked > total:
            yield {"check": "checked_le_total", "what": what, "checked": checked, "total": total, "ok": False}


def _rate(name: str, what: object, part: int, of: int, stated: object) -> Iterator[Check]:
    printed = figure(stated)
    if printed is None or not of:
        return
    exact = inspection.rate(part, of)
    yield {
        "check": name,
        "what": what,
        "computed": str(inspection.in_print(exact)),
        "stated": stated,
        "ok": inspection.printed_right(exact, printed),
    }
