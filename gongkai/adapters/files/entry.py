"""读外来文件的入口:都在另一个进程里读(``apart``),出了什么事都是 ``Unreadable`` 的一句话。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast

from .. import apart
from . import concerns as _concerns
from . import office, reading
from . import pages as _pages
from .document import Document
from .errors import Unreadable
from .kinds import Kind, kind_of
from .limits import DEFAULT, MIB, Limits

P = ParamSpec("P")
T = TypeVar("T")


def apart_from(
    lane: apart.Lane,
    work: Callable[Concatenate[bytes, str, P], T],
    data: bytes | apart.Handed,
    name: str,
    *args: P.args,
    **given: P.kwargs,
) -> T:
    """What ``work(data, name, …)`` gives, done in another process.

    An open file (``apart.Handed``) is read there only; this process never holds its bytes.

    Raises:
        Unreadable: the work's own, or that it went over a limit, or that all processes are busy.
    """
    size = data.size if isinstance(data, apart.Handed) else len(data)
    if size > DEFAULT.file_bytes:
        raise Unreadable(name, f"文件超过 {DEFAULT.file_bytes // MIB} MB", "请拆开或者压缩图片后再试")
    try:
        return apart.run(lane, work, cast(bytes, data), name, *args, **given)
    except apart.Stopped as stopped:
        raise Unreadable(name, stopped.why, stopped.fix) from None


def lane_of(data: bytes, lane: apart.Lane = apart.DESK) -> apart.Lane:
    """The lane for these bytes: what LibreOffice has to turn first goes one at a time."""
    return apart.OFFICE if kind_of(data) in office.KINDS else lane


def read(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Document:
    """Read one file of any kind that offices keep their papers in; see ``reading.read``.

    Raises:
        Unreadable: and nothing else, whatever the bytes are.
    """
    return apart_from(lane_of(data), reading.read, data, name, limits=limits)


def pages(data: bytes, name: str, *, limits: Limits = DEFAULT) -> list[_pages.Page]:
    """The text of a file by page or sheet; nothing if it cannot be read. See ``pages.pages``."""
    try:
        return apart_from(apart.DESK, _pages.pages, data, name, limits=limits)
    except Unreadable:
        return []


def concerns(content: bytes, kind: Kind, name: str) -> list[str]:
    """What a person should look at before the file is given out; see ``concerns.concerns``."""
    try:
        return apart_from(lane_of(content), _looked, content, name, kind)
    except Unreadable as error:
        return [f"里面的内容没有查成（{error.why}），请打开核对"]


def _looked(content: bytes, name: str, kind: Kind) -> list[str]:
    return _concerns.concerns(content, kind, name)
