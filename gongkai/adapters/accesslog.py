"""读网页服务器的访问日志:一行一次访问,没有访问者的地址;接着上次读,换过日志也不漏不重。

一行写作 ``时间 方法 状态码 网址``,时间带时区(``2026-11-26T08:00:00+08:00`` 或者 ``2026-11-26 08:00:00 +0800``)。
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

#: Bytes read in one turn.
TURN = 8 * 1024 * 1024
_PACKED = (".gz", ".xz", ".bz2", ".zst")
_LINE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d) ?([+-]\d\d):?(\d\d) ([A-Z]+) (\d{3}) (/.*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """读到哪里:哪个文件(节点号和头一行的散列,换过名字也认得)、第几个字节。"""

    file: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """一次访问。``path`` 不带查询串,不带百分号编码。"""

    at: datetime
    method: str
    status: int
    path: str


def parse(line: str) -> Visit | None:
    """One line; None for what is no visit.

    >>> parse("2026-11-26T08:00:00+08:00 GET 200 /records/7/?x=1").path
    '/records/7/'
    >>> parse("2026-11-26 08:00:00 +0800 GET 404 /%E6%97%A7.htm").path
    '/旧.htm'
    """
    found = _LINE.fullmatch(line.rstrip("\r\n"))
    if not found:
        return None
    day, time, hours, minutes, method, status, address = found.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{time}{hours}:{minutes}")
    except ValueError:
        return None
    path = unquote(address.partition("?")[0])
    return None if "\0" in path else Visit(at, method, int(status), path)


def read(path: Path, mark: Mark, *, limit: int = TURN) -> tuple[list[str], Mark]:
    """The whole lines after ``mark`` and the new mark; at most about ``limit`` bytes.

    Where the log was rotated, the rest of the old file (``pages.log.1``, not packed) comes first. An old file that is
    gone or packed is given up, and the present one is read from its beginning.
    """
    files = _files(path)
    at = next((n for n, (name, _) in enumerate(files) if name == mark.file), None)
    if at is None:
        files, mark = files[-1:], Mark()
    else:
        files = files[at:]
    lines: list[str] = []
    for name, one in files:
        start = mark.offset if name == mark.file else 0
        with one.open("rb") as file:
            file.seek(start)
            block = file.read(limit)
            more = bool(file.read(1))
        whole = block[: block.rfind(b"\n") + 1]
        if not whole and more:
            whole = block  # 没有换行的长行:不是日志,跳过
        lines += whole.decode("utf-8", "replace").splitlines()
        mark = Mark(name, start + len(whole))
        limit -= len(whole)
        if more or limit <= 0:
            break
    return lines, mark


def _files(path: Path) -> list[tuple[str, Path]]:
    """The log and what it was rotated to, the oldest first, each with the name by which it is known again."""
    found = []
    for one in path.parent.glob(f"{path.name}*"):
        if one.suffix in _PACKED or not one.is_file():
            continue
        with one.open("rb") as file:
            first = file.readline()
            about = os.fstat(file.fileno())
        if first.endswith(b"\n"):
            name = f"{about.st_ino}:{hashlib.sha256(first).hexdigest()[:16]}"
            found.append((one.name == path.name, about.st_mtime_ns, name, one))
    return [(name, one) for _, _, name, one in sorted(found)]


class Line(logging.Formatter):
    """日志的一行,给 granian 用:它给的各项里只取时间、方法、状态码和路径,不取访问者的地址和查询串。"""

    def format(self, record: logging.LogRecord) -> str:
        given = record.args if isinstance(record.args, dict) else {}
        # WSGI 的路径是按 latin-1 读的字节
        path = quote(str(given.get("path", "")).encode("latin-1", "replace"), safe="/")
        return f"{given.get('time')} {given.get('method')} {given.get('status')} {path}"


class Without(logging.Filter):
    """不记这些网址下的访问(工作台、带一次性口令的链接)。"""

    def __init__(self, prefixes: list[str]) -> None:
        super().__init__()
        self.prefixes = tuple(prefixes)

    def filter(self, record: logging.LogRecord) -> bool:
        given = record.args if isinstance(record.args, dict) else {}
        return not str(given.get("path", "")).startswith(self.prefixes)


class Visited(logging.Filter):
    """不记发布程序自己取不到的网页:撤下的(410)、没有的(404)正是它要知道的,不是差错。"""

    def filter(self, record: logging.LogRecord) -> bool:
        environ = getattr(getattr(record, "request", None), "environ", {})
        return "gongkai.publisher" not in environ or getattr(record, "status_code", 500) >= 500
