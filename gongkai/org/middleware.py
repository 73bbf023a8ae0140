"""闲置超时:工作台的会话闲置过久就退出。"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from gongkai.desk.moments import SKEW

from . import kept


class IdleTimeout:
    """Sign out a session that has been idle longer than ``SESSION_IDLE_SECONDS``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # 公众页面不碰会话:没有会话 Cookie 的请求一律直接放行,响应也就不会带 Cookie。
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get("seen_at", now)
            if seen > now + SKEW.total_seconds():  # 时钟走快过时记的,不算
                request.session["seen_at"] = seen = now
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen >= 60 or "seen_at" not in request.session:
                request.session["seen_at"] = now
            response = self.get_response(request)
            if request.user.is_authenticated and request.path.startswith("/desk/"):
                kept.remember(request, response)
            return response
        return self.get_response(request)
