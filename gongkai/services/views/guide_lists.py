"""工作台的指南清单、建立、导入、各单位的质量。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.sorting import Order, chosen, heads
from gongkai.desk.submitting import form_step
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org import access

from .. import actions, forms, intake
from ..models import Guide, Version
from ..standing import is_old
from ..terms import SHOWN, GuideState, Stage
from .guides import ACTS
from .many import MANY

N, C = GuideState.NEW, GuideState.CANCELLED
LOW = 80

ORDERS = {
    "name": Order("名称", ("name", "pk"), True),
    "score": Order("完整度低的在前", ("score", "pk"), True),
    "score-down": Order("完整度高的在前", ("score", "pk"), False),
    "stops": Order("要改的多的在前", ("stops", "pk"), False),
}
COLUMNS = (
    ("事项", ("name",)),
    ("单位", ()),
    ("主题", ()),
    ("完整度", ("score", "score-down")),
    ("要改", ("stops",)),
    ("现在", ()),
)
HEAD = ["事项", "编码", "单位", "主题", "现在", "完整度", "要改的处数", "核对日期"]


@access.desk("services.view")
def guides(request: HttpRequest) -> HttpResponseBase:
    """指南清单。"""
    on, given = timezone.localdate(), forms.GuideFilter(request.GET)
    rows = Guide.objects.visible_to(request.user).select_related("agency")
    if words := given.value_of("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words))
    rows = given.narrowed(rows, "agency", "theme", "state")
    rows = _only(rows, given.value_of("only"), on)
    if not given.value_of("state"):
        rows = rows.exclude(state=C)
    if request.GET.get("format") == "csv":
        access.require(request.user, "services.export")
        cells = (
            [
                one.name,
                one.code,
                one.agency,
                one.get_theme_display(),
                one.get_state_display(),
                one.score,
                one.stops,
                one.verified_on,
            ]
            for one in rows.iterator(chunk_size=500)
        )
        return private(csv_stream("guides", HEAD, cells))
    sort = chosen(ORDERS, request.GET.get("sort")) or "name"
    order = ORDERS[sort]
    result = page(rows, request.GET, keys=order.keys, ascending=order.ascending)
    drafts = set(Version.objects.filter(stage=Stage.DRAFT, guide__in=result.rows).values_list("guide", flat=True))
    for row in result.rows:
        row.has_draft, row.old = row.pk in drafts and row.state != N, is_old(row, on)
    context = {
        "page": result,
        "filter": given,
        "heads": heads(ORDERS, COLUMNS, sort),
        "may_write": access.may(request.user, "services.write"),
        "may_export": access.may(request.user, "services.export"),
        "bulk": [(key, ACTS[key].label) for key in MANY if access.may(request.user, ACTS[key].right)],
    }
    return private(render(request, "services/desk/guides.html", context))


def _only(rows: Any, only: str | None, on: date) -> Any:
    if only == "draft":
        return rows.filter(versions__stage=Stage.DRAFT)
    if only == "stops":
        return rows.filter(stops__gt=0)
    if only == "low":
        return rows.filter(score__lt=LOW)
    if only == "old":
        days = params.at("services.verify_days", on).value
        return rows.filter(state__in=SHOWN, verified_on__lt=on - DAY * days)
    return rows


@access.desk("services.write")
def new_guide(request: HttpRequest) -> HttpResponse:
    """建立一个事项。"""
    at, on = timezone.now(), timezone.localdate()
    agencies = access.agencies_of(request.user, "services.write").current(on)  # type: ignore[attr-defined]
    form = forms.GuideNewForm(request.POST or None, agencies=agencies)

    def act(given: dict[str, Any]) -> HttpResponse:
        values = {"name": given["name"], "item_type": given["item_type"]}
        made = actions.new_guide(given["agency"], values, by=request.user, at=at)
        messages.success(request, "已经建立。请一部分一部分地填，页面上列着还缺什么。")
        return redirect("desk:services_guide", made.pk)

    return form_step(
        request,
        form,
        act,
        trail="办事指南",
        title="建立办事指南",
        button="建立",
        home=reverse("desk:services_guides"),
    )


@access.desk("services.write")
def import_guides(request: HttpRequest) -> HttpResponse:
    """导入。"""
    at, on = timezone.now(), timezone.localdate()
    agencies = access.agencies_of(request.user, "services.write").current(on)  # type: ignore[attr-defined]
    form = forms.ImportForm(request.POST or None, request.FILES or None, agencies=agencies)

    def act(given: dict[str, Any]) -> HttpResponse:
        file = given["file"]
        name, content = (file.name, file.read()) if file else ("贴上的文字.txt", given["text"].encode())
        done = actions.import_guides(given["agency"], intake.read(content, name), name, by=request.user, at=at)
        context = {"done": done, "file": name, "agency": given["agency"]}
        return private(render(request, "services/desk/imported.html", context))

    return form_step(
        request,
        form,
        act,
        trail="办事指南",
        title="导入办事指南",
        button="读成草稿",
        hint="读成的都是草稿；公布以前逐份核对。",
        home=reverse("desk:services_guides"),
    )


@access.desk("services.view")
def overview(request: HttpRequest) -> HttpResponseBase:
    """各单位的指南办得怎样:份数、没有公布的、平均完整度、要改的、该核对的。"""
    on = timezone.localdate()
    rows: dict[Any, dict[str, Any]] = {}
    listed = (
        Guide.objects.visible_to(request.user).exclude(state=C).select_related("agency").order_by("agency__order")
    )
    for guide in listed:
        row = rows.setdefault(
            guide.agency,
            {"agency": guide.agency, "count": 0, "new": 0, "score": 0, "stops": 0, "old": 0, "low": 0},
        )
        row["count"] += 1
        row["new"] += guide.state == N
        row["score"] += guide.score
        row["stops"] += guide.stops > 0
        row["low"] += guide.score < LOW
        row["old"] += is_old(guide, on)
    for row in rows.values():
        row["average"] = round(row["score"] / row["count"])
    if request.GET.get("format") == "csv":
        access.require(request.user, "services.export")
        cells = (
            [row["agency"], *(row[key] for key in ("count", "new", "average", "stops", "low", "old"))]
            for row in rows.values()
        )
        return private(
            csv_stream(
                "guide-quality",
                ["单位", "指南", "没有公布", "平均完整度", "有要改的", "不到80分", "该核对"],
                cells,
            )
        )
    context = {"rows": list(rows.values()), "may_export": access.may(request.user, "services.export")}
    return private(render(request, "services/desk/overview.html", context))
