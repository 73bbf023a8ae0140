"""负责人看全局:各单位在办的走到哪一步、还剩几天,谁手上逾期;一次催办。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.law.steps import table
from gongkai.org import access
from gongkai.org.models import Agency, User

from .. import days
from ..case_lists import is_due_within, is_overdue
from ..days import last_soon, soon
from ..models import Application, Assignment
from ..terms import OPEN_STATES, RUNNING

LISTED = 100


@access.desk("foi.assign")
def overview(request: HttpRequest) -> HttpResponse:
    """在办申请一览:单位 × 环节,承办人,逾期和快到期的。"""
    on = timezone.localdate()
    rows = Application.objects.visible_to(request.user).filter(access.within(request.user, "foi.assign")).open()
    return render(
        request,
        "foi/overview.html",
        {
            "states": [(state, table().states[state]) for state in OPEN_STATES],
            "by_agency": units(rows, on),
            "people": people(rows, on),
            "pressing": pressing(rows, on),
            "soon": soon(on),
        },
    )


def _figures(on: date) -> dict[str, Count]:
    return {
        "total": Count("pk"),
        "late": Count("pk", filter=is_overdue(on)),
        "near": Count("pk", filter=is_due_within(soon(on), on)),
        "free": Count("pk", filter=Q(handler=None)),
    } | {state: Count("pk", filter=Q(state=state)) for state in OPEN_STATES}


def units(rows: QuerySet[Application], on: date) -> list[dict[str, Any]]:
    """For each unit with open cases: how many in each state, late, due soon, in nobody's hands; the worst first."""
    found = list(rows.order_by().values("agency").annotate(**_figures(on)))
    names = Agency.objects.in_bulk([row["agency"] for row in found])
    for row in found:
        row["unit"] = names[row["agency"]]
        row["cells"] = [(state, row[state]) for state in OPEN_STATES]
    return sorted(found, key=lambda row: (-row["late"], -row["near"], -row["total"], row["agency"]))


def people(rows: QuerySet[Application], on: date) -> list[dict[str, Any]]:
    """For each person with open cases: how many, late, due soon; the worst first."""
    found = list(rows.exclude(handler=None).order_by().values("handler").annotate(**_figures(on)))
    names = User.objects.in_bulk([row["handler"] for row in found])
    for row in found:
        row["person"] = names[row["handler"]]
    return sorted(found, key=lambda row: (-row["late"], -row["near"], -row["total"], row["handler"]))


def pressing(rows: QuerySet[Application], on: date) -> list[Application]:
    """Cases that are late or due soon, the oldest due day first, with how often their handlers were pressed."""
    last = last_soon(on)
    found = rows.filter(state__in=RUNNING, due_on__lte=last)
    listed = list(found.select_related("agency", "handler").order_by(F("due_on"), "pk")[:LISTED])
    given = Assignment.objects.filter(application__in=listed, returned_at=None).order_by("pk")
    pressed = {row.application_id: row for row in given}
    for application in listed:
        application.badge = days.badge(application, on)
        application.pressed = pressed.get(application.pk)
    return listed
