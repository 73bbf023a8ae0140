"""工作台的对照:矩阵、明细、一个单位对一行、起算的事、不是本单位职责。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.numbers import wholes
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.org import access
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .. import actions, compare
from .. import matrix as tables
from ..forms.catalogue import AnswerForm, ChargeFilter, EventForm, ExcuseForm, JudgeForm
from ..models import Charge, Occurrence, Standard

#: 一页几个领域;格数是领域乘单位,多了浏览器画不动。
AREAS = 40


@access.desk("standards.view")
def matrix(request: HttpRequest) -> HttpResponse:
    """覆盖对照:只列有问题的领域和单位。"""
    of_towns, whole = request.GET.get("of") == "towns", "whole" in request.GET
    standards = Standard.objects.live()
    standards = (
        standards.filter(agency__kind=AgencyKind.TOWN)
        if of_towns
        else standards.exclude(agency__kind=AgencyKind.TOWN)
    )
    reach = (
        None
        if access.is_district(request.user, "standards.view")
        else access.agencies_of(request.user, "standards.view")
    )
    only = None if reach is None else list(reach.values_list("pk", flat=True))
    listed = tables.wanted(standards, whole=whole, only=only).select_related("area", "agency")
    result = page(listed, request.GET, keys=("pk",), size=AREAS, ascending=True)
    table = tables.matrix(standards, whole=whole, only=only, shown=result.rows)
    waiting = Agency.objects.filter(charges__excused_at__isnull=False, charges__approved_at=None).distinct()
    context = {
        "table": table,
        "page": result,
        "whole": whole,
        "of_towns": of_towns,
        "waiting": waiting if access.may(request.user, "standards.approve") else (),
    }
    return render(request, "standards/desk/matrix.html", context)


@access.desk("standards.view")
def charges(request: HttpRequest) -> HttpResponseBase:
    """对照明细:哪个单位对哪一行做得怎样。"""
    given = ChargeFilter(request.GET)
    rows = (
        Charge.objects.visible_to(request.user)
        .filter(standard__stage="live")
        .select_related("row", "standard__area", "agency")
    )
    if area := given.value_of("area"):
        rows = rows.filter(standard__area=area)
    rows, agency = given.narrowed(rows, "agency", "state"), given.value_of("agency")
    excused = given.value_of("excused")
    if excused == "waiting":
        rows = rows.exclude(excused_at=None).filter(approved_at=None)
    elif excused == "approved":
        rows = rows.exclude(approved_at=None)
    else:
        rows = rows.filter(approved_at=None)
    if request.GET.get("format") == "csv":
        head = ["领域", "事项", "公开时限", "负责单位", "状态", "件数", "最近公开", "到期", "说明"]
        cells = (
            [
                one.standard.area,
                one.row,
                one.row.due_text,
                one.agency,
                one.get_state_display(),
                one.count,
                one.last_on,
                one.due_on,
                one.why,
            ]
            for one in rows.iterator(chunk_size=1000)
        )
        return private(csv_stream("standards", head, cells))
    context = {"page": page(rows, request.GET, keys=("pk",), ascending=True), "filter": given, "agency": agency}
    context["may_excuse"] = agency is not None and access.may(request.user, "standards.charge", agency)
    context["may_judge"] = (
        agency is not None and excused == "waiting" and access.may(request.user, "standards.approve")
    )
    return render(request, "standards/desk/charges.html", context)


def charge_of(request: HttpRequest, pk: int) -> Charge:
    """What falls to an agency of this person; 404 for any other."""
    rows = Charge.objects.visible_to(request.user).select_related(
        "row", "standard__area", "agency", "excused_by", "approved_by"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("standards.view")
def charge(request: HttpRequest, pk: int) -> HttpResponse:
    """一个单位对一行:时限、状态、公开了哪些、登记的事。"""
    charge = charge_of(request, pk)
    row = charge.row
    found = Record.objects.public(timezone.now()).filter(agency=charge.agency)
    words = row.words.split()
    if row.duty and not words:
        found = found.filter(duty=row.duty)
    if row.type:
        found = found.filter(type=row.type)
    recent = [each for each in found[:200] if not words or any(word in each.title for word in words)][:20]
    context = {
        "charge": charge,
        "row": row,
        "said": [compare.in_words(clause) for clause in row.clauses],
        "records": recent if row.duty or row.type or words else [],
        "duty": duties.get(row.duty).label if row.duty in duties.all() else "",
        "events": charge.occurrences.select_related("record", "by"),
        "on": timezone.localdate(),
        "may": access.may(request.user, "standards.charge", charge.agency),
    }
    return render(request, "standards/desk/charge.html", context)


def _step(
    request: HttpRequest, charge: Charge, form: Any, run: Any, title: str, button: str, hint: str = ""
) -> HttpResponse:
    home = reverse("desk:standards_charge", args=[charge.pk])
    return form_step(
        request,
        form,
        run,
        back=home,
        trail=str(charge.row),
        title=title,
        button=button,
        hint=hint,
    )


@access.desk("standards.charge")
def enter_event(request: HttpRequest, pk: int) -> HttpResponse:
    """登记起算的一件事。"""
    charge = charge_of(request, pk)
    access.require(request.user, "standards.charge", charge.agency)

    def run(data: dict[str, Any]) -> str:
        made = actions.enter_event(charge, data["on"], data["what"], by=request.user, at=timezone.now())
        return f"已经登记，最迟{made.due_on}公开。"

    return _step(
        request,
        charge,
        EventForm(request.POST or None),
        run,
        "登记起算的事",
        "登记",
        f"时限：{charge.row.due_text}",
    )


@access.desk("standards.charge")
def answer_event(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    """这件事公开在哪里。"""
    charge = charge_of(request, pk)
    access.require(request.user, "standards.charge", charge.agency)
    happened = get_object_or_404(Occurrence, pk=event, charge=charge)

    def run(data: dict[str, Any]) -> str:
        actions.answer_event(happened, data["record"], by=request.user, at=timezone.now())
        return "已经登记。"

    return _step(request, charge, AnswerForm(request.POST or None), run, f"公开在哪里：{happened.what}", "登记")


def _chosen(request: HttpRequest) -> list[int]:
    given = request.POST.getlist("charge") or request.GET.getlist("charge")
    return wholes(given)


@access.desk("standards.charge")
def excuse(request: HttpRequest, code: str) -> HttpResponse:
    """申明选中的行不是本单位职责。"""
    agency = get_object_or_404(Agency, code=code)
    access.require(request.user, "standards.charge", agency)
    chosen = Charge.objects.filter(pk__in=_chosen(request), agency=agency).select_related("row")

    def run(data: dict[str, Any]) -> str:
        done = actions.excuse(
            [one.pk for one in chosen], agency, data["reason"], by=request.user, at=timezone.now()
        )
        return f"{done}行已经送区政府办核准。"

    return _of_many(request, agency, chosen, ExcuseForm(_sent(request)), run, "不是本单位职责", "送核准")


@access.desk("standards.approve")
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """核准一个单位的申明。"""
    agency = get_object_or_404(Agency, code=code)
    waiting = Charge.objects.filter(agency=agency, approved_at=None).exclude(excused_at=None).select_related("row")
    chosen = waiting.filter(pk__in=_chosen(request)) if _chosen(request) else waiting

    def run(data: dict[str, Any]) -> str:
        done = actions.judge_excuse(
            [one.pk for one in chosen],
            agency,
            data["agrees"] == "yes",
            data["opinion"],
            by=request.user,
            at=timezone.now(),
        )
        return f"{done}行已经办了。"

    return _of_many(request, agency, chosen, JudgeForm(_sent(request)), run, "核准不是本单位职责的申明", "办理")


def _sent(request: HttpRequest) -> Any:
    """The form's own data; a list of ticks alone, sent from the table, is not yet the form."""
    return request.POST if request.method == "POST" and "confirmed" in request.POST else None


def _of_many(
    request: HttpRequest, agency: Agency, chosen: Any, form: Any, run: Any, title: str, button: str
) -> HttpResponse:
    home = f"{reverse('desk:standards_charges')}?agency={agency.code}"
    return form_step(
        request,
        form,
        run,
        "standards/desk/many.html",
        back=home,
        agency=agency,
        chosen=chosen,
        title=title,
        button=button,
    )
