"""限次:公众页面上费力的事(上传校验、提交、查询进度)、登录,同一地址一段时间内至多几次。

一个地址一件事一个小文件,在资料目录的 ``limits/`` 里,锁着改:本机的各个进程一起数。只有地址的带钥散列和次数,不存地址,
过了时间就清掉。几台机器各数各的,所以限的是滥用,不是精确的配额。
"""

from __future__ import annotations

import fcntl
import ipaddress
import os
import time
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

#: How many bits of an IPv6 address stand for one line of the net.
_LINE = 64
#: No limit counts for longer, in seconds: a time further ahead was noted while the clock ran ahead.
_LONGEST = 86_400


def address_of(request: HttpRequest) -> str:
    """The visitor's address: as a trusted proxy tells it (``settings.PROXIES``), else the connection's own.

    Of an IPv6 address only the network: whoever has one line of the net has all 2⁶⁴ addresses in it to try from.
    """
    near = str(request.META.get("REMOTE_ADDR", ""))
    given = str(request.META.get("HTTP_X_REAL_IP", "")) if _is_proxy(near) else ""
    found = _parsed(given) or _parsed(near)
    if found is None:
        # 经由本机套接字来的,没有地址
        return "127.0.0.1"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(found), _LINE), strict=False).network_address)
    return str(found)


def _is_proxy(near: str) -> bool:
    found = _parsed(near)
    return not near or (found is not None and any(found in ipaddress.ip_network(one) for one in settings.PROXIES))


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None


def count(request: HttpRequest, what: str, *, seconds: int) -> int:
    """Count one try of ``what`` from this visitor; how many that makes within ``seconds`` of the first."""
    return add(what, address_of(request), seconds=seconds)


def within(request: HttpRequest, what: str, *, times: int, seconds: int) -> bool:
    """Count one try of ``what`` from this visitor; whether it is still within ``times`` in ``seconds``."""
    return count(request, what, seconds=seconds) <= times


def add(what: str, whose: str, *, seconds: int) -> int:
    """Count one try of ``what`` by ``whose`` (an address, a device); how many within ``seconds`` of the first."""
    path = _path(what, whose)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        until, number = _read(file.read())
        now = time.time()
        # 时钟拨回过的,记着的期限会远在将来:不算数
        if not now < until <= now + seconds:
            until, number = now + seconds, 0
        file.seek(0)
        file.truncate()
        file.write(f"{until} {number + 1}")
    return number + 1


def so_far(what: str, whose: str) -> int:
    """How many tries are counted now, without counting one."""
    try:
        until, number = _read(_path(what, whose).read_text("ascii"))
    except FileNotFoundError:
        return 0
    now = time.time()
    return number if now < until <= now + _LONGEST else 0


def sweep() -> int:
    """Remove what has run out; how many."""
    done = 0
    for path in (Path(settings.GONGKAI_DATA) / "limits").glob("*/*"):
        now = time.time()
        if not now <= _read(path.read_text("ascii"))[0] <= now + _LONGEST:
            path.unlink(missing_ok=True)
            done += 1
    return done


def _path(what: str, whose: str) -> Path:
    key = salted_hmac("limit", whose).hexdigest()
    return Path(settings.GONGKAI_DATA) / "limits" / what / key


def _read(text: str) -> tuple[float, int]:
    try:
        until, number = text.split()
        return float(until), int(number)
    except ValueError:
        return 0.0, 0
