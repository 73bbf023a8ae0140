"""本机服务:只听本机;不在名单里的网址不开;线路通就转给网站,断了用离线包;断线时交的表不收、不丢。"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urljoin, urlsplit

from .pack import STYLE, Pack, is_allowed, message_page, noted, results_page

#: 转过去、转回来的头;Cookie 两头都不带,终端上没有谁的会话。
_THERE = ("Content-Type", "Accept", "Accept-Language", "Referer", "Origin")
_BACK = (
    "Content-Type",
    "Content-Disposition",
    "Cache-Control",
    "Content-Security-Policy",
    "Clear-Site-Data",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
)
MOST = 30 * 1024 * 1024


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **given: object) -> None:
        return None


class Kiosk(ThreadingHTTPServer):
    """The server of one machine."""

    daemon_threads = True

    def __init__(self, site: str, pack: Pack, port: int, *, seconds: float = 4, script: bytes = b"") -> None:
        """``script`` is what ends a session that nobody uses; the site's pages bring their own."""
        self.site, self.pack, self.seconds, self.script = site.rstrip("/"), pack, seconds, script
        self.opener = urllib.request.build_opener(_NoRedirect)
        super().__init__(("127.0.0.1", port), Handler)

    def start(self) -> threading.Thread:
        """Serve in a thread of its own."""
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        thread.start()
        return thread


class Handler(BaseHTTPRequestHandler):
    """One request of the browser on this machine."""

    server: Kiosk
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST:
            self._send(413, message_page("文件太大", "<p>请交给工作人员。</p>", ""), "text/html; charset=utf-8")
            return
        self._answer(self.rfile.read(length))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what people look at here is not kept."""

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/kiosk.css":
            self._send(200, STYLE, "text/css")
        elif parts.path == "/kiosk.js":
            self._send(200, self.server.script, "text/javascript")
        elif not is_allowed(parts.path):
            self._page(403, "终端上打不开这个网址", "<p>请从第一页选。</p>")
        else:
            try:
                self._from_site(body)
            except (urllib.error.URLError, OSError):
                self._from_pack(parts.path, parts.query)

    def _from_site(self, body: bytes) -> None:
        server = self.server
        headers = {name: self.headers[name] for name in _THERE if self.headers.get(name)}
        own = f"http://{self.headers.get('Host', '')}"
        headers |= {
            name: headers[name].replace(own, server.site) for name in ("Referer", "Origin") if name in headers
        }
        request = urllib.request.Request(  # noqa: S310  site 是开机时给的
            server.site + self.path,
            data=body if self.command == "POST" else None,
            headers=headers,
            method=self.command,
        )
        try:
            with server.opener.open(request, timeout=server.seconds) as answer:
                self._pass_on(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            if error.code in (502, 503, 504):
                raise OSError("网站停着") from None
            self._pass_on(error.code, error.headers, error.read())

    def _pass_on(self, status: int, headers: object, content: bytes) -> None:
        given = {name: headers.get(name) for name in _BACK}  # type: ignore[attr-defined]
        if location := headers.get("Location"):  # type: ignore[attr-defined]
            to = urlsplit(urljoin(self.server.site + self.path, location))
            inside = f"{to.scheme}://{to.netloc}" == self.server.site
            given["Location"] = (to.path + (f"?{to.query}" if to.query else "")) if inside else "/kiosk/"
        self._send(status, content, "", {name: value for name, value in given.items() if value})

    def _from_pack(self, path: str, query: str) -> None:
        pack = self.server.pack
        if self.command == "POST":
            said = "<p>没有交出去，什么也没有存下。线路恢复以后再交，或者请工作人员代收纸质的。</p>"
            self._page(503, "线路断了，这张表没有交出去", said)
        elif path == "/kiosk/end/":
            self._send(302, b"", "", {"Location": "/kiosk/", "Clear-Site-Data": '"cache", "cookies", "storage"'})
        elif path.startswith("/search"):
            words = parse_qs(query).get("q", [""])[0][:300]
            found = pack.search(words)
            self._send(200, results_page(words, found, pack.made_at), "text/html; charset=utf-8")
        elif (kept := pack.get(path)) is not None:
            content, kind = kept
            if kind.startswith("text/html"):
                content = noted(content, pack.made_at)
            self._send(200, content, kind, {"X-Kiosk-Pack": "1"})
        else:
            self._page(503, "线路断了，这一页没有备下", "<p>可以在备下的内容里找。</p>")

    def _page(self, status: int, title: str, body: str) -> None:
        self._send(status, message_page(title, body, self.server.pack.made_at), "text/html; charset=utf-8")

    def _send(self, status: int, content: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        if kind:
            # 本机自己答的都不留:前一位看过的,断线时也不能由浏览器存着
            self.send_header("Content-Type", kind)
            self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
