"""工作台的活动系列:清单、一个系列、排场次、公告;一场的签到表和签到。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law.engagement import Step
from gongkai.org import access

from .. import actions, series_forms
from ..models import EventSeries
from ..terms import EventKind, SignupState
from .others import event_of
from .stepping import step_page


def series_of(request: HttpRequest, pk: int) -> EventSeries:
    """A series that this person may see; 404 for any other."""
    rows = EventSeries.objects.visible_to(request.user).select_related("agency", "record")
    return get_object_or_404(rows, pk=pk)


@access.desk("engagement.view")
def all_series(request: HttpRequest) -> HttpResponse:
    """系列清单。"""
    rows = EventSeries.objects.visible_to(request.user).select_related("agency", "record")
    context = {
        "page": page(rows.prefetch_related("sessions"), request.GET),
        "may_write": access.may(request.user, "engagement.event"),
    }
    return render(request, "engagement/desk/all_series.html", context)


@access.desk("engagement.event")
def new_series(request: HttpRequest) -> HttpResponse:
    """建立一个系列。"""
    form = series_forms.SeriesForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        kind = EventKind.from_value(data["kind"])
        made = actions.open_series(data["agency"], kind, data, by=request.user, at=timezone.now())
        messages.success(request, "已经建立，请排场次。")
        return redirect(made)

    home = reverse("desk:engagement_all_series")
    return step_page(request, form, run, "建立活动系列", "建立", home)


@access.desk("engagement.view")
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """一个系列:各场的名额、报名、到场、评价。"""
    series, at = series_of(request, pk), timezone.now()
    sessions = list(series.sessions.select_related("drawing", "record", "series__record").order_by("starts_at"))
    for session in sessions:
        session.taken = session.signups.filter(state=SignupState.IN).count()
        session.waiting = session.signups.filter(state=SignupState.WAITING).count()
        session.taking = session.is_taking(at)
    signed = series.record is not None and series.record.published_at is not None
    context = {
        "series": series,
        "sessions": sessions,
        "may_write": access.may(request.user, "engagement.event", series.agency) and not signed,
        "may_draft": access.may(request.user, "records.write", series.agency) and not signed,
    }
    return render(request, "engagement/desk/series.html", context)


@access.desk("engagement.event")
def new_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """排几场。"""
    series = series_of(request, pk)
    access.require(request.user, "engagement.event", series.agency)

    def run(data: dict[str, Any]) -> str:
        made = actions.add_sessions(
            series,
            data,
            count=data["count"],
            step=Step.from_value(data["step"]),
            by=request.user,
            at=timezone.now(),
        )
        return f"排了{len(made)}场，各场可以再改。"

    form = series_forms.SessionsForm(request.POST or None)
    home = series.get_absolute_url()
    return step_page(request, form, run, "排场次", "排好", home)


@access.desk("engagement.event")
@require_POST
def drop_session(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一场。"""
    event = event_of(request, pk)
    access.require(request.user, "engagement.event", event.agency)
    back = event.series.get_absolute_url() if event.series else event.get_absolute_url()

    def act() -> str:
        actions.drop_session(event, by=request.user, at=timezone.now())
        return "已经去掉。"

    return button_step(request, act, back=back)


@access.desk("records.write")
@require_POST
def series_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """起草系列的公告。"""
    series = series_of(request, pk)
    access.require(request.user, "records.write", series.agency)

    def act() -> HttpResponse:
        edition = actions.draft_series_notice(series, by=request.user, at=timezone.now())
        messages.success(request, "公告已经排出，请核对、送审；签发以后按各场的起止接受报名。")
        return redirect("desk:record", edition.record_id)

    return button_step(request, act, back=series)


@access.desk("engagement.personal")
@require_POST
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """签到表:报上的人的称呼和联系方式,可以打印;看一次记一次。"""
    event = event_of(request, pk)
    access.require(request.user, "engagement.personal", event.agency)
    rows = actions.read_signups(event, by=request.user, at=timezone.now())
    return private(render(request, "engagement/desk/roster.html", {"event": event, "rows": rows}))


@access.desk("engagement.event")
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """签到。"""
    event = event_of(request, pk)
    access.require(request.user, "engagement.event", event.agency)
    form = series_forms.AttendanceForm(request.POST if request.method == "POST" else None, event=event)

    def run(data: dict[str, Any]) -> str:
        return f"签到{actions.mark_attendance(event, data['came'], by=request.user, at=timezone.now())}人。"

    home = event.get_absolute_url()
    return step_page(request, form, run, "签到", "保存", home, trail=event)
