"""公开目录(覆盖矩阵、下钻)、不予公开信息的年度评估、提示词表。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.org import access
from gongkai.org.paging import page
from gongkai.org.steps import form_step

from .. import actions, catalogue
from ..browse import year_of
from ..forms import ReassessForm, WordForm
from ..models import Record, WatchWord
from .desk import export, with_draft


@access.desk("catalogue.view")
def matrix(request: HttpRequest) -> HttpResponse:
    """单位 × 法定公开事项:每格件数、最近更新、空缺、超期、迟公开。"""
    on = timezone.localdate()
    agencies = access.agencies_of(request.user, "catalogue.view").current(on)
    if kind := request.GET.get("kind"):
        agencies = agencies.filter(kind=kind)
    table = catalogue.matrix(on=on, agencies=agencies)
    state = request.GET.get("state", "")
    return render(
        request, "records/desk/matrix.html", {"table": table, "on": on, "state": state, "kind": kind or ""}
    )


@access.desk("catalogue.view")
def cell(request: HttpRequest, code: str, duty: str) -> HttpResponse:
    """矩阵里的一格:背后的信息。"""
    agency = get_object_or_404(access.agencies_of(request.user, "catalogue.view"), code=code)
    try:
        item = catalogue.item(duty)
    except KeyError:
        raise Http404("没有这一项法定公开事项。") from None
    rows = catalogue.rows(agency, duty, at=timezone.now())
    if request.GET.get("late"):
        rows = catalogue.late(rows)
    if request.GET.get("format") == "csv":
        return export(rows)
    result = page(with_draft(rows), request.GET, keys=("updated_at", "pk"))
    return render(request, "records/desk/cell.html", {"agency": agency, "item": item, "page": result})


@access.desk("records.view")
def withheld(request: HttpRequest) -> HttpResponse:
    """不主动公开的信息和本年度应做的评估审查。"""
    year = year_of(request.GET.get("year", "")) or timezone.localdate().year
    rows = Record.objects.visible_to(request.user)
    ledger = catalogue.reassessments(rows, year)
    result = page(ledger.rows, request.GET, keys=("updated_at", "pk"))
    return render(
        request,
        "records/desk/withheld.html",
        {
            "ledger": ledger,
            "page": result,
            "year": year,
            "may_reassess": access.may(request.user, "records.reassess"),
        },
    )


@access.desk("records.reassess")
def reassess(request: HttpRequest, pk: int) -> HttpResponse:
    """评估一件不予公开的信息。"""
    record = get_object_or_404(Record.objects.visible_to(request.user).withheld(), pk=pk)
    access.require(request.user, "records.reassess", record.agency)

    def act(data: dict[str, Any]) -> str | HttpResponse:
        at = timezone.now()
        year = timezone.localtime(at).year
        done = actions.reassess(record, year, data["outcome"], data["reason"], by=request.user, at=at)
        if done.released_id:
            messages.success(request, "已经建立转为主动公开的草稿，经过审核签发后公开。")
            return redirect("desk:record", done.released_id)
        return f"已经记下“{done.get_outcome_display()}”，明年仍会提醒评估。"

    form, look = ReassessForm(request.POST or None), {"title": "年度评估审查", "button": "记下评估结论"}
    return form_step(request, form, act, "records/desk/step.html", back="desk:withheld", record=record, **look)


@access.desk("records.words")
def words(request: HttpRequest) -> HttpResponse:
    """提示词表:加、删。"""

    def act(data: dict[str, Any]) -> str:
        actions.add_word(**data, by=request.user, at=timezone.now())
        return f"已加上“{data['word']}”。"

    form, known = WordForm(request.POST or None), WatchWord.objects.all()
    return form_step(request, form, act, "records/desk/words.html", back="desk:words", words=known)


@access.desk("records.words")
@require_POST
def remove_word(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一个词。"""
    word = get_object_or_404(WatchWord, pk=pk)
    actions.remove_word(word, by=request.user, at=timezone.now())
    messages.success(request, f"已去掉“{word.word}”。")
    return redirect("desk:words")
