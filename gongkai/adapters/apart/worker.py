"""一个热着的读文件进程,从父进程这边看。"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from . import handed, wire
from .lanes import Lane

logger = logging.getLogger(__name__)
#: 起一个进程、装好各读法,至多这么多秒。
_START = 60.0


class Reason(Enum):
    """为什么没有办成。"""

    MEMORY = "memory"
    SLOW = "slow"
    DIED = "died"
    BUSY = "busy"
    BROKEN = "broken"


_SAID = {
    Reason.MEMORY: ("内容太大，读它要的内存超过了限度", "请拆开或者另存为简单的格式再试"),
    Reason.SLOW: ("内容太复杂，读的时间超过了限度", "请拆开或者另存为简单的格式再试"),
    Reason.DIED: ("文件不正常，读的程序停了", "请用原来的软件打开，另存一份再试"),
    Reason.BUSY: ("正在读别的文件", "请过一两分钟再试"),
    Reason.BROKEN: ("文件已经损坏", "请用原来的软件打开，另存一份再试"),
}


class Stopped(Exception):
    """The reading came to nothing; ``why`` and ``fix`` are Chinese phrases for users."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        self.why, self.fix = _SAID[reason]
        super().__init__(f"{self.why}。{self.fix}。")


class Gone(Exception):
    """The process had ended before it was given anything (idle too long)."""


class Worker:
    """A child process; one reading at a time. After ``Stopped`` it is of no more use."""

    def __init__(self, lane: Lane) -> None:
        self.lane, self.done = lane, 0
        here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gongkai.adapters.apart.child", str(there.fileno()), lane.name],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[there.fileno()],
                start_new_session=True,
                cwd="/",
                env=_environment(),
            )
        self._socket = here
        self._ready = False

    def call(self, work: Callable[..., Any], args: tuple[Any, ...], given: Mapping[str, Any]) -> Any:
        """What the function gives or raises. Raises Stopped, Gone."""
        self._await()
        try:
            self._socket.settimeout(self.lane.wall)
            sent, descriptors = handed.split(args)
            wire.send(self._socket, pickle.dumps((work, sent, given, len(descriptors)), protocol=5))
            wire.send_files(self._socket, descriptors)
        except OSError:
            raise Gone from None
        self.done += 1
        try:
            content = wire.receive(self._socket, most=self.lane.answer, until=time.monotonic() + self.lane.wall)
            how, value = wire.unpickled(content)
        except TimeoutError:
            raise Stopped(Reason.SLOW) from None
        except (EOFError, OSError):
            raise self._ended() from None
        except wire.TooLong:
            raise Stopped(Reason.MEMORY) from None
        except Exception:
            logger.exception("读文件的进程交回的不是数据")
            raise Stopped(Reason.DIED) from None
        if how == "gives":
            return value
        if how == "raises":
            raise value
        if how == "memory":
            raise Stopped(Reason.MEMORY)
        logger.error("读文件出了意料之外的错：%s", value)
        raise Stopped(Reason.BROKEN)

    def _await(self) -> None:
        if not self._ready:
            try:
                wire.receive(self._socket, most=64, until=time.monotonic() + _START)
            except (OSError, EOFError, TimeoutError):
                raise Gone from None
            self._ready = True

    def _ended(self) -> Stopped | Gone:
        """Why the process is no more."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.returncode
        if code == 0:
            return Gone()
        slow = code in (-signal.SIGXCPU, -signal.SIGALRM)
        logger.warning("读文件的进程停了：%s", code)
        return Stopped(Reason.SLOW if slow else Reason.DIED)

    def end(self) -> None:
        """Kill the process and all that it started."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._socket.close()
        self._process.wait()


def _environment() -> dict[str, str]:
    """No keys, no addresses of databases: only what Python and LibreOffice need."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR") if name in os.environ}
    path = os.pathsep.join(os.path.abspath(one) for one in sys.path)
    return kept | {
        "PYTHONPATH": path,
        "HOME": "/nonexistent",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
