"""阅读和下载的次数。"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.numbers import whole
from gongkai.desk.responses import private
from gongkai.org import access

from .. import reading

COLUMNS = ("期", "网页", "整期 PDF、扫描件", "EPUB", "单篇 PDF", "合计")


@access.desk("gazette.view")
def reading_page(request: HttpRequest) -> HttpResponseBase:
    """一年的阅读和下载,按期、按篇;只有次数,不记是谁。"""
    on = timezone.localdate()
    given = whole(request.GET.get("year"))
    year = given if given and 1949 < given <= on.year else on.year
    found = reading.reading(date(year, 1, 1), date(year, 12, 31))
    if request.GET.get("format") == "csv" and found:
        rows = [[one.title, one.read, one.pdf, one.epub, one.cut, one.total] for one in found.issues]
        return csv_response(f"gazette-reading-{year}", list(COLUMNS), rows)
    context = {"year": year, "years": range(on.year, on.year - 4, -1), "found": found}
    return private(render(request, "gazette/desk/reading.html", context))
