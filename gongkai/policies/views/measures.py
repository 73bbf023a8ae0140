"""工作台的云诊所:事项清单、起草、条件、公布、另起草一份、结束、兑现;到达率。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.desk.submitting import Act, form_step
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.records.browse import year_of
from gongkai.records.models import Record

from .. import actions, cards, clinic, reach
from ..clinic_forms import ConditionForm, EndForm, FactForm, MeasureForm, RedeemForm
from ..models import Condition, Fact, Measure
from ..models.clinic import MeasureStage
from ..steps import PAPERS

LISTS = {"draft": "起草", "waiting": "待我公布", "live": "已公布", "ended": "已结束"}
FIRST = 2020
STEP = "policies/measure_step.html"


def _of(request: HttpRequest, pk: int) -> Measure:
    rows = Measure.objects.visible_to(request.user).select_related(
        "policy__agency", "agency", "drafted_by", "replaces"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("policies.view")
def measures(request: HttpRequest) -> HttpResponse:
    """事项清单。"""
    key = request.GET.get("list", "draft")
    key = key if key in LISTS else "draft"
    visible = Measure.objects.visible_to(request.user).select_related("policy", "agency")
    rows = cards.waiting(request.user) if key == "waiting" else visible.filter(stage=key)
    context = {"page": page(rows, request.GET), "key": key, "label": LISTS[key], "lists": LISTS.items()}
    return render(request, "policies/measures.html", context)


@access.desk("policies.view")
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """一个事项,和能办的。"""
    measure, user = _of(request, pk), request.user
    context = {
        "measure": measure,
        "stale": clinic.stale(measure),
        "redemptions": clinic.redemptions(measure),
        "lines": [
            (row, clinic.wish(row.test(), row.fact.unit)) for row in measure.conditions.select_related("fact")
        ],
        "writes": access.may(user, "policies.write", measure.agency),
        "approves": access.may(user, "policies.approve", measure.agency),
        "is_draft": measure.stage == MeasureStage.DRAFT,
        "is_live": measure.stage == MeasureStage.LIVE,
        "facts": Fact.objects.all(),
        "own": measure.drafted_by_id == user.pk,
        "standing": measure.standing(timezone.localdate()),
    }
    return render(request, "policies/measure.html", context)


@access.desk("policies.write")
def new_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """从一件政策里拆一个事项。"""
    policy = get_object_or_404(
        Record.objects.visible_to(request.user).select_related("agency"), pk=pk, type__in=PAPERS
    )
    access.require(request.user, "policies.write", policy.agency)

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.draft_measure(policy, data, by=request.user, at=timezone.now())
        messages.success(request, "事项已经起草，请添条件，再由有公布权限的人公布。")
        return redirect("desk:policies_measure", made.pk)

    form = MeasureForm(request.POST or None)
    look = {
        "home": reverse("desk:policies_measures"),
        "trail": "云诊所",
        "title": "拆成云诊所事项",
        "button": "保存",
    }
    return form_step(request, form, act, STEP, source=policy, about=policy, **look)


def _step(
    request: HttpRequest, measure: Measure, form: forms.Form, act: Act, title: str, button: str, **look: object
) -> HttpResponse:
    """One form over a measure."""
    back = reverse("desk:policies_measure", args=[measure.pk])
    look |= {"title": title, "button": button, "trail": measure}
    return form_step(request, form, act, STEP, back=back, about=measure, **look)


@access.desk("policies.write")
def edit_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """改还没有公布的。"""
    measure = _of(request, pk)
    access.require(request.user, "policies.write", measure.agency)

    def act(data: dict[str, Any]) -> str:
        actions.edit_measure(measure, data, by=request.user, at=timezone.now())
        return "修改已经保存。"

    form = MeasureForm(request.POST or None, initial=MeasureForm.initial_of(measure))
    return _step(request, measure, form, act, "修改事项", "保存", source=measure.policy)


@access.desk("policies.write")
def new_condition(request: HttpRequest, pk: int) -> HttpResponse:
    """添一条条件;问题由 ``?fact=`` 选。"""
    measure = _of(request, pk)
    access.require(request.user, "policies.write", measure.agency)
    given = request.GET.get("fact", "")
    fact = (
        Fact.objects.filter(pk=given).first() if given.isascii() and given.isdigit() and len(given) < 10 else None
    )
    if fact is None:
        return render(request, "policies/condition_fact.html", {"measure": measure, "facts": Fact.objects.all()})
    form = ConditionForm(fact, request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.add_condition(
            measure,
            fact,
            form.wants(),
            quote=data["quote"],
            article=data["article"],
            group=data["group"],
            by=request.user,
            at=timezone.now(),
        )
        return "条件已经添上。"

    return _step(request, measure, form, act, f"条件：{fact}", "添上", source=measure.policy)


@access.desk("policies.write")
def new_fact(request: HttpRequest) -> HttpResponse:
    """添一个问题。"""

    def act(data: dict[str, Any]) -> str:
        actions.add_fact(data, by=request.user, at=timezone.now())
        return "问题已经添上，写条件时可以选它。"

    form, back = FactForm(request.POST or None), reverse("desk:policies_measures")
    look = {"trail": "云诊所", "title": "添一个问题", "button": "添上"}
    return form_step(request, form, act, STEP, back=back, about="云诊所的问题", **look)


@access.desk("policies.write")
def redeem(request: HttpRequest, pk: int) -> HttpResponse:
    """填报一年的兑现。"""
    measure = _of(request, pk)
    access.require(request.user, "policies.write", measure.agency)

    def act(data: dict[str, Any]) -> str:
        year = data.pop("year")
        actions.redeem(measure, year, data, by=request.user, at=timezone.now())
        return f"{year}年的兑现已经保存，公众页面随之改了。"

    form = RedeemForm(request.POST or None, initial={"year": timezone.localdate().year})
    return _step(request, measure, form, act, "填报兑现", "保存")


@access.desk("policies.approve")
def end_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """结束一个事项。"""
    measure = _of(request, pk)
    access.require(request.user, "policies.approve", measure.agency)

    def act(data: dict[str, Any]) -> str:
        actions.end_measure(measure, data["why"], by=request.user, at=timezone.now())
        return "事项已经结束受理，公众页面写明了原因。"

    return _step(request, measure, EndForm(request.POST or None), act, "结束受理", "结束")


@access.desk("policies.view")
def act_measure(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """一按就办的:公布、另起草一份、作废、去掉一条条件(``condition``)。"""
    measure, at, by = _of(request, pk), timezone.now(), request.user
    right = "policies.approve" if what == "publish" else "policies.write"
    access.require(by, right, measure.agency)
    if request.method != "POST":
        return redirect("desk:policies_measure", pk)
    try:
        if what == "publish":
            actions.publish_measure(measure, by=by, at=at, seen=request.POST.get("seen", ""))
        elif what == "revise":
            pk = actions.revise_measure(measure, by=by, at=at).pk
        elif what == "discard":
            actions.discard_measure(measure, by=by, at=at)
            return redirect("desk:policies_measures")
        elif what == "drop":
            actions.drop_condition(get_object_or_404(Condition, pk=_key(request), measure=measure), by=by, at=at)
        else:
            raise PermissionDenied("没有这一步。")
    except LawError as error:
        messages.error(request, str(error))
    return redirect("desk:policies_measure", pk)


def _key(request: HttpRequest) -> int:
    given = request.POST.get("condition", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


@access.desk("policies.view")
def reach_figures(request: HttpRequest) -> HttpResponseBase:
    """到达率:一年里各事项估计给谁、告知、打开、申请、得到。"""
    on, given = timezone.localdate(), request.GET.get("year", "")
    year = found if (found := year_of(given)) and FIRST <= found <= on.year else on.year
    rows = Measure.objects.visible_to(request.user).exclude(stage=MeasureStage.DRAFT)
    rows = (
        rows.select_related("policy__agency", "agency")
        .prefetch_related("redemptions")
        .order_by("agency__order", "pk")
    )
    found, channels = [reach.reach_of(one, year) for one in rows], reach.channels()
    if request.GET.get("format") == "csv":
        head = [
            "单位",
            "事项",
            "依据的文件",
            "年度",
            "估计够得上",
            "估计的依据",
            *(f"{one.role.label}：{one.title}" for one in channels),
            "申请",
            "得到",
            "到达率",
        ]
        return csv_response(f"reach-{year}", head, (_cells(one, year) for one in found))
    context = {"rows": found, "channels": channels, "year": year, "years": range(on.year, FIRST - 1, -1)}
    return render(request, "policies/reach.html", context)


def _cells(reached: reach.Reach, year: int) -> list[object]:
    return [
        reached.measure.agency,
        reached.measure,
        reached.measure.policy,
        year,
        reached.measure.estimated,
        reached.measure.estimated_from,
        *("没有计数" if n is None else n for _, n in reached.counts),
        reached.applied,
        reached.granted,
        reached.percent,
    ]
