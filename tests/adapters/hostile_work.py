"""读文件的进程里会出的事,一样一个函数;由 ``test_apart.py`` 交给那里去办。"""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time

from gongkai.adapters.files import Unreadable


def eat(_data: bytes, _name: str) -> int:
    return len(bytearray(64 << 30))


def spin(_data: bytes, _name: str) -> None:
    while True:
        pass


def sleep(_data: bytes, _name: str) -> None:
    time.sleep(600)


def crash(_data: bytes, _name: str) -> None:
    ctypes.string_at(0)


def leave(_data: bytes, _name: str) -> None:
    os._exit(3)


def stumble(_data: bytes, _name: str) -> None:
    raise LookupError("no such key")


def refuse(_data: bytes, name: str) -> None:
    raise Unreadable(name, "不好读", "请换一份")


def dial(_data: bytes, _name: str) -> list[str]:
    """What came of each way to reach the network, from here and from a program started here."""
    said = []
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
        try:
            socket.socket(family, socket.SOCK_STREAM if family != socket.AF_NETLINK else socket.SOCK_RAW)
            said.append("open")
        except OSError:
            said.append("shut")
    started = subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], capture_output=True)
    return [*said, "shut" if started.returncode else "open"]


def start_another(data: bytes, _name: str) -> None:
    """Start a program that goes on, write its number down, and hang."""
    other = subprocess.Popen(["sleep", "600"])
    with open(data.decode(), "w", encoding="ascii") as file:
        file.write(str(other.pid))
    time.sleep(600)


def surroundings(_data: bytes, _name: str) -> dict[str, str]:
    return dict(os.environ)


def number(_data: bytes, _name: str) -> int:
    return os.getpid()


def give_code(_data: bytes, _name: str):
    return os.system


def fill(_data: bytes, _name: str) -> bytes:
    return b"x" * (2 << 20)


def measure(data, name):
    return [len(data), data[:12]]
