"""工作台的整改和处理建议。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.org import access

from .. import actions, forms, visible
from ..models import Advice, Correction
from ..terms import OPEN_CORRECTIONS, CorrectionState
from .progress import piece_of
from .stepping import step_page

HEAD = ["单位", "问题", "下达", "期限", "环节", "自报", "销号", "提到", "逾期"]


def correction_of(request: HttpRequest, pk: int) -> Correction:
    """A correction that this person may see; 404 for any other."""
    rows = visible.corrections(request.user).select_related("agency", "piece__task__plan", "issued_by")
    return get_object_or_404(rows, pk=pk)


@access.desk("supervision.view")
def corrections(request: HttpRequest) -> HttpResponseBase:
    """整改,按期限排。"""
    on, given = timezone.localdate(), forms.CorrectionFilter(request.GET)
    rows = visible.corrections(request.user).select_related("agency")
    rows = given.narrowed(rows, "agency")
    state = given.value_of("state")
    if state == "late":
        rows = rows.filter(state__in=(CorrectionState.ISSUED, CorrectionState.RETURNED), due_on__lt=on)
    elif state == "closed":
        rows = rows.filter(state=CorrectionState.CLOSED)
    elif state != "all":
        rows = rows.filter(state__in=OPEN_CORRECTIONS)
    if request.GET.get("format") == "csv":
        access.require(request.user, "supervision.export")
        return private(
            csv_stream("corrections", HEAD, (_cells(one, on) for one in rows.iterator(chunk_size=1000)))
        )
    result = page(rows, request.GET, keys=("due_on", "pk"), ascending=True)
    for row in result.rows:
        row.late = row.is_late(on)
    context = {
        "page": result,
        "filter": given,
        "may_export": access.may(request.user, "supervision.export"),
        "may_issue": access.may(request.user, "supervision.correct"),
    }
    return private(render(request, "supervision/desk/corrections.html", context))


def _cells(correction: Correction, on: Any) -> list[object]:
    level = correction.get_level_display() if correction.level else ""
    return [
        correction.agency,
        correction.subject,
        correction.issued_on,
        correction.due_on,
        correction.get_state_display(),
        correction.answered_on,
        correction.closed_on,
        level,
        "是" if correction.is_late(on) else "",
    ]


def _issue(request: HttpRequest, form: forms.CorrectionForm, piece: Any, home: str, label: Any) -> HttpResponse:
    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.issue_correction(
            data["agency"],
            data["subject"],
            data["facts"],
            data["requirement"],
            due_on=data["due_on"],
            basis=data["basis"],
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
            piece=piece,
        )
        return redirect(made)

    return step_page(
        request, form, run, "下达整改", "下达", home, label=label, quote=piece.task.text if piece else ""
    )


@access.desk("supervision.correct")
def new(request: HttpRequest) -> HttpResponse:
    """下达整改。"""
    form = forms.CorrectionForm(request.POST or None, user=request.user, on=timezone.localdate())
    return _issue(request, form, None, reverse("desk:supervision_corrections"), "整改")


@access.desk("supervision.correct")
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """对一项任务的进展有疑:退回,并且下达整改。"""
    piece = piece_of(request, pk)
    initial = {
        "agency": piece.agency and piece.agency.code,
        "subject": f"任务没有落实：{piece.task}"[:120],
        "basis": f"《{piece.task.plan}》第{piece.task.clause or piece.task.order}项",
    }
    form = forms.CorrectionForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)
    return _issue(request, form, piece, piece.task.get_absolute_url(), piece.task)


@access.desk("supervision.view")
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """一件整改:事实、要求、经过。"""
    correction, on = correction_of(request, pk), timezone.localdate()
    waits = correction.state in (CorrectionState.ISSUED, CorrectionState.RETURNED)
    district = access.may(request.user, "supervision.correct", correction.agency)
    context = {
        "correction": correction,
        "entries": correction.entries.select_related("by", "record"),
        "late": correction.is_late(on),
        "may_answer": waits and access.may(request.user, "supervision.report", correction.agency),
        "may_review": correction.state == CorrectionState.ANSWERED
        and district
        and correction.issued_by_id != request.user.pk,
        "may_escalate": correction.is_late(on) and district,
    }
    return private(render(request, "supervision/desk/correction.html", context))


def _step(
    request: HttpRequest, correction: Correction, form: Any, run: Any, title: str, button: str
) -> HttpResponse:
    return step_page(request, form, run, title, button, correction, quote=correction.facts)


@access.desk("supervision.report")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """自报整改。"""
    correction = correction_of(request, pk)
    form = forms.AnswerForm(request.POST or None, initial={"seen": correction.mark})

    def run(data: dict[str, Any]) -> str:
        actions.answer_correction(
            correction,
            data["text"],
            record=data["record"],
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        return "已经报送，等复核。"

    return _step(request, correction, form, run, "自报整改", "报送")


@access.desk("supervision.correct")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """复核整改。"""
    correction = correction_of(request, pk)
    form = forms.ReviewForm(request.POST or None, initial={"seen": correction.mark})

    def run(data: dict[str, Any]) -> str:
        actions.review_correction(
            correction,
            data["passed"],
            data["text"],
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        return "已经销号。" if data["passed"] else "已经退回。"

    return _step(request, correction, form, run, "复核整改", "保存")


@access.desk("supervision.correct")
def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    """往上提一级。"""
    correction = correction_of(request, pk)
    form = forms.EscalateForm(request.POST or None, initial={"seen": correction.mark})

    def run(data: dict[str, Any]) -> str:
        done = actions.escalate(
            correction,
            data["text"],
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        return f"已经{done.get_level_display()}。"

    return _step(request, correction, form, run, "往上提一级", "提")


@access.desk("supervision.correct")
def advices(request: HttpRequest) -> HttpResponse:
    """处理建议。"""
    rows = Advice.objects.select_related("agency")
    return private(render(request, "supervision/desk/advices.html", {"page": page(rows, request.GET)}))


@access.desk("supervision.correct")
def new_advice(request: HttpRequest) -> HttpResponse:
    """登记一份处理建议。"""
    on = timezone.localdate()
    form = forms.AdviceForm(request.POST or None, user=request.user, on=on, initial={"sent_on": on})

    def run(data: dict[str, Any]) -> str:
        actions.advise(data["agency"], data, data["sent_on"], by=request.user, at=timezone.now())
        return "已经登记。处理由有权机关决定，结果来了再登。"

    return step_page(
        request, form, run, "提处理建议", "登记", reverse("desk:supervision_advices"), label="处理建议"
    )


@access.desk("supervision.correct")
def advice_result(request: HttpRequest, pk: int) -> HttpResponse:
    """登记处理结果。"""
    advice = get_object_or_404(Advice.objects.select_related("agency"), pk=pk)
    form = forms.AdviceResultForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.note_result(advice, data["result"], data["result_on"], by=request.user, at=timezone.now())
        return "已经登记。"

    return step_page(
        request,
        form,
        run,
        "登记处理结果",
        "登记",
        reverse("desk:supervision_advices"),
        label="处理建议",
        quote=advice.advice,
    )
