"""自助终端:第一页,带走一页的二维码,和结束——把浏览器里留下的都清掉,回到第一页。"""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters import qr
from gongkai.desk.responses import private
from gongkai.law import params
from gongkai.org.site import current


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """第一页:大块的几样;在它以后打开的各页都是终端的样子。"""
    idle = params.at("standards.kiosk_idle_seconds", timezone.localdate()).value
    left = params.at("standards.kiosk_left_seconds", timezone.localdate()).value
    return private(render(request, "standards/public/kiosk.html", {"idle": idle, "left": left}))


#: 带走的只有网址里的路径,不带后面的参数:参数里可能有上一个人的。
_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+/)*")


@require_safe
def take_away(request: HttpRequest) -> HttpResponse:
    """带走一页:用手机扫码打开同一页。"""
    path = request.GET.get("path", "/")[:200]
    if not _PATH.fullmatch(path):
        raise Http404("没有这一页。")
    size, drawn = qr.path(f"https://{current().domain}{path}")
    return private(render(request, "standards/public/take.html", {"path": path, "size": size, "drawn": drawn}))


@require_safe
def end(request: HttpRequest) -> HttpResponse:
    """结束:请浏览器清掉缓存、Cookie 和存储,回第一页。"""
    response = private(redirect("public:kiosk"))
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in request.COOKIES:
        response.delete_cookie(name)
    return response
