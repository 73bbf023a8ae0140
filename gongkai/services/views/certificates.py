"""公众一侧的证照:各种证照什么时候续办,算一个证的日子,放进手机日历(不留任何信息)。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law import certificates as law
from gongkai.law.certificates import Kind
from gongkai.law.errors import LawError
from gongkai.policies import ics

from .. import forms
from ..forms.others import kinds
from ..models import Version
from ..terms import GuideState, Stage


def _kind(key: str) -> Kind:
    known = {one.key: one for one in kinds()}
    if key not in known:
        raise Http404("没有这种证照。")
    return known[key]


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """证照续办:各种的规则和条文。"""
    return render(request, "services/public/certificates.html", {"kinds": kinds()})


def _days(request: HttpRequest, kind: Kind) -> tuple[Any, dict[str, Any] | None]:
    """The form, and the days of the certificate it describes."""
    given = any(request.GET.get(name) for name in ("issued_on", "ends_on"))
    form = forms.DaysForm(request.GET if given else None)
    if not given or not form.is_valid():
        return form, None
    on = timezone.localdate()
    try:
        end = law.checked(kind, issued=form.cleaned_data["issued_on"], end=form.cleaned_data["ends_on"], on=on)
        return form, {"end": end, "span": law.span(kind, end), "nodes": _coming(kind, end, on), "on": on}
    except LawError as error:
        form.add_error(None, str(error))
        return form, None


def _coming(kind: Kind, end: date, on: date) -> list[law.Node]:
    return [node for node in law.nodes(kind, end, on) if node.on >= on]


@require_safe
def certificate(request: HttpRequest, key: str) -> HttpResponse:
    """一种证照:规则、算日子、办理的指南。"""
    kind = _kind(key)
    form, found = _days(request, kind)
    live = Version.objects.filter(stage=Stage.LIVE, certificate=key, guide__state=GuideState.LIVE).select_related(
        "guide__agency"
    )
    context = {
        "kind": kind,
        "form": form,
        "found": found,
        "guides": live,
        "query": request.GET.urlencode() if found else "",
    }
    return render(request, "services/public/certificate.html", context, status=400 if form.errors else 200)


@require_safe
def certificate_days(request: HttpRequest, key: str) -> HttpResponse:
    """一个证的日子的 ICS:放进手机日历,到日子手机自己提醒;本站什么也不留。"""
    kind = _kind(key)
    _, found = _days(request, kind)
    if found is None:
        raise Http404("没有填到期的日子。")
    page = request.build_absolute_uri(request.path.rpartition("/")[0] + "/")
    last = found["span"].last
    events = [
        ics.Event(
            f"{key}-{found['end']}-{node.kind.value}@{request.get_host()}",
            node.on,
            f"{kind.name}：{node.kind.label}",
            f"最晚{last}申请，{found['end']}到期。{kind.rule}（{kind.source}）",
            page,
        )
        for node in found["nodes"]
    ]
    response = HttpResponse(
        ics.calendar(f"{kind.name}到期提醒", events, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="certificate.ics"'
    response["Cache-Control"] = "no-store"
    return response
