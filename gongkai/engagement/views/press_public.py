"""公众看的新闻发布:发布会、发言人名录、答问。"""

from __future__ import annotations

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.records.models import is_public_at

from ..models import Briefing, PressQuestion, Spokesperson
from .press_register import HEAD, cells


@require_safe
def press(request: HttpRequest) -> HttpResponse:
    """发布会,新的在前;有没有文字实录、视频。"""
    at = timezone.now()
    rows = Briefing.objects.public(at).annotate(starts_at=F("event__starts_at"))
    rows = rows.select_related("event__agency", "event__record", "transcript")
    if words := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(Q(event__title__icontains=words) | Q(event__agency__name__icontains=words))
    result = page(rows, request.GET, keys=("starts_at", "pk"), size=20)
    for row in result.rows:
        row.told = row.transcript if row.transcript and row.transcript.is_public(at) else None
        row.coming = row.event.starts_at > at
    return render(request, "engagement/public/press.html", {"page": result, "q": words})


@require_safe
def spokespersons(request: HttpRequest) -> HttpResponse:
    """现任新闻发言人名录。"""
    rows = Spokesperson.objects.current(timezone.localdate()).select_related("agency")
    if request.GET.get("format") == "csv":
        return csv_response("spokespersons", HEAD[:-1], (cells(one)[:-1] for one in rows))
    return render(request, "engagement/public/spokespersons.html", {"rows": rows})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """发布会上问过什么、怎样答的;只有实录公开了的。"""
    at = timezone.now()
    rows = PressQuestion.objects.filter(is_public_at(at, "briefing__transcript__"))
    rows = rows.select_related("briefing__event__agency", "briefing__transcript", "answered_by")
    if words := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(Q(question__icontains=words) | Q(answer__icontains=words))
    result = page(rows, request.GET, keys=("pk",), size=20)
    return render(request, "engagement/public/press_questions.html", {"page": result, "q": words})
