"""一组进程合起来的内存:在读的各占几格,格子占完了就等。一格是一个锁着的小文件,进程没了,格子自己空出来。

锁在临时目录里:systemd 的单元、容器各有各的(PrivateTmp),所以正好是一个 MemoryMax 管着的那一组。
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .lanes import CELL, SHARES, Lane
from .worker import Reason, Stopped

#: Where the locks are; the same for all processes of a group.
FOLDER = Path(tempfile.gettempdir())
#: Seconds between two looks for free cells.
_AGAIN = 0.05


@contextmanager
def hold_memory(lane: Lane) -> Iterator[None]:
    """Hold as many cells of the lane's share as its memory is, all or none.

    Raises:
        Stopped: they did not come free within the lane's wait.
    """
    until = time.monotonic() + lane.wait
    while (held := _cells(lane.share, -(-lane.memory // CELL))) is None:
        if time.monotonic() >= until:
            raise Stopped(Reason.BUSY)
        time.sleep(_AGAIN)
    try:
        yield
    finally:
        _release(held)


def _cells(share: str, wanted: int) -> list[int] | None:
    """Locked files, as many as wanted; None (and nothing held) if so many are not free now."""
    held: list[int] = []
    for number in range(SHARES[share] // CELL):
        path = FOLDER / f"gongkai-{os.getuid()}-{share}-{number}.lock"
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            continue
        held.append(file)
        if len(held) == wanted:
            return held
    _release(held)
    return None


def _release(held: list[int]) -> None:
    for file in held:
        with suppress(OSError):
            os.close(file)
