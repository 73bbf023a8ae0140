"""工作台的清单:中介服务、收费目录、通办进展、一本通、链接。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.numbers import whole
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.law import params
from gongkai.org import access, site

from .. import actions, forms, handbook
from ..actions import lists as writing
from ..models import Cooperation, FeeItem, Guide, Handbook, Intermediary, Link
from ..standing import is_stale, stale_after
from ..terms import LinkState


@dataclass(frozen=True, slots=True)
class Register:
    """一张清单:叫法、说明、表、表单、列入和去掉的函数、负责单位的列名。"""

    label: str
    hint: str
    rows: Callable[[], Any]
    form: type[Any]
    put: Callable[..., Any]
    remove: Callable[..., Any]
    unit: str
    heads: tuple[str, ...]
    cells: Callable[[Any], tuple[Any, ...]]
    names: tuple[str, ...]


REGISTERS: dict[str, Register] = {
    "intermediaries": Register(
        "中介服务清单",
        "没有列入的，不得作为受理条件；指南的材料由清单以外的机构出具的，公布不了。",
        lambda: Intermediary.objects.filter(removed_at=None).select_related("agency"),
        forms.IntermediaryForm,
        actions.put_intermediary,
        lambda row, why, **who: actions.remove_intermediary(row, **who),
        "agency",
        ("中介服务", "对应的审批事项", "审批部门", "依据", "机构要求", "可选机构", "时限", "收费"),
        lambda row: (
            row.name,
            row.approval,
            row.agency,
            row.basis,
            row.bodies,
            row.available,
            row.limit,
            row.get_pricing_display(),
        ),
        writing.INTERMEDIARY,
    ),
    "fees": Register(
        "收费目录",
        "指南收的费都要在目录里；不在的，公布不了。",
        lambda: FeeItem.objects.filter(removed_at=None).select_related("agency"),
        forms.FeeForm,
        actions.put_fee,
        lambda row, why, **who: actions.remove_fee(row, **who),
        "agency",
        ("收费项目", "单位", "标准", "依据"),
        lambda row: (row.name, row.agency, row.standard, row.basis),
        writing.FEE,
    ),
    "cooperation": Register(
        "跨省通办和长三角通办",
        "办件数填累计的；很久没有更新的会提醒。",
        lambda: Cooperation.objects.select_related("lead", "guide"),
        forms.CooperationForm,
        actions.put_cooperation,
        lambda row, why, **who: actions.remove_cooperation(row, why, **who),
        "lead",
        ("事项", "范围", "模式", "覆盖地区", "牵头单位", "上线", "累计办件", "更新"),
        lambda row: (
            row.name,
            row.get_circle_display(),
            row.get_mode_display(),
            row.area,
            row.lead,
            str(row.launched_on or ""),
            row.handled,
            str(row.updated_on),
        ),
        writing.COOPERATION,
    ),
}


def _register(key: str) -> Register:
    if key not in REGISTERS:
        raise Http404("没有这张清单。")
    return REGISTERS[key]


@access.desk("services.view")
def register(request: HttpRequest, key: str) -> HttpResponseBase:
    """一张清单。"""
    kind, on = _register(key), timezone.localdate()
    if request.GET.get("format") == "csv":
        access.require(request.user, "services.export")
        return private(csv_stream(key, list(kind.heads), (kind.cells(one) for one in kind.rows())))
    days = stale_after(on)
    rows = [
        (
            one,
            kind.cells(one),
            key == "cooperation" and is_stale(one, on, days.value),
            access.may(request.user, "services.list", getattr(one, kind.unit)),
        )
        for one in kind.rows()
    ]
    context = {
        "key": key,
        "kind": kind,
        "rows": rows,
        "registers": [(reverse(f"desk:services_{one}"), one, row.label) for one, row in REGISTERS.items()],
        "put": reverse(f"desk:services_put_{key}"),
        "may_write": access.may(request.user, "services.list"),
        "days": days,
        "may_export": access.may(request.user, "services.export"),
    }
    return private(render(request, "services/desk/register.html", context))


@access.desk("services.list")
def put(request: HttpRequest, key: str) -> HttpResponse:
    """列入一项,或者改一项(``?row=``)。"""
    kind, on = _register(key), timezone.localdate()
    wanted = whole(request.GET.get("row"))
    row = get_object_or_404(kind.rows(), pk=wanted) if wanted else None
    if row is not None:
        access.require(request.user, "services.list", getattr(row, kind.unit))
    initial = (
        {name: getattr(row, name) for name in kind.names} | {"agency": getattr(row, kind.unit)} if row else {}
    )
    agencies = access.agencies_of(request.user, "services.list").current(on)  # type: ignore[attr-defined]
    form = kind.form(request.POST or None, initial=initial, agencies=agencies)

    def act(given: dict[str, Any]) -> str:
        kind.put(given["agency"], given, row, by=request.user, at=timezone.now())
        return "已经保存。"

    home = reverse(f"desk:services_{key}")
    return form_step(
        request,
        form,
        act,
        back=home,
        trail=kind.label,
        title=f"{kind.label}：{'改一项' if row else '列入一项'}",
        button="保存",
        hint=kind.hint,
    )


@access.desk("services.list")
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """去掉一项。"""
    kind = _register(key)
    row = get_object_or_404(kind.rows(), pk=pk)
    access.require(request.user, "services.list", getattr(row, kind.unit))

    def act(given: dict[str, Any]) -> str:
        kind.remove(row, given["why"], by=request.user, at=timezone.now())
        return "已经去掉。"

    home = reverse(f"desk:services_{key}")
    return form_step(
        request,
        forms.ReasonForm(request.POST or None),
        act,
        back=home,
        trail=kind.label,
        title=f"{kind.label}：去掉“{row}”",
        button="去掉",
    )


@access.desk("services.view")
def handbooks(request: HttpRequest) -> HttpResponse:
    """一本通的各版;现在的一版是不是旧了。"""
    rows = list(Handbook.objects.select_related("made_by"))
    latest = next((one for one in rows if one.withdrawn_at is None), None)
    context = {
        "rows": rows,
        "latest": latest,
        "changed": handbook.is_stale(latest) if latest else 0,
        "may_make": access.may(request.user, "services.handbook"),
    }
    return private(render(request, "services/desk/handbooks.html", context))


@access.desk("services.handbook")
def make_handbook(request: HttpRequest) -> HttpResponse:
    """编一版。"""
    latest = handbook.latest()
    place = site.current()
    initial = {
        "title": latest.title if latest else "办事一本通",
        "area": latest.area if latest else place.organiser,
    }

    def act(given: dict[str, Any]) -> str:
        made = actions.make_handbook(given["title"], given["area"], by=request.user, at=timezone.now())
        return f"{made}编好了，公众可以下载。"

    home = reverse("desk:services_handbooks")
    form = forms.HandbookForm(request.POST or None, initial=initial)
    return form_step(
        request,
        form,
        act,
        back=home,
        trail="一本通",
        title="编一版一本通",
        button="编",
        hint="收现在公布的全部指南，排成 PDF 和 EPUB，要几秒。",
    )


@access.desk("services.handbook")
def withdraw_handbook(request: HttpRequest, pk: int) -> HttpResponse:
    """停用一版。"""
    one = get_object_or_404(Handbook, pk=pk)

    def act(given: dict[str, Any]) -> str:
        actions.withdraw_handbook(one, given["why"], by=request.user, at=timezone.now())
        return "已经停用。"

    home = reverse("desk:services_handbooks")
    return form_step(
        request,
        forms.ReasonForm(request.POST or None),
        act,
        back=home,
        trail="一本通",
        title=f"停用{one}",
        button="停用",
    )


LINK_LISTS = {
    "bad": "不对的",
    "outside": "不在政府网站上的",
    "silent": "连不上的",
    "all": "全部",
}


@access.desk("services.view")
def links(request: HttpRequest) -> HttpResponse:
    """链接;连不上的要接着几次才列,不算失效。"""
    on = timezone.localdate()
    tries = params.at("services.link_tries", on)
    key = request.GET.get("list", "bad")
    key = key if key in LINK_LISTS else "bad"
    rows = Link.objects.filter(guides__in=Guide.objects.visible_to(request.user)).distinct()
    bad = (LinkState.DEAD, LinkState.HOME, LinkState.MOVED)
    rows = {
        "bad": rows.filter(state__in=bad),
        "outside": rows.filter(official=False),
        "silent": rows.filter(silent__gte=tries.value),
        "all": rows,
    }[key]
    context = {
        "page": page(rows.prefetch_related("guides"), request.GET, keys=("host", "pk"), ascending=True),
        "key": key,
        "lists": LINK_LISTS.items(),
        "tries": tries,
    }
    return private(render(request, "services/desk/links.html", context))
