"""工作台的来件:受限数据的申请、数据需求、利用成果、接口钥匙。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.vault import mask_email, mask_name, mask_phone
from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import form_step
from gongkai.org import access

from .. import actions, papers
from .. import desk_forms as forms
from ..models import Application, Demand, Key, Use
from ..terms import ApplicationState, DemandOutcome, DemandState, UseState

STEP = "opendata/desk/step.html"
_LABELS = {"holder": "申请单位", "name": "经办人", "phone": "电话", "email": "邮箱"}
_MASKS = {"name": mask_name, "phone": mask_phone, "email": mask_email}


def _application(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.visible_to(request.user).select_related(
        "dataset__agency", "dataset__current", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("opendata.grant")
def applications(request: HttpRequest) -> HttpResponseBase:
    """受限数据的申请,应办结的早的在前。"""
    given, on = forms.ApplicationFilter(request.GET), timezone.localdate()
    rows = Application.objects.visible_to(request.user).select_related("dataset__agency")
    rows = given.narrowed(rows, "state")
    if request.GET.get("format") == "csv":
        access.require(request.user, "opendata.export")
        head = ["编号", "数据集", "用在哪里", "期限（月）", "收到", "应办结日", "环节", "使用到", "下载次数"]
        lines = (
            [
                one.number,
                one.dataset,
                one.place,
                one.months,
                one.received_at.date(),
                one.due_on,
                one.get_state_display(),
                one.expires_on,
                one.taken,
            ]
            for one in rows.iterator(chunk_size=500)
        )
        return private(csv_stream("data-applications", head, lines))
    result = page(rows, request.GET, keys=("due_on", "pk"), ascending=True)
    for row in result.rows:
        row.late = row.state == ApplicationState.RECEIVED and row.due_on < on
    return private(render(request, "opendata/desk/applications.html", {"page": result, "form": given}))


@access.desk("opendata.grant")
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """一份申请。"""
    return _application_page(request, _application(request, pk), None)


def _application_page(
    request: HttpRequest, application: Application, clear: dict[str, str] | None
) -> HttpResponse:
    shown = clear or {
        key: _MASKS[key](value) if key in _MASKS else value for key, value in application.contact.items()
    }
    context = {
        "application": application,
        "contact": [(_LABELS.get(key, key), value) for key, value in shown.items()],
        "clear": clear is not None,
        "late": application.state == ApplicationState.RECEIVED and application.due_on < timezone.localdate(),
        "may_decide": application.state == ApplicationState.RECEIVED
        and actions.may_decide(request.user, application),
        "may_read": bool(application.contact)
        and access.may(request.user, "opendata.personal", application.dataset.agency),
    }
    return private(render(request, "opendata/desk/application.html", context))


@access.desk("opendata.personal")
@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """看申请人的原文;看一次记一次。"""
    application = _application(request, pk)
    access.require(request.user, "opendata.personal", application.dataset.agency)
    return _application_page(
        request, application, actions.read_contact(application, by=request.user, at=timezone.now())
    )


@access.desk("opendata.grant")
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """协议(DOCX),给盖章的。"""
    application = _application(request, pk)
    access.require(request.user, "opendata.personal", application.dataset.agency)
    if application.expires_on is None:
        raise Http404("同意以后才有协议。")
    return download(f"协议-{application}.docx", papers.agreement(application))


@access.desk("opendata.grant")
def act_application(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """审核、终止、登记销毁。"""
    application = _application(request, pk)
    access.require(request.user, "opendata.grant", application.dataset.agency)
    at, by = timezone.now(), request.user
    if what == "decide":
        form: Any = forms.DecideForm(request.POST or None, initial={"seen": application.mark})

        def act(data: dict[str, Any]) -> str:
            actions.decide(
                application,
                data["verdict"] == "yes",
                data["reason"],
                data["terms"],
                by=by,
                at=at,
                seen=data["seen"],
            )
            return (
                "已经同意，申请人凭编号和查询码下载。"
                if data["verdict"] == "yes"
                else "没有同意，申请人看得到理由。"
            )

        label = "审核申请"
    elif what in ("finish", "destroy"):
        form = forms.ReasonForm(request.POST or None)
        label = "终止协议" if what == "finish" else "登记销毁"

        def act(data: dict[str, Any]) -> str:
            (actions.finish if what == "finish" else actions.destroy)(application, data["reason"], by=by, at=at)
            return f"已经{label}。"
    else:
        raise Http404("没有这一步。")
    home = reverse("desk:opendata_application", args=[application.pk])
    hint = "写凭什么知道已经销毁。" if what == "destroy" else ""
    return private(
        form_step(
            request,
            form,
            act,
            STEP,
            back=home,
            trail=f"申请{application}",
            application=application,
            title=label,
            button=label,
            hint=hint,
        )
    )


@access.desk("opendata.demand")
def demands(request: HttpRequest) -> HttpResponse:
    """数据需求:没有回应的在前。"""
    rows = Demand.objects.visible_to(request.user).select_related("agency", "dataset")
    if request.GET.get("list") != "answered":
        rows = rows.filter(state=DemandState.RECEIVED)
    else:
        rows = rows.filter(state=DemandState.ANSWERED)
    on = timezone.localdate()
    result = page(rows, request.GET, keys=("due_on", "pk"), ascending=True)
    for row in result.rows:
        row.late = row.state == DemandState.RECEIVED and row.due_on < on
    return private(
        render(
            request,
            "opendata/desk/demands.html",
            {"page": result, "answered": request.GET.get("list") == "answered"},
        )
    )


@access.desk("opendata.demand")
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """回应一件需求。"""
    demand = get_object_or_404(Demand.objects.visible_to(request.user).select_related("agency"), pk=pk)
    access.require(request.user, "opendata.demand", demand.agency)
    form = forms.AnswerForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.answer(
            demand,
            DemandOutcome.from_value(data["outcome"]),
            data["reply"],
            data["dataset"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经公开回应。"

    home = reverse("desk:opendata_demands")
    return private(
        form_step(
            request,
            form,
            act,
            STEP,
            back=home,
            trail="数据需求",
            demand=demand,
            title="回应需求",
            button="公开回应",
        )
    )


@access.desk("opendata.keys")
def uses(request: HttpRequest) -> HttpResponse:
    """利用成果:待核对的在前。"""
    rows = Use.objects.prefetch_related("datasets").filter(state=UseState.PROPOSED)
    if request.GET.get("list") == "all":
        rows = Use.objects.prefetch_related("datasets")
    result = page(rows, request.GET, keys=("at", "pk"))
    return private(
        render(request, "opendata/desk/uses.html", {"page": result, "all": request.GET.get("list") == "all"})
    )


@access.desk("opendata.keys")
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """核对一项成果。"""
    one = get_object_or_404(Use, pk=pk)
    form = forms.ShowForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.decide_use(one, data["verdict"] == "yes", data["reason"], by=request.user, at=timezone.now())
        return "已经展示。" if data["verdict"] == "yes" else "没有展示。"

    home = reverse("desk:opendata_uses")
    return private(
        form_step(request, form, act, STEP, back=home, trail="利用成果", use=one, title="核对成果", button="提交")
    )


@access.desk("opendata.keys")
def keys(request: HttpRequest) -> HttpResponse:
    """接口钥匙。"""
    return private(
        render(
            request,
            "opendata/desk/keys.html",
            {"page": page(Key.objects.all(), request.GET, keys=("made_at", "pk"))},
        )
    )


@access.desk("opendata.keys")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """停用一把。"""
    key = get_object_or_404(Key, pk=pk)
    form = forms.ReasonForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.revoke_key(key, data["reason"], by=request.user, at=timezone.now())
        return "已经停用，马上不能用了。"

    home = reverse("desk:opendata_keys")
    return private(
        form_step(
            request, form, act, back=home, trail="接口钥匙", title=f"停用：{key}", button="停用", danger=True
        )
    )
