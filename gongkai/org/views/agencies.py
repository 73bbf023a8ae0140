"""单位:树形清单、一个单位、新建修改、撤并;查阅点。"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk import open_work
from gongkai.desk.export import csv_response
from gongkai.desk.submitting import form_step

from .. import access, actions
from ..forms import AgencyFilter, AgencyForm, MergeForm, PlaceForm
from ..models import Agency, Place


@dataclass(frozen=True, slots=True)
class Branch:
    """树上的一行:单位、在第几层、在用的人数。"""

    agency: Agency
    depth: int


def tree(rows: list[Agency]) -> list[Branch]:
    """Agencies in the order of the tree: each below its parent; one whose parent is not among the rows is a root."""
    ids = {one.pk for one in rows}
    below: dict[int | None, list[Agency]] = {}
    for agency in rows:
        below.setdefault(agency.parent_id if agency.parent_id in ids else None, []).append(agency)
    found: list[Branch] = []
    todo = [(one, 0) for one in reversed(below.get(None, []))]
    while todo:
        agency, depth = todo.pop()
        found.append(Branch(agency, depth))
        todo += [(child, depth + 1) for child in reversed(below.get(agency.pk, []))]
    return found


@access.desk("org.view")
def agencies(request: HttpRequest) -> HttpResponse:
    """单位清单,按上下级排列。"""
    on, form = timezone.localdate(), AgencyFilter(request.GET)
    rows = Agency.objects.select_related("parent", "successor").annotate(
        people=Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)
    )
    if words := form.value_of("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__iexact=words))
    rows = form.narrowed(rows, "kind")
    if state := form.value_of("state"):
        rows = rows.current(on) if state == "on" else rows.filter(ended_on__lte=on)
    if request.GET.get("format") == "csv":
        cells = (
            [
                one.code,
                one.name,
                one.short_name,
                one.get_kind_display(),
                one.parent,
                one.uscc,
                "、".join(one.number_codes),
                one.leader,
                one.address,
                one.hours,
                one.phone,
                one.fax,
                one.email,
                one.ended_on,
                one.successor,
            ]
            for one in rows
        )
        head = [
            "代码",
            "名称",
            "简称",
            "类别",
            "上级单位",
            "统一社会信用代码",
            "机关代字",
            "负责人",
            "地址",
            "办公时间",
            "电话",
            "传真",
            "电子邮箱",
            "撤并之日",
            "承继单位",
        ]
        return csv_response("agencies", head, cells)
    return render(
        request,
        "org/agencies.html",
        {"rows": tree(list(rows)), "form": form, "on": on, "may_manage": access.may(request.user, "org.manage")},
    )


@access.desk("org.view")
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """一个单位:情况、上下级、查阅点;管理员还看得到任职的人。"""
    agency = get_object_or_404(Agency.objects.select_related("parent", "successor"), code=code)
    may_manage = access.may(request.user, "org.manage")
    staff = agency.memberships.select_related("user").order_by("role", "user__name") if may_manage else []
    return render(
        request,
        "org/agency.html",
        {
            "agency": agency,
            "may_manage": may_manage,
            "staff": staff,
            "children": agency.children.all(),
            "predecessors": agency.predecessors.all(),
            "places": agency.places.all(),
            "may_log": access.may(request.user, "org.log", agency),
        },
    )


@access.desk("org.manage")
def edit_agency(request: HttpRequest, code: str = "") -> HttpResponse:
    """新建或者修改单位。"""
    agency = get_object_or_404(Agency, code=code) if code else None
    form = AgencyForm(request.POST or None, instance=agency)

    def act(_: dict[str, Any]) -> HttpResponse:
        saved = actions.save_agency(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, f"已经保存{saved}。")
        for remark in form.remarks:
            messages.warning(request, remark)
        return redirect("desk:agency", saved.code)

    # 表单核对时改写 one:页上说的仍是改以前的。
    return form_step(request, form, act, "org/agency_form.html", agency=copy(agency))


@access.desk("org.manage")
def merge_agency(request: HttpRequest, code: str) -> HttpResponse:
    """撤并单位:先说清后果和没办完的事。"""
    agency = get_object_or_404(Agency, code=code)
    form = MergeForm(request.POST or None, agency=agency, initial={"on": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        staff = data.get("staff", ())
        actions.merge(agency, data["successor"], on=data["on"], by=request.user, at=timezone.now(), staff=staff)
        moved = f"转过去{len(staff)}个岗位。" if staff else ""
        return f"{agency}自{data['on']}起撤并，由{data['successor']}承继。{moved}历史信息仍在它名下。"

    return form_step(
        request,
        form,
        act,
        "org/merge.html",
        back=reverse("desk:agency", args=[agency.code]),
        agency=agency,
        work=open_work.all_open_items(agency=agency),
        children=agency.children.filter(ended_on=None),
    )


@access.desk("org.view")
def places(request: HttpRequest) -> HttpResponse:
    """查阅点。"""
    rows = Place.objects.select_related("agency")
    if request.GET.get("format") == "csv":
        cells = (
            [
                one.name,
                one.get_kind_display(),
                one.agency,
                one.address,
                one.hours,
                one.phone,
                one.services,
                one.keeper,
                one.closed_on,
            ]
            for one in rows
        )
        head = ["名称", "类别", "管理单位", "地址", "开放时间", "电话", "服务内容", "责任人", "停用之日"]
        return csv_response("places", head, cells)
    return render(
        request,
        "org/places.html",
        {"rows": rows, "on": timezone.localdate(), "may_manage": access.may(request.user, "org.place")},
    )


@access.desk("org.place")
def edit_place(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """新建、修改或者停用查阅点。"""
    place = get_object_or_404(Place, pk=pk) if pk else None
    title = f"修改{place}" if place else "新建查阅点"

    def act(_: dict[str, Any]) -> str:
        saved = actions.save_place(form.save(commit=False), by=request.user, at=timezone.now())
        return f"已经保存{saved}。"

    form = PlaceForm(request.POST or None, instance=place)
    return form_step(request, form, act, "org/place_form.html", back="desk:places", title=title)
