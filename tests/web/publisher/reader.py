"""像浏览器那样从内置服务器读:先看文件,没有才到 Django。"""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from urllib.parse import unquote

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished
from django.db import close_old_connections

from gongkai.web.files import PublicFiles
from gongkai.web.publisher import publisher


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    from_file: bool

    @property
    def text(self) -> str:
        raw = gzip.decompress(self.body) if self.headers.get("Content-Encoding") == "gzip" else self.body
        return raw.decode()


class Reader:
    """Asks the embedded server; the answer tells whether it came from a file."""

    def __call__(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        reached: list[int] = []
        handler = WSGIHandler()

        def django(environ, start):
            reached.append(1)
            response = handler.get_response(handler.request_class(environ))
            start(
                f"{response.status_code} {response.reason_phrase}",
                list(response.items()) + [("Set-Cookie", one.OutputString()) for one in response.cookies.values()],
            )
            body = b"".join(response)
            # 同 Django 的测试客户端:读完一页不关测试所在的那个数据库连接
            request_finished.disconnect(close_old_connections)
            response.close()
            request_finished.connect(close_old_connections)
            return [body]

        said: list = []
        app = PublicFiles(django, publisher.root(), trust=publisher.TRUST, https=False)
        body = b"".join(app(environ, lambda status, head: said.append((status, head))))
        status, head = said[-1]
        return Answer(int(status.split()[0]), dict(head), body, not reached)
