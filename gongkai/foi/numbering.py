"""编号:受理编号、文书的文号,一种一个机关一年一条流水。"""

from __future__ import annotations

from gongkai.org.models import Agency

from .models import Counter

#: What sets the query codes of cases apart from others (``org.codes``); never changed, or old codes are lost.
CODE_PURPOSE = "gongkai.foi.query"
RECEIPT = "application"


def next_number(kind: str, agency: Agency, year: int) -> int:
    """The next number of this kind, inside the caller's transaction: one that rolls back gives its number back."""
    Counter.objects.get_or_create(kind=kind, agency=agency, year=year)
    counter = Counter.objects.select_for_update().get(kind=kind, agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def receipt_number(agency: Agency, year: int) -> str:
    """受理编号,例如 ``MH0101-2026-0012``。"""
    return f"{agency.code}-{year}-{next_number(RECEIPT, agency, year):04}"
