"""工作台的指数:每一个点得下去,各单位排在下面。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.responses import private
from gongkai.org import access

from .. import indices as figures
from ..models import Charge


@access.desk("standards.indices")
def indices(request: HttpRequest) -> HttpResponseBase:
    """建成、调整、覆盖、按时等;``?format=csv`` 下载。"""
    on = timezone.localdate()
    found = figures.indices(on)
    charges = Charge.objects.visible_to(request.user).filter(standard__stage="live").counted()
    lines = figures.by_agency(charges)
    if request.GET.get("format") == "csv":
        rows = [[one.label, one.part, one.whole, one.rate, one.how] for one in found]
        rows += [
            [str(one.agency), one.covered, one.total, 100 * one.covered // one.total, "公开过的行"]
            for one in lines
        ]
        return private(csv_response("indices", ["指数", "分子", "分母", "百分比", "怎样算"], rows))
    return render(request, "standards/desk/indices.html", {"indices": found, "lines": lines, "on": on})
