"""读外来的字节,一律在另一个进程里:内存、处理器、时间、打开的文件都有限,没有网络,出了事连同它的子进程一起停掉。

每条道(``Lane``)有自己的几个热着的进程,办满若干份就换新的。坏文件最多弄坏它自己的那个进程,得到的是一句话。
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from . import handed, state
from .handed import Handed
from .lanes import AMPLE_SCANS, BULK, DESK, OFFICE, PUBLIC, SCANS, Lane
from .pool import Pool
from .worker import Stopped

__all__ = ["AMPLE_SCANS", "BULK", "DESK", "OFFICE", "PUBLIC", "SCANS", "Handed", "Lane", "Stopped", "run"]

P = ParamSpec("P")
T = TypeVar("T")

_pools: dict[tuple[int, str], Pool] = {}
_lock = threading.Lock()


def run(lane: Lane, work: Callable[P, T], *args: P.args, **given: P.kwargs) -> T:
    """What ``work`` gives, done in another process; what it raises of the readers' own errors is raised here.

    Args:
        lane: the limits, and how many may go on at once.
        work: a function of a module (it is sent by its name); within such a process it is simply called.

    Raises:
        Stopped: over a limit, all processes busy, or the process died; one Chinese sentence says which.
    """
    if state.apart:
        return work(*handed.here(args), **given)
    return _pool(lane).run(work, args, given)  # type: ignore[no-any-return]


def _pool(lane: Lane) -> Pool:
    """The pool of this lane in this process; a process that was forked has its own."""
    key = (os.getpid(), lane.name)
    with _lock:
        if key not in _pools:
            _pools[key] = Pool(lane)
        return _pools[key]
