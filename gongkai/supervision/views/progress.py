"""工作台的进展:把名称对到单位,报进展,验证,暂缓、不适用,恢复。"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.submitting import button_step, form_step
from gongkai.law.supervision import UnitRole
from gongkai.org import access

from .. import actions, forms, visible
from ..models import Piece, Progress, Task
from ..terms import Group, PieceState, Verdict
from ..units import groups_of
from .plans import task_of
from .stepping import step_page


def piece_of(request: HttpRequest, pk: int) -> Piece:
    """A piece of such a task."""
    rows = Piece.objects.filter(task__in=visible.tasks(request.user)).select_related(
        "task__plan__agency", "agency"
    )
    return get_object_or_404(rows, pk=pk)


def _piece_step(request: HttpRequest, task: Task, piece: Piece | None) -> HttpResponse:
    initial = (
        {
            "role": piece.role,
            "agency": piece.agency and piece.agency.code,
            "group": piece.group,
            "outside": piece.written if piece.outside else "",
        }
        if piece
        else {}
    )
    form = forms.PieceForm(request.POST or None, on=timezone.localdate(), initial=initial)

    def run(data: dict[str, Any]) -> str:
        group = Group.from_value(data["group"]) if data["group"] else None
        actions.set_piece(
            task,
            piece,
            UnitRole.from_value(data["role"]),
            agency=data["agency"],
            group=group,
            outside=data["outside"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经对好。"

    title = f"“{piece.written}”是哪个单位" if piece else "添一个单位"
    return step_page(request, form, run, title, "保存", task, quote=task.text)


@access.desk("supervision.plan")
def new_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """添一个单位。"""
    return _piece_step(request, task_of(request, pk), None)


@access.desk("supervision.plan")
def set_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """把一个名称对到单位。"""
    piece = piece_of(request, pk)
    return _piece_step(request, piece.task, piece)


@access.desk("supervision.plan")
@require_POST
def drop_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一个单位。"""
    piece = piece_of(request, pk)
    task = piece.task

    def run() -> str:
        actions.drop_piece(piece, by=request.user, at=timezone.now())
        return "已经去掉。"

    return button_step(request, run, back=task)


@access.desk("supervision.report")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """报进展。"""
    piece, on = piece_of(request, pk), timezone.localdate()
    agency = piece.agency
    if agency is None:
        own = access.agencies_of(request.user, "supervision.report").current(on)
        agency = next((one for one in own if piece.group in groups_of(one)), None)
    if agency is None or not actions.may_report(request.user, piece, agency):
        raise PermissionDenied("这项任务没有派给您的单位。")
    reporter = agency
    form = forms.ReportForm(request.POST or None, task=piece.task, on=on, initial={"seen": piece.mark})

    def run(data: dict[str, Any]) -> str:
        proofs = [actions.Proof(data["record"]), actions.Proof(data["second"]), actions.Proof(note=data["note"])]
        actions.report(
            piece,
            reporter,
            data["text"],
            period=data["period"],
            done=data.get("done", False),
            proofs=proofs,
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        return "已经报送。报完成的，由牵头单位或者督查验证。" if data.get("done") else "已经报送。"

    return step_page(request, form, run, "报进展", "报送", piece.task, quote=piece.task.text)


@access.desk("supervision.verify")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """验证。"""
    rows = Progress.objects.filter(piece__task__in=visible.tasks(request.user)).select_related(
        "piece__task__plan", "agency"
    )
    progress = get_object_or_404(rows, pk=pk)
    if not actions.may_verify(request.user, progress.piece):
        raise PermissionDenied("完成由牵头单位的负责人、区政府办或者督查验证。")
    on, at, form = timezone.localdate(), timezone.now(), forms.JudgeForm(request.POST or None)
    task = progress.piece.task

    def run(data: dict[str, Any]) -> str:
        verdict = Verdict.from_value(data["verdict"])
        actions.judge(progress, verdict, data["opinion"], on=on, by=request.user, at=at)
        return "已经验证。" if verdict is Verdict.PASSED else "已经退回。"

    evidence = [(item, item.doubt(at, on)) for item in progress.evidence.select_related("record__agency")]
    return form_step(
        request,
        form,
        run,
        "supervision/desk/judge.html",
        back=task,
        title="验证进展",
        progress=progress,
        task=task,
        evidence=evidence,
    )


@access.desk("supervision.plan")
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """暂缓、不适用。"""
    piece = piece_of(request, pk)
    form = forms.AsideForm(request.POST or None, initial={"seen": piece.mark})

    def run(data: dict[str, Any]) -> str:
        actions.set_aside(
            piece,
            PieceState.from_value(data["state"]),
            data["reason"],
            data["approval"],
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        return "已经记下。"

    return step_page(request, form, run, f"{piece}暂缓、不适用", "保存", piece.task, quote=piece.task.text)


@access.desk("supervision.plan")
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复办理。"""
    piece = piece_of(request, pk)
    form = forms.ReasonForm(request.POST or None, initial={"seen": piece.mark})

    def run(data: dict[str, Any]) -> str:
        actions.resume(piece, data["reason"], by=request.user, at=timezone.now(), seen=data["seen"])
        return "已经恢复办理。"

    return step_page(request, form, run, f"{piece}恢复办理", "恢复", piece.task, quote=piece.task.text)
