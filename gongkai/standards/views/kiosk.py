"""自助终端:第一页,和结束——把浏览器里留下的都清掉,回到第一页。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk.responses import private
from gongkai.law import params


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """第一页:大块的几样;在它以后打开的各页都是终端的样子。"""
    idle = params.at("standards.kiosk_idle_seconds", timezone.localdate()).value
    left = params.at("standards.kiosk_left_seconds", timezone.localdate()).value
    return private(render(request, "standards/public/kiosk.html", {"idle": idle, "left": left}))


@require_safe
def end(request: HttpRequest) -> HttpResponse:
    """结束:请浏览器清掉缓存、Cookie 和存储,回第一页。"""
    response = private(redirect("public:kiosk"))
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in request.COOKIES:
        response.delete_cookie(name)
    return response
