"""日期的各种写法:2021年9月26日、2021-09-26、二○二一年九月二十六日、采集时丢了字的 2021926。"""

from __future__ import annotations

import re
from datetime import date

_CN = {
    mark: digit
    for digit, marks in enumerate(
        (
            "〇○零oOоОοΟｏＯ◯0０",
            "一壹1１",
            "二贰2２",
            "三叁3３",
            "四肆4４",
            "五伍5５",
            "六陆6６",
            "七柒7７",
            "八捌8８",
            "九玖9９",
        )
    )
    for mark in marks
}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
_MARK = f"[{''.join(_CN)}]"
_GAP = r"[ \t\u3000\xa0]{0,3}"
#: 年月日可以是阿拉伯数字、全角数字、汉字,可以混用,中间可以有空格;“二0二四年”是采集时常见的写法。
DATE = re.compile(
    rf"(?<![\d０-９])(?P<y>[12１２一二壹贰]{_GAP}[09０９〇○零oOоОοΟｏＯ◯九玖]{_GAP}{_MARK}{_GAP}{_MARK}){_GAP}"
    rf"(?:年{_GAP}(?P<m>元|正|[{''.join(_CN)}十拾]{{1,2}}|[1１一]{_GAP}[0-2０-２〇○零一二]){_GAP}月{_GAP}"
    rf"(?P<d>[{''.join(_CN)}十拾廿卅]{{1,3}}|[1-3１-３一二三]{_GAP}{_MARK}|[一二三]?{_GAP}[十拾]{_GAP}[一二三四五六七八九]?){_GAP}[日号]?"
    rf"|[-./／－．]{_GAP}(?P<pm>[0-9０-９]{{1,2}}){_GAP}[-./／－．月]{_GAP}(?P<pd>[0-9０-９]{{1,2}})日?)"
)
_MINGUO = re.compile(r"(?:中華)?民國\s*(?P<y>\d{2,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_STRIPPED = re.compile(r"((?:19|20)\d{2})年?(\d{2,4})")


def _number(text: str) -> int:
    """十 → 10, 二十六 → 26, 三 → 3, 05 → 5, 元 → 1; digits without 十 stand in places (一五 → 15)."""
    text = re.sub(r"\s", "", text)
    if text in ("元", "正"):
        return 1
    if not any(mark in _TENS for mark in text):
        return int("".join(str(_CN[mark]) for mark in text))
    total = 0
    for mark in text:
        if mark in _TENS:
            total = (total or 1) * 10 if _TENS[mark] == 10 else _TENS[mark]
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


_TO = re.compile(r"\s{0,3}(?:至|到|—|–|~|～|-\s)\s{0,3}\S")  # “7月12日至7月20日”是期间


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: 程序直接印出来的:“Fri Apr 11 16:20:05 CST 2025”。
_ENGLISH = re.compile(
    r"(?:[A-Z][a-z]{2},?\s)?(?P<m>[A-Z][a-z]{2})[a-z]{0,6}\.?\s(?P<d>\d{1,2}),?\s(?:\d{1,2}:\d{2}:\d{2}\s(?:[A-Z]{3,4}\s)?)?(?P<y>(?:19|20)\d{2})(?!\d)"
)


def _english(text: str) -> date | None:
    match = _ENGLISH.match(text)
    month = match["m"].lower() if match else ""
    return (
        _valid(int(match["y"]), _MONTHS.index(month) + 1, int(match["d"])) if match and month in _MONTHS else None
    )


def at_start(text: str) -> date | None:
    """The date with which a value begins; one further on in a sentence is not the value.

    >>> at_start(" 2020-11-26 10:05"), at_start("某条信息2007年1月1日生成")
    (datetime.date(2020, 11, 26), None)
    """
    plain = text.strip(" \t\u3000:：[【(（")
    match = DATE.match(plain)
    if match and _TO.match(plain, match.end()):
        return None
    return of_match(match) if match else first_date(plain) if _MINGUO.match(plain) else _english(plain)


def of_match(match: re.Match[str]) -> date | None:
    """The date of one match of ``DATE``; None if there is no such day."""
    year = int("".join(str(_CN[mark]) for mark in match["y"] if mark in _CN))
    return _valid(year, _number(match["m"] or match["pm"]), _number(match["d"] or match["pd"]))


def written_out(match: re.Match[str]) -> bool:
    """Whether a match of ``DATE`` is written in Chinese numerals, as signatures were."""
    return match["y"][0] in "一二壹贰"


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
