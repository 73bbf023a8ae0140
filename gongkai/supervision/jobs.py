"""督查考核的后台任务:跟着操作记录重算各个数;每晚存下月末、年末的;提醒还没有听取汇报的机关。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.desk.figures import figures
from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY
from gongkai.org import chain
from gongkai.org.jobs import follower, periodic
from gongkai.org.models import LogEntry

from . import actions
from .models import AskedDay

#: 平常的日子只存这么多天;月末的一直存着。
KEPT_DAYS = 60


@follower("supervision.figures", "督查考核：有变动就重算各个数", batch=1000)
def follow(entries: list[LogEntry]) -> None:
    """The figures of the newest day that what happened may have changed; read again, it does no harm.

    While the log is read from far behind, nothing is kept: an old day is counted when somebody asks for it.
    """
    if chain.head()[0] - entries[-1].seq > len(entries):
        return
    apps = {entry.action.partition(".")[0] for entry in entries}
    keys = [figure.key for figure in figures().values() if apps & set(figure.follows)]
    if keys:
        actions.keep(local_day(max(entry.at for entry in entries)), keys)


@periodic("supervision.day", "督查考核：存下当天的数", daily=time(0, 20))
def day(*, on: date, at: datetime) -> str:
    """So that the pages of a new day need not count anew before the first action of the day."""
    return f"存下{actions.keep(on, figures())}个数"


@periodic("supervision.month", "督查考核：存下月末的数", daily=time(4, 10))
def month(*, on: date, at: datetime) -> str:
    """On the first of a month the figures of the last day before it; old days in between are dropped."""
    last = on.replace(day=1) - DAY
    kept = actions.keep(last, figures(), today=on) if on.day == 1 else 0
    ends = [date(year, month, 1) - DAY for year in range(on.year - 6, on.year + 1) for month in range(1, 13)]
    asked = AskedDay.objects.filter(asked_at__gte=at - DAY * KEPT_DAYS).values_list("on", flat=True)
    gone = actions.forget(on - DAY * KEPT_DAYS, also=[*ends, *asked])
    return f"存下{kept}个数，清掉{gone}个旧的"


@periodic(
    "supervision.asked",
    "督查考核：数有人要看的一天",
    every=timedelta(minutes=1),
    waits=lambda: AskedDay.objects.filter(done_at=None).exists(),
)
def asked(*, at: datetime) -> str | None:
    """What somebody asked for on a page and would have waited for too long."""
    days = actions.count_asked(today=local_day(at), at=at)
    return f"数好{days}天" if days else None
