"""日期的各种写法:2021年9月26日、2021-09-26、二○二一年九月二十六日、采集时丢了字的 2021926。"""

from __future__ import annotations

import re
from datetime import date

_CN = {
    mark: digit
    for digit, marks in enumerate(("〇○零OoОΟ", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for mark in marks
}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_ARABIC = r"(?P<y>(?:19|20)\d{2})\s*(?:年|[-./／])\s*(?P<m>\d{1,2})\s*(?:月|[-./／])\s*(?P<d>\d{1,2})\s*日?"
_CHINESE = r"(?P<cy>[一二〇○零OoОΟ三四五六七八九]{4})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十廿卅]{1,3})日"
DATE = re.compile(f"{_ARABIC}|{_CHINESE}")
_MINGUO = re.compile(r"(?:中華)?民國\s*(?P<y>\d{2,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_STRIPPED = re.compile(r"((?:19|20)\d{2})(\d{2,4})")


def _number(text: str) -> int:
    """十 → 10, 二十六 → 26, 三 → 3."""
    total = 0
    for mark in text:
        if mark in _TENS:
            total = (total or 1) * 10 if mark == "十" else _TENS[mark]
        else:
            total += _CN[mark]
    return total


def first_date(text: str) -> date | None:
    """The first possible date in a text."""
    for match in DATE.finditer(text):
        if found := of_match(match):
            return found
    if minguo := _MINGUO.search(text):
        return _valid(int(minguo["y"]) + 1911, int(minguo["m"]), int(minguo["d"]))
    return None


def of_match(match: re.Match[str]) -> date | None:
    """The date of one match of ``DATE``; None if there is no such day."""
    if match["y"]:
        return _valid(int(match["y"]), int(match["m"]), int(match["d"]))
    year = int("".join(str(_CN[mark]) for mark in match["cy"]))
    return _valid(year, _number(match["cm"]), _number(match["cd"]))


def stripped(text: str) -> date | None:
    """A date that lost its 年月日 (2021926), if only one reading is possible.

    >>> stripped("2021926"), stripped("20151214"), stripped("2021111")
    (datetime.date(2021, 9, 26), datetime.date(2015, 12, 14), None)
    """
    match = _STRIPPED.fullmatch(text.strip())
    if not match:
        return None
    rest = match[2]
    readings = {
        found
        for cut in range(1, len(rest))
        if not rest[:cut].startswith("0") or len(rest) == 4
        if (found := _valid(int(match[1]), int(rest[:cut]), int(rest[cut:])))
        and (len(rest) < 4 or cut == 2)
        and not (len(rest) < 4 and rest[cut:].startswith("0"))
    }
    return readings.pop() if len(readings) == 1 else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1949 <= year <= 2099 else None
