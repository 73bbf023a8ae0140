"""汉字的数:一百二十、十五、两。写成汉字的在 ``sources.numeral``。"""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100}


def number(text: str) -> int | None:
    """A number in digits or Chinese numerals up to 999; None if it is none.

    >>> number("20"), number("十五"), number("三十"), number("一百二十"), number("半")
    (20, 15, 30, 120, None)
    """
    if text.isdecimal():
        return int(text)
    total, last = 0, 0
    for sign in text:
        if sign in _UNITS:
            total, last = total + (last or 1) * _UNITS[sign], 0
        elif sign in _DIGITS:
            last = _DIGITS[sign]
        else:
            return None
    return total + last or None
