"""公众一侧的在线访谈:一览、一期(进行的时候自己长出来)、提问。

一期的页和它的 ``live.json`` 都写成文件,五百人看着也只是发文件;登记一段就拿走重写(``sections``)。没有脚本的,刷新就是。
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.desk.moments import local_day, minute
from gongkai.desk.paging import page
from gongkai.law import dialogue
from gongkai.org.once import Answer
from gongkai.org.public_step import public_step

from .. import actions, feedback
from ..interview_forms import AskForm
from ..models import Interview, Line
from ..terms import AskedState

#: Lines that the live file bears; whoever lacks more reads the page again.
TAIL = 20
#: Seconds between two looks of a reader's page.
EVERY = 10


@require_safe
def interviews(request: HttpRequest) -> HttpResponse:
    """访谈一览,新的在前。"""
    at = timezone.now()
    rows = Interview.objects.public(at).select_related("agency", "record", "transcript")
    result = page(rows, request.GET, keys=("starts_at", "pk"), size=20)
    for row in result.rows:
        row.asking, row.now = row.is_asking(at), row.phase(at)
    return render(request, "engagement/public/interviews.html", {"page": result})


def _public(pk: int) -> Interview:
    rows = Interview.objects.public(timezone.now()).select_related("agency", "record", "transcript")
    return get_object_or_404(rows, pk=pk)


@require_safe
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """一期:谈什么、谁来谈、实录、会后的回复。随钟点变的不写在页上,所以这一页可以是文件。"""
    interview, at = _public(pk), timezone.now()
    closed_on = local_day(interview.closed_at) if interview.closed_at else None
    context = {
        "interview": interview,
        "phase": interview.phase(at),
        "may_ask": interview.is_asking_on(local_day(at)),
        "lines": interview.lines.all(),
        "replies": interview.questions.filter(state=AskedState.REPLIED),
        "owed": interview.questions.owed().count(),
        "due": dialogue.answer_due(closed_on) if closed_on else None,
        "limit": dialogue.answer_limit(closed_on) if closed_on else None,
        "is_told": interview.transcript is not None and interview.transcript.is_public(at),
        "every": EVERY,
        "ratings": feedback.of_interview(interview, at),
    }
    return render(request, "engagement/public/interview.html", context)


@require_safe
def live(request: HttpRequest, pk: int) -> JsonResponse:
    """最后几段,给开着的页添上去。"""
    interview = _public(pk)
    rows = list(interview.lines.order_by("-place")[:TAIL])
    told: dict[str, Any] = {
        "state": interview.phase(timezone.now()).value,
        "amendments": interview.amendments,
        "lines": [_line(row) for row in reversed(rows)],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _line(row: Line) -> dict[str, object]:
    return {"n": row.place, "who": row.speaker, "text": row.text, "at": minute(row.at)[-5:]}


@csrf_exempt
@cache_control(no_store=True)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """提一个问题,当场给编号和查询码。"""
    at, interview = timezone.now(), _public(pk)
    form = AskForm(request.POST or None)

    def act() -> Answer:
        made, code = actions.ask_interview(interview, form.cleaned_data["text"], at=at)
        return {"number": made.number, "code": code}

    return public_step(
        request,
        "asked",
        form,
        act,
        "engagement/public/ask.html",
        "engagement/public/sent.html",
        at=at,
        times=20,
        interview=interview,
        is_asking=interview.is_asking(at),
    )
