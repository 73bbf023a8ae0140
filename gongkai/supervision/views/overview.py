"""工作台的三块屏和各个数:全区的、本单位的、督查的;算到任何一天;月报。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_response
from gongkai.desk.figures import Listing, figures
from gongkai.desk.moments import end_of, local_day
from gongkai.desk.numbers import whole
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.law.agencies import AgencyKind
from gongkai.law.supervision import quarter
from gongkai.org import access

from .. import actions, brief, counts, goals, standing, todo, visible
from ..forms import DayFilter
from ..models import AskedDay, Correction, Objection, Plan, Progress
from ..terms import CorrectionState, PlanState


def day_of(request: HttpRequest) -> date:
    """The day asked for, not after today."""
    today = timezone.localdate()
    return min(DayFilter(request.POST or request.GET).value_of("on") or today, today)


def chosen_plan(request: HttpRequest, on: date) -> Plan | None:
    """The plan asked for, else the one to show first."""
    rows = visible.plans(request.user).exclude(state=PlanState.READ)
    given = whole(request.GET.get("plan"))
    if given and (found := rows.filter(pk=given).first()):
        return found
    return standing.main_plan(rows, on)


@access.desk("supervision.view")
def home(request: HttpRequest) -> HttpResponse:
    """全区的一屏:十二项任务,正常的不出声;下面是自己会数的数。"""
    on, at = day_of(request), timezone.now()
    plan = chosen_plan(request, on)
    views = standing.views(standing.tasks_of([plan]), on=on, at=at) if plan else []
    counted = counts.counted(on, today=local_day(at), patience=counts.PATIENCE)
    sections = standing.sections(views)
    told = [
        (section, [counted[one.key] for task in section.tasks for one in counts.for_clause(task.task.clause)])
        for section in sections
    ]
    troubles = [one for section in sections for one in section.troubles]
    context = {
        "on": on,
        "plan": plan,
        "plans": visible.plans(request.user).exclude(state=PlanState.READ),
        "sections": [(section, *counts.leading(_once(rows))) for section, rows in told],
        "troubles": troubles,
        "done": sum(section.done for section in sections),
        "total": len(views),
        "open_corrections": visible.corrections(request.user).open().count(),
        "late_corrections": sum(one.is_late(on) for one in visible.corrections(request.user).open()),
        "is_district": access.is_district(request.user, "supervision.view"),
        "may_plan": access.may(request.user, "supervision.plan"),
        "badges": todo.BADGES,
    }
    return private(render(request, "supervision/desk/home.html", context))


def _once(rows: list[counts.Count]) -> list[counts.Count]:
    """Each figure once, those that say something first."""
    found = {one.figure.key: one for one in rows}
    return sorted(found.values(), key=lambda row: row.whole.whole == 0)


@access.desk("supervision.view")
def unit(request: HttpRequest) -> HttpResponse:
    """一个单位的一屏:这个月要办的一张单子,和本单位的数。"""
    on, at = timezone.localdate(), timezone.now()
    own = access.agencies_of(request.user, "supervision.view").current(on)
    code = request.GET.get("code", "")
    agency = (
        own.filter(code=code).first() if code else own.exclude(kind=AgencyKind.GOVERNMENT).first() or own.first()
    )
    if agency is None:
        raise Http404("没有这个单位，或者您看不到它。")
    plans = Plan.objects.running(on).filter(ends_on__gte=on)
    pairs = [
        (view, piece)
        for view in standing.views(standing.tasks_of(plans), on=on, at=at)
        for piece in view.pieces
        if piece.piece.agency_id == agency.pk
    ]
    counted = counts.counted(on).values()
    figures = [(one, value) for one in counted if (value := one.of_agency(agency.pk)).whole]
    context = {
        "agency": agency,
        "agencies": own if own.count() > 1 else (),
        "on": on,
        "quarter": quarter(on),
        "owed": [pair for pair in pairs if not pair[1].is_calm],
        "calm": [pair for pair in pairs if pair[1].is_calm],
        "corrections": Correction.objects.open().filter(agency=agency),
        "wanting": [pair for pair in figures if pair[1].part < pair[1].whole],
        "full": [pair for pair in figures if pair[1].part >= pair[1].whole],
        "badges": todo.BADGES,
        "may_report": access.may(request.user, "supervision.report", agency),
    }
    return private(render(request, "supervision/desk/unit.html", context))


@access.desk("supervision.correct")
def inspect(request: HttpRequest) -> HttpResponse:
    """督查的一屏:待验证、有疑的证据、待复核的整改和异议。"""
    on, at = timezone.localdate(), timezone.now()
    reports = Progress.objects.filter(verdict="", claims_done=True, piece__task__plan__state=PlanState.CONFIRMED)
    views = standing.views(standing.tasks_of(Plan.objects.running(on).filter(ends_on__gte=on)), on=on, at=at)
    doubted = [
        (view, piece, evidence, why) for view in views for piece in view.pieces for evidence, why in piece.doubts
    ]
    context = {
        "reports": page(
            reports.select_related("agency", "by", "piece__task__plan"),
            request.GET,
            keys=("at", "pk"),
            ascending=True,
        ),
        "doubted": doubted,
        "answered": Correction.objects.filter(state=CorrectionState.ANSWERED).select_related(
            "agency", "issued_by"
        ),
        "late": [one for one in Correction.objects.open().select_related("agency") if one.is_late(on)],
        "objections": Objection.objects.filter(outcome="").select_related(
            "line__candidate__agency", "line__candidate__round"
        ),
        "on": on,
    }
    return private(render(request, "supervision/desk/inspect.html", context))


@access.desk("supervision.view")
def figure_list(request: HttpRequest) -> HttpResponse:
    """全部自己会数的数,算到任何一天;单位的人看本单位的。"""
    on = day_of(request)
    own = None if access.is_district(request.user, "supervision.view") else _own(request)
    rows = []
    counted = counts.counted(on, today=timezone.localdate(), patience=counts.PATIENCE)
    for figure in counted.values():
        value = (
            figure.whole if own is None else sum((figure.of_agency(pk) for pk in own), start=figure.of_agency(0))
        )
        rows.append((figure, value, value.in_words(on) if figure.is_kept else figure.in_words))
    if request.GET.get("format") == "csv":
        access.require(request.user, "supervision.export")
        cells = [
            [
                one.figure.label,
                one.figure.above,
                one.figure.below,
                *([value.part, value.whole, value.percent] if one.is_kept else ["", "", one.in_words]),
            ]
            for one, value, _ in rows
        ]
        return private(csv_response(f"figures-{on}", ["数", "分子", "分母", "分子数", "分母数", "比率"], cells))
    context = {
        "on": on,
        "rows": rows,
        "filter": DayFilter(request.GET),
        "slow": any(one.is_slow for one in counted.values()),
        "waiting": AskedDay.objects.filter(on=on, done_at=None).exists(),
        "own": own is not None,
        "may_export": access.may(request.user, "supervision.export"),
    }
    return private(render(request, "supervision/desk/figures.html", context))


@access.desk("supervision.view")
@require_POST
def ask_day(request: HttpRequest) -> HttpResponse:
    """在后台数一天。"""
    on = day_of(request)
    actions.ask_day(on, at=timezone.now())
    messages.success(request, f"已经排上，一两分钟以后刷新看{on}的数。")
    return redirect(f"{reverse('desk:supervision_figures')}?on={on}")


def _own(request: HttpRequest) -> list[int]:
    return list(access.agencies_of(request.user, "supervision.view").values_list("pk", flat=True))


@access.desk("supervision.view")
def behind(request: HttpRequest) -> HttpResponseBase:
    """一个数:各单位的分子分母,点开是哪些件。没有在分子里的排在前面好办。"""
    figure, on = figures().get(request.GET.get("key", "")), day_of(request)
    if figure is None:
        return redirect("desk:supervision_figures")
    reach = access.agencies_of(request.user, "supervision.view").current(on)
    agencies = {one.pk: one for one in reach}
    count = counts.counted(on, [figure.key], today=timezone.localdate(), patience=counts.PATIENCE)[figure.key]
    lines = [(agencies[pk], value, value.in_words(on)) for pk, value in count.by_agency.items() if pk in agencies]
    lines.sort(key=lambda line: (line[1].value if line[1].value is not None else 2, line[0].order))
    agency = reach.filter(code=request.GET.get("agency", "")).first()
    chosen = [agency.pk] if agency else list(agencies)
    found = counts.behind(figure, on, chosen) if count.is_kept else []
    # 越少越好的,要看的是计入的
    only, wanted = request.GET.get("only") == "misses", not figure.more_is_better
    turned = None
    if isinstance(found, Listing):
        rows = found.rows if not only else found.counted if wanted else _left_out(found)
        turned = page(rows, request.GET)
        things = found.shown(turned.rows)
    else:
        things = [one for one in found if not only or one.counts is wanted]
    context = {
        "figure": figure,
        "on": on,
        "count": count,
        "lines": lines,
        "agency": agency,
        "page": turned,
        "things": things,
        "only": only,
        "past": on < timezone.localdate(),
        "names": {pk: str(one) for pk, one in agencies.items()},
        "is_district": access.is_district(request.user, "supervision.view"),
    }
    return private(render(request, "supervision/desk/behind.html", context))


def _left_out(found: Listing) -> QuerySet[Any]:
    return found.rows.exclude(pk__in=found.counted.values("pk"))


@access.desk("supervision.view")
def indices(request: HttpRequest) -> HttpResponse:
    """总体目标的四项指数:逐年的和三年平均的两条,不下结论。"""
    on = timezone.localdate()
    context = {"indices": goals.indices(on), "on": on, "may_enter": access.may(request.user, "supervision.plan")}
    return private(render(request, "supervision/desk/indices.html", context))


@access.desk("supervision.correct")
def brief_page(request: HttpRequest) -> HttpResponse:
    """月报:先看,再印成两页。"""
    on = brief.last_day(request.GET.get("month", ""), timezone.localdate())
    made = brief.make(on, at=min(end_of(on), timezone.now()), today=timezone.localdate())
    if request.GET.get("format") == "pdf":
        return private(download(f"督查月报{on:%Y-%m}.pdf", brief.pdf(made)))
    return private(
        render(
            request, "supervision/desk/brief.html", {"brief": made, "months": brief.months(timezone.localdate())}
        )
    )
