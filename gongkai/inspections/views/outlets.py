"""工作台的台账:清单、一个、登记、修改、走一步、关停公告、栏目、推文。"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.submitting import button_step, form_step
from gongkai.law import outlets as law
from gongkai.law import params
from gongkai.law.indicators import Subject
from gongkai.law.outlets import ONLINE, Platform, State, Step
from gongkai.org import access

from .. import actions, forms, judging, posts
from ..actions.outlets import FIELDS, NOTED, PAPERED, remarks, right_of
from ..models import Column, Outlet

HEAD = [
    "平台",
    "名称",
    "主办单位",
    "状态",
    "网址",
    "账号",
    "认证主体",
    "标识码",
    "ICP备案号",
    "公安备案号",
    "报送系统备案号",
    "分管负责人",
    "责任编辑",
    "安全联系人",
    "开通",
    "最近更新",
    "注销",
]


def outlet_of(request: HttpRequest, pk: int, right: str = "inspections.view") -> Outlet:
    """An outlet that this person may see; 404 for any other, 403 where the right is not his."""
    outlet = get_object_or_404(Outlet.objects.visible_to(request.user).select_related("agency", "notice"), pk=pk)
    access.require(request.user, right, outlet.agency)
    return outlet


def late_on(on: date) -> date:
    """Updates before this day are too old."""
    return on - timedelta(params.at("inspection.update_days", on).value)


@access.desk("inspections.view")
def outlets(request: HttpRequest) -> HttpResponseBase:
    """台账,按单位排。"""
    on, given = timezone.localdate(), forms.OutletFilter(request.GET)
    rows = Outlet.objects.visible_to(request.user).select_related("agency")
    if words := given.value_of("q"):
        rows = rows.filter(name__icontains=words)
    rows = given.narrowed(rows, "platform", "state", "agency")
    if given.value_of("late"):
        rows = rows.filter(state__in=ONLINE, updated_on__lt=late_on(on))
    elif not given.value_of("state"):
        rows = rows.exclude(state=State.CLOSED)
    if request.GET.get("format") == "csv":
        access.require(request.user, "inspections.export")
        return csv_stream("outlets", HEAD, map(_cells, rows.iterator(chunk_size=1000)))
    result = page(rows, request.GET, keys=("agency_id", "pk"), ascending=True)
    for row in result.rows:
        due = row.update_due(on)
        row.late = due is not None and due < on
    context = {
        "page": result,
        "filter": given,
        "may_write": access.may(request.user, "inspections.register"),
        "may_export": access.may(request.user, "inspections.export"),
    }
    return render(request, "inspections/desk/outlets.html", context)


def _cells(outlet: Outlet) -> list[object]:
    return [
        outlet.get_platform_display(),
        outlet.name,
        outlet.agency,
        outlet.get_state_display(),
        outlet.url,
        outlet.handle,
        outlet.subject,
        outlet.id_code,
        outlet.icp,
        outlet.police,
        outlet.filing,
        outlet.head,
        outlet.keeper,
        outlet.security,
        outlet.opened_on,
        outlet.updated_on,
        outlet.closed_on,
    ]


@access.desk("inspections.view")
def outlet(request: HttpRequest, pk: int) -> HttpResponse:
    """一个网站或者账号。"""
    outlet, on = outlet_of(request, pk), timezone.localdate()
    rows = list(outlet.columns.all())
    for column in rows:
        column.national = judging.national_days(column.kind, on)
        column.late, column.blank = judging.is_stale(column, on), judging.is_blank(column)
    due = outlet.update_due(on)
    context = {
        "outlet": outlet,
        "moves": outlet.moves.select_related("by"),
        "columns": rows,
        "remarks": remarks(outlet),
        "facts": [
            (Outlet._meta.get_field(name).verbose_name, getattr(outlet, name))
            for name in FIELDS
            if name not in ("name", "purpose", "serves_nobody", "is_own") and getattr(outlet, name)
        ],
        "report_year": on.year - 1 if on.month < 3 else on.year,
        "due": due,
        "late": due is not None and due < on,
        "is_site": outlet.kind is Subject.SITE,
        "steps": [
            step
            for step in law.possible(State.from_value(outlet.state))
            if access.may(request.user, right_of(step), outlet.agency)
        ],
        "may_write": access.may(request.user, "inspections.register", outlet.agency)
        and outlet.state != State.CLOSED,
        "missing": outlet.closing.missing,
        "findings": outlet.findings.visible_to(request.user).select_related("agency")[:8],
        "posts": outlet.posts.all()[:10],
        "closing_days": law.closing_days(Platform.from_value(outlet.platform), on),
        "may_draft": access.may(request.user, "records.write", outlet.agency),
        "public": outlet.notice is not None and outlet.notice.is_public(timezone.now()),
    }
    return render(request, "inspections/desk/outlet.html", context)


@access.desk("inspections.register")
def new(request: HttpRequest) -> HttpResponse:
    """登记一个。"""
    form = forms.NewOutletForm(request.POST or None, user=request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.save_outlet(
            None, data["agency"], Platform.from_value(data["platform"]), data, by=request.user, at=timezone.now()
        )
        return redirect("desk:inspections_edit_outlet", made.pk)

    return form_step(
        request,
        form,
        act,
        home=reverse("desk:inspections_outlets"),
        trail="网站和新媒体",
        title="登记网站或者账号",
        button="登记，接着填基本情况",
    )


@access.desk("inspections.register")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改基本情况。"""
    outlet = outlet_of(request, pk, "inspections.register")
    initial = {name: getattr(outlet, name) for name in FIELDS} | {"seen": outlet.mark}
    form = forms.OutletForm(request.POST or None, initial=initial, outlet=outlet)

    def act(data: dict[str, Any]) -> str:
        actions.save_outlet(
            outlet,
            outlet.agency,
            Platform.from_value(outlet.platform),
            data,
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        return "已经保存。"

    return form_step(
        request,
        form,
        act,
        back=outlet,
        title="基本情况",
        button="保存",
    )


@access.desk("inspections.view")
def move(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """走一步。"""
    step = next((step for step in Step if step.value == key), None)
    if step is None:
        raise Http404("没有这一步。")
    outlet = outlet_of(request, pk, right_of(step))
    form = forms.MoveForm(request.POST or None, initial={"seen": outlet.mark}, step=step, papered=step in PAPERED)

    def act(data: dict[str, Any]) -> str:
        actions.move(
            outlet,
            step,
            by=request.user,
            at=timezone.now(),
            note=data["note"],
            paper=data["paper"],
            seen=data["seen"],
        )
        return f"已经{step.label}。"

    hint = f"请写明{NOTED[step]}。" if step in NOTED else f"请填{PAPERED[step]}。" if step in PAPERED else ""
    return form_step(
        request,
        form,
        act,
        back=outlet,
        title=step.label,
        button=step.label,
        hint=hint,
    )


@access.desk("inspections.register")
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """填关停公告的五样。"""
    outlet = outlet_of(request, pk, "inspections.register")
    initial = {
        "basis": outlet.basis,
        "stop_on": outlet.stop_on,
        "cancel_on": outlet.cancel_on,
        "instead": outlet.instead,
        "seen": outlet.mark,
    }
    form = forms.ClosingForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        actions.save_closing(outlet, data, by=request.user, at=timezone.now(), seen=data["seen"])
        return "已经填好，可以起草公告。"

    days = law.closing_days(Platform.from_value(outlet.platform), timezone.localdate())
    hint = f"公告期至少{days.value}{days.unit}（{days.source}）。注销完成以前照常更新。"
    return form_step(
        request,
        form,
        act,
        back=outlet,
        title="关停公告",
        button="保存",
        hint=hint,
    )


@access.desk("inspections.register")
@require_POST
def closing_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """起草关停公告。"""
    outlet = outlet_of(request, pk, "inspections.register")

    def act() -> HttpResponse:
        return redirect(
            "desk:record", actions.draft_closing_notice(outlet, by=request.user, at=timezone.now()).record_id
        )

    return button_step(request, act, back=outlet)


@access.desk("inspections.register")
def column(request: HttpRequest, pk: int, column: int = 0) -> HttpResponse:
    """登记、修改一个栏目;``column`` 是 0 的新登记。"""
    outlet = outlet_of(request, pk, "inspections.register")
    row = get_object_or_404(Column, pk=column, site=outlet) if column else None
    names = ("name", "url", "kind", "level", "days", "exempt")
    form = forms.ColumnForm(
        request.POST or None, initial={name: getattr(row, name) for name in names} if row else None
    )

    def act(data: dict[str, Any]) -> str:
        if row is not None and "drop" in request.POST:
            actions.drop_column(row, by=request.user, at=timezone.now())
            return "已经删去。"
        actions.save_column(outlet, row, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return form_step(
        request,
        form,
        act,
        back=outlet,
        title="栏目",
        button="保存",
        drop="删去这个栏目" if row else "",
    )


@access.desk("inspections.answer")
def posts_in(request: HttpRequest) -> HttpResponse:
    """导入推文。"""
    form = forms.PostsForm(request.POST or None, request.FILES or None)
    home = reverse("desk:inspections_outlets")

    def act(data: dict[str, Any]) -> str | HttpResponse:
        rows = posts.read(data["file"].read(posts.LARGEST + 1), data["file"].name)
        made, faults = actions.import_posts(rows, by=request.user, at=timezone.now())
        if faults:
            context = {"form": forms.PostsForm(), "made": made, "faults": faults[:50], "left": len(faults) - 50}
            return render(request, "inspections/desk/posts.html", context)
        return f"收下{made}条，别的以前收过。"

    return form_step(request, form, act, "inspections/desk/posts.html", back=home)
