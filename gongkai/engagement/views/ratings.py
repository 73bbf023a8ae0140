"""工作台:有差评的活动、访谈,写改进了什么。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.org import access

from .. import actions, forms
from ..models import Event, Interview
from .interviews import interview_of
from .others import event_of
from .stepping import step_page


@access.desk("engagement.event")
def improve_event(request: HttpRequest, pk: int) -> HttpResponse:
    """一次活动。"""
    event = event_of(request, pk)
    return _improve(request, event, event.get_absolute_url())


@access.desk("engagement.event")
def improve_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """一期访谈。"""
    interview = interview_of(request, pk)
    return _improve(request, interview, interview.desk_url)


def _improve(request: HttpRequest, event: Event | Interview, home: str) -> HttpResponse:
    access.require(request.user, "engagement.event", event.agency)
    form = forms.ImproveForm(request.POST or None, initial={"note": event.improved_note})

    def run(data: dict[str, Any]) -> str:
        actions.improve(event, data["note"], by=request.user, at=timezone.now())
        return "已经记下，公众看得到。"

    return step_page(request, form, run, "针对差评的改进", "保存", home, trail=event)
