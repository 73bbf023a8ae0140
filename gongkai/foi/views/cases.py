"""案件清单、登记、导出;复议诉讼台账和转主动公开的清单。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Case, DateField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.sorting import Order, chosen, heads
from gongkai.desk.submitting import Act, form_step
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.once import Answer, once, receipt, receipt_of

from .. import actions, case_lists, intake_form, personal, todo
from ..days import badge, left
from ..forms import RegisterForm, ReleaseForm, RemedyForm, SettleForm
from ..list_forms import CaseFilter
from ..models import Application, Conversion, Remedy
from ..terms import OPEN_STATES, RUNNING, ConversionStage, RemedyKind, RemedyResult

HEAD = [
    "受理编号",
    "受理机关",
    "申请人类别",
    "申请人",
    "所需信息",
    "渠道",
    "收到之日",
    "应答复日",
    "原应答复日",
    "环节",
    "处理结果",
    "答复之日",
    "是否逾期",
    "承办人",
]
#: 没有应答复日的(停着的、办结的)排在最后。
LAST = date(9999, 12, 31)
DUE_OR_LAST = Case(
    When(state__in=OPEN_STATES, due_on__isnull=False, then="due_on"), default=Value(LAST), output_field=DateField()
)
#: 排序。
SORTS = {
    "received": Order("新收的在前", ("received_on", "pk"), False),
    "oldest": Order("早收的在前", ("received_on", "pk"), True),
    "due": Order("先到期的在前", ("due_or_last", "pk"), True),
    "number": Order("按编号", ("number", "pk"), True),
    "state": Order("按环节", ("state", "pk"), True),
}
#: 列头,各可以按哪几种排。
COLUMNS = (
    ("所需信息和编号", ("number",)),
    ("环节", ("state",)),
    ("应答复", ("due",)),
    ("收到", ("received", "oldest")),
    ("申请人", ()),
    ("承办", ()),
)
FOLDED = ("awaits", "outcome", "channel", "applicant_kind", "year")


@access.desk("foi.view")
def cases(request: HttpRequest) -> HttpResponseBase:
    """案件清单:筛选、翻页、导出。每个数都能点开。"""
    on = timezone.localdate()
    form = CaseFilter(request.GET, user=request.user)
    visible = Application.objects.visible_to(request.user)
    rows = narrowed(visible, form, request, on)
    if request.GET.get("format") == "csv":
        access.require(request.user, "foi.export")
        return csv_stream("applications", HEAD, map(cells, _all(rows)))
    asked = any(request.GET.get(name) for name in ("unassigned", "handler"))
    current = case_lists.chosen(request.GET.get("list"), filtered=form.is_set or asked)
    shown = case_lists.LISTS[current]
    sort = chosen(SORTS, request.GET.get("sort"))
    order = SORTS[sort or shown.sort]
    ordered = shown.narrow(rows, on).annotate(due_or_last=DUE_OR_LAST).select_related("agency", "handler")
    found = page(ordered, request.GET, keys=order.keys, ascending=order.ascending)
    for row in found.rows:
        row.badge, row.left = badge(row, on), left(row.due_on, on) if row.state in RUNNING else ""
    return render(
        request,
        "foi/cases.html",
        {
            "form": form,
            "more": any(form.value_of(name) for name in FOLDED),
            "page": found,
            "sort": sort,
            "heads": heads(SORTS, COLUMNS, sort or shown.sort),
            "lists": case_lists.tabs(visible, on, current),
            "current": current,
            "received": visible.filter(received_on__year=on.year).count(),
            "on": on,
            "may_assign": access.may(request.user, "foi.assign"),
            "may_register": access.may(request.user, "foi.register"),
            "may_export": access.may(request.user, "foi.export"),
        },
    )


def _all(rows: QuerySet[Application]) -> Iterable[Application]:
    return rows.select_related("agency", "handler").order_by("-received_on", "-pk").iterator(chunk_size=2000)


def cells(application: Application) -> list[object]:
    """A row of the export; the applicant stays masked."""
    return [
        application.number,
        application.agency,
        application.get_applicant_kind_display(),
        application.applicant,
        application.subject,
        application.get_channel_display(),
        application.received_on,
        application.due_on,
        application.original_due_on,
        application.get_state_display(),
        application.get_outcome_display(),
        application.answered_on,
        "是" if application.late else "",
        application.handler,
    ]


def narrowed(
    rows: QuerySet[Application], form: CaseFilter, request: HttpRequest, on: date
) -> QuerySet[Application]:
    """Apply the filters that were filled in properly."""
    if words := form.value_of("q"):
        rows = rows.filter(Q(number__icontains=words) | Q(subject__icontains=words))
    if state := form.value_of("state"):
        rows = rows.open() if state == "open" else rows.filter(state=state)
    rows = form.narrowed(rows, "agency", "outcome", "channel", "applicant_kind")
    if year := form.value_of("year"):
        rows = rows.filter(received_on__year=year)
    if form.value_of("mine"):
        rows = rows.filter(handler=request.user)
    if request.GET.get("unassigned") == "1":
        rows = rows.filter(handler=None)
    if (person := request.GET.get("handler", "")).isascii() and person.isdigit() and len(person) < 10:
        rows = rows.filter(handler=int(person))
    if awaits := form.value_of("awaits"):
        rows = todo.AWAITS[awaits](rows, request.user, on)
    if due := form.value_of("due"):
        rows = by_due(rows, due, on)
    return rows


def by_due(rows: QuerySet[Application], due: str, on: date) -> QuerySet[Application]:
    """Overdue and not answered, due within so many working days, or answered late."""
    if due == "late":
        return rows.filter(late=True)
    return rows.filter(case_lists.is_overdue(on) if due == "overdue" else case_lists.is_due_within(int(due), on))


@access.desk("foi.register")
def new(request: HttpRequest) -> HttpResponseBase:
    """登记窗口和各渠道来的申请(代填、口头的也在这里),登记好当场给受理编号和查询码。"""
    on, at = timezone.localdate(), timezone.now()
    if request.method == "GET" and (shown := receipt_of(request, "foi-desk", at=at)):
        application = get_object_or_404(Application.objects.visible_to(request.user), pk=shown["pk"])
        return private(
            render(
                request,
                "foi/registered.html",
                {"case": application, "code": shown["code"], "doubts": personal.doubts(application)},
            )
        )
    form = RegisterForm(request.POST or None, user=request.user, today=on)
    content = intake_form.IntakeForm(request.POST or None, request.FILES or None, prefix="a")
    fault = ""
    if request.method == "POST" and form.is_valid() & content.is_valid():
        data = form.cleaned_data
        try:
            given = content.intake(data["agency"])

            def register_case() -> Answer:
                application, code = actions.register(
                    given,
                    data["channel"],
                    data["arrived_on"],
                    by=request.user,
                    at=at,
                    confirmed_on=data["confirmed_on"],
                    evidence=data["evidence"],
                    unreached=data["unreached"],
                )
                return {"pk": application.pk, "code": code}

            answer = once(request, "foi-desk", register_case, at=at)
        except LawError as error:
            fault = str(error)
        else:
            address = f"{reverse('desk:foi_new')}?{urlencode({'receipt': receipt('foi-desk', answer, at=at)})}"
            return private(redirect(address))
    return render(
        request, "foi/new.html", {"form": form, "content": content, "fault": fault}, status=400 if fault else 200
    )


@access.desk("foi.view")
def remedies(request: HttpRequest) -> HttpResponseBase:
    """复议诉讼台账。"""
    rows = Remedy.objects.filter(access.within(request.user, "foi.view"))
    rows = rows.select_related("agency", "application")
    if (kind := request.GET.get("kind", "")) in {one.value for one in RemedyKind}:
        rows = rows.filter(kind=kind)
    if (result := request.GET.get("result", "")) in {one.value for one in RemedyResult}:
        rows = rows.filter(result=result)
    if request.GET.get("format") == "csv":
        head = [
            "种类",
            "机关",
            "受理编号",
            "复议机关或者法院",
            "案号",
            "收到通知",
            "提交答复期限",
            "提交答复",
            "结果",
            "结案",
            "主要理由",
        ]
        return csv_stream("remedies", head, map(_remedy_cells, rows.iterator(chunk_size=2000)))
    return render(
        request,
        "foi/remedies.html",
        {
            "page": page(rows, request.GET, keys=("filed_on", "pk")),
            "kinds": RemedyKind.choices(),
            "results": RemedyResult.choices(),
            "kind": kind,
            "result": result,
            "may": access.may(request.user, "foi.remedy"),
            "on": timezone.localdate(),
        },
    )


def _remedy_cells(remedy: Remedy) -> list[object]:
    return [
        remedy.get_kind_display(),
        remedy.agency,
        remedy.application.number if remedy.application else "",
        remedy.body,
        remedy.case_number,
        remedy.filed_on,
        remedy.answer_due_on,
        remedy.answered_on,
        remedy.get_result_display(),
        remedy.decided_on,
        remedy.reason,
    ]


def _step(request: HttpRequest, form: forms.Form, act: Act, ledger: str, **look: str) -> HttpResponse:
    """One form over a line of a ledger, then back to it: ``title``, and if need be ``hint``."""
    return form_step(request, form, act, "foi/form.html", back=ledger, ledger=ledger, **look)


@access.desk("foi.remedy")
def new_remedy(request: HttpRequest) -> HttpResponseBase:
    """登记一件复议或者诉讼。"""
    form = RemedyForm(
        request.POST or None, user=request.user, initial={"application": request.GET.get("number", "")}
    )

    def act(data: dict[str, Any]) -> str:
        agency, kind = data.pop("agency"), RemedyKind.from_value(data.pop("kind"))
        actions.remedy(agency, kind, **data, by=request.user, at=timezone.now())
        return "已经登记。"

    return _step(request, form, act, "desk:foi_remedies", title="登记复议诉讼")


@access.desk("foi.remedy")
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """登记复议、诉讼的结果。"""
    rows = Remedy.objects.filter(access.within(request.user, "foi.remedy"))
    row = get_object_or_404(rows.select_related("agency"), pk=pk)
    form = SettleForm(
        request.POST or None, initial={"result": row.result, "decided_on": row.decided_on, "reason": row.reason}
    )

    def act(data: dict[str, Any]) -> str:
        actions.settle(
            row,
            RemedyResult.from_value(data["result"]),
            data["decided_on"],
            data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记。"

    return _step(request, form, act, "desk:foi_remedies", title=f"{row.get_kind_display()}的结果")


@access.desk("foi.view")
def conversions(request: HttpRequest) -> HttpResponseBase:
    """依申请转主动公开:待审核的在前。"""
    rows = Conversion.objects.filter(application__in=Application.objects.visible_to(request.user))
    rows = rows.select_related("application__agency", "record", "proposed_by", "decided_by")
    waiting = rows.filter(stage=ConversionStage.PROPOSED)
    return render(
        request,
        "foi/conversions.html",
        {
            "waiting": waiting,
            "page": page(rows.exclude(stage=ConversionStage.PROPOSED), request.GET),
            "may": access.may(request.user, "foi.release"),
        },
    )


@access.desk("foi.release")
def release(request: HttpRequest, pk: int) -> HttpResponseBase:
    """审核一条转主动公开的建议。"""
    rows = Conversion.objects.filter(
        access.within(request.user, "foi.release", "application__agency"),
        application__in=Application.objects.visible_to(request.user),
    )
    row = get_object_or_404(rows.select_related("application"), pk=pk)

    def act(data: dict[str, Any]) -> str:
        accept = data["accept"] == "yes"
        actions.release(row, accept, data["reason"], by=request.user, at=timezone.now())
        return "已经起草成一件信息，请补上正文，照常送审。" if accept else "已经登记。"

    form, look = ReleaseForm(request.POST or None), {"title": f"审核：{row.title}", "hint": f"缘由：{row.why}"}
    return _step(request, form, act, "desk:foi_conversions", **look)
