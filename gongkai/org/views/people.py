"""人员:清单、建账号、岗位、停用、重设口令和两步验证。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk import open_work
from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.desk.submitting import Act, button_step, form_step
from gongkai.law.agencies import Role
from gongkai.law.errors import LawError

from .. import access, actions
from ..forms import NameForm, NewPersonForm, PeopleFilter, RoleForm, TemporaryPasswordForm
from ..models import Membership, User


@access.desk("org.manage")
def people(request: HttpRequest) -> HttpResponse:
    """人员清单:按姓名、单位、岗位、状态筛。"""
    form = PeopleFilter(request.GET)
    rows = User.objects.prefetch_related("memberships__agency")
    if words := form.value_of("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
    held = {key: form.value_of(key) for key in ("agency", "role") if form.value_of(key)}
    if held:
        rows = rows.filter(pk__in=Membership.objects.filter(**held).values("user"))
    if state := form.value_of("state"):
        rows = rows.filter(is_active=state == "on")
    if request.GET.get("format") == "csv":
        cells = (
            [
                one.username,
                one.name,
                "在用" if one.is_active else "停用",
                "；".join(f"{held.agency}{held.get_role_display()}" for held in one.memberships.all()),
            ]
            for one in rows.order_by("username")
        )
        return csv_response("people", ["用户名", "姓名", "状态", "岗位"], cells)
    return render(request, "org/people.html", {"page": page(rows, request.GET), "form": form})


@access.desk("org.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    """新建人员。"""

    def act(data: dict[str, Any]) -> HttpResponse:
        user = actions.add_person(**data, by=request.user, at=timezone.now(), temporary=True)
        messages.success(request, f"已建立{user}的账号。接下来给岗位，没有岗位的进不了工作台的各项事务。")
        return redirect("desk:person", user.pk)

    form = NewPersonForm(request.POST or None)
    return form_step(request, form, act, "org/person_form.html", title="新建人员", button="建立账号")


@access.desk("org.manage")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """一个人:岗位、账号、没办完的事。"""
    user = get_object_or_404(User, pk=pk)

    def act(data: dict[str, Any]) -> str:
        role = Role(data["role"])
        actions.grant(user, data["agency"], role, by=request.user, at=timezone.now())
        return f"{user}现任{data['agency']}{role.label}。"

    return form_step(
        request,
        RoleForm(request.POST or None),
        act,
        "org/person.html",
        back=reverse("desk:person", args=[pk]),
        person=user,
        memberships=user.memberships.select_related("agency"),
        mfa=user.authenticator_set.exists(),
        work=open_work.all_open_items(user=user),
    )


def _step(request: HttpRequest, user: User, form: forms.Form, act: Act, **look: str) -> HttpResponse:
    """One form over a person, then back to them: ``title``, ``button``."""
    back = reverse("desk:person", args=[user.pk])
    return form_step(request, form, act, "org/person_form.html", back=back, person=user, **look)


@access.desk("org.manage")
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """改姓名。"""
    user = get_object_or_404(User, pk=pk)
    form = NameForm(request.POST or None, initial={"name": user.name})

    def act(data: dict[str, Any]) -> str:
        actions.rename(user, data["name"], by=request.user, at=timezone.now())
        return "姓名已经改好。以前的操作记录也显示新的姓名，改前改后都记下了。"

    return _step(request, user, form, act, title=f"修改{user}的姓名", button="保存姓名")


@access.desk("org.manage")
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """重设口令:临时的,本人登录后须先改。"""
    user = get_object_or_404(User, pk=pk)
    form = TemporaryPasswordForm(request.POST or None, user=user)

    def act(data: dict[str, Any]) -> str:
        actions.set_password(user, data["password"], by=request.user, at=timezone.now())
        return f"{user}的口令已经重设。请把临时口令当面交给本人，他登录后要先改。"

    return _step(request, user, form, act, title=f"重设{user}的口令", button="重设口令")


@access.desk("org.manage")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉岗位。"""
    membership = get_object_or_404(Membership.objects.select_related("user", "agency"), pk=pk)

    def act() -> str:
        actions.revoke(membership, by=request.user, at=timezone.now())
        return f"{membership.user}不再任{membership.agency}{Role(membership.role).label}。"

    return button_step(request, act, back="desk:person", pk=membership.user_id)


class Step(NamedTuple):
    """对账号做的一步:动作、确认页的标题和说明、按钮、办好以后的话。"""

    act: Callable[..., None]
    title: str
    says: str
    button: str
    done: str


STEPS = {
    "deactivate": Step(
        actions.deactivate,
        "停用{}的账号",
        "停用以后，本人随即退出、不能再登录。办过的事仍记在本人名下；没办完的事不会自动转走，请另派人接着办。",
        "停用账号",
        "{}的账号已经停用。",
    ),
    "reactivate": Step(
        actions.reactivate,
        "恢复{}的账号",
        "恢复以后，本人用原来的口令和验证器登录，岗位同停用前一样。",
        "恢复账号",
        "{}的账号已经恢复。",
    ),
    "mfa": Step(
        actions.reset_mfa,
        "清掉{}的两步验证",
        "手机丢了、换了，恢复码也没有了，才需要清掉。请先核实是本人要求的。清掉以后，本人下次登录要重新设置验证器，旧的恢复码作废。",
        "清掉两步验证",
        "{}的两步验证已经清掉，下次登录要重新设置。",
    ),
}


@access.desk("org.manage")
def switch(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """停用、恢复账号,清两步验证:先说清后果,再办。"""
    user = get_object_or_404(User, pk=pk)
    if (step := STEPS.get(what)) is None:
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            step.act(user, by=request.user, at=timezone.now())
        except LawError as error:
            fault = str(error)
        else:
            messages.success(request, step.done.format(user))
            return redirect("desk:person", pk)
    return render(
        request,
        "org/switch.html",
        {
            "person": user,
            "step": step,
            "title": step.title.format(user),
            "fault": fault,
            "danger": what != "reactivate",
            "work": open_work.all_open_items(user=user) if what == "deactivate" else [],
        },
        status=422 if fault else 200,
    )
