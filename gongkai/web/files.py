"""内置服务器的文件一层:在 Django 之前,公众网页有文件就直接发,没有就交给应用程序。

认得 GET、HEAD、If-None-Match(304)、Accept-Encoding,附件还认得 Range。别的一律交给应用程序。
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.http import content_disposition_header

from gongkai.adapters.publictree import FILES, name_of

from .headers import HSTS, PUBLIC
from .publisher.rendering import HTML, KINDS

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")
_BLOCK = 256 * 1024
#: Seconds by which the sign of life may lie ahead of this clock (another machine's file system).
_SKEW = 5.0


class PublicFiles:
    """Sends what lies in the public tree. Files are trusted only while the worker gives signs of life.

    Args:
        root: the folder that holds ``current`` and ``alive``.
        trust: seconds after the last sign of life.
        https: whether visitors must come by TLS (a proxy tells).
    """

    def __init__(self, app: App, root: Path, *, trust: int, https: bool) -> None:
        self.app, self.root, self.trust, self.https = app, root, trust, https
        self.headers = [*PUBLIC.items(), *([HSTS] if https else [])]
        self._alive_until, self._looked_at = 0.0, 0.0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.app(environ, start_response)
        if self.https and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return self.app(environ, start_response)
        try:
            address = environ["PATH_INFO"].encode("latin-1").decode()
        except UnicodeError:
            return self.app(environ, start_response)
        name = name_of(address)
        if name is None or not self._alive():
            return self.app(environ, start_response)
        attached = address.startswith(FILES)
        packed = not attached and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        head = [*self.headers, ("Accept-Ranges", "bytes") if attached else ("Vary", "Accept-Encoding")]
        path, kind = f"{self.root}/current/{name}", "" if packed or attached else "-plain"
        try:
            if given := environ.get("HTTP_IF_NONE_MATCH"):  # 没有变的,不用打开
                about = os.lstat(path)
                if stat.S_ISREG(about.st_mode) and _matches(given, tag := _tag(about, kind)):
                    start_response("304 Not Modified", [*head, ("ETag", tag)])
                    return [b""]
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return self.app(environ, start_response)
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            os.close(handle)
            return self.app(environ, start_response)
        head.append(("ETag", _tag(about, kind)))
        if attached:
            return _attachment(address, handle, about, head, environ, start_response)
        content = _content(handle, packed)
        if content is None:  # 坏了的:拿走,由程序现写
            with suppress(OSError):
                os.unlink(path)
            return self.app(environ, start_response)
        return _page(address, content, packed, head, environ, start_response)

    def _alive(self) -> bool:
        """Looked at once a second at most."""
        now = time.time()
        if now - self._looked_at >= 1:
            self._looked_at = now
            try:
                sign = os.stat(self.root / "alive").st_mtime
                # 时间在现在以后的不算:时钟走快过,留下的文件可能早已停更
                self._alive_until = sign + self.trust if sign <= now + _SKEW else 0.0
            except OSError:
                self._alive_until = 0.0
        return now < self._alive_until


Head = list[tuple[str, str]]
#: How every gzip file begins.
_GZIP = b"\x1f\x8b\x08"


def _tag(about: os.stat_result, kind: str) -> str:
    """The ETag of a file; ``kind`` tells apart what is sent unpacked."""
    return f'"{about.st_mtime_ns:x}-{about.st_size:x}{kind}"'


def _content(handle: int, packed: bool) -> bytes | None:
    """What is sent of a page's file; None if the file is damaged."""
    try:
        with os.fdopen(handle, "rb", buffering=0) as file:
            stored = file.readall()
        if not stored.startswith(_GZIP):
            return None
        return stored if packed else gzip.decompress(stored)
    except (OSError, EOFError, zlib.error):
        return None


def _page(
    address: str, content: bytes, packed: bool, head: Head, environ: dict[str, Any], start: Callable[..., Any]
) -> Iterable[bytes]:
    kind = next((kind for end, kind in KINDS.items() if address.endswith(end)), HTML)
    head += [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(content)))]
    if packed:
        head.append(("Content-Encoding", "gzip"))
    start("200 OK", head)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else content]


def _attachment(
    address: str,
    handle: int,
    about: os.stat_result,
    head: Head,
    environ: dict[str, Any],
    start: Callable[..., Any],
) -> Iterable[bytes]:
    name, size, tag = address.rsplit("/", 1)[1], about.st_size, _tag(about, "")
    file = os.fdopen(handle, "rb")
    head += [
        ("Content-Type", guess_type(name)[0] or "application/octet-stream"),
        ("Content-Disposition", content_disposition_header(True, name) or "attachment"),
    ]
    first, last, status = 0, size - 1, "200 OK"
    wanted = environ.get("HTTP_RANGE", "")
    if wanted and environ.get("HTTP_IF_RANGE", tag) == tag and (found := _RANGE.fullmatch(wanted.strip())):
        bounds = _bounds(found[1], found[2], size)
        if bounds is None:
            file.close()
            start(
                "416 Range Not Satisfiable", [*head, ("Content-Range", f"bytes */{size}"), ("Content-Length", "0")]
            )
            return [b""]
        first, last = bounds
        status = "206 Partial Content"
        head.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    start(status, [*head, ("Content-Length", str(last - first + 1))])
    if environ["REQUEST_METHOD"] == "HEAD":
        file.close()
        return [b""]
    return _blocks(file, first, last - first + 1)


def _blocks(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (block := file.read(min(_BLOCK, length))):
            length -= len(block)
            yield block


def _bounds(first: str, last: str, size: int) -> tuple[int, int] | None:
    """The first and last byte asked for; None if there are none such. ``-500`` means the last 500."""
    if not first:
        length = _number(last)
        return (max(0, size - length), size - 1) if length and size else None
    start, end = _number(first), min(_number(last), size - 1) if last else size - 1
    return (start, end) if start <= end else None


def _number(digits: str) -> int:
    """As many digits as a file's size may have; more are as good as that many."""
    return int(digits.lstrip("0")[:18] or "0")


def _matches(given: str, tag: str) -> bool:
    """If-None-Match: ``*`` or one of a list; a weak one counts (a proxy may have weakened ours)."""
    return given.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in given.split(",")}


@lru_cache(maxsize=256)
def _takes_gzip(given: str) -> bool:
    """Whether the visitor takes gzip: named, or by ``*``, and not with quality 0."""
    quality: dict[str, float] = {}
    for part in given.lower().split(","):
        name, _, rest = part.partition(";")
        try:
            quality[name.strip()] = float(rest.partition("q=")[2] or 1) if rest else 1.0
        except ValueError:
            quality[name.strip()] = 0.0
    return quality.get("gzip", quality.get("*", 0.0)) > 0
