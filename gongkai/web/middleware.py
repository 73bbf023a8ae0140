"""响应头:内容安全策略(不许内联脚本);公众页面每次都要回来核对,撤下的不留在缓存里。没有的网址再查一遍旧网址。"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.adapters.plaintext import clean
from gongkai.adapters.render import NoFont
from gongkai.adapters.vault import VaultError

from . import trouble
from .headers import ALWAYS_ASK, PERMISSIONS, POLICY, PRIVATE
from .views import missing
from .views.errors import passing

logger = logging.getLogger(__name__)
_ELSEWHERE = "网上暂时不能受理要留个人信息的事项，已经通知管理员。请稍后再试，或者到受理窗口当面提交、邮寄提交。"


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


class CleanParameters:
    """NUL in a parameter is nothing that anybody typed: a database refuses it, so it is taken out before any view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            given = request.GET.copy()
            for key in list(given):
                given.setlist(key, [clean(value) for value in given.getlist(key)])
            request.GET = given
        return self.get_response(request)


class Unavailable:
    """What cannot be done for want of a font, of the keys or of space is a sentence for whoever asked (503)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if trouble.sentence(exception):
            logger.critical("%s", exception, exc_info=exception)
            return passing(request, exception)
        if not isinstance(exception, NoFont | VaultError):
            return None
        message = str(exception)
        if isinstance(exception, VaultError):
            logger.critical("%s", exception)
            # 怎样取回钥匙是管理员的事,说给工作台;公众要知道的是往哪里去办
            message = message if request.path.startswith(PRIVATE) else _ELSEWHERE
        context = {"message": message, "font": isinstance(exception, NoFont)}
        return render(request, "503.html", context, status=503)


class OldAddresses:
    """Where the site would answer 404 to the public, an old address that was put down may lead on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return (missing.answer(request) or response) if response.status_code == 404 else response
