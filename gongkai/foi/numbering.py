"""编号:受理编号、文书的文号,一种一个机关一年一条流水;查询码随机,只存散列。"""

from __future__ import annotations

from gongkai.org import codes
from gongkai.org.models import Agency

from .models import Counter

PURPOSE = "gongkai.foi.query"
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


def new_code() -> tuple[str, str]:
    """A query code for a case, and the digest that is stored (``org.codes``)."""
    return codes.new_code(PURPOSE)


def digest(code: str) -> str:
    """The stored form of a query code."""
    return codes.digest(code, PURPOSE)


def matches(code: str, stored: str | None) -> bool:
    """Whether this is the code, in constant time; False where there is no such application."""
    return codes.matches(code, stored, PURPOSE)
