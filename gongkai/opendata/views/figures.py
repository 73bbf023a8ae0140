"""数:工作台的按自己看得到的单位,公众的是全区的。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk.export import csv_response
from gongkai.desk.responses import private
from gongkai.law.calendar import DAY
from gongkai.org import access
from gongkai.org.models import Agency

from .. import figures
from ..models import Dataset


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """全区的数。"""
    return render(request, "opendata/public/figures.html", _about(Dataset.objects.all(), request))


def _about(rows, request: HttpRequest) -> dict[str, object]:
    on = timezone.localdate()
    return {
        "rates": figures.rates(rows, on),
        "counts": figures.counts(rows).items(),
        "slowest": figures.slowest(rows, on),
        "on": on,
        "span": figures.SPAN,
        "channels": figures.by_channel(rows, on - DAY * figures.SPAN),
    }


@access.desk("opendata.view")
def desk(request: HttpRequest) -> HttpResponse:
    """自己看得到的单位的数;``?agency=`` 看一个单位。"""
    rows = Dataset.objects.visible_to(request.user)
    units = Agency.objects.filter(pk__in=rows.values("agency")).order_by("order", "pk")
    chosen = next((unit for unit in units if unit.code == request.GET.get("agency")), None)
    shown = rows.filter(agency=chosen) if chosen else rows
    if request.GET.get("format") == "csv":
        found = figures.rates(shown, timezone.localdate())
        lines = ([rate.label, rate.above, rate.below, rate.percent, rate.how] for rate in found)
        return private(csv_response("data-figures", ["名称", "分子", "分母", "率", "怎样算"], lines))
    context = _about(shown, request) | {
        "units": units,
        "chosen": chosen,
        "withheld": figures.withheld(shown).select_related("agency")[:100],
    }
    return private(render(request, "opendata/desk/figures.html", context))
