"""用了一次记一行,先记在资料目录的文件里,后台再并进表:读数据的时候不写库。不记是谁、从哪里来。"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

#: 各档耗时的上限(毫秒),最后一档没有上限。
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 10**9)
_ROBOT = re.compile(r"bot|spider|crawl|slurp|monitor|probe|uptime|健康|监测", re.IGNORECASE)
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{1,15}) (view|download|interface) (ok|failed|internal) (\d{1,2})\Z")


@dataclass(frozen=True, slots=True)
class Call:
    """一次:哪一天、哪个数据集、哪条渠道、成没成、耗时在第几档。"""

    day: date
    dataset: int
    channel: str
    kind: str
    step: int


def is_internal(request: HttpRequest) -> bool:
    """The site's own, whoever works at the desk, robots, and requests without a body: none of them is use."""
    return (
        request.method != "GET"
        or bool(request.META.get("gongkai.publisher"))
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or bool(_ROBOT.search(request.headers.get("User-Agent", "")))
    )


def note(request: HttpRequest, dataset: int, channel: str, *, status: int, seconds: float, on: date) -> None:
    """Put down one call; a 304 took nothing and does not count, a full disk does not stop the answer."""
    if status == 304:
        return
    kind = "internal" if is_internal(request) else "ok" if status < 400 else "failed"
    step = next(place for place, most in enumerate(STEPS) if seconds * 1000 <= most)
    with suppress(OSError):
        append([_line(on, dataset, channel, kind, step)])


def _line(on: date, dataset: int, channel: str, kind: str, step: int) -> str:
    return f"{on.isoformat()} {dataset} {channel} {kind} {step}\n"


def noted_line(dataset: int, channel: str, on: date, times: int) -> list[str]:
    """So many calls that went well, for the sample district."""
    return [_line(on, dataset, channel, "ok", 2)] * times


def append(lines: list[str]) -> None:
    """Write whole lines at the end in one piece."""
    path = _folder() / "calls.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb", buffering=0) as file:
        file.write("".join(lines).encode())


@contextmanager
def set_aside_calls() -> Iterator[Iterator[Call]]:
    """The calls noted so far; they are gone when the block ends well, and come again when it does not."""
    path, mine = _folder() / "calls.log", _folder() / "calls.taken"
    if path.exists() and not mine.exists():
        path.rename(mine)
    if not mine.exists():
        yield iter(())
        return
    with mine.open(encoding="ascii", errors="replace") as file:
        yield _read(file)
    mine.unlink()


def _read(lines: Iterator[str]) -> Iterator[Call]:
    for line in lines:
        if found := _LINE.match(line.strip()):
            yield Call(
                date.fromisoformat(found[1]), int(found[2]), found[3], found[4], min(int(found[5]), len(STEPS) - 1)
            )


def _folder() -> Path:
    return Path(settings.GONGKAI_DATA) / "open-data"
