"""看链接还通不通:同一台主机一秒至多一次,不跟着跳转走,等久了不算失效。

结果是看到的事实:``alive`` 有这一页,``home`` 转到首页或者登录页,``moved`` 转到别的网站,``dead`` 说没有了,
``silent`` 没有回音、拒绝、忙(不等于失效)。
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from .webhook import NotDelivered, address_of

PATIENCE = 10.0
#: Seconds between two requests to one host.
PAUSE = 1.0
#: Hosts asked at the same time.
HOSTS = 32
_AGENT = "Gongkai-linkcheck (+guides of this government; one request a second)"
_LOGIN = ("login", "passport", "sso", "signin")
_GONE = (404, 410)
#: These do not answer HEAD properly; ask them for the page itself.
_NO_HEAD = (400, 403, 405, 500, 501)


@dataclass(frozen=True, slots=True)
class Seen:
    """看到的:结果、状态码(没有回音的是空)、转到哪里。"""

    state: str
    status: int | None = None
    target: str = ""


def is_official(host: str) -> bool:
    """Whether a host is the government's by its name (a link that answers may have changed hands).

    >>> is_official("www.minghu.gov.cn"), is_official("minghu-gov.com"), is_official("明湖.政务")
    (True, False, True)
    """
    return host.endswith((".gov.cn", ".政务", ".公益")) or host == "gov.cn"


def look(url: str, *, private: bool = False, patience: float = PATIENCE) -> Seen:
    """One link, asked once (twice where HEAD is refused)."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return Seen("dead")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Seen("dead")
    try:
        address = address_of(parts.hostname, port, private=private)
    except NotDelivered:
        return Seen("silent")
    for method in ("HEAD", "GET"):
        try:
            status, location = _ask(method, parts.scheme, parts.hostname, address, port, _target(parts), patience)
        except (OSError, http.client.HTTPException, ValueError, UnicodeError):
            return Seen("silent")
        if status not in _NO_HEAD:
            break
    return _judged(url, status, location)


def _target(parts: object) -> str:
    path = getattr(parts, "path", "") or "/"
    query = getattr(parts, "query", "")
    return f"{path}?{query}" if query else path


def _ask(
    method: str, scheme: str, host: str, address: str, port: int, target: str, patience: float
) -> tuple[int, str]:
    plain = socket.create_connection((address, port), patience)
    connection = http.client.HTTPConnection(host, port, timeout=patience)
    try:
        connection.sock = plain
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection.request(method, target, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()
        plain.close()


def _judged(url: str, status: int, location: str) -> Seen:
    """
    >>> _judged("http://a.gov.cn/x", 302, "/login?next=x").state, _judged("http://a.gov.cn/x", 301, "https://a.gov.cn/x").state
    ('home', 'alive')
    >>> _judged("http://a.gov.cn/x", 301, "http://b.com/").state, _judged("http://a.gov.cn/x", 503, "").state
    ('moved', 'silent')
    """
    if status in _GONE:
        return Seen("dead", status)
    if 300 <= status < 400 and location:
        target = urljoin(url, location)
        old, new = urlsplit(url), urlsplit(target)
        if _bare(old.hostname or "") != _bare(new.hostname or ""):
            return Seen("moved", status, target[:500])
        path = new.path.strip("/").lower()
        if any(word in path for word in _LOGIN) or (not path and old.path.strip("/")):
            return Seen("home", status, target[:500])
        return Seen("alive", status, target[:500])
    return Seen("alive", status) if status < 400 else Seen("silent", status)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def round_of(
    urls: Iterable[str],
    *,
    look: Callable[[str], Seen] = look,
    pause: float = PAUSE,
    seconds: float = 3000.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[tuple[str, Seen]]:
    """Look at many links; each as soon as it is known. Hosts side by side, the links of one host one after another with
    a pause between. What is not reached within ``seconds`` is left for the next round.
    """
    hosts: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        try:
            hosts.setdefault(urlsplit(url).hostname or "", []).append(url)
        except ValueError:
            hosts.setdefault("", []).append(url)
    end = clock() + seconds

    def one_host(mine: list[str]) -> list[tuple[str, Seen]]:
        found = []
        for number, url in enumerate(mine):
            if clock() > end:
                break
            if number:
                sleep(pause)
            found.append((url, look(url)))
        return found

    with ThreadPoolExecutor(HOSTS) as pool:
        # 链接多的主机先开始,一个小时里才看得完
        waiting = [pool.submit(one_host, mine) for mine in sorted(hosts.values(), key=len, reverse=True)]
        for done in as_completed(waiting):
            yield from done.result()
