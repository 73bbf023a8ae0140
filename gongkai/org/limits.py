"""限次:公众页面上费力的事(上传校验、提交、查询进度),同一地址一段时间内至多几次。

只记地址的带钥散列和次数,时间一到就没有了,不存地址。多个进程各数各的(默认缓存在进程里),
所以限的是滥用,不是精确的配额;换用共享缓存就全站一起数。
"""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

#: 本机上的反向代理:只有它转来的 X-Real-IP 才算数。
_PROXIES = ("127.0.0.1", "::1", "")


def address_of(request: HttpRequest) -> str:
    """The visitor's address: as the proxy on this machine tells it, else the connection's own."""
    near = str(request.META.get("REMOTE_ADDR", ""))
    return str(request.META.get("HTTP_X_REAL_IP", near)) if near in _PROXIES else near


def count(request: HttpRequest, what: str, *, seconds: int) -> int:
    """Count one try of ``what`` from this visitor; how many that makes within ``seconds`` of the first."""
    key = f"limit:{what}:{salted_hmac('limit', address_of(request)).hexdigest()}"
    if cache.add(key, 1, timeout=seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # 恰好在两步之间到期
        cache.set(key, 1, timeout=seconds)
        return 1


def within(request: HttpRequest, what: str, *, times: int, seconds: int) -> bool:
    """Count one try of ``what`` from this visitor; whether it is still within ``times`` in ``seconds``."""
    return count(request, what, seconds=seconds) <= times
