"""工作台里的人员、单位、查阅点、操作记录、我的账号;登录锁定页。"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from gongkai.law.agencies import Role
from gongkai.law.errors import LawError

from . import access, actions
from .export import csv_response
from .forms import AgencyForm, MergeForm, NewPersonForm, PlaceForm, RoleForm
from .models import Agency, LogEntry, Membership, Place, User
from .paging import page

EXPORT_MAX = 20000


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """连续输错口令后的页面;账号存在与否说法一样。"""
    return render(request, "account/locked.html", status=429)


@access.desk("desk")
def me(request: HttpRequest) -> HttpResponse:
    """我的账号:岗位、口令、两步验证。"""
    return render(
        request, "org/me.html",
        {"memberships": request.user.memberships.select_related("agency"), "mfa": access.verified(request),
         "rules": password_validators_help_texts()},
    )  # fmt: skip


@access.desk("log.view")
def log(request: HttpRequest) -> HttpResponse:
    """操作记录:按人、单位、动作、日期筛;单位负责人只看本单位的。"""
    rows = LogEntry.objects.filter(agency__in=access.agencies_of(request.user, "log.view"))
    if access.roles(request.user) & access.DISTRICT_ROLES:
        rows = LogEntry.objects.all()
    given = request.GET
    if words := given.get("q", "").strip()[:60]:
        rows = rows.filter(summary__icontains=words)
    if person := given.get("person", "").strip()[:60]:
        rows = rows.filter(by__username=person)
    if code := given.get("agency"):
        rows = rows.filter(agency__code=code)
    if (since := _day(given.get("since"))) is not None:
        rows = rows.filter(at__date__gte=since)
    if (until := _day(given.get("until"))) is not None:
        rows = rows.filter(at__date__lte=until)
    rows = rows.select_related("by", "agency")
    if given.get("format") == "csv":
        cells = (
            [
                one.seq,
                timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S"),
                one.by or "系统",
                one.agency or "",
                one.action,
                one.summary,
                one.hash,
            ]
            for one in rows.order_by("-seq")[:EXPORT_MAX]
        )
        return csv_response("log", ["序号", "时间", "经手人", "单位", "动作", "说明", "散列"], cells)
    return render(
        request, "org/log.html",
        {"page": page(rows, given, keys=("seq",)), "agencies": access.agencies_of(request.user, "log.view")},
    )  # fmt: skip


def _day(text: str | None):
    try:
        return parse_date(text or "")
    except ValueError:
        return None


@access.desk("org.manage")
def people(request: HttpRequest) -> HttpResponse:
    """人员。"""
    rows = User.objects.prefetch_related("memberships__agency")
    if words := request.GET.get("q", "").strip()[:60]:
        rows = rows.filter(name__icontains=words) | rows.filter(username__icontains=words)
    if request.GET.get("format") == "csv":
        cells = (
            [
                one.username,
                one.name,
                "在用" if one.is_active else "停用",
                "；".join(map(str, one.memberships.all())),
            ]
            for one in rows
        )
        return csv_response("people", ["用户名", "姓名", "状态", "岗位"], cells)
    return render(request, "org/people.html", {"page": page(rows, request.GET)})


@access.desk("org.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    """新建人员。"""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        user = actions.add_person(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"已建立{user}的账号，接下来给岗位。")
        return redirect("desk:person", user.pk)
    return render(request, "org/form.html", {"form": form, "title": "新建人员", "button": "建立账号", "back": "desk:people"},
                  status=422 if form.errors else 200)  # fmt: skip


@access.desk("org.manage")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """一个人:岗位、停用、两步验证。"""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        membership = actions.grant(
            user, form.cleaned_data["agency"], Role(form.cleaned_data["role"]), by=request.user, at=timezone.now()
        )
        messages.success(request, f"已给岗位：{membership}。")
        return redirect("desk:person", pk)
    return render(
        request, "org/person.html",
        {"person": user, "form": form, "memberships": user.memberships.select_related("agency")},
        status=422 if form.errors else 200,
    )  # fmt: skip


@access.desk("org.manage")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉岗位。"""
    membership = get_object_or_404(Membership.objects.select_related("user", "agency"), pk=pk)
    actions.revoke(membership, by=request.user, at=timezone.now())
    messages.success(request, "岗位已经去掉。")
    return redirect("desk:person", membership.user_id)


@access.desk("org.manage")
@require_POST
def switch(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """停用、恢复账号,清两步验证。"""
    user = get_object_or_404(User, pk=pk)
    act = {"deactivate": actions.deactivate, "reactivate": actions.reactivate, "mfa": actions.reset_mfa}.get(what)
    if act is None:
        return redirect("desk:person", pk)
    try:
        act(user, by=request.user, at=timezone.now())
    except LawError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已经办好，并记入操作记录。")
    return redirect("desk:person", pk)


@access.desk("org.view")
def agencies(request: HttpRequest) -> HttpResponse:
    """单位。"""
    rows = Agency.objects.select_related("parent", "successor")
    if request.GET.get("format") == "csv":
        cells = (
            [one.code, one.name, one.get_kind_display(), one.address, one.phone, one.ended_on or ""]
            for one in rows
        )
        return csv_response("agencies", ["代码", "名称", "类别", "地址", "电话", "撤并之日"], cells)
    return render(
        request, "org/agencies.html", {"rows": rows, "may_manage": access.may(request.user, "org.manage")}
    )


@access.desk("org.manage")
def edit_agency(request: HttpRequest, code: str = "") -> HttpResponse:
    """新建或者修改单位。"""
    agency = get_object_or_404(Agency, code=code) if code else None
    form = AgencyForm(request.POST or None, instance=agency)
    if form.is_valid():
        saved = actions.save_agency(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, f"已经保存{saved}。")
        return redirect("desk:agencies")
    return render(request, "org/form.html", {"form": form, "title": str(agency or "新建单位"), "button": "保存", "back": "desk:agencies",
                  "merge": agency if agency and not agency.ended_on else None}, status=422 if form.errors else 200)  # fmt: skip


@access.desk("org.manage")
def merge_agency(request: HttpRequest, code: str) -> HttpResponse:
    """撤并单位。"""
    agency = get_object_or_404(Agency, code=code)
    form = MergeForm(request.POST or None, agency=agency)
    if form.is_valid():
        try:
            actions.merge(
                agency,
                form.cleaned_data["successor"],
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
            )
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{agency}已经撤并，历史信息仍在它名下。")
            return redirect("desk:agencies")
    return render(request, "org/form.html", {"form": form, "title": f"撤并{agency}", "button": "撤并这个单位", "danger": True, "back": "desk:agencies"},
                  status=422 if form.errors else 200)  # fmt: skip


@access.desk("org.view")
def places(request: HttpRequest) -> HttpResponse:
    """查阅点。"""
    rows = Place.objects.select_related("agency")
    if request.GET.get("format") == "csv":
        cells = (
            [one.name, one.get_kind_display(), one.agency, one.address, one.hours, one.phone, one.keeper]
            for one in rows
        )
        return csv_response("places", ["名称", "类别", "管理单位", "地址", "开放时间", "电话", "责任人"], cells)
    return render(request, "org/places.html", {"rows": rows, "may_manage": access.may(request.user, "org.place")})


@access.desk("org.place")
def edit_place(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """新建或者修改查阅点。"""
    place = get_object_or_404(Place, pk=pk) if pk else None
    form = PlaceForm(request.POST or None, instance=place)
    if form.is_valid():
        saved = actions.save_place(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, f"已经保存{saved}。")
        return redirect("desk:places")
    return render(request, "org/form.html", {"form": form, "title": str(place or "新建查阅点"), "button": "保存", "back": "desk:places"},
                  status=422 if form.errors else 200)  # fmt: skip
