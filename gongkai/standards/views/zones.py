"""工作台的体验区:台账、一处、各项登记。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.paging import page
from gongkai.desk.submitting import form_step
from gongkai.org import access

from .. import actions, zone_figures
from ..forms import zones as forms
from ..models import Comment, Equipment, Stock, Zone
from ..terms import BookKind


def zone_of(request: HttpRequest, pk: int) -> Zone:
    """A place that this person may see; 404 for any other."""
    return get_object_or_404(Zone.objects.visible_to(request.user).select_related("place__agency"), pk=pk)


@access.desk("standards.zone")
def zones(request: HttpRequest) -> HttpResponse:
    """各处和几个率。"""
    on = timezone.localdate()
    rows = Zone.objects.visible_to(request.user).select_related("place__agency")
    result = page(
        rows.prefetch_related("equipment", "stock", "seasons"), request.GET, keys=("number", "pk"), ascending=True
    )
    for row in result.rows:
        row.figures = zone_figures.figures(row, on)
        row.season = row.hours_on(on)
    context = {
        "page": result,
        "rates": list(zone_figures.Rate),
        "may_add": access.may(request.user, "standards.keep"),
    }
    return render(request, "standards/desk/zones.html", context)


@access.desk("standards.zone")
def zone(request: HttpRequest, pk: int) -> HttpResponse:
    """一处。"""
    zone, on = zone_of(request, pk), timezone.localdate()
    context = {
        "zone": zone,
        "figures": zone_figures.figures(zone, on),
        "seasons": zone.seasons.all(),
        "equipment": zone.equipment.all(),
        "stock": zone.stock.all(),
        "patrols": zone.patrols.select_related("by")[:8],
        "days": zone.days.all()[:14],
        "comments": zone.comments.order_by(F("answered_on").asc(nulls_first=True), "-on", "-pk")[:30],
        "closures": zone.closures.filter(until_on__gte=on),
        "may": access.may(request.user, "standards.keep", zone.place.agency),
    }
    return render(request, "standards/desk/zone.html", context)


@access.desk("standards.keep")
def new_zone(request: HttpRequest) -> HttpResponse:
    """登记一处。"""
    return _zone(request, Zone(), "登记体验区")


@access.desk("standards.keep")
def edit_zone(request: HttpRequest, pk: int) -> HttpResponse:
    """改一处。"""
    zone = zone_of(request, pk)
    access.require(request.user, "standards.keep", zone.place.agency)
    return _zone(request, zone, f"改{zone}")


def _zone(request: HttpRequest, zone: Zone, title: str) -> HttpResponse:
    initial = {}
    if zone.pk:
        lines = [forms.season_line(season) for season in zone.seasons.all()]
        initial = {
            "unities": list(zone.unities),
            "functions": "、".join(zone.functions),
            "seasons": "\n".join(lines),
        }
    on = timezone.localdate()
    form = forms.ZoneForm(request.POST or None, instance=zone, initial=initial, user=request.user, on=on)

    def run(data: dict[str, Any]) -> str:
        form.instance.functions = data["functions"]
        actions.save_zone(
            form.instance, data["seasons"], data["unities"], by=request.user, on=on, at=timezone.now()
        )
        return "已经保存。"

    home = reverse("desk:standards_zone", args=[zone.pk]) if zone.pk else reverse("desk:standards_zones")
    return form_step(
        request,
        form,
        run,
        back=home,
        trail="体验区",
        title=title,
        button="保存",
    )


def _patrol(zone: Zone, form: Any, data: dict[str, Any], **who: Any) -> Any:
    return actions.patrol(zone, data["on"], data["is_open"], data["found"], **who)


def _day(zone: Zone, form: Any, data: dict[str, Any], **who: Any) -> Any:
    return actions.count_day(zone, data["on"], {name: data[name] for name in zone_figures.COUNTS}, **who)


def _comment(zone: Zone, form: Any, data: dict[str, Any], **who: Any) -> Any:
    return actions.write_comment(zone, data["text"], data["on"], BookKind.PAPER, **who)


def _closure(zone: Zone, form: Any, data: dict[str, Any], **who: Any) -> Any:
    return actions.close(zone, data["from_on"], data["until_on"], data["reason"], **who)


#: 名称、表单、做事的函数。
ADDING: dict[str, tuple[str, Callable[..., Any], Callable[..., Any]]] = {
    "equipment": (
        "登记设备",
        forms.EquipmentForm,
        lambda zone, form, data, **who: actions.save_equipment(form.instance, **who),
    ),
    "stock": (
        "登记资料",
        forms.StockForm,
        lambda zone, form, data, **who: actions.save_stock(form.instance, **who),
    ),
    "patrol": ("巡检", forms.PatrolForm, _patrol),
    "day": ("登记一天的服务", forms.DayForm, _day),
    "closure": ("停用公告", forms.ClosureForm, _closure),
    "comment": ("登记意见簿", forms.CommentForm, _comment),
}


@access.desk("standards.keep")
def add(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """登记一件设备、一种资料、一次巡检、一天的服务、一件停用。"""
    zone, found = zone_of(request, pk), ADDING.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, "standards.keep", zone.place.agency)
    options: dict[str, Any] = {"initial": {"on": timezone.localdate(), "checked_on": timezone.localdate()}}
    if key in ("equipment", "stock"):
        options["instance"] = (
            Equipment(zone=zone) if key == "equipment" else Stock(zone=zone, updated_on=timezone.localdate())
        )
    return _step(request, zone, found[0], found[1](request.POST or None, **options), found[2])


@access.desk("standards.keep")
def edit(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """改一件设备、一种资料。"""
    zone = zone_of(request, pk)
    access.require(request.user, "standards.keep", zone.place.agency)
    models = {"equipment": Equipment, "stock": Stock}
    if kind not in models:
        raise Http404("没有这一种。")
    instance = get_object_or_404(models[kind], pk=row, zone=zone)
    _, form, run = ADDING[kind]
    return _step(request, zone, f"改{instance}", form(request.POST or None, instance=instance), run)


@access.desk("standards.keep")
def answer_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """答复意见簿上的一条。"""
    rows = Comment.objects.visible_to(request.user).select_related("zone__place__agency")
    comment = get_object_or_404(rows, pk=pk)
    access.require(request.user, "standards.keep", comment.zone.place.agency)
    initial = {"answer": comment.answer, "is_public": comment.is_public or not comment.answered_on}
    form = forms.AnswerCommentForm(request.POST or None, initial=initial)

    def act(zone: Zone, form: Any, data: dict[str, Any], **who: Any) -> Any:
        return actions.answer_comment(comment, data["answer"], data["is_public"], **who)

    return _step(request, comment.zone, "答复意见", form, act, hint=f"{comment.on}写的：{comment.text}")


def _step(
    request: HttpRequest, zone: Zone, title: str, form: Any, run: Callable[..., Any], **more: Any
) -> HttpResponse:
    def act(data: dict[str, Any]) -> str:
        run(zone, form, data, by=request.user, at=timezone.now())
        return "已经登记。"

    home = reverse("desk:standards_zone", args=[zone.pk])
    return form_step(
        request,
        form,
        act,
        back=home,
        trail=str(zone),
        title=title,
        button="登记",
        **more,
    )
