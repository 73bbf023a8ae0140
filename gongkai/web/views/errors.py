"""出错时的网页。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403:说明缺什么岗位。"""
    return render(request, "403.html", {"message": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404。"""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500:不带请求的上下文——那要问数据库,坏的也许正是它。"""
    return HttpResponse(get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """表单令牌失效:请返回重填,内容不丢。"""
    return render(request, "403_csrf.html", status=403)
