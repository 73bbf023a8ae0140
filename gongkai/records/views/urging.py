"""催报:催一个单位,看催过的和办了没有。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.desk.submitting import form_step
from gongkai.org import access

from .. import actions
from .. import urges as kept
from ..forms import UrgeForm
from ..models import Urge

HEAD = ["单位", "催的", "要求", "催报人", "催报时间", "办了没有"]
#: 导出至多这么多条。
MOST = 5000


@access.desk("records.urge")
def urge(request: HttpRequest, code: str) -> HttpResponse:
    """催一个单位:列出缺的、超期的、过了期限的,勾选;近来催过的另列。"""
    agency = get_object_or_404(access.agencies_of(request.user, "records.urge"), code=code)
    on, before = timezone.localdate(), kept.latest(agency)
    resting = {key for key, row in before.items() if kept.too_soon(row, on)}
    owed = kept.owed(agency, on)
    choices = [(due.key, due.label) for due in owed if due.key not in resting]

    def act(data: dict[str, Any]) -> str:
        done = actions.urge(agency, data["items"], data["note"], by=request.user, at=timezone.now())
        return f"催了{agency}{len(done)}件，已经列在它的待办里。"

    form = UrgeForm(request.POST or None, choices=choices, initial={"items": request.GET.getlist("item")})
    look = {
        "agency": agency,
        "choices": choices,
        "resting": [before[due.key] for due in owed if due.key in resting],
    }
    return form_step(request, form, act, "records/desk/urge.html", back="desk:urges", **look)


@access.desk("records.catalogue")
def urges(request: HttpRequest) -> HttpResponse:
    """催报的单子:催了谁、什么、办了没有;单位看自己的。"""
    at = timezone.now()
    rows = Urge.objects.visible_to(request.user).select_related("agency", "record", "by")
    if code := request.GET.get("agency"):
        rows = rows.filter(agency__code=code)
    if request.GET.get("format") == "csv":
        listed = list(rows[:MOST])
        met = kept.done(listed, at)
        cells = ([row.agency, row, row.note, row.by, minute(row.at), met.get(row.pk, "没有")] for row in listed)
        return csv_response("urges", HEAD, cells)
    found = page(rows, request.GET, keys=("at", "pk"))
    met = kept.done(found.rows, at)
    for row in found.rows:
        row.met = met.get(row.pk, "")
    look = {"page": found, "agencies": access.agencies_of(request.user, "records.catalogue"), "code": code or ""}
    return render(request, "records/desk/urges.html", look)
