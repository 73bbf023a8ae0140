"""取一个网址:每一跳都先看解析出的全部地址,连接钉在看过的那个上;时间、大小、解压以后的大小、跳转的次数都有限。"""

from __future__ import annotations

import hashlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from .. import reach
from .outcome import Reached, is_challenge, is_home, of_status, same_site

AGENT = "GongkaiInspector/1"
KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_MOVED = (301, 302, 303, 307, 308)
_KEPT = (
    "content-type",
    "content-length",
    "date",
    "last-modified",
    "etag",
    "server",
    "location",
    "retry-after",
    "set-cookie",
)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Limits:
    """一次至多用几秒、读多少字节(网上传的、解压以后的)、跳几次。

    ``kinds`` 是读正文的类型,空的是都读;``one_host`` 的不跟着跳到别的主机,跳到哪里写在 ``Fetched.sent_to``。
    """

    seconds: float = 20.0
    bytes: int = 2 * 1024 * 1024
    expanded: int = 8 * 1024 * 1024
    hops: int = 5
    kinds: tuple[str, ...] = KINDS
    one_host: bool = False


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """取到的:结果、状态码、用了几秒、响应头里留作证据的几项、正文;``sent_to`` 是对方要转去、没有跟去的网址。"""

    url: str
    final_url: str
    reached: Reached
    status: int | None = None
    seconds: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    note: str = ""
    sent_to: str = ""

    @property
    def sha256(self) -> str:
        """The hash of what came; empty where nothing came."""
        return hashlib.sha256(self.body).hexdigest() if self.body else ""


class _Ended(Exception):
    """到此为止,连同结果。"""

    def __init__(self, reached: Reached, note: str = "", sent_to: str = "") -> None:
        self.reached, self.note, self.sent_to = reached, note, sent_to


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was looked at, and to no other one that the name may give a moment later."""

    def __init__(self, host: str, port: int, address: str, seconds: float, tls: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address, self._tls, self._cut = address, tls, False
        # 答完就断的,库会先放下 sock,正文还从它上面读
        self._line: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self._line = socket.create_connection((self._address, self.port), self.timeout)
        if self._cut:
            self.cut()
        if self._tls:
            self.sock = self._line = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """Whoever drips his answer is not waited for."""
        self._cut = True
        if self._line is not None:
            try:
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)
            except OSError:
                return


def fetch(
    url: str,
    *,
    limits: Limits = DEFAULT,
    known: Mapping[str, str] | None = None,
    also: frozenset[str] = frozenset(),
    agent: str = AGENT,
) -> Fetched:
    """Get one page.

    Args:
        known: ``etag`` and ``last-modified`` of an earlier answer: the page comes only if it changed (else status 304).
        also: addresses that may be reached although they are not public, and whose ports are free (for the intranet
            sites an administrator lists, and for tests).
        agent: what to call oneself; one does not pretend to be somebody else.

    Returns:
        what came of it; never an exception, whatever the other side does.
    """
    begun = time.monotonic()
    deadline = begun + limits.seconds
    seen: set[str] = set()
    here = final = url
    try:
        for _ in range(limits.hops + 1):
            here = _plain(here)
            if here in seen:
                raise _Ended(Reached.LOOP, "转回到来过的网址")
            if seen and limits.one_host and urlsplit(here).netloc != urlsplit(final).netloc:
                raise _Ended(Reached.LOOP, "转到别的主机，没有跟去", here)
            seen.add(here)
            final = here
            answer = _once(here, limits, deadline, known or {}, also, agent)
            if isinstance(answer, str):
                here = _joined(here, answer)
                continue
            status, headers, body, kept = answer
            reached, note = _judged(url, final, status, headers, body, kept)
            return Fetched(url, final, reached, status, time.monotonic() - begun, headers, body, note)
        raise _Ended(Reached.LOOP, f"跳转超过{limits.hops}次")
    except _Ended as ended:
        return Fetched(
            url, final, ended.reached, None, time.monotonic() - begun, {}, b"", ended.note, ended.sent_to
        )


def _joined(here: str, to: str) -> str:
    """Where a page was sent on to; what is no address is not guessed at."""
    try:
        return urljoin(here, to)
    except ValueError:
        raise _Ended(Reached.BAD, f"转去的不是网址：{to[:80]}") from None


def _plain(url: str) -> str:
    """The address in ASCII, without its fragment and without a name and password."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except (UnicodeError, ValueError):
        raise _Ended(Reached.BAD, "读不成网址") from None
    if parts.scheme not in _PORTS or not host or len(url) > 2000:
        raise _Ended(Reached.BAD, "只访问 http、https 的网址")
    if parts.username is not None or parts.password is not None:
        raise _Ended(Reached.BAD, "网址里有用户名和口令")
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        place += f":{port}"
    safe = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit(
        (parts.scheme, place, quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe), "")
    )


def _address(host: str, port: int, scheme: str, deadline: float, also: frozenset[str]) -> str:
    """The one address to connect to. Every address of the name must be public, so that a name cannot mix them; so must
    be the port, except at addresses that are allowed by name."""
    found: list[str] = []

    def ask() -> None:
        try:
            found.extend(reach.addresses(host, port))
        except OSError:
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(0.0, deadline - time.monotonic()))
    if asking.is_alive():
        raise _Ended(Reached.DNS, f"解析 {host} 等得太久")
    if not found:
        raise _Ended(Reached.DNS, f"找不到主机 {host}")
    if all(one in also for one in found):
        return found[0]
    if not all(reach.is_allowed(one) for one in found):
        raise _Ended(Reached.PRIVATE, f"{host} 解析到内部网络的地址")
    if port != _PORTS[scheme]:
        raise _Ended(Reached.BAD, f"不访问端口{port}")
    return found[0]


def _once(
    url: str, limits: Limits, deadline: float, known: Mapping[str, str], also: frozenset[str], agent: str
) -> str | tuple[int, dict[str, str], bytes, Reached | None]:
    """One request: where it was sent on to, or (status, headers, body, what the body lacks)."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    address = _address(host, port, parts.scheme, deadline, also)
    left = deadline - time.monotonic()
    if left <= 0:
        raise _Ended(Reached.TIMEOUT)
    connection = _Pinned(host, port, address, left, parts.scheme == "https")
    watch = threading.Timer(left, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {
            "User-Agent": agent,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Encoding": "gzip",
            "Accept-Language": "zh-CN",
        }
        if etag := known.get("etag"):
            headers["If-None-Match"] = etag
        if since := known.get("last-modified"):
            headers["If-Modified-Since"] = since
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        found = {name: _clean(answer.headers[name]) for name in _KEPT if answer.headers.get(name)}
        if answer.status in _MOVED and (to := answer.headers.get("location")):
            return to.encode("latin-1", "replace").decode("utf-8", "replace")
        body, lacks = _body(answer, found, limits, deadline)
        return answer.status, found, body, lacks
    except TimeoutError:
        raise _Ended(Reached.TIMEOUT) from None
    except ssl.SSLError as error:
        if time.monotonic() >= deadline:
            raise _Ended(Reached.TIMEOUT) from None
        raise _Ended(Reached.TLS, str(getattr(error, "verify_message", "") or error.reason)[:200]) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline - 0.01:
            raise _Ended(Reached.TIMEOUT) from None
        raise _Ended(Reached.REFUSED, type(error).__name__) from None
    finally:
        watch.cancel()
        connection.close()


def _body(
    answer: http.client.HTTPResponse, headers: Mapping[str, str], limits: Limits, deadline: float
) -> tuple[bytes, Reached | None]:
    """What came, within the limits; of what is no page only that it is there."""
    kind = headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if 200 <= answer.status < 300 and limits.kinds and kind not in limits.kinds:
        return b"", Reached.KIND
    squeezed = answer.headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip", "deflate")
    loose = zlib.decompressobj(47) if squeezed else None
    whole, taken = bytearray(), 0
    while part := answer.read1(65_536):
        if time.monotonic() >= deadline:
            raise _Ended(Reached.TIMEOUT, "一直没有答完")
        taken += len(part)
        try:
            whole += loose.decompress(part, limits.expanded - len(whole) + 1) if loose else part
        except zlib.error:
            return bytes(whole), Reached.SERVER
        if taken > limits.bytes or len(whole) > limits.expanded:
            return bytes(whole[: limits.bytes]), Reached.LARGE
    if time.monotonic() >= deadline:
        raise _Ended(Reached.TIMEOUT, "一直没有答完")
    return bytes(whole), None


def _judged(
    asked: str, final: str, status: int, headers: Mapping[str, str], body: bytes, lacks: Reached | None
) -> tuple[Reached, str]:
    reached = of_status(status)
    if reached is Reached.DEAD and lacks is None and is_challenge(headers, body):
        return Reached.BLOCKED, "答的是一段脚本，不能当作不存在"
    if reached is not Reached.OK or status == 304:
        return reached, "没有改动" if status == 304 else ""
    if lacks is not None:
        return lacks, headers.get("content-type", "") if lacks is Reached.KIND else ""
    if is_challenge(headers, body):
        return Reached.BLOCKED, "答的是一段脚本，不是网页"
    if is_home(final) and not is_home(asked) and same_site(asked, final):
        return Reached.HOME, "跳到了首页"
    return Reached.OK, "" if same_site(asked, final) else "跳到了别的网站"


def _clean(value: str) -> str:
    return "".join(mark for mark in value if mark >= " ")[:300]
