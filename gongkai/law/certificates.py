"""证照什么时候续办:五种写法,各有自己的条文。最后申请日不是提醒日,提醒日由它往前推。

“届满三十日前”没有写明是不是工作日的,两种都数,取早的一天;一个证两部法规写得不一样的也取早的。
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from . import calendar, params
from .errors import RuleBroken
from .sources import implements
from .terms import Term

DAY = calendar.DAY
MONTHS = 12


class Pattern(Term):
    """续办的五种写法。"""

    BEFORE = "before", "届满若干日以前申请"
    WINDOW = "window", "届满以前的一段时间里申请，早了晚了都不受理"
    EXPIRY = "expiry", "期满换领，不用提前"
    PERIODIC = "periodic", "每期签注、校验、年审"
    NONE = "none", "没有有效期"


@dataclass(frozen=True, slots=True)
class Lead:
    """提前多少:``unit`` 是 day、workday、month,或者 unclear(没有写明,取早的一天)。"""

    n: int
    unit: str

    @property
    def words(self) -> str:
        return f"{self.n}{_UNITS[self.unit]}"


_UNITS = {"day": "日", "workday": "个工作日", "month": "个月", "unclear": "日"}


@dataclass(frozen=True, slots=True)
class Kind:
    """一种证照。

    Attributes:
        opens: how long before the end one may apply at the earliest (only in a window).
        closes: how long before the end one must have applied; several where rules differ.
        years: how long it is valid, 0 if that depends.
        certainty: V read in the source, R recalled.
    """

    key: str
    name: str
    pattern: Pattern
    opens: Lead | None
    closes: tuple[Lead, ...]
    years: int
    source: str
    certainty: str
    note: str

    @property
    def rule(self) -> str:
        """The rule in one sentence."""
        if self.pattern is Pattern.BEFORE:
            return "届满" + "或者".join(one.words for one in self.closes) + "以前申请"
        if self.pattern is Pattern.WINDOW and self.opens:
            last = f"到届满前{self.closes[0].words}" if self.closes else "到届满"
            return f"届满前{self.opens.words}{last}之间申请，早了晚了都不受理"
        if self.pattern is Pattern.PERIODIC and self.opens:
            return f"每期满以前{self.opens.words}内办理"
        return self.pattern.label


@cache
def kinds() -> dict[str, Kind]:
    """Every known kind by its key, in the order of the table."""
    table = tomllib.loads(files("gongkai.law").joinpath("data/certificates.toml").read_text("utf-8"))
    return {key: _kind(key, row) for key, row in table.items()}


def _kind(key: str, row: dict[str, Any]) -> Kind:
    closes = tuple(Lead(*_pair(one)) for one in row.get("closes", []))
    opens = Lead(*_pair(row["opens"])) if "opens" in row else None
    return Kind(
        key,
        row["name"],
        Pattern.from_value(row["pattern"]),
        opens,
        closes,
        row.get("years", 0),
        row["source"],
        row.get("certainty", "V"),
        row.get("note", ""),
    )


def _pair(text: str) -> tuple[int, str]:
    number, unit = text.split()
    return int(number), unit


def kind(key: str) -> Kind:
    """The kind of this key. Raises RuleBroken if there is none."""
    try:
        return kinds()[key]
    except KeyError:
        raise RuleBroken("没有这种证照", fix="请从清单里选。") from None


def ends(kind: Kind, issued: date) -> date:
    """The last day of a certificate issued on this day, for kinds with a known term.

    Raises:
        RuleBroken: the kind has no fixed term.

    >>> ends(kind("work-safety"), date(2024, 3, 1))
    datetime.date(2027, 2, 28)
    """
    if not kind.years:
        raise RuleBroken(f"{kind.name}的有效期不是固定的", fix="请照证上写的填到期的日子。")
    return months_from(issued, kind.years * MONTHS) - DAY


def months_from(on: date, months: int) -> date:
    """The same day of the month so many months on (or back); the last day of a shorter month.

    >>> months_from(date(2026, 3, 31), -1), months_from(date(2024, 2, 29), 12)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    year, month = divmod(on.year * MONTHS + on.month - 1 + months, MONTHS)
    if not date.min.year <= year < date.max.year:
        raise RuleBroken(f"日期{on}太远，算不出来", fix="请核对年份。")
    last = (months_start(year, month + 1) - DAY).day
    return date(year, month + 1, min(on.day, last))


def months_start(year: int, month: int) -> date:
    """The first day of the month after this one."""
    return date(year + month // MONTHS, month % MONTHS + 1, 1)


def back(end: date, lead: Lead) -> date:
    """The day so long before ``end``; where the unit is not stated the earlier of both ways to count.

    >>> back(date(2026, 12, 31), Lead(30, "day")), back(date(2026, 12, 31), Lead(3, "workday"))
    (datetime.date(2026, 12, 1), datetime.date(2026, 12, 28))
    """
    if lead.unit == "month":
        return months_from(end, -lead.n)
    natural = end - timedelta(lead.n)
    if lead.unit == "day":
        return natural
    worked = _workdays_back(end, lead.n)
    return worked if lead.unit == "workday" else min(natural, worked)


def _workdays_back(end: date, n: int) -> date:
    on = end
    while n:
        on -= DAY
        n -= calendar.is_workday(on, provisional=True)
    return on


@dataclass(frozen=True, slots=True)
class Span:
    """可以申请的一段:最早(没有限制的是 None)、最晚。"""

    first: date | None
    last: date


@implements("licensing:50.1")
def span(kind: Kind, end: date) -> Span:
    """From when and until when to apply for renewal of a certificate that ends on ``end``.

    Raises:
        RuleBroken: the kind does not end.

    >>> span(kind("safe-driving"), date(2027, 3, 10))
    Span(first=datetime.date(2026, 12, 10), last=datetime.date(2027, 3, 10))
    """
    if kind.pattern is Pattern.NONE:
        raise RuleBroken(f"{kind.name}没有有效期，不用续办", fix="不用提醒。")
    first = back(end, kind.opens) if kind.opens else None
    return Span(first, min((back(end, lead) for lead in kind.closes), default=end))


class NodeKind(Term):
    """提醒的各个日子。"""

    OPENS = "opens", "可以申请了"
    SOON = "soon", "离最后申请日还有些日子"
    NEAR = "near", "最后申请日快到了"
    LAST = "last", "最后几天"
    CLOSED = "closed", "已过申请期，请联系办理单位"
    ENDED = "ended", "已经失效"


@dataclass(frozen=True, slots=True)
class Node:
    """一次提醒:哪一种、哪一天。"""

    kind: NodeKind
    on: date


def nodes(kind: Kind, end: date, on: date) -> list[Node]:
    """Every reminder of a certificate, by day; two that fall on one day become one, the later kind.

    Args:
        on: whose parameters hold.
    """
    period = span(kind, end)
    (soon,) = params.at("services.remind_days", on).value
    near, last = params.at("services.remind_workdays", on).value
    days = {
        NodeKind.OPENS: period.first,
        NodeKind.SOON: period.last - timedelta(soon),
        NodeKind.NEAR: _workdays_back(period.last, near),
        NodeKind.LAST: _workdays_back(period.last, last),
        NodeKind.CLOSED: period.last + DAY if period.last < end else None,
        NodeKind.ENDED: end + DAY,
    }
    by_day: dict[date, NodeKind] = {}
    for node, day in days.items():
        # 还不能申请的日子不催
        if day is not None and (period.first is None or day >= period.first):
            by_day[day] = node
    return [Node(node, day) for day, node in sorted(by_day.items())]


def due(kind: Kind, end: date, *, since: date, on: date) -> Node | None:
    """The one reminder to send on this day: the newest whose day came after ``since`` (when it was asked for, or the
    last one was sent) and not after ``on``. What was missed meanwhile is not sent after it.

    >>> due(kind("licence"), date(2027, 3, 31), since=date(2026, 11, 1), on=date(2027, 4, 2)).kind.label
    '已经失效'
    """
    passed = [node for node in nodes(kind, end, on) if since < node.on <= on]
    return passed[-1] if passed else None


def checked(kind: Kind, *, issued: date | None, end: date | None, on: date) -> date:
    """The end day that a person's two fields give.

    Raises:
        RuleBroken: neither is filled in, the end lies before the beginning, or the certificate has long ended.
    """
    if end is None:
        if issued is None:
            raise RuleBroken("没有填到期的日子", fix="请照证上写的填；固定期限的证也可以只填发证的日子。")
        end = ends(kind, issued)
    if issued is not None and end <= issued:
        raise RuleBroken(f"到期的日子{end}不晚于发证的日子{issued}", fix="请照证上写的核对。")
    if end < on:
        raise RuleBroken(f"证照{end}已经到期，不用再提醒", fix="请向办理单位问怎样重新办理。")
    return end
