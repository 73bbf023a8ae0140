"""访问统计:各页的访问次数,按日期、栏目、单位、信息、网页看;不记是谁。"""

from __future__ import annotations

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.law.calendar import DAY
from gongkai.org import access

from .. import logs, visits
from ..forms import VisitFilter
from ..models import PageCount

#: Days shown unless others are asked for, and the most that a table by day holds.
SPAN, LONGEST = 30, 1100


@access.desk("web.statistics")
def statistics(request: HttpRequest) -> HttpResponse:
    """一段日子里的访问次数。"""
    form = VisitFilter(request.GET, agencies=access.agencies_of(request.user, "web.statistics"))
    until = form.value_of("until") or timezone.localdate()
    since = form.value_of("since") or until - (SPAN - 1) * DAY
    since = max(min(since, until), until - LONGEST * DAY)
    rows = PageCount.objects.visible_to(request.user).between(since, until)
    if agency := form.value_of("agency"):
        rows = rows.filter(record__agency=agency)
    if duty := form.value_of("duty"):
        rows = rows.filter(record__duty=duty)
    by = form.value_of("by") or ""
    name = dict(form.fields["by"].choices)[by]
    if request.GET.get("format") == "csv":
        found = visits.figures(rows, by, since, until, limit=None)
        return csv_response("visits", [name, "访问次数"], ([one.label, one.n] for one in found))
    found = visits.figures(rows, by, since, until)
    return render(
        request,
        "web/statistics.html",
        {
            "form": form,
            "rows": found,
            "most": max((row.n for row in found), default=0),
            "name": name,
            "since": since,
            "until": until,
            "total": rows.aggregate(total=Sum("n"))["total"] or 0,
            "cut": len(found) == visits.SHOWN,
            "silent": not logs.pages().exists(),
        },
    )
