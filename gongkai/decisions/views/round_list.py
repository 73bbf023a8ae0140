"""工作台的各轮征求意见:清单、筛选、导出。"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.law import consultation as law
from gongkai.org import access

from ..list_forms import RoundFilter
from ..models import Consultation


@access.desk("decisions.view")
def rounds(request: HttpRequest) -> HttpResponseBase:
    """各轮征求意见。"""
    at = timezone.now()
    rows = Consultation.objects.visible_to(request.user).select_related("dossier__lead", "record", "feedback")
    given = RoundFilter(request.GET)
    rows = given.narrow(rows, at)
    rows = rows.annotate(received=Count("opinions"), waiting=Count("opinions", filter=Q(opinions__disposition="")))
    if request.GET.get("format") == "csv":
        return csv_stream("consultations", HEAD, (_cells(row, at) for row in rows.iterator(1000)))
    result = page(rows, request.GET, keys=("end_on", "pk"))
    for row in result.rows:
        row.now = row.phase(at)
        row.feedback_due = law.feedback_due(row.end_on).due
    context = {"page": result, "filter": given, "on": timezone.localdate()}
    return render(request, "decisions/desk/rounds.html", context)


HEAD = ["公告", "承办单位", "截止", "收到", "没有处理", "现在"]


def _cells(row: Consultation, at: datetime) -> list[object]:
    return [row, row.dossier.lead, row.end_on, row.received, row.waiting, row.phase(at).label]
