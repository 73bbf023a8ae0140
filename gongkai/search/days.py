"""检索框里的时间:2021年、2020-2023、2021年5月以后、after:2021-05-01。读不懂的照旧当词。"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:19|20)\d{2}"


def _day(name: str) -> str:
    """A pattern for a year, a month or a day; its groups bear ``name``."""
    return (
        rf"(?P<{name}y>{_YEAR})"
        rf"(?:[年./-](?P<{name}m>\d{{1,2}})(?:[月./-](?P<{name}d>\d{{1,2}})日?|月)?|年(?!\d))?"
    )


_BETWEEN = re.compile(rf"(?<!\S){_day('a')}年?\s*(?:-|–|—|~|～|至|到|\.\.)+\s*{_day('b')}年?(?!\S)")
_AFTER = re.compile(
    rf"(?<!\S)(?:(?:after|since|自|从)[:：]?\s*{_day('c')}|{_day('d')}(?:以后|之后|以来|起|后))(?!\S)"
)
_BEFORE = re.compile(
    rf"(?<!\S)(?:(?:before|until|截至|截止)[:：]?\s*{_day('c')}|{_day('d')}(?:以前|之前|前))(?!\S)"
)
_AT = re.compile(rf"(?<!\S){_day('c')}(?!\S)")


@dataclass(frozen=True, slots=True)
class Span:
    """一段时间,两头都含;``years`` 是整年的,所属年度在其中的文件也算。"""

    since: date | None = None
    until: date | None = None
    years: frozenset[int] = frozenset()


def read_span(text: str) -> tuple[Span | None, str]:
    """The first span of time that stands by itself in the text, and the rest of the text.

    >>> read_span("教育局 2020-2021")[0].years == {2020, 2021}
    True
    >>> read_span("2024年预算")
    (None, '2024年预算')
    """
    for pattern, read in ((_BETWEEN, _between), (_AFTER, _after), (_BEFORE, _before), (_AT, _at)):
        for match in pattern.finditer(text):
            if span := read(match):
                return span, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _between(match: re.Match[str]) -> Span | None:
    first, last = _days(match, "a"), _days(match, "b")
    if first is None or last is None or first[0] > last[1]:
        return None
    whole = match["am"] is None and match["bm"] is None
    years = frozenset(range(first[0].year, last[1].year + 1)) if whole else frozenset[int]()
    return Span(first[0], last[1], years)


def _after(match: re.Match[str]) -> Span | None:
    days = _days(match, "c") or _days(match, "d")
    return Span(since=days[0]) if days else None


def _before(match: re.Match[str]) -> Span | None:
    name = "c" if match["cy"] else "d"
    days = _days(match, name)
    if days is None:
        return None
    whole = match[f"{name}m"] is None and name == "d"
    return Span(until=date(days[0].year - 1, 12, 31) if whole else days[1])


def _at(match: re.Match[str]) -> Span | None:
    days = _days(match, "c")
    if days is None:
        return None
    return Span(*days, frozenset({days[0].year}) if match["cm"] is None else frozenset())


def _days(match: re.Match[str], name: str) -> tuple[date, date] | None:
    """First and last day of the year, month or day that was written; None if there is no such day."""
    year, month, day = (match[f"{name}{part}"] for part in "ymd")
    if year is None:
        return None
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None:
            return date(int(year), int(month), 1), date(
                int(year), int(month), monthrange(int(year), int(month))[1]
            )
        one = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return one, one
