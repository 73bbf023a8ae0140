"""运行后台的事:跟读操作记录、到点的定时任务;每一项都留下心跳,出了错不影响别的。"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongkai.desk.moments import SKEW
from gongkai.law.calendar import DAY

from . import chain
from .jobs import Follower, Periodic, followers, jobs
from .models import Heartbeat, LogEntry

#: How long one node holds a periodic job; another takes over when it has died in the midst of it.
LEASE = timedelta(minutes=15)
#: How long after a failure a thing is tried again; doubled with each failure in a row, up to the longest.
RETRY, LONGEST = timedelta(seconds=5), timedelta(minutes=10)
#: How long one follower may read on before the others have their turn.
SLICE = timedelta(seconds=2)
#: Everything is looked at once in this time, whatever was remembered.
LOOK = timedelta(minutes=1)
#: Days made up at most after the machine was off.
MADE_UP = 31

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Memory:
    """记着日志读到哪里、各项什么时候再看:没有事的时候一轮只问数据库一句。

    What another node did, or a clock set anew, is seen within ``LOOK`` all the same.
    """

    head: int = -1
    due: dict[str, datetime] = field(default_factory=dict)

    def news(self) -> None:
        """Look at the log; when it has grown, every follower is due."""
        head = chain.head()[0]
        if head != self.head:
            self.head = head
            for follower in followers():
                self.due.pop(follower.name, None)

    def is_due(self, name: str, at: datetime) -> bool:
        due = self.due.get(name)
        return due is None or not at < due <= at + LOOK

    def look_again(self, name: str, at: datetime, due: datetime) -> None:
        self.due[name] = min(due, at + LOOK)


def run(now: Clock, memory: Memory | None = None) -> int:
    """One round over everything that is due.

    Args:
        memory: kept from round to round by whoever runs them one after the other; without it everything is looked at.

    Returns:
        how many things did some work; 0 means that nothing is left to do now.
    """
    memory = memory or Memory()
    memory.news()
    done = 0
    for follower in (*followers(), *jobs()):
        if memory.is_due(follower.name, now()):
            work = _follow if isinstance(follower, Follower) else _work
            done += work(follower, now, memory)  # type: ignore[operator]
    return done


def drain(now: Clock) -> None:
    """Rounds until every follower is at the end of the log and every job that was due has run."""
    while run(now):
        pass


def take_back() -> None:
    """Free what this node held when it was killed: a node has one worker, and that one has just begun."""
    free_leases(Heartbeat.objects.filter(leased_by=settings.NODE))


def free_leases(beats: QuerySet[Heartbeat] | None = None) -> None:
    """Free these things, else all: after a restore nobody who held one is still at work."""
    (Heartbeat.objects.all() if beats is None else beats).update(leased_until=None, leased_by="")


def ahead(moment: datetime | None, at: datetime) -> bool:
    """Whether a noted time lies in the future, so that it counts as absent."""
    return moment is not None and moment > at + SKEW


# --- 跟读 ---


class Cursor:
    """读到哪一条:序号和散列,在资料目录里。换了库(散列对不上)就从头读。"""

    def __init__(self, name: str) -> None:
        self.path: Path = settings.GONGKAI_DATA / "followers" / name

    def read(self) -> int:
        """The number of the last row that was handled; 0 before the first."""
        try:
            return chain.number_of_mark(self.path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def write(self, entry: LogEntry) -> None:
        """Note it by renaming a new file into place: a crash leaves the old note or the new one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(f".{os.getpid()}")
        new.write_text(f"{entry.seq}:{entry.hash}", "ascii")
        new.replace(self.path)


def behind(follower: Follower) -> int:
    """How many rows of the log this node's follower has not handled yet."""
    return chain.head()[0] - Cursor(follower.name).read()


def _follow(follower: Follower, now: Clock, memory: Memory) -> int:
    cursor, done = Cursor(follower.name), 0
    beat = _heartbeat(follower.name, settings.NODE)
    began = now()
    if not _may_try(beat, began):
        memory.look_again(follower.name, began, began + RETRY)
        return 0
    seen = cursor.read()
    while now() - began < SLICE and (
        rows := list(LogEntry.objects.filter(seq__gt=seen).order_by("seq")[: follower.batch])
    ):
        try:
            follower.handle(rows)
        except Exception as error:  # one thing that fails must not stop the others
            _failed(beat, error, now())
            return 0
        cursor.write(rows[-1])
        seen, done = rows[-1].seq, done + len(rows)
    last = beat.succeeded_at
    if done or last is None or ahead(last, now()) or now() - last > timedelta(minutes=1):
        _succeeded(beat, now(), said=f"读到第{seen}条" if seen else "")
    if not done:
        memory.look_again(follower.name, now(), now() + LOOK)
    return int(bool(done))


# --- 定时 ---


def _work(job: Periodic, now: Clock, memory: Memory) -> int:
    beat = _heartbeat(job.name, settings.NODE if job.each_node else "")
    if not _is_due(job, beat, now()):
        memory.look_again(job.name, now(), _next(job, beat, now()))
        return 0
    if not (_may_try(beat, now()) and _lease(beat, now())):
        memory.look_again(job.name, now(), now() + RETRY)
        return 0
    try:
        said: str | None = None
        if job.daily is None:
            said = job.run(at=now())
        else:
            for on in _days(job, beat, now()):
                said = job.run(on=on, at=now()) or said
                Heartbeat.objects.filter(pk=beat.pk).update(done_through=on)
    except Exception as error:
        _failed(beat, error, now())
        return 0
    _succeeded(beat, now(), said=said or "")
    return 1


def _is_due(job: Periodic, beat: Heartbeat, at: datetime) -> bool:
    if job.every is not None:
        last = beat.succeeded_at
        if last is None or ahead(last, at):
            return True
        return at - last >= job.every and (job.waits is None or at - last >= LOOK or job.waits())
    return next(_days(job, beat, at), None) is not None


def _next(job: Periodic, beat: Heartbeat, at: datetime) -> datetime:
    """When a job that is not due will be."""
    if job.every is not None and beat.succeeded_at is not None:
        due = beat.succeeded_at + job.every
        return due if due > at else at + job.every
    assert job.daily is not None
    local = timezone.localtime(at)
    today = timezone.make_aware(datetime.combine(local.date(), job.daily))
    return today if local < today else today + DAY


def _days(job: Periodic, beat: Heartbeat, at: datetime) -> Iterator[date]:
    """The days not done yet, oldest first; a job that never ran begins with the last day whose time has come."""
    assert job.daily is not None
    local = timezone.localtime(at)
    last = local.date() if local.time() >= job.daily else local.date() - DAY
    done = beat.done_through
    if done and done > local.date():
        done = None
    day = max(done, last - MADE_UP * DAY) + DAY if done else last
    while day <= last:
        yield day
        day += DAY


def _lease(beat: Heartbeat, at: datetime) -> bool:
    """Take the job for this node unless another one holds it: one UPDATE decides."""
    free = Q(leased_until=None) | Q(leased_until__lt=at) | Q(leased_until__gt=at + LEASE + SKEW)
    unchanged = Q(succeeded_at=beat.succeeded_at) if beat.succeeded_at else Q(succeeded_at=None)
    taken = Heartbeat.objects.filter(free & unchanged, pk=beat.pk).update(
        leased_until=at + LEASE, leased_by=settings.NODE
    )
    return taken == 1


# --- 心跳 ---


def _heartbeat(name: str, node: str) -> Heartbeat:
    return Heartbeat.objects.get_or_create(name=name, node=node)[0]


def _may_try(beat: Heartbeat, at: datetime) -> bool:
    if not beat.failures or beat.failed_at is None or ahead(beat.failed_at, at):
        return True
    return at - beat.failed_at >= min(RETRY * 2 ** min(beat.failures - 1, 20), LONGEST)


def _succeeded(beat: Heartbeat, at: datetime, *, said: str) -> None:
    Heartbeat.objects.filter(pk=beat.pk).update(
        succeeded_at=at, said=said[:300], failures=0, error="", leased_until=None, leased_by=""
    )


def _failed(beat: Heartbeat, error: Exception, at: datetime) -> None:
    logger.exception("后台任务%s出错", beat.name)
    Heartbeat.objects.filter(pk=beat.pk).update(
        failed_at=at,
        failures=F("failures") + 1,
        error=f"{type(error).__name__}: {error}"[:300],
        leased_until=None,
        leased_by="",
    )
