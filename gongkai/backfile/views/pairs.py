"""工作台的查重:相像的各对,并排看,人来认定。"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters import likeness
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
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


def _open(request: HttpRequest) -> Any:
    rows = Pair.objects.filter(access.within(request.user, "backfile.view", "item__agency"))
    return (
        rows.select_related("item__agency", "other", "record")
        .filter(ruling="")
        .exclude(item__state__in=GONE)
        .filter(Q(other=None) | ~Q(other__state__in=GONE))
    )


@access.desk("backfile.view")
def pairs(request: HttpRequest) -> HttpResponse:
    """还没有认定的,最像的在前。"""
    given = PairFilter(request.GET)
    rows = _open(request).defer(
        "item__text", "item__body", "item__sketch", "other__text", "other__body", "other__sketch"
    )
    if value := given.value_of("likely"):
        rows = rows.filter(likely=value)
    context = {"page": page(rows, request.GET, keys=("likeness", "pk")), "filter": given}
    for row in context["page"].rows:
        row.percent = round(row.likeness * 100)
    return private(render(request, "backfile/desk/pairs.html", context))


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
