"""清单上一次办几件:交办、催办。先看清是哪几件、哪几件不能办,确认以后再办。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.numbers import wholes
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.once import Answer, once

from .. import acts, days
from ..forms import BulkAssignForm, ConfirmForm
from ..models import Application

BULK = ("assign", "chase")
MOST = 100


@access.desk("foi.assign")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """选了几件,办一件事:``act`` 是 assign 或者 chase,``pk`` 是选的。"""
    chosen = acts.ACTS.get(request.POST.get("act", ""))
    if chosen is None or chosen.key not in BULK:
        raise Http404("没有这件事。")
    rows = _rows(request)
    if not rows.exists():
        messages.error(request, f"没有选申请。请先在清单上勾选，再点“{chosen.label}”。")
        return redirect("desk:foi_cases")
    able, unable = _sorted(request, rows, chosen)
    confirmed = request.POST if "confirm" in request.POST else None
    if chosen.key == "assign":
        form: Any = BulkAssignForm(confirmed, agencies={one.agency for one in able})
    else:
        form = ConfirmForm(confirmed)
    if able and form.is_valid():
        return _done(request, able, chosen, form.cleaned_data)
    return render(
        request,
        "foi/bulk.html",
        {"chosen": chosen, "able": able, "unable": unable, "form": form},
        status=422 if form.errors else 200,
    )


def _rows(request: HttpRequest) -> QuerySet[Application]:
    given = wholes(request.POST.getlist("pk"), most=MOST)
    rows = Application.objects.visible_to(request.user).filter(pk__in=given)
    return rows.select_related("agency", "handler").order_by("due_on", "pk")


def _sorted(
    request: HttpRequest, rows: QuerySet[Application], chosen: acts.Act
) -> tuple[list[Application], list[tuple[Application, str]]]:
    """(能办的, 不能办的和为什么)."""
    on = timezone.localdate()
    able, unable = [], []
    for row in rows:
        row.badge = days.badge(row, on)
        if not access.may(request.user, chosen.right, row.agency):
            unable.append((row, "不是您单位的。"))
        elif why := acts.refusal(row, request.user, chosen, on):
            unable.append((row, why))
        elif chosen.key == "chase" and not row.assignments.filter(returned_at=None).exists():
            unable.append((row, "还没有交给谁，不用催。"))
        else:
            able.append(row)
    return able, unable


def _done(request: HttpRequest, able: list[Application], chosen: acts.Act, data: dict[str, Any]) -> HttpResponse:
    """Each in its own transaction: one that is refused in the meantime does not stop the others."""
    at = timezone.now()

    def act() -> Answer:
        faults = []
        for application in able:
            try:
                chosen.run(application, data, request.user, at)
            except LawError as error:
                faults.append(f"{application.number}没有办成：{error}")
        return {"done": len(able) - len(faults), "faults": faults}

    answer = once(request, f"foi-bulk-{chosen.key}", act, at=at)
    if answer["done"]:
        messages.success(request, f"已经{chosen.label}{answer['done']}件。")
    for fault in answer["faults"]:
        messages.error(request, fault)
    return redirect("desk:foi_cases")
