"""工作台的新闻发布:任务数、年度计划、发言人名录、纪律登记。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.desk.submitting import button_step
from gongkai.law import params
from gongkai.law.press import Level
from gongkai.org import access

from .. import actions, press_forms, quotas
from ..models import DisciplineEntry, PressItem, PressYear, Spokesperson
from ..press_terms import Breach
from .stepping import step_page

RULES = ("press.quarter_least", "press.half_least", "press.year_least")


def _plans(request: HttpRequest) -> QuerySet[PressYear]:
    """The plans that this person sees: before one is issued only who makes it."""
    if access.may(request.user, "engagement.press_plan"):
        return PressYear.objects.all()
    return PressYear.objects.exclude(approved_at=None)


@access.desk("engagement.view")
def press(request: HttpRequest) -> HttpResponseBase:
    """4·2·1+N:每个单位每一段该几场、办了几场、还欠几场。"""
    on = timezone.localdate()
    given = press_forms.YearFilter(request.GET)
    plan = given.value_of("year") or _plans(request).filter(year__lte=on.year).first()
    if plan is not None and not _plans(request).filter(pk=plan.pk).exists():
        raise Http404("这一年的计划还没有印发。")
    own = access.agencies_of(request.user, "engagement.view")
    district = access.is_district(request.user, "engagement.view")
    units = quotas.of_year(plan, None if district else own.values_list("pk", flat=True)) if plan else []
    if given.value_of("missing"):
        units = [unit for unit in units if unit.missing]
    labels = [quota.label for quota in units[0].quotas] if units else []
    if request.GET.get("format") == "csv" and plan:
        access.require(request.user, "engagement.export")
        rows = (
            [unit.agency, *(f"{one.done}/{one.least}" for one in unit.quotas), unit.emergencies, unit.missing]
            for unit in units
        )
        return csv_response(f"press-{plan.year}", ["单位", *labels, "突发事件", "还欠"], rows)
    context = {
        "filter": given,
        "plan": plan,
        "table": units,
        "labels": labels,
        "on": on,
        "rules": [params.at(name, on) for name in RULES],
        "may_plan": access.may(request.user, "engagement.press_plan"),
        "may_export": access.may(request.user, "engagement.export"),
        "year": on.year,
    }
    return render(request, "engagement/desk/press/quotas.html", context)


@access.desk("engagement.view")
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """一年的计划。"""
    found = get_object_or_404(_plans(request), year=year)
    items = found.items.select_related("agency", "briefing__event")
    context = {
        "plan": found,
        "items": items,
        "members": found.units.order_by("code"),
        "may_plan": access.may(request.user, "engagement.press_plan") and found.approved_at is None,
    }
    return render(request, "engagement/desk/press/plan.html", context)


@access.desk("engagement.press_plan")
def plan_units(request: HttpRequest, year: int) -> HttpResponse:
    """开一年的计划,定纳入的单位。"""
    found = PressYear.objects.filter(year=year).first()
    before = found or PressYear.objects.filter(year__lt=year).first()
    initial = {"units": list(before.units.values_list("pk", flat=True))} if before else {}
    form = press_forms.UnitsForm(request.POST or None, on=timezone.localdate(), initial=initial)

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.open_press_year(year, data["units"], by=request.user, at=timezone.now())
        messages.success(request, "已经定好纳入的单位。")
        return redirect(made)

    home = found.get_absolute_url() if found else reverse("desk:engagement_press")
    return step_page(request, form, run, f"{year}年纳入4·2·1的单位", "保存", home)


def _plan_step(request: HttpRequest, found: PressYear, form: Any, run: Any, title: str) -> HttpResponse:
    home = found.get_absolute_url()
    return step_page(request, form, run, title, title, home)


@access.desk("engagement.press_plan")
def new_item(request: HttpRequest, year: int) -> HttpResponse:
    """排一场。"""
    found = get_object_or_404(PressYear, year=year)
    form = press_forms.ItemForm(request.POST or None, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        actions.plan_item(
            found,
            data["agency"],
            int(data["month"]),
            data["title"],
            Level.from_value(data["level"]),
            by=request.user,
            at=timezone.now(),
        )
        return "已经排入。"

    return _plan_step(request, found, form, run, "排一场")


@access.desk("engagement.press_plan")
@require_POST
def drop_item(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一场。"""
    item = get_object_or_404(PressItem.objects.select_related("plan", "agency"), pk=pk)

    def act() -> str:
        actions.drop_item(item, by=request.user, at=timezone.now())
        return "已经去掉。"

    return button_step(request, act, back=item.plan.get_absolute_url())


@access.desk("engagement.press_plan")
def issue(request: HttpRequest, year: int) -> HttpResponse:
    """印发。"""
    found = get_object_or_404(PressYear, year=year)

    def run(data: dict[str, Any]) -> str:
        actions.approve_press_year(found, data["basis"], by=request.user, at=timezone.now())
        return "已经印发，任务数从这里算。"

    return _plan_step(request, found, press_forms.IssueForm(request.POST or None), run, "印发计划")


@access.desk("engagement.view")
def spokespersons(request: HttpRequest) -> HttpResponseBase:
    """发言人名录,连历任。"""
    on, given = timezone.localdate(), press_forms.SpokespersonFilter(request.GET)
    rows = Spokesperson.objects.filter(access.within(request.user, "engagement.view")).select_related("agency")
    if not given.value_of("all"):
        rows = rows.current(on)
    if words := given.value_of("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(post__icontains=words))
    if given.value_of("stale"):
        rows = rows.filter(until=None, confirmed_on__year__lt=on.year)
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        return csv_response("spokespersons", HEAD, (cells(one) for one in rows))
    context = {
        "rows": rows,
        "filter": given,
        "year": on.year,
        "may_write": access.may(request.user, "engagement.press"),
        "may_export": access.may(request.user, "engagement.export"),
        "own": access.agencies_of(request.user, "engagement.press").filter(spokespersons__until=None).distinct()
        if not access.is_district(request.user, "engagement.press")
        else (),
    }
    return render(request, "engagement/desk/press/spokespersons.html", context)


HEAD = ["单位", "姓名", "职务", "第一新闻发言人", "发布机构电话", "任职日", "离任日"]


def cells(spokesperson: Spokesperson) -> list[object]:
    """One line of the register as a file."""
    return [
        spokesperson.agency,
        spokesperson.name,
        spokesperson.post,
        "是" if spokesperson.is_first else "",
        spokesperson.phone,
        spokesperson.since,
        spokesperson.until,
    ]


def _own(request: HttpRequest, pk: int) -> Spokesperson:
    rows = Spokesperson.objects.filter(access.within(request.user, "engagement.view")).select_related("agency")
    found = get_object_or_404(rows, pk=pk)
    access.require(request.user, "engagement.press", found.agency)
    return found


def _register_step(request: HttpRequest, form: Any, run: Any, title: str) -> HttpResponse:
    home = reverse("desk:engagement_spokespersons")
    return step_page(request, form, run, title, "保存", home)


@access.desk("engagement.press")
def new_spokesperson(request: HttpRequest) -> HttpResponse:
    """登记一位。"""
    form = press_forms.SpokespersonForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        actions.appoint(
            data["agency"],
            data,
            since=data["since"],
            is_first=data["is_first"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记，公众的名录里看得到。"

    return _register_step(request, form, run, "登记新闻发言人")


@access.desk("engagement.press")
def edit_spokesperson(request: HttpRequest, pk: int) -> HttpResponse:
    """改职务、电话。"""
    spokesperson = _own(request, pk)
    form = press_forms.PostForm(
        request.POST or None, initial={"post": spokesperson.post, "phone": spokesperson.phone}
    )

    def run(data: dict[str, Any]) -> str:
        actions.correct_spokesperson(spokesperson, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return _register_step(request, form, run, f"改{spokesperson.name}的职务、电话")


@access.desk("engagement.press")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """登记离任。"""
    spokesperson = _own(request, pk)

    def run(data: dict[str, Any]) -> str:
        actions.dismiss(spokesperson, data["until"], by=request.user, at=timezone.now())
        return "已经登记离任，第二天起公众看不到。"

    return _register_step(
        request, press_forms.LeaveForm(request.POST or None), run, f"登记{spokesperson.name}离任"
    )


@access.desk("engagement.press")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """核对一个单位的名录。"""
    agency = get_object_or_404(access.agencies_of(request.user, "engagement.press"), pk=pk)

    def act() -> str:
        count = actions.confirm_spokespersons(agency, by=request.user, at=timezone.now())
        return f"核对了{count}位。"

    return button_step(request, act, back="desk:engagement_spokespersons")


@access.desk("engagement.discipline")
def discipline(request: HttpRequest) -> HttpResponseBase:
    """纪律登记。"""
    given = press_forms.DisciplineFilter(request.GET)
    rows = DisciplineEntry.objects.filter(access.within(request.user, "engagement.discipline"))
    rows = rows.select_related("agency", "briefing__event", "by")
    rows = given.narrowed(rows, "kind")
    if since := given.value_of("since"):
        rows = rows.filter(on__gte=since)
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        lines = ([one.on, one.agency, one.get_kind_display(), one.what, one.measure, one.by] for one in rows)
        return csv_response("press-discipline", ["日期", "单位", "情形", "经过", "处理", "登记人"], lines)
    context = {
        "page": page(rows, request.GET, keys=("on", "pk")),
        "filter": given,
        "may_write": access.may(request.user, "engagement.press_plan"),
        "may_export": access.may(request.user, "engagement.export"),
    }
    return render(request, "engagement/desk/press/discipline.html", context)


@access.desk("engagement.press_plan")
def new_discipline(request: HttpRequest) -> HttpResponse:
    """登记一件。"""
    form = press_forms.DisciplineForm(request.POST or None, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        actions.note_discipline(
            data["agency"],
            Breach.from_value(data["kind"]),
            data["on"],
            data["what"],
            data["measure"],
            briefing=data["briefing"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记。"

    home = reverse("desk:engagement_discipline")
    return step_page(request, form, run, "登记一件", "登记", home, hint=HINT)


HINT = "只增不改；记错了另登一条说明。公众看不到。"
