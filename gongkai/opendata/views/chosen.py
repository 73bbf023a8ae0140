"""下载筛选、排序出来的那些行:同“当表看”一样的网址参数,一段一段地送;太多的不截断,请再筛选或者下载整份。"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.adapters.datatable import writing
from gongkai.adapters.datatable.engine import Filter
from gongkai.desk import limits

from .. import asking, calls, store
from ..models import Version
from ..terms import Channel
from .files import Withdrawn
from .table import LOOKS, MINUTE, busy, usable

#: 一次至多这么多行。
MOST = 100_000


@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """合条件的行,带 BOM 的 CSV,表头是列的名称。"""
    begun = time.perf_counter()
    dataset, version = usable(pk)
    if not limits.within(request, "data-look-at", times=LOOKS, seconds=MINUTE):
        return busy(request, dataset)
    columns = version.table_columns()
    sortable = version.rows <= asking.SORTABLE_ROWS
    order = asking.order_of(request.GET.get("sort", ""), columns) if sortable else None
    try:
        filters = asking.looked_for(request.GET, columns)
        if (count := store.table(version).count(filters)) > MOST:
            raise asking.Wrong(f"合条件的有{count:,}行，一次至多下载{MOST:,}行。请再筛选，或者下载整份。")
    except asking.Wrong as error:
        context = {"dataset": dataset, "fault": str(error)}
        response: HttpResponseBase = render(request, "opendata/public/too_many.html", context, status=400)
    else:
        response = StreamingHttpResponse(_pieces(version, filters, order), content_type="text/csv; charset=utf-8")
        name = f"{dataset.title}-{version.number}-筛选.csv"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    calls.note(
        request,
        pk,
        Channel.DOWNLOAD,
        status=response.status_code,
        seconds=time.perf_counter() - begun,
        on=timezone.localdate(),
    )
    return response


def _pieces(version: Version, filters: Sequence[Filter], order: asking.Order | None) -> Iterator[bytes]:
    """The header, then batch after batch; it breaks off where the version is no longer public."""
    columns = version.table_columns()
    yield writing.BOM + _lines([[column.title for column in columns]])
    found = store.table(version).chosen(
        filters,
        sort=order.column if order else None,
        descending=bool(order and order.descending),
        most=MOST,
    )
    for batch in found:
        if not Version.objects.public().filter(pk=version.pk).exists():
            raise Withdrawn("数据已经收紧，下载中断。")
        yield _lines([[writing.shown(cell) for cell in row] for row in batch])


def _lines(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
