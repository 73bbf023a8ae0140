"""不好对付的服务器再各来三种样子:别的盾、别样的答 200、别样的转圈、编码、慢、大、日期。"""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

from .hostile import HTML, Hostile, rows

#: The frame that every page of a site has, far longer than what stands in it.
NAMES = ["".join(chr(0x4E00 + (n * 97 + at * 131) % 9000) for at in range(12)) for n in range(150)]
FRAME = "".join(f"<li><a href='/c{n}/'>{name}</a></li>" for n, name in enumerate(NAMES))
PAGE = "<html><title>{title}</title><body><ul>{frame}</ul><div>{text}</div><p>主办单位：某区人民政府办公室</p></body></html>"
BLANK = "<p>您要访问的页面不存在或者已经删除。</p>"


def framed(title: str, text: str) -> str:
    return PAGE.format(title=title, frame=FRAME, text=text)


def _send(handler: BaseHTTPRequestHandler, *parts: bytes, pause: float = 0) -> None:
    try:
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)
    except OSError:
        return


def _slow_head(handler: BaseHTTPRequestHandler) -> None:
    """The status, and then one header letter now and then."""
    _send(handler, b"HTTP/1.0 200 OK\r\n", *(b"X" for _ in range(60)), pause=0.05)


def _silent(handler: BaseHTTPRequestHandler) -> None:
    """Takes the call and says nothing."""
    time.sleep(2)


def _stalled(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    _send(handler, b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900000\r\n\r\n<p>", pause=2)


def _claims(handler: BaseHTTPRequestHandler) -> None:
    """Ten gigabytes by its header, and it means it."""
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10737418240\r\n\r\n"
    _send(handler, head, *(b"y" * 65_536 for _ in range(2000)))


def _chunks(handler: BaseHTTPRequestHandler) -> None:
    """Chunks of a few bytes without end."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    _send(handler, head, *((b"40\r\n" + b"z" * 64 + b"\r\n") * 1000 for _ in range(60)))


def _longer(handler: BaseHTTPRequestHandler) -> None:
    """Sent on to an address that grows."""
    handler.send_response(301)
    handler.send_header("Location", handler.path.rstrip("/") + "/again/")
    handler.end_headers()


COOKIE = {**HTML, "Set-Cookie": "wzws_cid=1"}
VARIANTS = {
    # 403
    "/v/403-said-absent/": (403, HTML, BLANK.encode()),
    "/v/401/": (401, {**HTML, "WWW-Authenticate": "Basic realm=x"}, b""),
    "/v/429/": (429, {**HTML, "Retry-After": "86400"}, "<p>请求过于频繁</p>".encode()),
    # 412 和别的盾
    "/v/405-shield/": (
        405,
        HTML,
        "<h1>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</h1>".encode(),
    ),
    "/v/202-script/": (202, COOKIE, b"<script>document.cookie='c=1';location.reload()</script>"),
    "/v/404-script/": (404, COOKIE, b"<html><script>document.cookie='c=1';location.reload()</script></html>"),
    "/v/refresh/": (
        200,
        COOKIE,
        b"<html><head><meta content='1' http-equiv='refresh'></head><body></body></html>",
    ),
    "/v/padded/": (200, COOKIE, b"<!--" + b"p" * 90_000 + b"--><script>location.href='/?t=1'</script>"),
    # 转圈
    "/v/longer/": _longer,
    "/v/fragment/": (302, {"Location": "/v/fragment/#top"}, b""),
    "/v/nowhere/": (302, {}, b""),
    "/v/bracket/": (302, {"Location": "http://[bad"}, b""),
    # 内部网络
    "/v/ula/": (302, {"Location": "http://[fd00::1]/"}, b""),
    "/v/nat64/": (302, {"Location": "http://[64:ff9b::a00:1]/"}, b""),
    "/v/octal/": (302, {"Location": "http://0251.0376.0251.0376/"}, b""),
    "/v/unspecified/": (302, {"Location": "//[::]/"}, b""),
    # 编码
    "/v/gbk-called-utf8/": (200, HTML, rows("2026年8月27日").encode("gbk")),
    "/v/gb18030/": (
        200,
        {"Content-Type": "text/html; charset=gb2312"},
        rows("2026-08-26 㐂镕").encode("gb18030"),
    ),
    "/v/late-meta/": (
        200,
        {"Content-Type": "text/html"},
        ("<html><!--" + "注" * 900 + "--><meta charset=gbk>" + rows("2026-08-25")).encode("gbk"),
    ),
    # 慢
    "/v/slow-head/": _slow_head,
    "/v/silent/": _silent,
    "/v/stalled/": _stalled,
    # 大
    "/v/claims/": _claims,
    "/v/chunks/": _chunks,
    "/v/bomb-in-bomb/": (
        200,
        {**HTML, "Content-Encoding": "gzip"},
        gzip.compress(gzip.compress(b" " * 30_000_000) + b"\0" * 30_000_000),
    ),
    # 相对的日期
    "/v/hours/": (200, HTML, rows("3小时前", "2026-08-20").encode()),
    "/v/wide/": (200, HTML, rows("２天前").encode()),
    "/v/today-clock/": (200, HTML, rows("今天 09:30", "2026-08-01").encode()),
    # 2038 和不存在的日子
    "/v/only-2038/": (200, HTML, rows("2038-01-19").encode()),
    "/v/9999/": (200, HTML, rows("9999-12-31", "2026-08-19").encode()),
    "/v/february/": (200, HTML, rows("2026-02-30", "2026-13-01", "2026-08-18").encode()),
}


def served() -> Iterator[Hostile]:
    """One server with these as well."""
    one = Hostile()
    one.answers |= VARIANTS
    one.answers |= {f"/v/longer{'/again' * n}/": _longer for n in range(1, 9)}
    yield one
    one.close()
