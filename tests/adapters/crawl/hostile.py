"""几台不好对付的服务器,只在本机:拒绝的、答脚本的、什么都答 200 的、转圈的、GBK 的、慢的、大的、日期乱的。"""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Loopback may be reached in tests, by name.
HERE = frozenset({"127.0.0.1", "::1"})
LIST = "<html><head><title>要闻</title></head><body><h1>要闻</h1><ul>{rows}</ul><p>主办单位：某区人民政府办公室</p></body></html>"
ABSENT = "<html><title>提示</title><body><h1>页面走丢了</h1><p>您访问的页面不存在，五秒后回到首页。时间：{now}</p></body></html>"


def rows(*days: str) -> str:
    """A list page with these days."""
    return LIST.format(
        rows="".join(f"<li><a href='/a/{n}.html'>第{n}条信息</a> {day}</li>" for n, day in enumerate(days))
    )


class Hostile:
    """One server; ``answers`` maps a path to (status, headers, body) or to a function of the handler."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.answers = dict(ANSWERS)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                outer.asked.append((self.path, time.monotonic()))
                found = outer.answers.get(path, outer.answers.get("*", (404, {}, b"gone")))
                if callable(found):
                    found(self)
                    return
                status, headers, body = found
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        for _ in range(600):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def _huge(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        for _ in range(4000):
            handler.wfile.write(b"x" * 65_536)
    except OSError:
        return


def _headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n")


def _garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff" * 200)


HTML = {"Content-Type": "text/html; charset=utf-8"}
ANSWERS = {
    "/robots.txt": (404, {}, b""),
    "/": (200, HTML, rows("2026-08-30", "2026-08-29").encode()),
    "/gbk/": (200, {"Content-Type": "text/html"}, rows("2026年8月28日").encode("gbk")),
    "/future/": (200, HTML, rows("2038-01-19", "2026-08-20").encode()),
    "/short/": (200, HTML, rows("08-25", "12-30").encode()),
    "/relative/": (200, HTML, rows("昨天", "3天前").encode()),
    "/pinned/": (200, HTML, rows("2019-01-01", "2026-08-27", "2026-08-26").encode()),
    "/scripted/": (
        200,
        HTML,
        (
            "<html><body><div id=app></div><p>"
            + "加载中请稍候" * 12
            + "</p><script src=a.js></script></body></html>"
        ).encode(),
    ),
    "/403/": (403, HTML, b"<h1>Forbidden</h1>"),
    "/412/": (412, {**HTML, "Set-Cookie": "a=1"}, b"<script>location.reload()</script>"),
    "/521/": (521, HTML, b"<script>document.cookie='__jsl=1'</script>"),
    "/challenge/": (
        200,
        {**HTML, "Set-Cookie": "a=1"},
        b"<html><script>document.cookie='b=2';location.href='/'</script></html>",
    ),
    "/500/": (500, HTML, b"oops"),
    "/gone/": (410, HTML, b"gone"),
    "/home/": (302, {"Location": "/"}, b""),
    "/loop/": (302, {"Location": "/loop2/"}, b""),
    "/loop2/": (302, {"Location": "/loop/"}, b""),
    "/endless/": lambda handler: _endless(handler),
    "/inside/": (302, {"Location": "http://10.0.0.1/admin"}, b""),
    "/metadata/": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/mapped/": (302, {"Location": "http://[::ffff:10.0.0.1]/"}, b""),
    "/file/": (302, {"Location": "file:///etc/passwd"}, b""),
    "/pdf/": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7" * 1000),
    "/bomb/": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b" " * 40_000_000)),
    "/notgzip/": (200, {**HTML, "Content-Encoding": "gzip"}, b"plain text"),
    "/drip/": _drip,
    "/huge/": _huge,
    "/headers/": _headers,
    "/garbage/": _garbage,
    "/empty/": (200, HTML, b""),
    "/deep/": (200, HTML, b"<div>" * 20_000 + b"text"),
    "/hidden/": (
        200,
        HTML,
        "<div style='display:none'><a href='https://bet.example/'>彩票</a></div><p>正文</p>".encode(),
    ),
}


def _endless(handler: BaseHTTPRequestHandler) -> None:
    number = int(handler.path.rpartition("=")[2] or 0) if "=" in handler.path else 0
    handler.send_response(302)
    handler.send_header("Location", f"/endless/?n={number + 1}")
    handler.end_headers()
