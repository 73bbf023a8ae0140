"""哪些数据集到了要办的时候:逾期没有更新、快到期、该重新判定;写成查询的条件。"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.opendata.terms import Cycle, Opening
from gongkai.law.opendata.updating import UNJUDGED

from .models import Usage
from .terms import SPAN, Channel, DatasetState

#: 要更新的:上架了、没有停止更新、周期判得了。
KEPT = Q(state=DatasetState.OPEN, ended_on=None) & ~Q(cycle__in=UNJUDGED)


def _beyond(on: date, *, grace: bool, before: int = 0) -> Q:
    """Whose day lies so many days ahead or has passed."""
    days, more = params.at("opendata.cycle_days", on).value, params.at("opendata.grace_days", on).value
    found = Q(pk=None)
    for cycle in Cycle:
        if cycle not in UNJUDGED:
            last = on - DAY * (days[cycle] + (more[cycle] if grace else 0) - before)
            found |= Q(cycle=cycle, updated_on__lt=last)
    return found


def late(on: date) -> Q:
    """Not updated within its cycle and grace."""
    return KEPT & _beyond(on, grace=True)


def soon(on: date) -> Q:
    """Due within the days of the reminder, or in its grace."""
    before = params.at("opendata.remind_days", on).value + 1
    return KEPT & _beyond(on, grace=False, before=before) & ~_beyond(on, grace=True)


#: 上架了而判不了按期不按期的;没有停止更新的才算。
UNJUDGED_ONES = Q(state=DatasetState.OPEN, ended_on=None, cycle__in=UNJUDGED)
#: 还有字段没有定级的;上架了没有数据的。
UNGRADED, EMPTY = Q(level=""), Q(state=DatasetState.OPEN) & ~Q(current__rows__gt=0)


def unused(on: date, *, failing: bool = False) -> Q:
    """Interfaces that nobody used in the span of the figures, or some of whose calls failed."""
    interfaces = Q(state=DatasetState.OPEN, has_interface=True, opening=Opening.UNCONDITIONAL)
    calls = Usage.objects.filter(channel=Channel.INTERFACE, day__gt=on - DAY * SPAN, n__gt=0)
    if failing:
        return interfaces & Q(pk__in=calls.filter(failed__gt=0).values("dataset"))
    return interfaces & ~Q(pk__in=calls.values("dataset"))


#: 报告引用的那一版以后又有新版的。
CITED_FORMER = Q(versions__citations__isnull=False, current__number__gt=F("versions__number"))


def to_judge(on: date) -> Q:
    """Whose attribute is to be judged again."""
    return ~Q(state=DatasetState.REMOVED) & Q(next_judging_on__lte=on)
