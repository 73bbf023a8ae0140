"""工作台的清理:开始一次、逐件定结论、办结。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.paging import page
from gongkai.desk.submitting import form_step
from gongkai.law.marks import titled
from gongkai.law.normative import Outcome
from gongkai.org import access

from .. import actions
from ..forms import BatchForm, CloseForm, RulingForm
from ..models import Batch, Document

SIZE = 100
STEP = "policies/document_step.html"


@access.desk("policies.view")
def batches(request: HttpRequest) -> HttpResponse:
    """历次清理。"""
    context = {
        "batches": Batch.objects.select_related("result"),
        "may_open": access.may(request.user, "policies.cleanup"),
    }
    return render(request, "policies/batches.html", context)


@access.desk("policies.cleanup")
def open_batch(request: HttpRequest) -> HttpResponse:
    """开始一次清理。"""

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.open_batch(**data, by=request.user, at=timezone.now())
        messages.success(request, f"已经开始{made}，各单位可以逐件定结论。")
        return redirect(made)

    hint = "截止日以前制定、现在还有效的文件，都要定一个结论。"
    form = BatchForm(request.POST or None)
    home, trail = reverse("desk:policies_batches"), "清理"
    return form_step(
        request, form, act, STEP, home=home, trail=trail, title="开始一次清理", button="开始清理", hint=hint
    )


def _scope(request: HttpRequest, batch: Batch):
    """The documents of a batch that this person may see: those ruled on, and for an open one those to rule on."""
    own = Document.objects.visible_to(request.user).select_related("record__agency", "maker")
    ruled = own.filter(rulings__batch=batch)
    return (
        ruled
        if batch.closed_at
        else own.filter(pk__in=[*ruled.values_list("pk", flat=True), *batch.scope().values_list("pk", flat=True)])
    )


@access.desk("policies.view")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """一次清理:范围里的文件和各自的结论。"""
    batch = get_object_or_404(Batch.objects.select_related("result"), pk=pk)
    rows = _scope(request, batch)
    key = request.GET.get("outcome", "")
    chosen = rows
    if key == "none":
        chosen = rows.exclude(rulings__batch=batch)
    elif key in {one.value for one in Outcome}:
        chosen = rows.filter(rulings__batch=batch, rulings__outcome=key)
    ruled = {ruling.document_id: ruling for ruling in batch.rulings.filter(document__in=rows)}
    counts = [
        (outcome.value, outcome.label, sum(ruling.outcome == outcome for ruling in ruled.values()))
        for outcome in Outcome
    ]
    left = rows.count() - len(ruled)
    result = page(chosen, request.GET, keys=("number_year", "number_seq"), size=SIZE)
    for row in result.rows:
        row.ruling = ruled.get(row.pk)
    context = {
        "batch": batch,
        "page": result,
        "counts": [*counts, ("none", "还没有结论", left)],
        "key": key,
        "may_rule": access.may(request.user, "policies.register") and not batch.closed_at,
        "may_close": access.may(request.user, "policies.cleanup") and not batch.closed_at,
    }
    return render(request, "policies/batch.html", context)


@access.desk("policies.register")
def ruling(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """对一件文件定结论。"""
    batch = get_object_or_404(Batch, pk=pk)
    row = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("record__agency"), pk=document
    )
    access.require(request.user, "policies.register", row.record.agency)
    earlier = batch.rulings.filter(document=row).first()
    initial = {"outcome": earlier.outcome, "reason": earlier.reason} if earlier else {}

    def act(data: dict[str, Any]) -> str:
        actions.rule(batch, row, **data, by=request.user, at=timezone.now())
        return f"{titled(row)}的结论已经记下，办结时生效。"

    form = RulingForm(request.POST or None, initial=initial)
    return form_step(request, form, act, STEP, back=batch, document=row, title="清理结论", button="记下结论")


@access.desk("policies.cleanup")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """办结。"""
    batch = get_object_or_404(Batch, pk=pk)

    def act(data: dict[str, Any]) -> str:
        actions.close(batch, **data, by=request.user, at=timezone.now())
        return f"{batch}已经办结，原文件的页面都标明了结论。"

    hint = "办结时，结论一并生效：废止和宣布失效的，原页加横幅；继续有效的记下一笔。办结以后不能改。"
    form = CloseForm(request.POST or None, initial={"on": timezone.localdate()})
    look = {"title": f"{batch}办结", "button": "办结", "hint": hint, "danger": True}
    return form_step(request, form, act, STEP, back=batch, **look)
