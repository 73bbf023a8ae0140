"""公众一侧:历史信息梳理到哪里、补录公开的旧文件;移交档案馆的目录。"""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.desk.moments import local_day
from gongkai.desk.paging import page
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .. import figures, papers
from ..forms import HistoryFilter
from ..models import Transfer
from ..terms import TransferState


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """里程碑办到哪里,补录的旧文件按标题、文号、年份、单位找。"""
    at = timezone.now()
    rows = Record.objects.public(at).exclude(old_paper=None).select_related("agency", "old_paper")
    years = rows.exclude(old_paper__year=None).values_list("old_paper__year", flat=True).distinct()
    chosen = HistoryFilter(request.GET, years=years.order_by("-old_paper__year"))
    for word in (chosen.value_of("q") or "").split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(doc_number__icontains=word))
    if year := chosen.value_of("year"):
        rows = rows.filter(old_paper__year=year)
    rows = chosen.narrowed(rows, "agency")
    stages = figures.overview(list(Agency.objects.order_by("order", "code")), at).stages
    context = {
        "page": page(rows, request.GET, keys=("pk",), size=20),
        "filter": chosen,
        "count": rows.count() if chosen.is_set else None,
        "stages": stages,
    }
    return render(request, "backfile/public/history.html", context)


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """公布了的各批。"""
    rows = Transfer.objects.public().select_related("agency")
    return render(
        request,
        "backfile/public/handovers.html",
        {"page": page(rows, request.GET, keys=("published_at", "pk"), size=20)},
    )


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """一批的目录。"""
    transfer = get_object_or_404(Transfer.objects.public().select_related("agency"), pk=pk)
    rows = transfer.rows.filter(listed=True).select_related("record")
    result = page(rows, request.GET, keys=("position",), size=50, ascending=True)
    at = timezone.now()
    for row in result.rows:
        row.is_online = row.record is not None and row.record.is_public(at)
    context = {
        "transfer": transfer,
        "page": result,
        "count": rows.count(),
        "is_nothing": transfer.state == TransferState.NOTHING,
    }
    return render(request, "backfile/public/handover.html", context)


@require_safe
def catalogue(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """目录的 CSV、XLSX。"""
    transfer = get_object_or_404(
        Transfer.objects.public().select_related("agency"), pk=pk, state=TransferState.PUBLISHED
    )
    kinds = {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    if suffix not in kinds:
        raise Http404("没有这种格式。")
    content = papers.table_file(
        "移交目录", papers.OUTER, papers.outer_rows(transfer, local_day(transfer.published_at)), suffix
    )
    response = HttpResponse(content, content_type=kinds[suffix])
    response["Content-Disposition"] = content_disposition_header(True, f"移交目录{transfer.number}.{suffix}")
    return response
