"""表中一格:零、空白、不适用、文字各是各的,不相混(报告格式要求填非负整数)。"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..money import digits
from ..terms import Term


class Kind(Term):
    """一格里填的是什么。"""

    NUMBER = "number", "数字"
    EMPTY = "empty", "空白"
    NOT_APPLICABLE = "na", "不适用"
    TEXT = "text", "文字"


_NOT_APPLICABLE = re.compile(r"[/\\|*×✕.·‐-―─━ー－−_~-]+|不适用|不涉及|n/?a|null|none|无此项", re.I)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_WITH_UNIT = re.compile(r"\A([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:件|条|项|次|份|宗|起|个|部|万元|元)")
_SIGNED = re.compile(r"(增加?|减少?)(\d+)项?")
_NOUGHT = {"无", "零", "〇", "没有"}
_BLANK = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_LARGEST = 15  # 位数;再大就不是件数


@dataclass(frozen=True, slots=True)
class Value:
    """一格的内容。

    ``number`` 是能读出的数,读不出是 ``None``;``raw`` 是原样文字;``odd`` 为真表示数读得出但写法不规范
    (全角数字)。相加时空白和不适用按0计,读不出的文字使所在的合计无从比较。
    """

    kind: Kind
    number: Decimal | None = None
    raw: str = ""
    odd: bool = False

    @property
    def sum(self) -> Decimal | None:
        """What the cell adds to a total; ``None`` if it cannot be known."""
        if self.kind in (Kind.EMPTY, Kind.NOT_APPLICABLE):
            return Decimal(0)
        return self.number

    @property
    def shown(self) -> str:
        """For a message: the number as written, or 空白, or the text in quotes."""
        if self.kind is Kind.EMPTY:
            return "空白"
        return self.raw if self.kind is Kind.NUMBER else f"“{self.raw}”"

    @property
    def plain(self) -> int | float | str | None:
        """For JSON: an integer or a decimal number, ``None`` for blank, else the text as written."""
        if self.kind is Kind.EMPTY:
            return None
        if self.kind is Kind.NUMBER and self.number is not None:
            return int(self.number) if self.number == self.number.to_integral_value() else float(self.number)
        return self.raw


def number(n: Decimal | int) -> Value:
    """A cell that holds a plain number."""
    return Value(Kind.NUMBER, Decimal(n), digits(Decimal(n)))


def read(raw: object) -> Value:
    """Read one cell as it came from a file or from JSON; never raises.

    >>> [read(x).kind.label for x in (0, None, "/", "12件", "１２", "暂无数据")]
    ['数字', '空白', '不适用', '文字', '数字', '文字']
    >>> read("1,234").number, read("１２").odd, read("12件").number
    (Decimal('1234'), True, Decimal('12'))
    """
    if raw is None:
        return Value(Kind.EMPTY)
    if isinstance(raw, bool):
        return Value(Kind.TEXT, None, str(raw))
    if isinstance(raw, int | float | Decimal):
        return _from_number(raw)
    written = str(raw).strip()
    text = _BLANK.sub("", unicodedata.normalize("NFKC", written))
    if not text:
        return Value(Kind.EMPTY)
    if _NUMBER.fullmatch(text):
        found = _decimal(text)
        return (
            Value(Kind.TEXT, None, written) if found is None else Value(Kind.NUMBER, found, written, _odd(written))
        )
    if _NOT_APPLICABLE.fullmatch(text):
        return Value(Kind.NOT_APPLICABLE, None, written)
    if text in _NOUGHT:
        return Value(Kind.TEXT, Decimal(0), written)
    if unit := _WITH_UNIT.fullmatch(text):
        return Value(Kind.TEXT, _decimal(unit[1]), written)
    if signed := _SIGNED.fullmatch(text):
        amount = Decimal(signed[2])
        return Value(Kind.TEXT, amount if signed[1].startswith("增") else -amount, written)
    return Value(Kind.TEXT, None, written[:200])


def _from_number(raw: int | float | Decimal) -> Value:
    try:
        found = Decimal(str(raw))
    except (InvalidOperation, ValueError):
        return Value(Kind.TEXT, None, "数过大")
    if not found.is_finite() or found.adjusted() > _LARGEST:
        return Value(Kind.TEXT, None, str(raw)[:40])
    return Value(Kind.NUMBER, found, digits(found))


def _decimal(text: str) -> Decimal | None:
    plain = text.replace(",", "")
    return Decimal(plain) if len(plain) <= _LARGEST + 3 else None


def _odd(written: str) -> bool:
    return any("０" <= char <= "９" or char in "．－＋，" for char in written)
