"""后台的事:定时任务(``periodic``)和跟读操作记录的(``follower``)。各应用写在自己的 ``jobs.py`` 里,启动时自动找到。

操作记录就是发件箱:它和所记的改动在同一个事务里写下,序号就是提交的次序,所以跟读的既不会漏,也不会早于改动。
由 ``gongkai worker`` 运行,见 ``worker.py``。
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from inspect import signature
from typing import Any

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, slots=True)
class Periodic:
    """一项定时任务:全区只在一处运行(靠租约),或者每个节点各做各的。``every`` 和 ``daily`` 只有一个。"""

    name: str
    title: str
    run: Callable[..., str | None]
    every: timedelta | None = None
    daily: time | None = None
    each_node: bool = False
    waits: Callable[[], bool] | None = None

    @property
    def when(self) -> str:
        """“每天02:30”“每5分钟”。"""
        if self.daily is not None:
            return f"每天{self.daily:%H:%M}"
        seconds = int(self.every.total_seconds()) if self.every else 0
        for size, unit in ((86400, "天"), (3600, "小时"), (60, "分钟")):
            if seconds % size == 0:
                return f"每{seconds // size}{unit}"
        return f"每{seconds}秒"


@dataclass(frozen=True, slots=True)
class Follower:
    """一个跟读操作记录的:每个节点各读各的,读到哪里记在资料目录里。"""

    name: str
    title: str
    handle: Callable[[list[Any]], None]
    batch: int = 200

    when = "有新记录时"


@dataclass(frozen=True, slots=True)
class Recount:
    """放假安排改了就要重算的一类期限。``run(at=…)`` 逐件给出改动的一句话。"""

    title: str
    run: Callable[..., list[str]]


_periodic: dict[str, Periodic] = {}
_recounts: dict[str, Recount] = {}
_followers: dict[str, Follower] = {}


def periodic(
    name: str,
    title: str,
    *,
    every: timedelta | None = None,
    daily: time | None = None,
    each_node: bool = False,
    waits: Callable[[], bool] | None = None,
):
    """Register a job: ``job(*, at)`` each ``every``, or ``job(*, on, at)`` once for each day at the local time ``daily``.

    One node does it for all, unless ``each_node``: what a node keeps for itself (its public files, its index).

    ``waits`` tells cheaply whether there is anything to do; while there is not, a job done often rests for a minute.

    A day that was missed (the machine was off) is made up, oldest first. The job must bear being run twice for the
    same day: a crash between its work and the note of it repeats it. It may return one Chinese sentence that the desk
    shows, for example “提醒了3件”.
    """
    if (every is None) == (daily is None):
        raise TypeError("every 和 daily 要有一个,也只要一个")

    def register(run: Callable[..., str | None]) -> Callable[..., str | None]:
        if set(signature(run).parameters) != ({"at"} if every else {"on", "at"}):
            raise TypeError(f"后台任务{name}:every 的收 at,daily 的收 on 和 at")
        if _periodic.get(name, Periodic(name, title, run)).run is not run:
            raise ValueError(f"后台任务重名:{name}")
        _periodic[name] = Periodic(name, title, run, every, daily, each_node, waits)
        return run

    return register


def follower(name: str, title: str, *, batch: int = 200):
    """Register ``handle(entries)``: new rows of the log in the order of their commit, at most ``batch`` at a time.

    Each row comes at least once (again after a crash), and all rows again from the first when the database was
    replaced by another one (restored from a backup): handle them so that twice does no harm.
    """

    def register(handle: Callable[[list[Any]], None]) -> Callable[[list[Any]], None]:
        if _followers.get(name, Follower(name, title, handle)).handle is not handle:
            raise ValueError(f"跟读的重名:{name}")
        _followers[name] = Follower(name, title, handle, batch)
        return handle

    return register


def recount(name: str, title: str):
    """Register ``run(*, at)``: stored days that must be computed anew as soon as a holiday notice is installed (C08).

    It gives a sentence for each thing that moved, and notes each in the log itself.
    """

    def register(run: Callable[..., list[str]]) -> Callable[..., list[str]]:
        if _recounts.get(name, Recount(title, run)).run is not run:
            raise ValueError(f"重算的重名:{name}")
        _recounts[name] = Recount(title, run)
        return run

    return register


@cache
def _discover() -> None:
    """Import every app's ``jobs.py``, once: the worker asks twice a second."""
    autodiscover_modules("jobs")


def jobs() -> list[Periodic]:
    """Every periodic job, by name."""
    _discover()
    return [_periodic[name] for name in sorted(_periodic)]


def recounts() -> list[Recount]:
    """Everything that hangs on the holiday notices, by name."""
    _discover()
    return [_recounts[name] for name in sorted(_recounts)]


def followers() -> list[Follower]:
    """Every follower of the log, by name."""
    _discover()
    return [_followers[name] for name in sorted(_followers)]
