"""公众一侧:在运行的网站和政务新媒体,正在关停和已经关停的。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.outlets import ONLINE, Platform, State

from ..models import Outlet

GOING = (State.ANNOUNCED, State.CANCELLING)


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    """按平台列;关停的带公告。"""
    at = timezone.now()
    rows = list(Outlet.objects.filter(state__in=(*ONLINE, State.CLOSED)).select_related("agency", "notice"))
    rows.sort(key=lambda one: (one.agency.order, one.agency_id, one.name))
    for one in rows:
        one.shown_notice = one.notice if one.notice is not None and one.notice.is_public(at) else None
    running = [one for one in rows if one.state not in (*GOING, State.CLOSED)]
    groups = [(platform, [one for one in running if one.platform == platform]) for platform in Platform]
    context = {
        "groups": [(platform, found) for platform, found in groups if found], "count": len(running),
        "going": [one for one in rows if one.state in GOING], "closed": [one for one in rows if one.state == State.CLOSED],
    }  # fmt: skip
    return render(request, "inspections/public/outlets.html", context)
