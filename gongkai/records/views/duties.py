"""公开目录(覆盖矩阵、下钻)、不予公开信息的年度评估、提示词表。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.paging import page
from gongkai.desk.submitting import form_step
from gongkai.org import access
from gongkai.org.models import Agency

from .. import actions, catalogue, urges
from ..browse import year_of
from ..forms import AbsencesForm, JudgeAbsencesForm, ReassessForm, WordForm
from ..models import Absence, Record, WatchWord
from .desk import export, with_draft


@access.desk("records.catalogue")
def matrix(request: HttpRequest) -> HttpResponse:
    """单位 × 法定公开事项:每格件数、空缺、超期、迟公开。不说哪一类单位的,先看最多的一类。"""
    on = timezone.localdate()
    agencies = access.agencies_of(request.user, "records.catalogue").current(on)
    kinds = catalogue.kinds(agencies)
    kind = request.GET.get("kind") or (kinds[0][0] if kinds else "all")
    if kind != "all":
        agencies = agencies.filter(kind=kind)
    table = catalogue.matrix(on=on, agencies=agencies)
    look = {
        "table": table,
        "on": on,
        "kind": kind,
        "kinds": kinds,
        "may_urge": access.may(request.user, "records.urge"),
    }
    if access.may(request.user, "records.absence"):
        look["waiting"] = Agency.objects.filter(absences__approved_at=None, absences__isnull=False).distinct()
    return render(request, "records/desk/matrix.html", look)


@access.desk("records.catalogue")
def cell(request: HttpRequest, code: str, duty: str) -> HttpResponse:
    """矩阵里的一格:背后的信息。"""
    agency = get_object_or_404(access.agencies_of(request.user, "records.catalogue"), code=code)
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
    absence = Absence.objects.filter(agency=agency, duty=duty).select_related("by", "approved_by").first()
    may = {
        "may_declare": access.may(request.user, "records.write", agency),
        "may_approve": access.may(request.user, "records.absence", agency),
        "may_urge": access.may(request.user, "records.urge", agency)
        and urges.is_owed(agency, duty, timezone.localdate()),
    }
    look = {"agency": agency, "item": item, "page": result, "absence": absence}
    return render(request, "records/desk/cell.html", look | may)


def _declared(agency: Agency, **which: bool) -> QuerySet[Absence]:
    return agency.absences.filter(**which).select_related("by", "approved_by").order_by("pk")


@access.desk("records.write")
def absences(request: HttpRequest, code: str) -> HttpResponse:
    """不涉及的事项:申明,看申明过的。"""
    agency = get_object_or_404(access.agencies_of(request.user, "records.write"), code=code)
    row = catalogue.matrix(on=timezone.localdate(), agencies=[agency]).rows
    empty = [(cell.duty, cell.label) for one in row for cell in one.cells if cell and cell.state == "empty"]

    def act(data: dict[str, Any]) -> str:
        done = actions.declare_absences(agency, data["items"], data["reason"], by=request.user, at=timezone.now())
        return f"已经申明{len(done)}项，区政府办核准以后不再算空缺。"

    chosen = [request.GET["duty"]] if "duty" in request.GET else []
    form = AbsencesForm(request.POST or None, choices=empty, initial={"items": chosen})
    back = reverse("desk:absences", args=[code])
    look = {"agency": agency, "declared": _declared(agency), "choices": empty}
    return form_step(request, form, act, "records/desk/absences.html", back=back, **look)


@access.desk("records.absence")
def judge_absences(request: HttpRequest, code: str) -> HttpResponse:
    """核准一个单位申明的不涉及的事项。"""
    agency = get_object_or_404(access.agencies_of(request.user, "records.absence"), code=code)
    waiting = _declared(agency, approved_at__isnull=True)
    choices = [(one.duty, f"{one.label}：{one.reason}（{one.by}）") for one in waiting]

    def act(data: dict[str, Any]) -> str:
        agrees = data["agrees"] == "yes"
        done = actions.judge_absences(
            agency, data["items"], agrees, data["reason"], by=request.user, at=timezone.now()
        )
        return f"{'核准' if agrees else '退回'}了{done}项。"

    form = JudgeAbsencesForm(
        request.POST or None, choices=choices, initial={"items": [one.duty for one in waiting]}
    )
    look = {"agency": agency, "choices": choices, "judging": True}
    return form_step(request, form, act, "records/desk/absences.html", back="desk:catalogue", **look)


@access.desk("records.write")
@require_POST
def retract_absence(request: HttpRequest, code: str, duty: str) -> HttpResponse:
    """收回一项申明。"""
    agency = get_object_or_404(access.agencies_of(request.user, "records.write"), code=code)
    absence = get_object_or_404(Absence, agency=agency, duty=duty)
    actions.retract_absence(absence, by=request.user, at=timezone.now())
    messages.success(request, f"已收回“{absence.label}”的申明。")
    return redirect("desk:absences", code)


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
