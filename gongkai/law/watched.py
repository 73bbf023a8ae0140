"""机关自己装入的文件(放假安排、自定口径)改了,正在运行的进程也要知道:每隔一会儿看一眼文件的时间和大小。"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

#: Seconds between two looks: a rule asks for the calendar thousands of times in a second.
EVERY = 1.0


class Watched:
    """Files that another process may write while this one runs.

    Args:
        paths: gives the files to watch, now.
    """

    def __init__(self, paths: Callable[[], Iterable[Path]]) -> None:
        self._paths = paths
        self._looked = 0.0
        self._seen: object = None

    def note(self) -> None:
        """What lies there now is known: only later changes count."""
        self._looked, self._seen = time.monotonic(), self._stamp()

    def changed(self) -> bool:
        """Whether a file came, went or was written since it was last noted; looked at once in a while only."""
        if time.monotonic() - self._looked < EVERY:
            return False
        before = self._seen
        self.note()
        return self._seen != before

    def _stamp(self) -> list[tuple[str, int, int]]:
        found = []
        for path in self._paths():
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
        return sorted(found)
