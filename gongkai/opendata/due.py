"""哪些数据集到了要办的时候:逾期没有更新、快到期、该重新判定;写成查询的条件。"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.opendata.terms import Cycle
from gongkai.law.opendata.updating import UNJUDGED

from .terms import DatasetState

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


def to_judge(on: date) -> Q:
    """Whose attribute is to be judged again."""
    return ~Q(state=DatasetState.REMOVED) & Q(next_judging_on__lte=on)
