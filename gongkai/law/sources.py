"""法源:把 ``ogi:33.2`` 这样的短引文写成《条例》第三十三条第二款。"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

DIGITS = "零一二三四五六七八九"
LEVELS = ("条", "款", "项")

#: article → the dotted names of what carries it out; filled by ``@implements``.
INDEX: dict[str, list[str]] = {}


@dataclass(frozen=True, slots=True)
class Law:
    """一部法律、法规或文件。"""

    key: str
    title: str
    short: str
    number: str
    since: date | None
    until: date | None


@cache
def laws() -> dict[str, Law]:
    """Every law that the core cites, by key, from ``data/sources.toml``."""
    text = files("gongkai.law").joinpath("data/sources.toml").read_text("utf-8")
    return {
        key: Law(key, row["title"], row["short"], row.get("number", ""), row.get("from"), row.get("until"))
        for key, row in tomllib.loads(text).items()
    }


def numeral(n: int) -> str:
    """Chinese numeral of an article number, 1 to 999.

    >>> numeral(33), numeral(10), numeral(15), numeral(105), numeral(110), numeral(215)
    ('三十三', '十', '十五', '一百零五', '一百一十', '二百一十五')
    """
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    last = DIGITS[ones] if ones else ""
    if not hundreds:
        head = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
        return head + last
    middle = DIGITS[tens] + "十" if tens else ("零" if ones else "")
    return DIGITS[hundreds] + "百" + middle + last


def cite(ref: str) -> str:
    """Write out a reference ``key:article.paragraph.item``; a bare key gives the title alone.

    Raises:
        KeyError: the law is not in ``data/sources.toml``.

    >>> cite("ogi:33.2")
    '《条例》第三十三条第二款'
    >>> cite("ogi:20.0.5")
    '《条例》第二十条第(五)项'
    """
    key, _, place = ref.partition(":")
    text = f"《{laws()[key].short}》"
    for number, level in zip(place.split(".") if place else (), LEVELS, strict=False):
        if int(number):
            text += f"第({numeral(int(number))})项" if level == "项" else f"第{numeral(int(number))}{level}"
    return text


def implements(*refs: str) -> Callable[[F], F]:
    """Mark the one function that carries out an article; the law index is built from these marks.

    The function gains ``.source``, the articles written out, which pages print as 依据.
    """
    source = "、".join(cite(ref) for ref in refs)

    def mark(rule: F) -> F:
        for ref in refs:
            INDEX.setdefault(ref, []).append(f"{rule.__module__}.{rule.__qualname__}")
        rule.source = source  # type: ignore[attr-defined]
        return rule

    return mark
