"""父子进程之间怎样说话:长度在前,内容用 pickle。子进程读过外来的字节,它交回来的只许是几种已知的数据。"""

from __future__ import annotations

import enum
import io
import pickle
import socket
import struct
import time
from typing import Any

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 20
#: 交回来的数据只许由这些构成;别的一概不造。
_OWN = ("gongkai.adapters.", "gongkai.law.")
_PLAIN = frozenset(
    {
        "builtins.set",
        "builtins.frozenset",
        "builtins.bytearray",
        "builtins.complex",
        "builtins.slice",
        "collections.OrderedDict",
        "collections.Counter",
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "decimal.Decimal",
        "fractions.Fraction",
    }
)


class TooLong(Exception):
    """The answer is larger than the lane takes."""


def send(to: socket.socket, content: bytes) -> None:
    """Write one message."""
    to.sendall(_LENGTH.pack(len(content)))
    to.sendall(content)


def send_files(to: socket.socket, descriptors: list[int]) -> None:
    """Give open files to the other side, after the message that speaks of them."""
    if descriptors:
        socket.send_fds(to, [b"f"], descriptors)


def receive_files(of: socket.socket, number: int) -> list[int]:
    """The open files that follow the message. Raises EOFError: they do not."""
    if not number:
        return []
    mark, descriptors, _, _ = socket.recv_fds(of, 1, number)
    if not mark or len(descriptors) != number:
        raise EOFError
    return descriptors


def receive(of: socket.socket, *, most: int, until: float = 0) -> bytes:
    """Read one message.

    Args:
        until: ``time.monotonic()`` by which it must be whole; 0 for no such time.

    Raises:
        EOFError: the other side has gone. TimeoutError: not in time. TooLong: longer than ``most`` bytes.
    """
    length = _LENGTH.unpack(_exactly(of, _LENGTH.size, until))[0]
    if length > most:
        raise TooLong
    return _exactly(of, length, until)


def _exactly(of: socket.socket, length: int, until: float) -> bytes:
    whole = bytearray()
    while len(whole) < length:
        if until:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            of.settimeout(left)
        part = of.recv(min(_CHUNK, length - len(whole)))
        if not part:
            raise EOFError
        whole += part
    return bytes(whole)


def _member(kind: Any, name: Any) -> enum.Enum:
    """What some releases of Python 3.11 write as ``getattr(kind, name)``: a member of an enumeration, nothing else."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum) and name in kind.__members__:
        return kind.__members__[name]
    raise pickle.UnpicklingError(f"getattr {name!r}")


class _Known(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _member
        if f"{module}.{name}" in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OWN) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def unpickled(content: bytes) -> Any:
    """Data of the readers' own kinds and plain ones; never a function. Raises pickle.UnpicklingError."""
    return _Known(io.BytesIO(content)).load()
