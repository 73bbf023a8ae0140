"""公报一期的题头:刊名、年、期号、总期号、出版日,中文、英文、全角、繁体都认;模板没有填的没有号。"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.paper import dates
from gongkai.law.numerals import number

_DIGITS = "〇○零一二三四五六七八九"
_CN = rf"(?:\d{{1,5}}|[{_DIGITS}十百]{{1,6}})"
_YEAR = rf"(?P<y>(?<!\d)(?:19|20)\d\d(?!\d)|[一二][九〇○零][{_DIGITS}]{{2}})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ENGLISH_DAYS = (
    re.compile(
        rf"\b{_MONTH}\s{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,2}},?\s{{0,3}}(?P<y>(?:19|20)\d\d)\b", re.I
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,3}}{_MONTH}\s{{0,2}},?\s{{0,3}}(?P<y>(?:19|20)\d\d)\b", re.I
    ),
)
_MINGUO_YEAR = re.compile(r"民[国國](?P<y>\d{2,3})年")

_TOTAL = (
    re.compile(
        rf"(?:总|總|累计|累)(?:第|期号|號|号|期|编号)?[::]?(?:第)?(?P<n>{_CN})(?:[-–—~至、]{_CN})?(?:[期号號]|(?=[)）\s,]|$))"
    ),
    re.compile(
        r"(?:overall|serial|total|cumulative|whole)\s{0,2}(?:issue|serial|number)?\s{0,2}(?:nos?|number|#)?\s{0,2}[.:]?\s{0,2}(?P<n>\d{1,5})",
        re.I,
    ),
    re.compile(r"\bno\.?\s{0,2}\d{1,3}\s{0,2}\(\s{0,2}(?P<n>\d{1,5})\s{0,2}\)", re.I),
    re.compile(r"第\d{1,3}[期号號]\(第?(?P<n>\d{2,5})[期号號]?\)"),
)
_NUMBER = (
    re.compile(rf"第(?P<n>{_CN})(?:(?:、|,|-|—|–|至|~|和|/)第?(?P<to>{_CN}))?[期号號]"),
    re.compile(r"\b(?:issue\s{0,2})?no\.?\s{0,2}(?P<n>\d{1,3})\b", re.I),
    re.compile(r"\bissue\s{0,2}#?(?P<n>\d{1,3})\b", re.I),
    re.compile(r"(?<!\d)(?:19|20)\d\d(?:年|[·•.．/])(?P<n>\d{1,2})(?:[期号號]|(?=\D|$))(?!月)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d-(?P<n>\d{1,2})(?=[(（总總期]|$)"),
    re.compile(rf"(?<!总)(?<!總)期[号號][::](?:第)?(?P<n>{_CN})"),
)
#: 二OO一年:汉字数字中间的字母 O。
_LETTER_ZEROS = re.compile(r"(?<=[一二三四五六七八九〇○零])[OoО0]{1,2}(?=[一二三四五六七八九〇○零年])")
_NAME = re.compile(
    r"《(?P<quoted>[^《》]{2,40})》|(?P<plain>[\u4e00-\u9fff]{0,30}?(?:公报|公報|政报|政報|政务公开|公告专刊))"
)
_KIND = re.compile(r"增刊|专辑|专刊|特刊|合刊")


@dataclass(frozen=True, slots=True)
class Issue:
    """一期公报:没有印的是 None。合刊的 ``issue_no`` 是前一个号,``issue_no_end`` 是后一个。"""

    gazette: str | None = None
    issue_year: int | None = None
    issue_no: int | None = None
    issue_no_end: int | None = None
    total_no: int | None = None
    published_on: date | None = None
    kind: str | None = None


def read(line: str) -> Issue:
    """The numbers of an issue from the line of its head; none is made from another.

    >>> found = read("某某区人民政府公报 2024年第3期（总第57期）")
    >>> found.gazette, found.issue_year, found.issue_no, found.total_no
    ('某某区人民政府公报', 2024, 3, 57)
    >>> read("某某区人民政府公报 年 第期(总第期)").issue_no is None
    True
    """
    text = _LETTER_ZEROS.sub(lambda found: "〇" * len(found[0]), unicodedata.normalize("NFKC", line[:500]))
    day, rest = _day(text)
    joined = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", rest)
    total, joined = _take(_TOTAL, joined)
    found = next((match for pattern in _NUMBER if (match := pattern.search(joined))), None)
    groups = found.groupdict() if found else {}
    year = re.search(_YEAR, joined) if found or total else None
    minguo = _MINGUO_YEAR.search(joined) if not year else None
    kind = _KIND.search(joined)
    return Issue(
        gazette=_name(joined),
        issue_year=_year(year["y"]) if year else int(minguo["y"]) + 1911 if minguo else None,
        issue_no=number(_arabic(groups.get("n") or "")),
        issue_no_end=number(_arabic(groups.get("to") or "")),
        total_no=total,
        published_on=day,
        kind=kind[0] if kind else None,
    )


def _day(text: str) -> tuple[date | None, str]:
    """The day of publication, and the text without it."""
    for match in dates.DATE.finditer(text):
        if found := dates.of_match(match):
            return found, text[: match.start()] + " " + text[match.end() :]
    for pattern in _ENGLISH_DAYS:
        if said := pattern.search(text):
            try:
                found = date(int(said["y"]), _MONTHS.index(said["m"].lower()) + 1, int(said["d"]))
            except ValueError:
                continue
            return found, text[: said.start()] + " " + text[said.end() :]
    return dates.first_date(text), text


def _take(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[int | None, str]:
    """The number that a pattern finds, and the text without that number."""
    for pattern in patterns:
        if match := pattern.search(text):
            return number(_arabic(match["n"])), text[: match.start("n")] + text[match.end("n") :]
    return None, text


def _arabic(text: str) -> str:
    """二〇 → 20: digits in places; 二十 stays."""
    if text and not text.isdecimal() and "十" not in text and "百" not in text:
        return "".join(str(max(0, _DIGITS.index(sign) - 2)) for sign in text)
    return text


def _year(text: str) -> int | None:
    digits = _arabic(text)
    return int(digits) if len(digits) == 4 else None


def _name(text: str) -> str | None:
    for match in _NAME.finditer(text):
        name = match["quoted"] or match["plain"]
        if re.search(r"公报|公報|政报|政報|公告|政务公开", name):
            return str(name)
    return None
