"""交换:从上级平台的文件导入、对账、导出。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.adapters.files import DEFAULT
from gongkai.desk.export import csv_stream, harmless, xlsx_file
from gongkai.desk.forms import Plain
from gongkai.desk.responses import download
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import exchange
from ..list_forms import CaseFilter
from ..models import Application
from .cases import narrowed

SHOWN = 200
HEAD = ["行", "对方编号", "结论", "说明", "受理编号"]


class ImportForm(Plain):
    source = forms.CharField(
        label="来源", max_length=40, help_text="对方平台的名称，每次写得一样；编号在同一来源里不重复。"
    )
    file = forms.FileField(
        label="文件",
        help_text="CSV、XLSX 或者 JSON，第一行是列名。列名怎样对应，见操作指南“办依申请公开”的“文书和对照表”。",
    )


@access.desk("foi.register")
def exchange_page(request: HttpRequest) -> HttpResponseBase:
    """导入:先对账看结论,再正式收下。"""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "columns": exchange.mapping().columns}
    if form.is_valid():
        file, dry = form.cleaned_data["file"], "take" not in request.POST
        try:
            if file.size > DEFAULT.file_bytes:
                raise LawError(f"文件超过{DEFAULT.file_bytes // 1024 // 1024} MB", fix="请分成几份。")
            report = exchange.reconcile(
                exchange.read(file.read(), file.name),
                form.cleaned_data["source"].strip(),
                by=request.user,
                at=timezone.now(),
                dry=dry,
            )
        except LawError as error:
            form.add_error("file", str(error))
        else:
            if "report" in request.POST:
                return download("对账报告.xlsx", workbook(report))
            context |= {
                "report": report,
                "dry": dry,
                "lines": [line for line in report.lines if line.verdict not in ("相同", "新增")][:SHOWN],
                "counts": list(report.counts.items()),
            }
    return render(request, "foi/exchange.html", context)


def workbook(report: exchange.Report) -> bytes:
    """The report as a workbook: a sheet of counts and one of all lines."""
    lines = ((line.row or "", line.source_id, line.verdict, line.note, line.number) for line in report.lines)
    return xlsx_file({"汇总": report.counts.items(), "明细": [HEAD, *_harmless(lines)]})


def _harmless(rows: Iterable[Iterable[object]]) -> Iterator[list[str]]:
    return ([harmless(cell) for cell in row] for row in rows)


@access.desk("foi.export")
def exported(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """按现在的筛选导出,别的系统和本系统都读得回去。"""
    on = timezone.localdate()
    form = CaseFilter(request.GET, user=request.user)
    rows = narrowed(Application.objects.visible_to(request.user), form, request, on)
    rows = rows.select_related("agency").prefetch_related("steps").order_by("-received_on", "-pk")
    lines = _rows(rows)
    if suffix == "json":
        data = [dict(zip(exchange.EXPORT, map(str, line), strict=True)) for line in lines]
        return JsonResponse(data, safe=False, json_dumps_params={"ensure_ascii": False})
    if suffix == "xlsx":
        return download("政府信息公开申请.xlsx", xlsx_file({"申请": [exchange.EXPORT, *_harmless(lines)]}))
    return csv_stream("applications-exchange", list(exchange.EXPORT), lines)


def _rows(rows: QuerySet[Application]) -> Iterator[list[object]]:
    for row in rows.iterator(chunk_size=500):
        yield exchange.export_row(row)
