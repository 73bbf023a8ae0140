"""读外来字节的进程自己:装好读法,关上门,一份一份地办,直到没有人再交来。

由 ``worker.Worker`` 启动:``python -m gongkai.adapters.apart.child 套接字 道``。
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from importlib import import_module

from . import handed, lanes, state, wire
from .shut import shut

#: 这么久没有人交来,就自己结束,把内存还回去。
_IDLE = 300.0
_OPEN_FILES = 128
#: 映射进来的程序和模型另占的地址,不占内存。
_MAPPED = 1024 * lanes.MIB
_FILE_BYTES = 512 * lanes.MIB
_WARM = ("gongkai.adapters.files", "gongkai.adapters.annual", "gongkai.adapters.paper", "gongkai.adapters.redact")


def main() -> None:
    lane: lanes.Lane = getattr(lanes, sys.argv[2].upper())
    line = socket.socket(fileno=int(sys.argv[1]))
    state.apart = True
    for module in _WARM:
        import_module(module)
    from ..files.errors import Unreadable

    os.nice(lane.nice)
    shut()
    size, data = _size()
    _limit(resource.RLIMIT_DATA, data + lane.memory)
    _limit(resource.RLIMIT_AS, size + 2 * lane.memory + _MAPPED)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    gc.freeze()
    wire.send(line, b"ready")
    while True:
        line.settimeout(_IDLE)
        try:
            asked = wire.receive(line, most=1 << 40)
        except (EOFError, TimeoutError, OSError):
            return
        line.settimeout(None)
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + lane.cpu, resource.RLIM_INFINITY))
        signal.setitimer(signal.ITIMER_REAL, lane.wall + 5)  # 父进程没了也停得下来
        try:
            work, args, given, files = pickle.loads(asked)  # noqa: S301 父进程交来的
            asked = b""
            args = handed.joined(args, wire.receive_files(line, files))
            answer = pickle.dumps(("gives", work(*args, **given)), protocol=5)
        except Unreadable as error:
            answer = pickle.dumps(("raises", error), protocol=5)
        except MemoryError:
            answer = pickle.dumps(("memory", ""))
        except BaseException as error:
            own = type(error).__module__.startswith("gongkai.")
            answer = pickle.dumps(("raises", error) if own else ("broken", traceback.format_exc(limit=-6)[-2000:]))
        signal.setitimer(signal.ITIMER_REAL, 0)
        wire.send(line, answer)
        answer = b""
        work = args = given = None


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))


def _size() -> tuple[int, int]:
    """How much address space the process has now, and how much of it is writable memory of its own, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = file.read().split()
    return int(pages[0]) * resource.getpagesize(), int(pages[5]) * resource.getpagesize()


if __name__ == "__main__":
    main()
