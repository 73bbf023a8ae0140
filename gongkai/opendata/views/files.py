"""下载:整份的文件,不用登录。一段一段地送,每一段以前都核对还公不公开,收紧了当场断开。"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.adapters.datatable.writing import BOM

from .. import calls, store
from ..models import Version
from ..terms import Channel

PIECE = 1024 * 1024
EXCEL = "data-excel.csv"


class Withdrawn(ConnectionError):
    """数据在下载的当中收紧了。"""


@require_safe
def download(request: HttpRequest, pk: int, number: int, name: str) -> HttpResponseBase:
    """一版的一份文件;同一版的内容不变,可以凭 ETag 核对。"""
    begun = time.perf_counter()
    own = "data.csv" if name == EXCEL else name
    if own not in store.FILES:
        raise Http404("没有这份文件。")
    version = get_object_or_404(Version.objects.public().select_related("dataset"), dataset=pk, number=number)
    path = store.shown(version) / own
    about = version.files.get(own)
    if about is None or not path.is_file():
        raise Http404("没有这份文件。")
    if path.stat().st_size != about["size"]:
        raise Http404("这份文件坏了，正在重做，请过一会儿再取。")
    etag = f'"{about["sha256"][:32]}{"-bom" if name == EXCEL else ""}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponseNotModified()
    elif request.method == "HEAD":
        response = HttpResponse()
        response["Content-Length"] = str(about["size"] + (len(BOM) if name == EXCEL else 0))
    else:
        response = StreamingHttpResponse(pieces(path, version.pk, BOM if name == EXCEL else b""))
        response["Content-Length"] = str(about["size"] + (len(BOM) if name == EXCEL else 0))
    response["Content-Type"] = store.FILES[own][1]
    response["ETag"] = etag
    saved = f"{version.dataset.title}-{version.number}{own.removeprefix('data')}"
    response["Content-Disposition"] = content_disposition_header(True, saved) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    calls.note(
        request,
        pk,
        Channel.DOWNLOAD,
        status=response.status_code,
        seconds=time.perf_counter() - begun,
        on=timezone.localdate(),
    )
    return response


def pieces(path: Path, version: int, head: bytes = b"") -> Iterator[bytes]:
    """The file piece by piece; it breaks off where the version is no longer public."""
    with path.open("rb") as file:
        if head:
            yield head
        yield from _checked(file, version)


def _checked(file: BinaryIO, version: int) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        if not Version.objects.public().filter(pk=version).exists():
            raise Withdrawn("数据已经收紧，下载中断。")
        yield piece
