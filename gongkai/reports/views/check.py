"""公众的年报校验:上传一份报告,得到各处发现和一份订正表。什么也不存,也不进日志。"""

from __future__ import annotations

import json
from collections import Counter

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.adapters.annual import checked
from gongkai.adapters.files import Unreadable
from gongkai.desk import limits
from gongkai.desk.places import Places, pour_away
from gongkai.desk.responses import download, private
from gongkai.law.report import Finding, Report, from_row, grids, is_sound, rules, to_row

from .. import output
from ..forms import CheckForm

TIMES, SECONDS = 30, 600
SCANS = 6  # 同样的时间里至多识别几份扫描件:一份要占处理器十几秒
PLACES, AGAIN = 2, 60  # 每个网站进程同时至多校验几份(线程一共四个);多少秒后再来
MOST = 200_000  # 交回来的一行数据至多多少字
BUSY = "您在短时间内校验的次数太多。请过十分钟再试；成批的报告可以在自己的电脑上用命令 gongkai annual check 校验。"

FULL = "现在同时校验的人多，网站正忙，您的报告没有读，也没有保存。请过一分钟再交一次；成批的报告可以在自己的电脑上用命令 gongkai annual check 校验。"
_places = Places(PLACES)


@csrf_exempt  # 不认身份、不存东西,没有可以冒用的;公众页面因此也不用 Cookie
def annual_check(request: HttpRequest) -> HttpResponse:
    """校验页。"""
    if request.method != "POST":
        return render(request, "reports/check.html", {"form": CheckForm(), "rules": rules().values()})
    if not limits.within(request, "annual-check", times=TIMES, seconds=SECONDS):
        return _turned_away(request, BUSY, status=429, after=SECONDS)
    with _places.occupy() as taken:
        return _checked(request) if taken else _turned_away(request, FULL, status=503, after=AGAIN)


def _turned_away(request: HttpRequest, sentence: str, *, status: int, after: int) -> HttpResponse:
    """The page with the sentence; what was sent is not even parsed."""
    pour_away(request)
    context = {"form": CheckForm(), "busy": sentence, "rules": rules().values()}
    response = private(render(request, "reports/check.html", context, status=status))
    response["Retry-After"] = str(after)
    return response


def _checked(request: HttpRequest) -> HttpResponse:
    # 收来的写进临时文件,读的进程接过去读:网站进程里不留内容
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    form = CheckForm(
        request.POST,
        request.FILES,
        may_scan=lambda: limits.within(request, "annual-scan", times=SCANS, seconds=SECONDS),
    )
    context: dict[str, object] = {"form": form, "rules": rules().values()}
    if form.is_valid():
        report, previous = form.cleaned_data["report"], form.cleaned_data["previous"]
        try:
            context |= _result(report, previous)
        except Unreadable as error:
            form.add_error("report", str(error))
    return private(render(request, "reports/check.html", context))


def _result(report: Report, previous: Report | None) -> dict[str, object]:
    findings, (fixed, changes) = checked(report, previous)
    old = {(change.table, change.row, change.index): change.old.shown for change in changes}
    counted = Counter(finding.severity.label for finding in findings)
    return {
        "report": report,
        "findings": findings,
        "grouped": _grouped(findings),
        "counted": list(counted.items()),
        "sound": is_sound(findings),
        "grids": grids(fixed),
        "old": old,
        "changes": len(changes),
        "row": json.dumps(to_row(fixed), ensure_ascii=False),
    }


def _grouped(findings: list[Finding]) -> list[tuple[str, str, list[Finding]]]:
    """Findings by severity, as (badge, 中文, findings)."""
    badges = {"error": "stop", "warning": "warn", "notice": ""}
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.severity.value, []).append(finding)
    return [(badges[key], rows[0].severity.label, rows) for key, rows in groups.items()]


@csrf_exempt  # 同上
@require_POST
def annual_table(request: HttpRequest) -> HttpResponse:
    """订正表的 XLSX:数据由校验页交回,算完即忘。"""
    if not limits.within(request, "annual-check", times=TIMES, seconds=SECONDS):
        return HttpResponse(BUSY, status=429, content_type="text/plain; charset=utf-8")
    try:
        text = request.POST.get("row", "")
        row = json.loads(text) if len(text) <= MOST else None
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        return HttpResponseBadRequest(
            "数据不完整。请回到校验页重新上传报告。", content_type="text/plain; charset=utf-8"
        )
    return download("annual-report.xlsx", output.xlsx(from_row(row)))
