"""工作台的查重:相像的各对,并排看,人来认定。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import likeness
from gongkai.desk.export import csv_stream
from gongkai.desk.numbers import wholes
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.records.compare import compare_lines
from gongkai.records.models import Record

from .. import actions
from ..forms import PairFilter, RulingForm
from ..models import Item, Pair
from ..terms import ItemState, Ruling

GONE = (ItemState.COPY, ItemState.REFUSED)
#: 一边至多并排看这么多段。
MOST_LINES = 400
#: 成批认定的只有两边都留的两种;认作副本的要并排看过,一对一对地认。
IN_BULK = (Ruling.APART, Ruling.NEWER)
MOST = 100
_HEAVY = ("text", "body", "sketch")
_HEAD = [
    "旧文件",
    "文号",
    "日期",
    "从哪里来",
    "同它相像的",
    "它的文号",
    "它的日期",
    "网上公开着",
    "相似度",
    "多半是",
]


def _open(request: HttpRequest) -> Any:
    rows = Pair.objects.filter(access.within(request.user, "backfile.view", "item__agency"))
    return (
        rows.select_related("item__agency", "other", "record")
        .filter(ruling="")
        .exclude(item__state__in=GONE)
        .filter(Q(other=None) | ~Q(other__state__in=GONE))
    )


@access.desk("backfile.view")
def pairs(request: HttpRequest) -> HttpResponseBase:
    """还没有认定的,最像的在前。"""
    given = PairFilter(request.GET)
    rows = given.narrowed(_light(_open(request)), "likely")
    if words := given.value_of("q"):
        rows = rows.filter(
            *[
                Q(item__title__icontains=word)
                | Q(item__doc_number__icontains=word)
                | Q(other__title__icontains=word)
                | Q(other__doc_number__icontains=word)
                | Q(record__title__icontains=word)
                | Q(record__doc_number__icontains=word)
                for word in words.split()
            ]
        )
    if request.GET.get("format") == "csv":
        access.require(request.user, "backfile.export")
        found = rows.order_by("-likeness", "-pk").iterator(chunk_size=1000)
        return private(csv_stream("pairs", _HEAD, (_cells(row) for row in found)))
    context = {
        "page": page(rows, request.GET, keys=("likeness", "pk")),
        "filter": given,
        "may_rule": access.may(request.user, "backfile.check"),
        "may_export": access.may(request.user, "backfile.export"),
        "in_bulk": IN_BULK,
    }
    for row in context["page"].rows:
        row.percent = round(row.likeness * 100)
    return private(render(request, "backfile/desk/pairs.html", context))


def _light(rows: Any) -> Any:
    """Without the texts, which may be long and are not listed."""
    return rows.defer(*(f"{side}__{name}" for side in ("item", "other") for name in _HEAVY))


def _cells(pair: Pair) -> list[object]:
    item, other = pair.item, pair.other or pair.record
    day = pair.other.date_text if pair.other else pair.record.made_on
    return [
        item,
        item.doc_number,
        item.date_text,
        item.path,
        other,
        other.doc_number,
        day,
        "是" if pair.record else "",
        f"{pair.likeness:.0%}",
        pair.get_likely_display(),
    ]


@access.desk("backfile.check")
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """选了几对,认定成一种:先列出来请人确认,再逐对办,逐对说结果。"""
    ruling = next((one for one in IN_BULK if one == request.POST.get("ruling")), None)
    if ruling is None:
        raise Http404("没有这件事。")
    chosen = wholes(request.POST.getlist("pk"), most=MOST)
    rows = list(_light(_open(request)).filter(pk__in=chosen).order_by("-likeness", "-pk"))
    if not rows:
        messages.error(request, "没有选，或者选的都认定过了。请先在清单上打勾。")
        return redirect("desk:backfile_pairs")
    context: dict[str, Any] = {"rows": rows, "ruling": ruling}
    if "confirmed" in request.POST:
        context["results"] = [(row, _ruled(request, row, ruling)) for row in rows]
    return private(render(request, "backfile/desk/pairs_many.html", context))


def _ruled(request: HttpRequest, row: Pair, ruling: Ruling) -> str:
    """Rule on one, in its own transaction; what was refused, in a sentence."""
    try:
        actions.rule(row, ruling, by=request.user, at=timezone.now())
    except (LawError, PermissionDenied) as error:
        return str(error) or "没有这个权限。"
    return ""


@access.desk("backfile.view")
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """一对:要素、正文并排,数字差在哪里。"""
    rows = Pair.objects.filter(access.within(request.user, "backfile.view", "item__agency"))
    one = get_object_or_404(rows.select_related("item__agency", "other__agency", "record__agency"), pk=pk)
    left, right = _side(one.item), _side(one.other or one.record)
    form = RulingForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponse:
        access.require(request.user, "backfile.check", one.item.agency)
        actions.rule(one, Ruling.from_value(data["ruling"]), by=request.user, at=timezone.now())
        after = _open(request).order_by("-likeness", "-pk").first()
        return redirect(after or reverse("desk:backfile_pairs"))

    figures = likeness.figures(left["text"], right["text"])
    context = {
        "pair": one,
        "left": left,
        "right": right,
        "percent": round(one.likeness * 100),
        "only_left": figures[0][:40],
        "only_right": figures[1][:40],
        "blocks": compare_lines(left["text"].splitlines()[:MOST_LINES], right["text"].splitlines()[:MOST_LINES]),
        "may_rule": not one.ruling and access.may(request.user, "backfile.check", one.item.agency),
    }
    return private(form_step(request, form, act, "backfile/desk/pair.html", back=one, **context))


def _side(item: Item | Record) -> dict[str, Any]:
    """One side of a pair: its elements, its text, where it is seen."""
    if isinstance(item, Item):
        facts = (
            ("文号", item.doc_number),
            ("日期", item.date_text),
            ("责任者", item.issuer),
            ("从哪里来", item.path),
        )
        return {
            "title": str(item),
            "facts": facts,
            "text": item.text,
            "url": item.get_absolute_url(),
            "is_record": False,
        }
    live = item.live
    facts = (
        ("文号", item.doc_number),
        ("日期", item.made_on or ""),
        ("责任者", item.agency),
        ("索引号", item.index_number),
    )
    return {
        "title": item.title,
        "facts": facts,
        "text": live.text if live else "",
        "url": reverse("desk:record", args=[item.pk]),
        "is_record": True,
    }
