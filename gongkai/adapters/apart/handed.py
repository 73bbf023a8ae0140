"""交给读文件进程的文件:交的是打开的文件,不是内容。内容只在那边的进程里读进内存,算在那边的限度里。"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import IO, Any


@dataclass(frozen=True, slots=True)
class Handed:
    """An open file given in the place of its bytes; the work gets the bytes."""

    file: IO[bytes]

    def descriptor(self) -> int | None:
        """The number of the open file; None if it is only in memory."""
        try:
            self.file.flush()
            return self.file.fileno()
        except (OSError, AttributeError, ValueError):
            return None

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.file.seek(0, os.SEEK_END)

    def content(self) -> bytes:
        """All of it, from the beginning."""
        self.file.seek(0)
        return self.file.read()


@dataclass(frozen=True, slots=True)
class Place:
    """Where among the arguments the bytes of the descriptor that follows belong."""


def split(args: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[int]]:
    """The arguments as they are sent, and the descriptors that go beside them."""
    sent: list[Any] = []
    descriptors: list[int] = []
    for given in args:
        if isinstance(given, Handed):
            number = given.descriptor()
            if number is None:
                sent.append(given.content())
                continue
            descriptors.append(number)
            given = Place()
        sent.append(given)
    return tuple(sent), descriptors


def here(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments with the bytes in the place of the files, for work done in this process."""
    return tuple(given.content() if isinstance(given, Handed) else given for given in args)


def joined(args: tuple[Any, ...], descriptors: list[int]) -> tuple[Any, ...]:
    """The arguments as the work takes them; the descriptors are read and closed."""
    left = iter(descriptors)
    return tuple(_read(next(left)) if isinstance(given, Place) else given for given in args)


def _read(number: int) -> bytes:
    try:
        # 同父进程合用一个位置,所以写明从哪里读;一次读完,不留两份
        return os.pread(number, os.fstat(number).st_size, 0)
    finally:
        os.close(number)
