"""工作台的公共企事业单位:名录、一家、停供通知、申诉、监督报告。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.law.utilities import Interruption
from gongkai.org import access

from .. import actions, enterprise_figures
from ..forms import enterprises as forms
from ..models import Complaint, Enterprise, Outage, Statement


def enterprise_of(request: HttpRequest, pk: int) -> Enterprise:
    """An enterprise that this person may see; 404 for any other."""
    return get_object_or_404(Enterprise.objects.visible_to(request.user).select_related("agency", "bureau"), pk=pk)


def _may(request: HttpRequest, enterprise: Enterprise) -> bool:
    user = request.user
    return access.may(user, "standards.utility", enterprise.bureau) or access.may(
        user, "standards.utility", enterprise.agency
    )


def _require(request: HttpRequest, enterprise: Enterprise) -> None:
    if not _may(request, enterprise):
        access.require(request.user, "standards.utility", enterprise.bureau)


@access.desk("standards.enterprise")
def enterprises(request: HttpRequest) -> HttpResponse:
    """名录,按行业。"""
    on, given = timezone.localdate(), forms.EnterpriseFilter(request.GET)
    rows = (
        Enterprise.objects.visible_to(request.user)
        .select_related("agency", "bureau")
        .prefetch_related("disclosures")
    )
    rows = given.narrowed(rows, "sector", "bureau")
    result = page(rows, request.GET, keys=("pk",), ascending=True)
    for row in result.rows:
        row.coverage = enterprise_figures.coverage(row, on)
        row.waiting = row.complaints.open().count()
    context = {
        "page": result,
        "filter": given,
        "may_add": access.may(request.user, "standards.utility"),
        "complaints": Complaint.objects.visible_to(request.user).open().count()
        if access.may(request.user, "standards.complaint")
        else 0,
    }
    return render(request, "standards/desk/enterprises.html", context)


@access.desk("standards.utility")
def new_enterprise(request: HttpRequest) -> HttpResponse:
    """列入名录。"""
    return _enterprise(request, Enterprise(), "列入名录")


@access.desk("standards.utility")
def edit_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """改一家。"""
    enterprise = enterprise_of(request, pk)
    access.require(request.user, "standards.utility", enterprise.bureau)
    return _enterprise(request, enterprise, f"改{enterprise}")


def _enterprise(request: HttpRequest, enterprise: Enterprise, title: str) -> HttpResponse:
    form = forms.EnterpriseForm(
        request.POST or None, instance=enterprise, user=request.user, on=timezone.localdate()
    )

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.save_enterprise(form.instance, by=request.user, at=timezone.now())
        return redirect("desk:standards_enterprise", made.pk)

    home = reverse("desk:standards_enterprises")
    return form_step(
        request,
        form,
        run,
        home=home,
        trail="公共企事业单位",
        title=title,
        button="保存",
    )


@access.desk("standards.enterprise")
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """一家:应当公开的、通知、申诉。"""
    enterprise, on = enterprise_of(request, pk), timezone.localdate()
    sees = access.may(request.user, "standards.complaint", enterprise.bureau)
    context = {
        "enterprise": enterprise,
        "contents": enterprise_figures.contents(enterprise, on),
        "coverage": enterprise_figures.coverage(enterprise, on),
        "outages": [_with(enterprise, row) for row in enterprise.outages.all()[:20]],
        "may": _may(request, enterprise),
        "complaints": enterprise.complaints.all()[:20] if sees else (),
        "sees": sees,
        "may_edit": access.may(request.user, "standards.utility", enterprise.bureau),
        "on": on,
    }
    return render(request, "standards/desk/enterprise.html", context)


def _with(enterprise: Enterprise, outage: Outage) -> Outage:
    outage.enterprise = enterprise
    return outage


@access.desk("standards.utility")
def disclose(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """核对一项应当公开的内容。"""
    enterprise = enterprise_of(request, pk)
    _require(request, enterprise)
    content = next((each for each in enterprise.kind.contents if each.key == key), None)
    if content is None:
        raise Http404("没有这一项。")
    found = enterprise.disclosures.filter(key=key).first()
    initial = {"where": found.where, "updated_on": found.updated_on, "fault": found.fault} if found else {}
    on = timezone.localdate()

    def run(data: dict[str, Any]) -> str:
        actions.disclose(
            enterprise,
            key,
            data["where"],
            data["updated_on"],
            fault=data["fault"],
            checked_on=on,
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记。"

    form = forms.DisclosureForm(request.POST or None, initial=initial)
    return _step(request, enterprise, form, run, content.label, "登记", f"依据：{content.source}")


@access.desk("standards.utility")
def new_outage(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一件停供、变更的通知。"""
    enterprise = enterprise_of(request, pk)
    _require(request, enterprise)

    def run(data: dict[str, Any]) -> str:
        made = actions.post_outage(
            enterprise, Interruption.from_value(data["kind"]), data, by=request.user, at=timezone.now()
        )
        return f"已经公布：{made.lead.said}。"

    return _step(
        request,
        enterprise,
        forms.OutageForm(request.POST or None, enterprise=enterprise),
        run,
        "停供、变更通知",
        "公布",
    )


def _step(
    request: HttpRequest, enterprise: Enterprise, form: Any, run: Any, title: str, button: str, hint: str = ""
) -> HttpResponse:
    home = reverse("desk:standards_enterprise", args=[enterprise.pk])
    return form_step(
        request,
        form,
        run,
        back=home,
        trail=str(enterprise),
        title=title,
        button=button,
        hint=hint,
    )


@access.desk("standards.complaint")
def complaints(request: HttpRequest) -> HttpResponse:
    """申诉台账。"""
    rows = Complaint.objects.visible_to(request.user).select_related("enterprise__agency", "enterprise__bureau")
    is_done = request.GET.get("list") == "done"
    rows = rows.filter(state="told") if is_done else rows.open()
    context = {
        "page": page(rows, request.GET, keys=("due_on", "pk"), ascending=True),
        "is_done": is_done,
        "on": timezone.localdate(),
    }
    return private(render(request, "standards/desk/complaints.html", context))


@access.desk("standards.complaint")
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """一件申诉:调查、告知。"""
    rows = Complaint.objects.visible_to(request.user).select_related(
        "enterprise__agency", "enterprise__bureau", "told_by"
    )
    one = get_object_or_404(rows, pk=pk)

    def run(data: dict[str, Any]) -> str:
        actions.tell_complaint(one, data["upheld"] == "yes", data["finding"], by=request.user, at=timezone.now())
        return "已经告知。"

    home = reverse("desk:standards_complaints")
    form = forms.TellForm(request.POST or None)
    return private(form_step(request, form, run, "standards/desk/complaint.html", back=home, complaint=one))


@access.desk("standards.complaint")
def statement(request: HttpRequest) -> HttpResponse:
    """公布年度监督报告;先看台账算出的数。"""
    bureaus = access.agencies_of(request.user, "standards.complaint").filter(enterprises__isnull=False).distinct()
    year = timezone.localdate().year
    form = forms.StatementForm(request.POST or None, bureaus=bureaus, initial={"year": year})

    def run(data: dict[str, Any]) -> str:
        actions.publish_statement(data["bureau"], data["year"], data["text"], by=request.user, at=timezone.now())
        return "已经公布。"

    home = reverse("desk:standards_enterprises")
    rows = [(bureau, enterprise_figures.year_figures(bureau, year)) for bureau in bureaus]
    done = Statement.objects.filter(bureau__in=bureaus).select_related("bureau")
    return form_step(
        request, form, run, "standards/desk/statement.html", back=home, rows=rows, year=year, done=done
    )
