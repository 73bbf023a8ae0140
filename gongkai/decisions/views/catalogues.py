"""工作台的年度目录:清单、一年、事项、建议、公布、总公开。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.moments import local_day
from gongkai.desk.submitting import button_step, form_step
from gongkai.law import decisions as law
from gongkai.org import access

from .. import actions, facts
from ..forms import CloseYearForm, ItemForm, RulingForm, SettleForm, UnitProposalForm, YearForm, YearSaveForm
from ..models import CatalogueItem, CatalogueYear, Proposal
from ..terms import ItemState, Ruling, YearStage


def year_of(request: HttpRequest, pk: int) -> CatalogueYear:
    """A catalogue that this person may see; 404 for any other."""
    rows = CatalogueYear.objects.visible_to(request.user).select_related("agency", "record")
    return get_object_or_404(rows, pk=pk)


def _form(
    request: HttpRequest, year: CatalogueYear, form: Any, act: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    home = reverse("desk:decisions_year", args=[year.pk])
    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        back=home,
        year=year,
        title=title,
        button=button,
        **more,
    )


@access.desk("decisions.view")
def years(request: HttpRequest) -> HttpResponse:
    """各年的目录。"""
    rows = (
        CatalogueYear.objects.visible_to(request.user).select_related("agency", "record").prefetch_related("items")
    )
    proposed = Proposal.objects.filter(unit__in=access.agencies_of(request.user, "decisions.view"))
    context = {
        "rows": rows[:100],
        "may_write": access.may(request.user, "decisions.write"),
        "calling": CatalogueYear.objects.filter(stage=YearStage.COLLECTING).select_related("agency"),
        "proposed": proposed.select_related("year__agency", "unit", "item").order_by("-received_at")[:20],
    }
    return render(request, "decisions/desk/years.html", context)


@access.desk("decisions.write")
def propose(request: HttpRequest) -> HttpResponse:
    """单位向正在征集的目录报一条建议。"""
    form = UnitProposalForm(request.POST or None, user=request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        year = data.pop("year")
        made, _ = actions.propose(year, by=request.user, at=timezone.now(), **data)
        return f"已经报送，编号{made.number}；论证的结果在这里看。"

    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        back=reverse("desk:decisions_years"),
        title="报一条目录建议",
        button="报送",
    )


@access.desk("decisions.write")
def new_year(request: HttpRequest) -> HttpResponse:
    """开始一年的目录。"""
    on = timezone.localdate()
    form = YearForm(request.POST or None, user=request.user, on=on, initial={"year": on.year + 1})

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.open_year(
            data["agency"], data["year"], call_until=data["call_until"], by=request.user, at=timezone.now()
        )
        return redirect("desk:decisions_year", made.pk)

    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        title="开始一年的目录",
        button="开始",
        home=reverse("desk:decisions_years"),
    )


@access.desk("decisions.view")
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """一年的目录:事项、建议、调整。"""
    year = year_of(request, pk)
    items = list(
        year.items.select_related("lead", "carried_from__year").prefetch_related("dossiers", "changes__by")
    )
    for item in items:
        item.fit = facts.fit(item)
        item.is_decided = any(dossier.published_on for dossier in item.dossiers.all())
    context = {
        "year": year,
        "items": items,
        "proposals": year.proposals.select_related("unit", "item"),
        "may_write": access.may(request.user, "decisions.write", year.agency),
        "may_draft": access.may(request.user, "records.write", year.agency),
        "may_decide": access.may(request.user, "decisions.decide", year.agency),
        "is_collecting": year.stage == YearStage.COLLECTING,
        "is_published": year.stage == YearStage.PUBLISHED,
        "late": law.late(year.year, _published_on(year), timezone.localdate()),
        "open_items": sum(item.state == ItemState.PLANNED for item in items),
    }
    return render(request, "decisions/desk/year.html", context)


def _published_on(year: CatalogueYear) -> date | None:
    return local_day(year.record.published_at) if year.record and year.record.published_at else None


@access.desk("decisions.write")
def save_year(request: HttpRequest, pk: int) -> HttpResponse:
    """审定情况。"""
    year = year_of(request, pk)
    access.require(request.user, "decisions.write", year.agency)
    initial = {name: getattr(year, name) for name in YearSaveForm.base_fields}

    def act(data: dict[str, Any]) -> str:
        actions.save_year(year, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return _form(request, year, YearSaveForm(request.POST or None, initial=initial), act, "审定情况", "保存")


@access.desk("decisions.write")
def new_item(request: HttpRequest, pk: int) -> HttpResponse:
    """列入一项。"""
    year = year_of(request, pk)
    access.require(request.user, "decisions.write", year.agency)
    published = year.stage == YearStage.PUBLISHED
    form = ItemForm(request.POST or None, on=timezone.localdate(), published=published)

    def act(data: dict[str, Any]) -> str:
        made = actions.add_item(
            year,
            data,
            reason=data.get("reason", ""),
            approved_by=data.get("approved_by", ""),
            by=request.user,
            at=timezone.now(),
        )
        return f"已经列入“{made}”。" + _tight(request, made)

    return _form(request, year, form, act, "列入一项", "列入")


def _tight(request: HttpRequest, item: CatalogueItem) -> str:
    found = facts.fit(item)
    if found.fits:
        return ""
    messages.warning(
        request, f"照条例规定的征求意见、合法性审查的时间，最早到{found.earliest}，迟于计划完成的{found.planned}。"
    )
    return ""


def item_of(request: HttpRequest, pk: int) -> CatalogueItem:
    """An item of a catalogue that this person may see."""
    return get_object_or_404(
        CatalogueItem.objects.filter(year__in=CatalogueYear.objects.visible_to(request.user)).select_related(
            "year__agency", "lead"
        ),
        pk=pk,
    )


@access.desk("decisions.write")
def edit_item(request: HttpRequest, pk: int) -> HttpResponse:
    """改一项。"""
    item = item_of(request, pk)
    access.require(request.user, "decisions.write", item.year.agency)
    names = ("title", "lead", "helpers", "basis", "procedures", "planned_on")
    form = ItemForm(
        request.POST or None,
        on=timezone.localdate(),
        published=item.year.stage == YearStage.PUBLISHED,
        initial={name: getattr(item, name) for name in names},
    )

    def act(data: dict[str, Any]) -> str:
        actions.change_item(
            item,
            data,
            reason=data.get("reason", ""),
            approved_by=data.get("approved_by", ""),
            by=request.user,
            at=timezone.now(),
        )
        return "已经保存。" + _tight(request, item)

    return _form(request, item.year, form, act, f"改第{item.order}项", "保存", item=item)


@access.desk("decisions.write")
def settle_item(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一项的结果。"""
    item = item_of(request, pk)
    access.require(request.user, "decisions.write", item.year.agency)
    initial = {"state": item.state, "outcome": item.outcome}
    if item.state == ItemState.PLANNED:
        initial["state"] = ItemState.DECIDED if item.dossiers.exclude(published_on=None).exists() else ""

    def act(data: dict[str, Any]) -> str:
        actions.settle_item(
            item,
            ItemState.from_value(data["state"]),
            data["outcome"],
            approved_by=data["approved_by"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记结果，请重新公布目录。"

    form = SettleForm(request.POST or None, initial=initial)
    return _form(request, item.year, form, act, f"第{item.order}项的结果", "登记", item=item)


@access.desk("decisions.write")
@require_POST
def remove_item(request: HttpRequest, pk: int) -> HttpResponse:
    """公布以前去掉一项。"""
    item = item_of(request, pk)
    access.require(request.user, "decisions.write", item.year.agency)

    def act() -> str:
        actions.remove_item(item, by=request.user, at=timezone.now())
        return f"已经去掉“{item}”。"

    return button_step(request, act, back="desk:decisions_year", pk=item.year_id)


@access.desk("decisions.decide")
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """论证一条建议。"""
    found = get_object_or_404(
        Proposal.objects.filter(year__in=CatalogueYear.objects.visible_to(request.user)).select_related(
            "year__agency", "unit", "item"
        ),
        pk=pk,
    )
    access.require(request.user, "decisions.decide", found.year.agency)
    initial = {"ruling": found.ruling, "reason": found.reason, "item": found.item_id}

    def act(data: dict[str, Any]) -> str:
        actions.rule(
            found,
            Ruling.from_value(data["ruling"]),
            data["reason"],
            item=data["item"],
            by=request.user,
            at=timezone.now(),
        )
        return f"已经记下{found.number}的论证结果。"

    form = RulingForm(request.POST or None, year=found.year, initial=initial)
    return _form(request, found.year, form, act, f"论证建议：{found}", "记下", proposal=found)


@access.desk("records.write")
@require_POST
def draft_catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    """起草公布稿。"""
    year = year_of(request, pk)
    access.require(request.user, "records.write", year.agency)

    def act() -> HttpResponse:
        edition = actions.draft_catalogue(year, by=request.user, at=timezone.now())
        messages.success(request, "公布稿已经排出，请核对、送审。")
        return redirect("desk:record", edition.record_id)

    return button_step(request, act, back="desk:decisions_year", pk=pk)


@access.desk("decisions.decide")
def close_year(request: HttpRequest, pk: int) -> HttpResponse:
    """年底总公开。"""
    year = year_of(request, pk)
    access.require(request.user, "decisions.decide", year.agency)

    def act(data: dict[str, Any]) -> str:
        actions.close_year(year, data["summary"], by=request.user, at=timezone.now())
        return "已经总公开。"

    return _form(request, year, CloseYearForm(request.POST or None), act, "年底总公开", "总公开", danger=True)
