"""编号:受理编号、文书的文号,一种一个机关一年一条流水;查询码随机,只存散列。"""

from __future__ import annotations

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from gongkai.org.models import Agency

from .models import Counter

#: 没有容易看错的字符:0与O、1与I与L、2与Z、5与S、8与B。
_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
_CODE = 12
RECEIPT = "application"


def take(kind: str, agency: Agency, year: int) -> int:
    """The next number of this kind, inside the caller's transaction: one that rolls back gives its number back."""
    Counter.objects.get_or_create(kind=kind, agency=agency, year=year)
    counter = Counter.objects.select_for_update().get(kind=kind, agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def receipt_number(agency: Agency, year: int) -> str:
    """受理编号,例如 ``MH0101-2026-0012``。"""
    return f"{agency.code}-{year}-{take(RECEIPT, agency, year):04}"


def new_code() -> tuple[str, str]:
    """A query code in groups of four, and the digest that is stored (25 symbols, 12 places: 55 bits)."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE))
    return "-".join(code[i : i + 4] for i in range(0, _CODE, 4)), digest(code)


def digest(code: str) -> str:
    """The stored form of a query code; spaces, dashes and case do not matter."""
    bare = "".join(mark for mark in code.upper() if mark in _ALPHABET)
    return salted_hmac("gongkai.foi.query", bare, algorithm="sha256").hexdigest()


def matches(code: str, stored: str) -> bool:
    """Whether this is the code, in constant time."""
    return constant_time_compare(digest(code), stored)
