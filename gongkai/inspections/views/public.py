"""公众一侧:在运行的网站和政务新媒体,正在关停和已经关停的;各轮检查的结果和通报。"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.outlets import ONLINE, Platform, State
from gongkai.records.models import is_public_at

from .. import results, sampling
from ..models import Finding, Outlet, Round
from ..terms import FindingState, RoundState

GOING = (State.ANNOUNCED, State.CANCELLING)


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    """按平台列;关停的带公告。"""
    at = timezone.now()
    rows = list(Outlet.objects.filter(state__in=(*ONLINE, State.CLOSED)).select_related("agency", "notice"))
    rows.sort(key=lambda outlet: (outlet.agency.order, outlet.agency_id, outlet.name))
    for row in rows:
        row.shown_notice = row.notice if row.notice is not None and row.notice.is_public(at) else None
    running = [one for one in rows if one.state not in (*GOING, State.CLOSED)]
    groups = [(platform, [one for one in running if one.platform == platform]) for platform in Platform]
    context = {
        "groups": [(platform, found) for platform, found in groups if found],
        "count": len(running),
        "going": [one for one in rows if one.state in GOING],
        "closed": [one for one in rows if one.state == State.CLOSED],
    }
    return render(request, "inspections/public/outlets.html", context)


def _published(at: datetime) -> QuerySet[Round]:
    """Rounds whose bulletin the public may read: before that nothing of a round is public."""
    return Round.objects.filter(is_public_at(at, "record__")).select_related("record", "drawing")


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """各轮检查,新的在前。"""
    found = list(_published(timezone.now())[:20])
    for row in found:
        row.tallies = results.summary(list(row.samples.select_related("outlet")))
    return render(request, "inspections/public/rounds.html", {"rounds": found})


@require_safe
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """一轮:合格率、各个的结论、改好了多少。"""
    shown = get_object_or_404(_published(timezone.now()), pk=pk)
    samples = list(shown.samples.select_related("outlet__agency").order_by("outlet__agency__order", "pk"))
    findings = Finding.objects.filter(round=shown).standing()
    context = {
        "round": shown,
        "samples": samples,
        "tallies": results.summary(samples),
        "found": findings.count(),
        "voided": Round.objects.filter(year=shown.year, quarter=shown.quarter, state=RoundState.VOID).count(),
        "mended": findings.filter(state=FindingState.CLOSED).count(),
    }
    return render(request, "inspections/public/round.html", context)


@require_safe
def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """怎样抽的样:约定、种子、抽样框的名单,谁都可以重抽。"""
    shown = get_object_or_404(_published(timezone.now()).exclude(drawing=None), pk=pk)
    context = {
        "round": shown,
        "drawing": shown.drawing,
        "strata": sampling.strata(shown.members, shown.seed),
    }
    return render(request, "inspections/public/drawing.html", context)
