"""推送的后台任务:读操作记录、排队、发送、清除。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.org.jobs import follower, periodic
from gongkai.org.models import LogEntry

from . import actions
from .models import Happening


@follower("notices.note", "推送：有新的事就登记", batch=500)
def note(entries: list[LogEntry]) -> None:
    """What happened long ago is noted too, and never told: ``spread`` asks how old it is."""
    actions.note(entries)


@periodic(
    "notices.spread", "推送：排进各人的队", every=timedelta(seconds=10), waits=Happening.objects.waiting().exists
)
def spread(*, at: datetime) -> str | None:
    queued = actions.spread(at)
    return f"排了{queued}条" if queued else None


@periodic("notices.deliver", "推送：发送", every=timedelta(seconds=5), waits=actions.waits)
def deliver(*, at: datetime) -> str | None:
    done = actions.deliver(at)
    return str(done) if done.tried else None


@periodic("notices.tidy", "推送：清除没有用处了的", daily=time(3, 40))
def tidy(*, on: date, at: datetime) -> str:
    return actions.tidy_up(on=on, at=at)
