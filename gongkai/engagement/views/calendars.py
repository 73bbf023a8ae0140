"""公众的日历:活动、访谈放进手机,或者订阅一次,以后公布的自己就有。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters import ics
from gongkai.desk.moments import minute

from ..models import Event, Interview


def _events(at: datetime) -> Iterable[Event]:
    return Event.objects.public(at).select_related("agency", "record", "series__record")


def _interviews(at: datetime) -> Iterable[Interview]:
    return Interview.objects.public(at).select_related("agency")


@require_safe
def events_ics(request: HttpRequest) -> HttpResponse:
    """还没有办的活动。"""
    at = timezone.now()
    rows = _events(at).filter(ends_at__gte=at).order_by("starts_at")
    return _calendar("events", "开放日和发布会", [_event(request, one) for one in rows], at)


@require_safe
def event_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """一次活动。"""
    at = timezone.now()
    event = get_object_or_404(_events(at), pk=pk)
    return _calendar("events", event.title, [_event(request, event)], at)


@require_safe
def interviews_ics(request: HttpRequest) -> HttpResponse:
    """还没有结束的访谈。"""
    at = timezone.now()
    rows = _interviews(at).filter(closed_at=None, ends_at__gte=at).order_by("starts_at")
    return _calendar("interviews", "在线访谈", [_interview(request, one) for one in rows], at)


@require_safe
def interview_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """一期访谈。"""
    at = timezone.now()
    interview = get_object_or_404(_interviews(at), pk=pk)
    return _calendar("interviews", interview.title, [_interview(request, interview)], at)


def _event(request: HttpRequest, event: Event) -> ics.Event:
    return ics.Event(
        f"event-{event.pk}@{request.get_host()}",
        event.starts_at,
        f"{event.get_kind_display()}：{event.title}",
        f"{event.agency}主办。" + (f"报名到{minute(event.signup_until)}为止。" if event.signup_until else ""),
        request.build_absolute_uri(event.notice.get_absolute_url()),
        event.ends_at,
        event.place,
    )


def _interview(request: HttpRequest, interview: Interview) -> ics.Event:
    return ics.Event(
        f"interview-{interview.pk}@{request.get_host()}",
        interview.starts_at,
        f"在线访谈：{interview.title}",
        f"{interview.agency}主办，嘉宾：{interview.guests_said}。提问到{minute(interview.questions_until)}为止。",
        request.build_absolute_uri(interview.get_absolute_url()),
        interview.ends_at,
        "网上",
    )


def _calendar(name: str, title: str, entries: list[ics.Event], at: datetime) -> HttpResponse:
    response = HttpResponse(ics.calendar(title, entries, at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
