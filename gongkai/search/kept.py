"""检索词的暂存:公众检索时只在资料目录的 ``search/asked.jsonl`` 后面添一行(词、日期、找到几件),不写数据库,不记人。

后台任务隔一会儿收走,并成每天每词一行(``actions.count_in``)。带个人信息的、太长的不留。
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings

from gongkai.adapters.personal import personal_data
from gongkai.adapters.words import fold

LONGEST = 60
#: 暂存的最多这么大:有人捣乱也占不满盘。
_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Note:
    """一次检索或者点开:``kind`` 是 search、ask;点开的 ``found`` 是 None。"""

    text: str
    kind: str
    on: date
    found: int | None


def plain(text: str) -> str:
    """The query as it is counted, empty if it is not kept: one line, simplified, not long, nothing personal.

    >>> plain("  加装電梯  補助 "), plain("13800000000 的电梯")
    ('加装电梯 补助', '')
    """
    words = " ".join(fold(text[: LONGEST * 4]).split())
    if not any(sign.isalnum() for sign in words) or len(words) > LONGEST or personal_data(words):
        return ""
    return words.encode("utf-8", "replace").decode("utf-8")


def note(text: str, kind: str, on: date, *, found: int | None) -> None:
    """Add one line; a full disk or a missing folder must not keep anybody from searching."""
    if not (words := plain(text)):
        return
    line = json.dumps([words, kind, on.isoformat(), found], ensure_ascii=False) + "\n"
    try:
        with _locked(_path()) as file:
            if file.tell() < _MOST_BYTES:
                file.write(line)
    except OSError:
        return


def set_aside() -> list[Path]:
    """Set what was noted so far aside; every file that waits to be counted, those of a broken-off run too."""
    path = _path()
    if path.exists():
        with _locked(path):
            number = max((int(one.stem.rpartition("-")[2]) for one in _taken()), default=0) + 1
            os.replace(path, path.with_name(f"asked-{number:06d}.jsonl"))
    return _taken()


def read(path: Path) -> Iterator[Note]:
    """The notes of a file; damaged lines are left out."""
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            text, kind, on, found = json.loads(line)
            yield Note(
                str(text)[:LONGEST], str(kind), date.fromisoformat(on), None if found is None else int(found)
            )
        except (ValueError, TypeError):
            continue


def _path() -> Path:
    return Path(settings.GONGKAI_DATA) / "search" / "asked.jsonl"


def _taken() -> list[Path]:
    return sorted(_path().parent.glob("asked-*.jsonl"))


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    """The file opened for appending, ours alone; opened again if it was set aside while we waited."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                yield file
                return
