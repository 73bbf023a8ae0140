"""费时的公众请求同时至多占几个线程:占满了,后来的马上得到一句“正忙”,不排队,别的网页照常。"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

_BLOCK = 1 << 20


class Places:
    """So many at once in this process.

    Args:
        number: at most how many; fewer than the threads of the server (``--blocking-threads``), which others need.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._free = threading.BoundedSemaphore(number)

    @contextmanager
    def occupy(self) -> Iterator[bool]:
        """Whether there was a place, which is held until the end; never waits."""
        got = self._free.acquire(blocking=False)
        try:
            yield got
        finally:
            if got:
                self._free.release()


def pour_away(request: HttpRequest) -> None:
    """Read the body and keep nothing of it: some clients see no answer to what they have not been allowed to finish."""
    while request.read(_BLOCK):
        pass
