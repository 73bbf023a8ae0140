"""政府公报:登什么、期号怎样连、哪天截止报送、最迟哪天出刊(gazette.md 第2、3、4节)。

区公报由区政府一家办,部门、镇(街道)不办;它的文本同印发的文件一致,但不是立法法第九十七条说的“标准文本”,那只指规章。
"""

from __future__ import annotations

import calendar as month_calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from . import params
from .openness import Openness
from .terms import Term

#: 宁波各区的统一编号,如 BZHD01-2020-0014,连接号有几种写法;别处的如 ZJ…-2024-0003。
REGISTER_NUMBER = re.compile(r"[A-Z]{3,5}\d{0,2}[-–—](?:19|20)\d{2}[-–—]\d{4}")
_DASHES = re.compile(r"[–—]")


class Duty(Term):
    """一件信息登不登公报。"""

    MUST = "must", "必登"
    SHOULD = "should", "应登"
    MAY = "may", "可登"
    NEVER = "never", "不登"


class Refusal(Term):
    """不采用的理由。"""

    NOT_ACTIVE = "not_active", "不是主动公开的"
    HIGHER = "higher", "上级文件"
    WITHIN = "within", "已经包含在本期另一件里"
    ENDED = "ended", "已经失效或者废止"
    TAKEN_BACK = "taken_back", "单位撤回"
    TWICE = "twice", "重复"
    SLIGHT = "slight", "可登而不登"


class IssueKind(Term):
    """一期的种类。增刊、专辑占不占总期号,由各刊自己定。"""

    REGULAR = "regular", "正刊"
    DOUBLE = "double", "合刊"
    EXTRA = "extra", "增刊"
    SPECIAL = "special", "专辑"

    @property
    def in_sequence(self) -> bool:
        """Whether it takes a number of the year: what the continuity of numbers is asked of."""
        return self in (IssueKind.REGULAR, IssueKind.DOUBLE)


#: 区政府、区政府办公室的公文和各单位的规范性文件以外,可以登的几类信息。
_MAY = frozenset({"personnel", "meeting", "statistics", "interpretation", "organ", "rule", "document", "plan"})


def duty_of(kind: str, openness: Openness, *, of_government: bool) -> Duty:
    """Whether a record goes into the gazette, by its type and by who made it.

    Args:
        kind: the record's type; ``normative`` is a registered 规范性文件.
        of_government: made by the government itself or by its office.

    >>> duty_of("normative", Openness.ACTIVE, of_government=False).label
    '必登'
    >>> duty_of("document", Openness.ACTIVE, of_government=True).label
    '应登'
    >>> duty_of("normative", Openness.ON_REQUEST, of_government=True).label
    '不登'
    """
    if openness is not Openness.ACTIVE:
        return Duty.NEVER
    if kind == "normative":
        return Duty.MUST
    if kind == "document" and of_government:
        return Duty.SHOULD
    return Duty.MAY if kind in _MAY else Duty.NEVER


def register_number(text: str) -> str:
    """The 统一编号 in a text, with plain hyphens; empty if there is none.

    >>> register_number("（BZHD01–2020–0014）")
    'BZHD01-2020-0014'
    """
    found = REGISTER_NUMBER.search(text)
    return _DASHES.sub("-", found[0]) if found else ""


# --- 日子 ---


def month_of(day: date) -> date:
    """The first day of the month: how a month is written here."""
    return day.replace(day=1)


def months_on(month: date, number: int) -> date:
    """The month so many months on.

    >>> months_on(date(2026, 12, 1), 1), months_on(date(2026, 1, 1), -1)
    (datetime.date(2027, 1, 1), datetime.date(2025, 12, 1))
    """
    year, zero = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(year, zero + 1, 1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=month_calendar.monthrange(month.year, month.month)[1])


def report_due(month: date) -> date:
    """By when units report what they made in a month.

    >>> report_due(date(2026, 10, 1))
    datetime.date(2026, 11, 15)
    """
    following = months_on(month, 1)
    return following.replace(day=params.at("gazette.report_day", following).value)


def issue_due(month: date) -> date:
    """The last day on which the issue of a month is still in time.

    >>> issue_due(date(2026, 10, 1))
    datetime.date(2026, 11, 30)
    """
    after = params.at("gazette.issue_months", month).value
    return last_day(months_on(month, after))


def is_long_overdue(month: date, on: date) -> bool:
    """Whether an issue is so late that another quarter has begun since it was due."""
    due = issue_due(month)
    return on > due and ((on.month - 1) // 3, on.year) != ((due.month - 1) // 3, due.year)


# --- 期号 ---


@dataclass(frozen=True, slots=True)
class Number:
    """一期的三个数:期的年(可以不是出版的年)、年内期号、总期号;合刊的 ``to`` 是后一个号。没有印的是 None。"""

    year: int
    number: int
    running: int | None = None
    to: int | None = None

    @property
    def last(self) -> int:
        """The last number that it takes."""
        return self.to or self.number

    @property
    def offset(self) -> int | None:
        """总期号减期号: within a year it stays the same."""
        return None if self.running is None else self.running - self.last


@dataclass(frozen=True, slots=True)
class Gap:
    """期号的一处毛病。``kind`` 是 ``missing`` 缺期、``offset`` 年内差不是常数、``turn`` 换年接不上、``twice`` 重号。"""

    kind: str
    year: int
    number: int | None
    running: int | None
    text: str


def following(before: Number | None, year: int) -> Number:
    """The numbers of the next issue: the next of the year, or the first of a new year; the running number goes on.

    >>> following(Number(2026, 9, 57), 2026), following(Number(2026, 12, 60), 2027)
    (Number(year=2026, number=10, running=58, to=None), Number(year=2027, number=1, running=61, to=None))
    """
    if before is None:
        return Number(year, 1, 1)
    number = before.last + 1 if before.year == year else 1
    return Number(year, number, None if before.running is None else before.running + 1)


def gaps(issues: Iterable[Number]) -> Iterator[Gap]:
    """What a list of issues lacks or contradicts: it is told, never mended by itself.

    >>> [gap.text for gap in gaps([Number(1956, 46, 72), Number(1957, 1, 74)])]
    ['缺1956年第47期（总第73期）']
    """
    rows = sorted(issues, key=lambda issue: (issue.year, issue.number, issue.last))
    for before, after in pairwise(rows):
        if (before.year, before.number, before.last) == (after.year, after.number, after.last):
            yield Gap("twice", after.year, after.number, after.running, f"{after.year}年第{after.number}期有两期")
        elif before.year == after.year:
            yield from _within_year(before, after)
        else:
            yield from _at_turn(before, after)


def _within_year(before: Number, after: Number) -> Iterator[Gap]:
    same = before.offset == after.offset
    for number in range(before.last + 1, after.number):
        running = None if before.running is None or not same else before.running + number - before.last
        yield _missing(after.year, number, running)
    if before.offset is not None and after.offset is not None and not same:
        text = f"{after.year}年第{before.last}期总号差{before.offset}，第{after.number}期差{after.offset}，请核对"
        yield Gap("offset", after.year, after.number, after.running, text)


def _at_turn(before: Number, after: Number) -> Iterator[Gap]:
    if before.running is None or after.running is None:
        return
    first = after.running - after.number
    between = first - before.running
    if between < 0 or after.year - before.year > 1 or between > _MOST_TOLD:
        text = f"{before.year}年第{before.last}期（总第{before.running}期）接不上{after.year}年第{after.number}期（总第{after.running}期），请核对"
        yield Gap("turn", after.year, after.number, after.running, text)
        return
    for step in range(1, between + 1):
        yield _missing(before.year, before.last + step, before.running + step)
    for number in range(1, after.number):
        yield _missing(after.year, number, first + number)


#: 换年时差得比一年的期数还多的,不逐期猜,只说接不上。
_MOST_TOLD = 15


def _missing(year: int, number: int, running: int | None) -> Gap:
    whole = f"（总第{running}期）" if running is not None else ""
    return Gap("missing", year, number, running, f"缺{year}年第{number}期{whole}")
