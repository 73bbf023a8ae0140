"""出错时的网页。"""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import get_template

from gongkai.org import kept

from .. import trouble

_REFUSED = {
    TooManyFilesSent: f"一次选了{settings.DATA_UPLOAD_MAX_NUMBER_FILES}个以上的文件，一个也没有收下。请少选几个。",
    TooManyFieldsSent: f"一次交了{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}项以上，没有收下。请分几次交。",
    RequestDataTooBig: (
        f"写的文字超过{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB，没有收下。请存成文件附上。"
    ),
    DisallowedHost: "网址里的主机名不是本网站的。请从本网站的首页进来；系统管理员请核对启动设置里的网址。",
    MultiPartParserError: "送来的表单不完整，可能是上传中断了。请回到表单重新提交。",
}


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400、413:一张表太大、项太多、文件太多,表单不完整,主机名不对。不带请求的上下文:主机名也许就是假的。"""
    message = "网站读不懂送来的内容。请回到原来的页面，刷新后重新填写、提交。"
    for kind, said in _REFUSED.items():
        message = said if isinstance(exception, kind) else message
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(get_template("400.html").render({"message": message}), status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403:说明缺什么岗位。"""
    return render(request, "403.html", {"message": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404。"""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500:不带请求的上下文——那要问数据库,坏的也许正是它;过一会儿就好的(例如上传的放不下)是 503。"""
    error = sys.exc_info()[1]
    return _bare(trouble.sentence(error) if error else "")


def _bare(message: str) -> HttpResponse:
    return HttpResponse(get_template("500.html").render({"message": message}), status=503 if message else 500)


def passing(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503:盘满了、库一时不行。整套的页面要读库,读不了就只给一句话。"""
    message = trouble.sentence(error)
    try:
        with transaction.atomic():
            return render(request, "503.html", {"message": message, "font": False}, status=503)
    except (DatabaseError, OSError):
        return _bare(message)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """表单令牌失效(例如另一个窗口里重新登录过):填的替他存着,回到表单就在。"""
    back = kept.put(request) if request.path.startswith("/desk/") else ""
    return render(request, "403_csrf.html", {"back": back}, status=403)
