"""公众一侧:规范性文件库(筛选、翻页、下载),一件文件的变动经过和任何一天的文本。"""

from __future__ import annotations

from datetime import date

from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_stream, xlsx_response
from gongkai.desk.paging import page
from gongkai.records.models import Edition

from .. import library
from ..models import Document

DOWNLOAD_MAX = 20000


def policies(request: HttpRequest) -> HttpResponseBase:
    """规范性文件库。"""
    at, on = timezone.now(), timezone.localdate()
    suffix = request.GET.get("format")
    filters = library.Filters.read(request.GET, by_default=suffix not in ("csv", "xlsx"))
    rows = (
        filters.apply(Document.objects.public(at), on)
        .select_related("record", "maker")
        .prefetch_related("effects__edition")
    )
    if suffix in ("csv", "xlsx"):
        return download(rows, suffix, on)
    result = page(rows, request.GET, keys=("number_year", "number_seq"), size=30)
    context = {
        "page": result,
        "rows": library.rows(result.rows, on),
        "total": rows.count(),
        "filters": filters,
        "facets": library.facets(filters, at, on),
    }
    return render(request, "policies/public/library.html", context)


def download(rows: QuerySet[Document], suffix: str, on: date) -> HttpResponseBase:
    """The rows as a table."""
    chosen = rows.order_by("-number_year", "-number_seq")[:DOWNLOAD_MAX]
    cells = (library.cells(one, on) for one in chosen.iterator(chunk_size=1000))
    if suffix == "csv":
        return csv_stream("normative-documents", library.HEAD, cells)
    return xlsx_response("normative-documents", {"规范性文件": [library.HEAD, *cells]})


def policy_history(request: HttpRequest, pk: int) -> HttpResponse:
    """一件文件的变动经过,和 ``?on=`` 那一天的有效性、文本。"""
    at, today = timezone.now(), timezone.localdate()
    rows = Document.objects.public(at).select_related("record__agency", "maker__successor")
    document = rows.filter(record=pk).first() if pk <= BigIntegerField.MAX_BIGINT else None
    if document is None:
        raise Http404("库里没有这件文件。")
    given, wrong = request.GET.get("on", ""), ""
    try:
        on = date.fromisoformat(given) if given else today
    except ValueError:
        on, wrong = today, f"“{given[:20]}”不是日期，下面是今天的。"
    made = document.record.made_on
    text = document.text(on)
    edition = Edition.objects.filter(record=pk, nth=text.edition).first() if text.edition else None
    context = {
        "document": document,
        "record": document.record,
        "on": on,
        "today": today,
        "wrong": wrong,
        "state": document.state(on),
        "history": list(library.history(document, today)),
        "tab": "statutory",
        "edition": None if made and on < made else edition,
        "behind": text.behind,
        "before": bool(made and on < made),
    }
    return render(request, "policies/public/history.html", context)
