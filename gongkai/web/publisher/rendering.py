"""按网址写出一页:同一套视图、模板和中间件,所以和应用程序当场给的逐字节相同。"""

from __future__ import annotations

import io
from functools import cache

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

#: Content types that may become files, by the end of their address (the server tells the type from it).
KINDS = {
    ".atom": "application/atom+xml",
    ".xml": "application/xml",
    ".ndjson": "application/x-ndjson",
    ".json": "application/json",
}
HTML = "text/html"


class NotAPage(Exception):
    """A response that must not become a file: it bears a cookie, or another type than its address says."""


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def render(address: str) -> bytes | None:
    """The bytes that a visitor gets at this address now, uncompressed; None if there is no page (404, 410, redirect).

    Raises:
        NotAPage: the view gives something that must never be the same for everyone.
    """
    host = next((one for one in settings.ALLOWED_HOSTS if one not in ("*", "")), "localhost").lstrip(".")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": "443" if settings.HTTPS else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "gongkai.publisher": True,
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "https" if settings.HTTPS else "http",
    }
    response = _handler().get_response(WSGIRequest(environ))
    if response.status_code != 200:
        return None
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    wanted = next((kind for end, kind in KINDS.items() if address.endswith(end)), HTML)
    if response.cookies or response.streaming or kind != wanted or "Cookie" in response.headers.get("Vary", ""):
        raise NotAPage(f"{address}:{kind} {response.headers.get('Vary', '')} {response.cookies.output()}")
    return bytes(response.content)
