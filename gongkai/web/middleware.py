"""响应头:内容安全策略(不许内联脚本);公众页面每次都要回来核对,撤下的不留在缓存里。没有的网址再查一遍旧网址。"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.adapters.render import NoFont

from .headers import ALWAYS_ASK, PERMISSIONS, POLICY, PRIVATE
from .views import missing


class ContentSecurityPolicy:
    """Set the policy on every response that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class AlwaysAsk:
    """Public HTML may be kept, but must be asked for again each time: with the ETag an unchanged page costs a 304."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        private = request.path.startswith(PRIVATE)
        response.headers.setdefault("Cache-Control", "no-store" if private else ALWAYS_ASK)
        return response


class WithoutFonts:
    """A PDF that cannot be set for want of a font is a sentence for whoever asked for it, not a failure (503)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NoFont):
            return None
        return render(request, "503.html", {"message": str(exception)}, status=503)


class OldAddresses:
    """Where the site would answer 404 to the public, an old address that was put down may lead on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return (missing.answer(request) or response) if response.status_code == 404 else response
