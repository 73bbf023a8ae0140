"""案件清单的几个分页签:在办、快到期的、没有人承办的、停着等的、逾期的、办结的、全部;各有件数。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.law import calendar

from .days import soon
from .models import Application
from .terms import OPEN_STATES, RUNNING

#: 停着等别人的:补正、缴费、征求意见。期限另计。
HELD = tuple(state for state in OPEN_STATES if state not in RUNNING)

Narrow = Callable[[QuerySet[Application], date], QuerySet[Application]]


@dataclass(frozen=True, slots=True)
class CaseList:
    """一个分页签:名称、哪些案件、没有另选时按什么排、有就要紧的轻重。"""

    label: str
    narrow: Narrow
    sort: str = "due"
    tone: str = ""


def is_due_within(days: int, on: date) -> Q:
    """Of cases: running, with its last day today or within so many working days."""
    last = calendar.add(on, days, provisional=True)
    return Q(state__in=RUNNING, due_on__gte=on, due_on__lte=last)


def is_overdue(on: date) -> Q:
    """Of cases: running, with its last day over."""
    return Q(state__in=RUNNING, due_on__lt=on)


LISTS = {
    "open": CaseList("在办", lambda rows, on: rows.open()),
    "soon": CaseList("快到期", lambda rows, on: rows.filter(is_due_within(soon(on), on)), tone="warn"),
    "overdue": CaseList("逾期", lambda rows, on: rows.filter(is_overdue(on)), tone="stop"),
    "unassigned": CaseList("没有人承办", lambda rows, on: rows.open().filter(handler=None), tone="warn"),
    "held": CaseList("等补正、缴费、意见", lambda rows, on: rows.filter(state__in=HELD), "oldest"),
    "closed": CaseList("已办结", lambda rows, on: rows.exclude(state__in=OPEN_STATES), "received"),
    "all": CaseList("全部", lambda rows, on: rows, "received"),
}


def chosen(key: str | None, *, filtered: bool) -> str:
    """Which list is shown: the one asked for; with filters and none asked for all of them; else what is open."""
    if key in LISTS:
        return str(key)
    return "all" if filtered else "open"


@dataclass(frozen=True, slots=True)
class Tab:
    """页上的一个分页签。"""

    key: str
    label: str
    count: int
    tone: str
    is_current: bool


def tabs(rows: QuerySet[Application], on: date, current: str) -> list[Tab]:
    """Every list with its number of cases."""
    found = []
    for key, case_list in LISTS.items():
        count = case_list.narrow(rows, on).count()
        label = f"{soon(on)}个工作日内到期" if key == "soon" else case_list.label
        found.append(Tab(key, label, count, case_list.tone if count else "", key == current))
    return found
