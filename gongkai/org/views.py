"""登录锁定页。"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """连续输错口令后的页面;账号存在与否说法一样。"""
    return render(request, "account/locked.html", status=429)
