"""网址、表单里交来的编号和数:只认十个阿拉伯数字,位数有限。“²”“٣”和几千位的数都不是编号。"""

from __future__ import annotations

from collections.abc import Iterable

#: 一个编号、一年、一页至多几位;再长的,库里放不下。
DIGITS = 9


def whole(text: object, *, digits: int = DIGITS) -> int | None:
    """A number as it is given in an address or a form, or None.

    >>> whole("12"), whole("²"), whole("٣"), whole("-1"), whole("9" * 5000), whole(""), whole(None)
    (12, None, None, None, None, None, None)
    """
    given = str(text or "")
    return int(given) if 0 < len(given) <= digits and given.isascii() and given.isdigit() else None


def wholes(given: Iterable[str], *, most: int = 1000) -> list[int]:
    """The numbers among what a form sent, in order, at most so many.

    >>> wholes(["3", "x", "²", "1"])
    [3, 1]
    """
    found = (whole(text) for text in given)
    return [number for number in found if number is not None][:most]
