"""查询码:公众凭编号和它看自己的一件,只给一次,库里只存带钥的散列。"""

from __future__ import annotations

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

#: 没有容易看错的字符:0与O、1与I与L、2与Z、5与S、8与B。
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 12
#: Stored for what does not exist: no code has this digest, and to compare takes as long.
_NOBODYS = "0" * 64


def new_code(purpose: str) -> tuple[str, str]:
    """A query code in groups of four, and the digest that is stored (25 symbols, 12 places: 55 bits)."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4)), digest(code, purpose)


def digest(code: str, purpose: str) -> str:
    """The stored form of a query code; spaces, dashes and case do not matter."""
    bare = "".join(mark for mark in code.upper() if mark in ALPHABET)
    return salted_hmac(purpose, bare, algorithm="sha256").hexdigest()


def matches(code: str, stored: str | None, purpose: str) -> bool:
    """Whether this is the code, in constant time; False, and as slowly, where nothing is stored."""
    return constant_time_compare(digest(code, purpose), stored or _NOBODYS)
