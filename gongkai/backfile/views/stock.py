"""工作台的底数:热力图、一个单位、登记一格。"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.backfile import statute_at
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency

from .. import actions, figures
from ..forms import HoldingForm, RegisterForm
from ..models import Holding
from ..tabular import holdings_of
from ..terms import Kind
from .stepping import step_page

HEAD = [
    "单位",
    "当时的名称",
    "年",
    "类别",
    "登记簿",
    "归档目录",
    "文号推算",
    "推算的算式",
    "应梳理",
    "已著录",
    "已审",
    "应主动公开",
    "已上网",
    "找不到",
    "找不到的理由",
    "差异",
    "差异的说明",
]
#: 没有选单位类别时,区级的人先看全部。
ALL = "all"


@access.desk("backfile.view")
def stock(request: HttpRequest) -> HttpResponseBase:
    """热力图:单位一行、年份一列。"""
    agencies = list(access.agencies_of(request.user, "backfile.view").order_by("order", "code"))
    at = timezone.now()
    if request.GET.get("format") == "csv":
        access.require(request.user, "backfile.export")
        return private(
            csv_stream(
                "holdings", HEAD, (_cells(one, line) for one in agencies for line in figures.of_unit(one, at))
            )
        )
    context = {
        "map": figures.overview(agencies, at),
        "only": agencies[0] if len(agencies) == 1 else None,
        "may_export": access.may(request.user, "backfile.export"),
    }
    return private(render(request, "backfile/desk/stock.html", context))


def _cells(agency: Agency, line: figures.UnitLine) -> list[object]:
    held, done = line.holding or Holding(), line.progress
    return [
        agency,
        held.former_name,
        line.year,
        line.kind.label,
        held.registered,
        held.filed,
        held.estimated,
        held.formula,
        done.due,
        done.described,
        done.reviewed,
        done.active,
        done.online,
        done.lost,
        held.lost_reason,
        "；".join(held.differences),
        held.note,
    ]


def unit_of(request: HttpRequest, code: str) -> Agency:
    """A unit whose figures this person may see; 404 for any other."""
    return get_object_or_404(access.agencies_of(request.user, "backfile.view"), code=code)


@access.desk("backfile.view")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """一个单位的底数。"""
    agency = unit_of(request, code)
    context = {
        "agency": agency,
        "lines": figures.of_unit(agency, timezone.now()),
        "predecessors": agency.predecessors.all(),
        "may_write": access.may(request.user, "backfile.stock", agency),
    }
    return private(render(request, "backfile/desk/unit.html", context))


@access.desk("backfile.stock")
def holding(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    """登记一格。"""
    agency = unit_of(request, code)
    access.require(request.user, "backfile.stock", agency)
    if kind not in {one.value for one in Kind} or not 1900 < year < 2100:
        raise Http404("没有这一格。")
    found = Holding.objects.filter(agency=agency, year=year, kind=kind).first()
    initial = {"seen": found.mark} | {name: getattr(found, name) for name in actions.stock.GIVEN} if found else {}
    form = HoldingForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        values = {name: data[name] for name in actions.stock.GIVEN}
        actions.save_holding(
            agency,
            year,
            Kind.from_value(kind),
            values,
            reason=data["reason"],
            seen=data["seen"] or None,
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记。"

    home = reverse("desk:backfile_unit", args=[agency.code])
    return private(
        form_step(
            request,
            form,
            act,
            "backfile/desk/holding.html",
            back=home,
            agency=agency,
            year=year,
            kind=Kind.from_value(kind),
            holding=found,
            versions=found.versions.select_related("by") if found else (),
            statute=statute_at(timezone.datetime(year, 12, 31).date()),
        )
    )


@access.desk("backfile.stock")
def register(request: HttpRequest, code: str) -> HttpResponse:
    """导入清册。"""
    agency = unit_of(request, code)
    form = RegisterForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        access.require(request.user, "backfile.stock", agency)
        file = data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise RuleBroken("文件太大", fix="清册不会这么大，请核对。")
        rows = holdings_of(file.read(), file.name, agency)
        moved = actions.take_stock(agency, rows, reason=data["reason"], by=request.user, at=timezone.now())
        return f"清册{len(rows)}格，{moved}格有变动。"

    home = reverse("desk:backfile_unit", args=[agency.code])
    return step_page(
        request,
        form,
        act,
        back=home,
        title="导入清册",
        button="导入",
        trail=agency,
        hint="有一行读不出，就一行也不写入。",
    )


@access.desk("backfile.stock")
@require_POST
def count_numbers(request: HttpRequest, code: str) -> HttpResponse:
    """由文号推算。"""
    agency = unit_of(request, code)

    def act() -> str:
        moved = actions.count_numbers(agency, by=request.user, at=timezone.now())
        return f"推算完毕，{moved}格有变动。" if moved else "推算完毕，没有变动。"

    return button_step(request, act, back=reverse("desk:backfile_unit", args=[agency.code]))
