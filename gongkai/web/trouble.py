"""过一会儿就好的毛病:盘满了、库一时忙不过来、连不上。说成一句话(503),不是“系统出错了”。"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_AWAY = re.compile(
    "connect|server closed|terminat|timeout|unable to open|disk I/O|readonly|shutting down|starting up"
)
#: PostgreSQL 的 disk_full。
_DISK_FULL = "53100"
FULL = (
    "存储空间满了，现在存不下新的内容，已经记在日志里，请联系管理员。刚才填的没有收下，请先另存一份，稍后再试；"
    "着急的，可以到受理窗口当面提交、邮寄提交。已经公开的内容照常可以看。"
)
BUSY = "同一刻存东西的太多，刚才这一次没有收下。请过一会儿再提交一次，先不要关掉填好的页面。"
AWAY = "数据库暂时连不上，已经记在日志里。刚才填的没有收下，请先另存一份，稍后再试。"


def is_full(error: BaseException) -> bool:
    """Whether something failed because a disk is full, however deep the cause lies.

    >>> is_full(OSError(28, "No space left on device")), is_full(OperationalError("database or disk is full"))
    (True, True)
    """
    for base_exception in _causes(error):
        if isinstance(base_exception, OSError) and base_exception.errno in _FULL:
            return True
        if getattr(base_exception, "sqlstate", None) == _DISK_FULL or "disk is full" in str(base_exception):
            return True
    return False


def sentence(error: BaseException) -> str:
    """What to say of a failure that passes by itself or with more space; empty for every other."""
    if is_full(error):
        return FULL
    if isinstance(error, OperationalError | InterfaceError):
        said = str(error)
        # 缺表、缺列在 SQLite 里也是这一类:那是装错了,不会过一会儿就好
        return BUSY if "locked" in said else AWAY if _AWAY.search(said) else ""
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__
