"""工作台的方案和任务:录入、对单位、确认、报进展、验证。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import apart
from gongkai.adapters.files import Unreadable
from gongkai.desk.export import csv_response
from gongkai.desk.moments import local_day
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency

from .. import actions, counts, forms, intake, points, shipped, standing, todo, visible
from ..models import Piece, Plan, Task
from ..terms import PlanState
from ..units import groups_of
from .stepping import step_page

HEAD = ["条款", "所属任务", "任务", "种类", "期限", "牵头单位", "责任单位", "配合单位", "现在", "最近的进展"]


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """A plan that this person may see; 404 for any other."""
    return get_object_or_404(visible.plans(request.user).select_related("agency", "before", "record"), pk=pk)


def task_of(request: HttpRequest, pk: int) -> Task:
    """A task of such a plan."""
    return get_object_or_404(standing.tasks_of(visible.plans(request.user)), pk=pk)


@access.desk("supervision.view")
def plans(request: HttpRequest) -> HttpResponse:
    """方案、年度要点。"""
    rows = visible.plans(request.user).select_related("agency").prefetch_related("tasks")
    has_shipped = Plan.objects.filter(key=shipped.FIVE_YEAR).exists()
    may_plan = access.may(request.user, "supervision.plan")
    context = {
        "plans": rows,
        "may_plan": may_plan,
        "shipped": None if has_shipped else shipped.head(shipped.FIVE_YEAR),
    }
    return render(request, "supervision/desk/plans.html", context)


@access.desk("supervision.plan")
def new(request: HttpRequest) -> HttpResponse:
    """带来一份文件,读成任务。"""
    on = timezone.localdate()
    form = forms.PlanForm(request.POST or None, request.FILES or None, user=request.user, on=on)

    def run(data: dict[str, Any]) -> HttpResponse:
        text = data["text"]
        try:
            if data["file"]:
                text = intake.text_of(data["file"].read(), data["file"].name)
            drafts = intake.tasks_in(text, data["title"], data["issued_on"])
        except (Unreadable, apart.Stopped) as error:
            raise RuleBroken(
                f"文件没有读成：{error}", fix="请另存为 Word 或者纯文本再试，或者把原文贴上来。"
            ) from None
        made = actions.enter_plan(
            data["agency"],
            data["title"],
            data["issued_on"],
            drafts,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            number=data["number"],
            source=text,
            before=data["before"],
            record=data["record"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"读出{made.tasks.count()}项任务。请对照原文，把没有说清的定好，再确认。")
        return redirect(made)

    return step_page(request, form, run, "录入方案", "读成任务", reverse("desk:supervision_plans"), label="方案")


@access.desk("supervision.plan")
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """用随软件的五年方案。"""
    government = Agency.objects.filter(kind=AgencyKind.GOVERNMENT).first() or Agency.objects.first()

    def run() -> HttpResponse:
        if government is None:
            raise RuleBroken("还没有单位", fix="请先建立单位。")
        return redirect(actions.adopt_plan(government, shipped.FIVE_YEAR, by=request.user, at=timezone.now()))

    return button_step(request, run, back="desk:supervision_plans")


@access.desk("supervision.view")
def plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一份方案:待确认的列没有说清的,执行中的列各项任务怎样。"""
    plan, on = plan_of(request, pk), timezone.localdate()
    views = standing.views(standing.tasks_of([plan]), on=on, at=timezone.now())
    given = forms.PlanFilter(request.GET)
    chosen = standing.matching(views, given.value_of("agency"), given.value_of("light") or "")
    if request.GET.get("format") == "csv":
        access.require(request.user, "supervision.export")
        return private(csv_response(f"plan-{plan.pk}", HEAD, map(_cells, chosen)))
    context = {
        "plan": plan,
        "sections": standing.sections(chosen),
        "filter": given,
        "may_export": access.may(request.user, "supervision.export"),
        "on": on,
        "badges": todo.BADGES,
        "total": len(views),
        "points": points.points(plan, on) if plan.state == PlanState.READ else [],
        "may_plan": access.may(request.user, "supervision.plan", plan.agency),
        "left": standing.unfinished(plan.before, on, timezone.now()) if plan.before else [],
        "may_close": plan.state == PlanState.CONFIRMED and on > plan.ends_on,
        "form": forms.SeenForm(initial={"seen": plan.mark}),
    }
    return render(request, "supervision/desk/plan.html", context)


def _cells(view: standing.TaskView) -> list[object]:
    """One task for the export: what it asks, who answers for it, how it stands, the newest report."""
    task = view.task
    reports = [(piece.piece, piece.last) for piece in view.pieces if piece.last]
    return [
        task.clause or task.order,
        task.heading,
        task.text,
        task.get_kind_display(),
        view.due,
        *("、".join(str(one.piece) for one in pieces) for pieces in (view.lead, view.responsible, view.helping)),
        view.light.label,
        "；".join(f"{piece}（{local_day(last.at)}）：{last.text}" for piece, last in reports),
    ]


@access.desk("supervision.plan")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """确认、派下去。"""
    plan, seen = plan_of(request, pk), request.POST.get("seen", "")

    def run() -> str:
        actions.confirm_plan(plan, on=timezone.localdate(), by=request.user, at=timezone.now(), seen=seen)
        return "已经确认，任务派下去了。"

    return button_step(request, run, back=plan)


@access.desk("supervision.plan")
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """向社会公开进展,或者不再公开。"""
    plan = plan_of(request, pk)

    def run() -> str:
        shown = actions.show_plan(plan, not plan.is_shown, by=request.user, at=timezone.now()).is_shown
        return "已经公开进展。" if shown else "已经不再公开。"

    return button_step(request, run, back=plan)


@access.desk("supervision.plan")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """到期结束。"""
    plan = plan_of(request, pk)

    def run() -> str:
        actions.close_plan(plan, on=timezone.localdate(), by=request.user, at=timezone.now())
        return "已经结束，没有完成的照样留着。"

    return button_step(request, run, back=plan)


@access.desk("supervision.plan")
def new_task(request: HttpRequest, pk: int) -> HttpResponse:
    """补一项漏读的任务。"""
    plan, form = plan_of(request, pk), forms.NewTaskForm(request.POST or None)

    def run(data: dict[str, Any]) -> HttpResponse:
        return redirect(actions.add_task(plan, data["text"], by=request.user, at=timezone.now()))

    return step_page(request, form, run, "补一项任务", "添加", plan)


@access.desk("supervision.view")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """一项任务:各单位的进展、证据、数。"""
    task, on = task_of(request, pk), timezone.localdate()
    view = standing.view(task, on=on, at=timezone.now())
    keys = [*task.figures, *(figure.key for figure in counts.for_clause(task.clause if task.plan.key else ""))]
    own = {agency.pk: agency for agency in access.agencies_of(request.user, "supervision.report").current(on)}
    running = task.plan.state == PlanState.CONFIRMED
    pieces = [
        (
            piece,
            list(piece.piece.reports.all()),
            running
            and piece.piece.agency_id in own
            and access.may(request.user, "supervision.report", piece.piece.agency),
            running and actions.may_verify(request.user, piece.piece),
        )
        for piece in view.pieces
    ]
    context = {
        "task": task,
        "view": view,
        "pieces": pieces,
        "figures": list(counts.counted(on, dict.fromkeys(keys)).values()),
        "uncounted": shipped.uncounted(task.plan.key).get(task.clause, ""),
        "points": list(points.of_task(task, on)) if task.plan.state == PlanState.READ else [],
        "on": on,
        "badges": todo.BADGES,
        "may_plan": access.may(request.user, "supervision.plan", task.plan.agency),
        "running": running,
        "may_correct": access.may(request.user, "supervision.correct"),
        "groups": [piece.piece for piece in view.pieces if piece.piece.group and _own_of(piece.piece, own)],
    }
    return render(request, "supervision/desk/task.html", context)


def _own_of(piece: Piece, own: dict[int, Agency]) -> bool:
    return any(piece.group in groups_of(agency) for agency in own.values())


@access.desk("supervision.plan")
def edit_task(request: HttpRequest, pk: int) -> HttpResponse:
    """改一项任务。"""
    task, on = task_of(request, pk), timezone.localdate()
    initial = {name: getattr(task, name) for name in actions.TASK_FIELDS} | {"gatherer": task.gatherer}
    form = forms.TaskForm(request.POST or None, on=on, initial=initial)

    def run(data: dict[str, Any]) -> str:
        actions.save_task(task, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return step_page(request, form, run, "改任务", "保存", task, quote=task.text)


@access.desk("supervision.plan")
@require_POST
def drop_task(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一项读错的。"""
    task = task_of(request, pk)
    plan_pk = task.plan_id

    def run() -> HttpResponse:
        actions.drop_task(task, by=request.user, at=timezone.now())
        messages.success(request, "已经去掉，原文在操作记录里。")
        return redirect("desk:supervision_plan", pk=plan_pk)

    return button_step(request, run, back=task)


@access.desk("supervision.plan")
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """凭批准的文件调整时限。"""
    task = task_of(request, pk)
    form = forms.AdjustForm(request.POST or None, initial={"due_on": task.due_on})

    def run(data: dict[str, Any]) -> str:
        actions.adjust_task(
            task, data["due_on"], data["approval"], data["reason"], by=request.user, at=timezone.now()
        )
        return "已经调整，原来的时限在操作记录里。"

    return step_page(request, form, run, "调整时限", "调整", task, quote=task.text)
