"""公众一侧的证照:各种证照什么时候续办,算一个证的日子,放进手机日历(不留任何信息)。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.adapters import ics
from gongkai.desk import limits
from gongkai.desk.responses import private
from gongkai.law import certificates as law
from gongkai.law import params
from gongkai.law.certificates import Kind
from gongkai.law.errors import LawError
from gongkai.org import codes
from gongkai.org.once import Answer
from gongkai.org.public_step import BUSY, HOUR, WRONG, public_step

from .. import actions, forms
from ..actions.reminders import PURPOSE
from ..forms.reminders import LookForm, ReminderForm, kinds
from ..models import Reminder, Version
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


@csrf_exempt
@cache_control(no_store=True)
def remind(request: HttpRequest, key: str) -> HttpResponse:
    """到日子告诉我:填到期的日子和收信的地址,不用账号。"""
    kind, at = _kind(key), timezone.now()
    initial = {name: request.GET.get(name, "")[:10] for name in ("issued_on", "ends_on")}
    form = ReminderForm(request.POST or None, initial=initial)

    def act() -> Answer:
        given = form.cleaned_data
        made, code, inbox = actions.keep_reminder(
            kind.key,
            form.chosen_way,
            given["address"],
            issued=given["issued_on"],
            ends_on=given["ends_on"],
            consents=given["consents"],
            at=at,
        )
        last = law.span(kind, made.ends_on).last
        return {
            "number": made.number,
            "code": code,
            "inbox": inbox,
            "ends_on": made.ends_on.isoformat(),
            "last": last.isoformat(),
        }

    confirm = params.at("notices.confirm_days", timezone.localdate())
    return public_step(
        request,
        "reminder",
        form,
        act,
        "services/public/remind.html",
        "services/public/reminded.html",
        at=at,
        times=20,
        kind=kind,
        confirm_days=confirm,
    )


@csrf_exempt
@cache_control(no_store=True)
def look(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码改到期日、停掉;没有这个编号和查询码不对,说的一样。"""
    at, template = timezone.now(), "services/public/reminder.html"
    form = LookForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return private(render(request, template, context, status=400 if form.errors else 200))
    if not limits.within(request, "reminder-look", times=60, seconds=HOUR):
        return private(render(request, template, context | {"fault": BUSY}, status=429))
    number, code = form.cleaned_data["number"].strip().upper(), form.cleaned_data["code"]
    found = Reminder.objects.filter(number=number).first()
    if not codes.matches(code, found and found.code, PURPOSE) or found is None:
        return private(render(request, template, context | {"fault": WRONG}, status=404))
    context["done"] = False
    try:
        if "stop" in request.POST:
            actions.stop_reminder(found, at=at)
            return private(render(request, template, {"stopped": True}))
        if form.cleaned_data["ends_on"]:
            found, context["done"] = actions.renew_reminder(found, form.cleaned_data["ends_on"], at=at), True
    except LawError as error:
        context["fault"] = str(error)
    kind = law.kind(found.kind)
    context |= {
        "reminder": found,
        "kind": kind,
        "nodes": _coming(kind, found.ends_on, timezone.localdate()),
        "number": number,
        "code": code,
        "change": LookForm(initial={"number": number, "code": code}),
    }
    return private(render(request, template, context))
