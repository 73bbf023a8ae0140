"""凭编号和查询码看一件怎样了:一条意见、一条目录建议、一次列席报名;编号没有和查询码不对,说的一样。"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from gongkai.desk import limits
from gongkai.desk.responses import private
from gongkai.org import codes
from gongkai.org.public_step import BUSY, HOUR, WRONG

from ..actions import catalogue, meetings, opinions
from ..models import Opinion, Proposal, Representative
from ..public_forms import LookForm
from ..terms import Phase, YearStage

PAGE = "decisions/public/look.html"
#: The mark within a number → what it numbers: its name on the page, the purpose of its codes.
KINDS = {
    "-Y-": ("opinion", opinions.PURPOSE),
    "-J-": ("proposal", catalogue.PURPOSE),
    "-L-": ("representative", meetings.PURPOSE),
}


def _rows(kind: str) -> QuerySet[Any]:
    match kind:
        case "opinion":
            return Opinion.objects.select_related("consultation__record", "consultation__feedback", "file")
        case "proposal":
            return Proposal.objects.select_related("year__agency", "year__record", "item")
    return Representative.objects.select_related("meeting__agency", "meeting__drawing", "meeting__record")


@csrf_exempt
@cache_control(no_store=True)
def look(request: HttpRequest) -> HttpResponse:
    """一条意见、一条建议、一次报名怎样了。"""
    form = LookForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        if not limits.within(request, "opinion-look", times=60, seconds=HOUR):
            return private(render(request, PAGE, context | {"fault": BUSY}, status=429))
        number = form.cleaned_data["number"].strip().upper()
        kind, purpose = next((its for mark, its in KINDS.items() if mark in number), KINDS["-Y-"])
        found = _rows(kind).filter(number=number).first()
        if not codes.matches(form.cleaned_data["code"], found and found.code, purpose) or found is None:
            return private(render(request, PAGE, context | {"fault": WRONG}, status=404))
        context |= {kind: found, "told": _is_told(found)}
    return private(render(request, PAGE, context, status=400 if form.errors else 200))


def _is_told(found: Opinion | Proposal | Representative) -> bool:
    """Whether what became of it stands; before that it may still change, and nobody is told ahead of the others."""
    at = timezone.now()
    if isinstance(found, Opinion):
        return found.consultation.phase(at) is Phase.DONE and not found.is_being_corrected
    if isinstance(found, Proposal):
        return bool(found.ruling) and found.year.stage != YearStage.COLLECTING
    return bool(found.meeting.drawing and found.meeting.drawing.is_drawn)
