"""读别人表里的数:全角、百分号、千分位都认;不是数的是 None,从不猜。日期里的汉字数连写的也认。"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_NUMERAL = "零一二三四五六七八九"
_SIGNS = str.maketrans("〇○０oO", "零零零零零")


def number(value: object) -> Decimal | None:
    """A printed number, also full width and with a percent sign; None if it is none.

    >>> number("９５.0％"), number("约九成")
    (Decimal('95.0'), None)
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        parsed = Decimal(str(value).replace("%", "").replace("％", "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return parsed if parsed.is_finite() and abs(parsed) < 10**12 else None


def whole(value: object) -> int | None:
    """A count; None if it is no whole number.

    >>> whole("1,931"), whole(3.0), whole("3.5")
    (1931, 3, None)
    """
    parsed = number(value)
    return int(parsed) if parsed is not None and parsed == parsed.to_integral_value() else None


def counted(text: str) -> int:
    """A part of a date, in digits or in numerals, also sign by sign. Raises ValueError where it is none.

    >>> counted("98"), counted("九十八"), counted("一百零二"), counted("一○二")
    (98, 98, 102, 102)
    """
    if text.isdecimal() and text.isascii():
        return int(text)
    signs = text.translate(_SIGNS)
    if "十" not in signs and "百" not in signs:
        return int("".join(sign if sign.isdecimal() else str(_NUMERAL.index(sign)) for sign in signs))
    total = last = 0
    for sign in signs:
        if sign in "十百":
            total += (last or 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = int(sign) if sign.isdecimal() else _NUMERAL.index(sign)
    return total + last
