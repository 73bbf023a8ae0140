"""检索工作台:没有结果的、没有点开的检索词,同义词,置顶,评测。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.engine import NoIndex
from gongkai.desk.export import csv_response
from gongkai.desk.submitting import Act, form_step
from gongkai.law import params
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, finding, judging, tuning
from ..forms import JudgedForm, MeasureForm, PinForm, SayingForm, SynonymsForm, TrialForm, grades_of
from ..models import JudgedQuery, Judgement, Measurement, Muted, Pin, QueryDay, Saying, SynonymGroup
from ..weights import reasons

#: 检索词的几张单子。
LISTS = {"none": "没有结果的", "unopened": "没有点开的", "all": "全部"}
#: 一条一条加上、去掉的几张单子。
TITLES = {"synonyms": "同义词", "sayings": "本区的说法", "pins": "置顶"}
#: 打了这么多次都没有点开,才列出来。
LEAST_UNOPENED = 3
_MOST = 200
_HISTORY = 30


@access.desk("search.view")
def queries(request: HttpRequest) -> HttpResponse:
    """公众打的检索词,按次数。"""
    chosen = request.GET.get("list", "none")
    chosen = chosen if chosen in LISTS else "none"
    kind = "ask" if request.GET.get("kind") == "ask" else "search"
    rows = _queries(chosen, kind)
    if request.GET.get("format") == "csv":
        head = ["检索词", "次数", "点开次数", "最近一次找到的件数", "最近一次"]
        cells = ([row["text"], row["total"], row["clicks"], row["latest"], row["last"]] for row in rows)
        return csv_response(f"queries-{chosen}", head, cells)
    return render(
        request,
        "search/desk/queries.html",
        {
            "lists": LISTS.items(),
            "chosen": chosen,
            "kind": kind,
            "rows": rows[:_MOST],
            "days": params.at("search.query_days", timezone.localdate()),
            "muted": Muted.objects.all(),
            "may_manage": access.may(request.user, "search.manage"),
        },
    )


def _queries(chosen: str, kind: str) -> QuerySet[QueryDay, dict[str, Any]]:
    """One row a text over all the days kept; ``latest``: the most that it found on any of the days."""
    rows = QueryDay.objects.filter(kind=kind).values("text")
    rows = rows.annotate(total=Sum("asked"), clicks=Sum("opened"), latest=Max("found"), last=Max("on"))
    rows = rows.filter(total__gt=0).order_by("-total", "text")
    if chosen == "none":
        return rows.filter(latest=0)
    if chosen == "unopened":
        return rows.filter(latest__gt=0, clicks=0, total__gte=LEAST_UNOPENED)
    return rows


@access.desk("search.manage")
@require_POST
def mute(request: HttpRequest) -> HttpResponse:
    """不再把一个词提示给人。"""
    actions.mute(request.POST.get("text", ""), by=request.user, at=timezone.now())
    messages.success(request, "这个词不再作热门、相关和输入提示。")
    return redirect("desk:search_queries")


@access.desk("search.manage")
@require_POST
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复提示。"""
    actions.unmute(get_object_or_404(Muted, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "恢复作提示。")
    return redirect("desk:search_queries")


@access.desk("search.manage")
def synonyms(request: HttpRequest) -> HttpResponse:
    """同义词:加一组、去掉一组,立刻生效。"""

    def add(given: dict[str, Any]) -> str:
        return f"已加上：{actions.add_synonyms(given['words'], by=request.user, at=timezone.now())}。{_change()}"

    rows = SynonymGroup.objects.select_related("by")
    return _list(request, "synonyms", SynonymsForm, add, rows, ["同义的词"], lambda group: [str(group)])


@access.desk("search.manage")
@require_POST
def drop_synonyms(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一组同义词。"""
    group = get_object_or_404(SynonymGroup, pk=pk)
    actions.drop_synonyms(group, by=request.user, at=timezone.now())
    messages.success(request, f"已去掉：{group}。{_change()}")
    return redirect("desk:search_synonyms")


@access.desk("search.manage")
def sayings(request: HttpRequest) -> HttpResponse:
    """本区的说法:加一个、去掉一个,立刻生效;没有结果的检索词从那里带过来。"""

    def add(given: dict[str, Any]) -> str:
        return f"已加进说法表：{actions.add_saying(given['said'], given['written'], by=request.user, at=timezone.now())}。"

    def form(data: Any) -> SayingForm:
        return SayingForm(data, initial={"said": request.GET.get("said", "")[:40]})

    rows = Saying.objects.select_related("by")
    return _list(
        request,
        "sayings",
        form,
        add,
        rows,
        ["说法", "写法"],
        lambda saying: [saying.said, "、".join(saying.written)],
    )


@access.desk("search.manage")
@require_POST
def drop_saying(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一个说法。"""
    saying = get_object_or_404(Saying, pk=pk)
    actions.drop_saying(saying, by=request.user, at=timezone.now())
    messages.success(request, f"已去掉：{saying}。")
    return redirect("desk:search_sayings")


@access.desk("search.manage")
def pins(request: HttpRequest) -> HttpResponse:
    """置顶:一个检索词下排在最前的信息。"""
    at = timezone.now()

    def add(given: dict[str, Any]) -> str:
        pin = actions.add_pin(given["query"], given["record"], by=request.user, at=at)
        return f"检索“{pin.query}”时，《{pin.record}》排在最前。"

    rows = Pin.objects.select_related("record", "by")
    for row in rows:
        row.is_shown = row.record.is_public(at)  # type: ignore[attr-defined]
    head = ["检索词", "索引号", "标题"]
    return _list(
        request, "pins", PinForm, add, rows, head, lambda pin: [pin.query, pin.record.index_number, pin.record]
    )


@access.desk("search.manage")
@require_POST
def drop_pin(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉置顶。"""
    actions.drop_pin(get_object_or_404(Pin, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "已去掉置顶。")
    return redirect("desk:search_pins")


def _list(
    request: HttpRequest,
    name: str,
    form_class: Callable[[Any], forms.Form],
    add: Act,
    rows: Iterable[Any],
    head: list[str],
    cells: Callable[[Any], list[object]],
) -> HttpResponse:
    """A list with a form that adds to it, and its CSV."""
    if request.GET.get("format") == "csv":
        return csv_response(name, head, map(cells, rows))
    form = form_class(request.POST or None)
    page = f"search/desk/{name}.html"
    return form_step(request, form, add, page, back=f"desk:search_{name}", title=TITLES[name], rows=rows)


def _change() -> str:
    """What the last change did, if it was measured."""
    last = list(Measurement.objects.all()[:2])
    if len(last) < 2 or last[0].at != last[1].at:
        return ""
    return f"nDCG@10由{last[1].ndcg:.3f}变为{last[0].ndcg:.3f}。"


@access.desk("search.manage")
def judged(request: HttpRequest) -> HttpResponse:
    """评测用的检索词、现在的 nDCG@10、试算、量过的记录。"""
    at, on = timezone.now(), timezone.localdate()
    if request.GET.get("format") == "csv":
        rows = Judgement.objects.select_related("query", "record")
        cells = (
            [one.query, one.record.index_number, one.record, one.grade, one.get_grade_display()] for one in rows
        )
        return csv_response("judged", ["检索词", "索引号", "标题", "等级", "说明"], cells)
    now = tuning.current()
    form, measuring = JudgedForm(request.POST or None), MeasureForm()
    if "occasion" in request.POST:
        form, measuring = JudgedForm(), MeasureForm(request.POST)
    fresh = {"title": now.boosts.title, "attached": now.boosts.attached, "synonym": now.boosts.synonym}
    trial = TrialForm(request.GET if "title" in request.GET else None, initial=fresh)
    for given in (form, measuring):
        if given.is_valid() and (stopped := _judged(request, given)):
            return stopped
    context: dict[str, Any] = {
        "form": form,
        "measuring": measuring,
        "trial": trial,
        "now": now,
        "reasons": reasons(),
    }
    try:
        before = judging.measure(at, on, now)
        after = judging.measure(at, on, _tried(now, trial)) if trial.is_valid() else None
    except NoIndex:
        before, after = judging.Measured({}, now), None
        context["building"] = True
    lines = judging.compare(before, after) if after else []
    context |= {
        "before": before,
        "after": after,
        "lines": lines,
        "rows": [(one, before.by_query.get(one.text)) for one in JudgedQuery.objects.all()],
        "history": Measurement.objects.select_related("by")[:_HISTORY],
    }
    return render(
        request, "search/desk/judged.html", context, status=422 if form.errors or measuring.errors else 200
    )


def _judged(request: HttpRequest, form: forms.Form) -> HttpResponse | None:
    """Add a query or note a measurement; None if the law refuses, with the reason in the form."""
    at, given = timezone.now(), form.cleaned_data
    try:
        if "text" in given:
            return redirect("desk:search_judge", actions.add_judged(given["text"], by=request.user, at=at).pk)
        row = actions.measure(given["occasion"], by=request.user, at=at)
    except LawError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, f"记下了：nDCG@10 {row.ndcg:.3f}，{row.queries}个检索词。")
    return redirect("desk:search_judged")


def _tried(now: tuning.Tuning, trial: TrialForm) -> tuning.Tuning:
    words = SynonymsForm({"words": trial.cleaned_data["words"]})
    tried = tuning.Tuning(now.groups, trial.boosts())
    return tried.with_group(words.cleaned_data["words"]) if words.is_valid() else tried


@access.desk("search.manage")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """给一个检索词现在找到的各件评等级。"""
    query = get_object_or_404(JudgedQuery, pk=pk)
    if request.method == "POST":
        actions.grade(query, grades_of(request.POST), by=request.user, at=timezone.now())
        messages.success(request, f"“{query}”的等级记下了。")
        return redirect("desk:search_judged")
    given = {one.record_id: one for one in query.judgements.select_related("record")}
    try:
        rows = [
            one.record for one in finding.find(query.text, timezone.now(), timezone.localdate(), pins=False).rows
        ]
    except NoIndex:
        rows = []
    shown = {row.pk for row in rows}
    rows += [one.record for pk, one in given.items() if pk not in shown]
    lines = [(row, given[row.pk].grade if row.pk in given else None) for row in rows]
    context = {"query": query, "lines": lines, "grades": Judgement.Grade.choices, "found": len(shown)}
    return render(request, "search/desk/judge.html", context)


@access.desk("search.manage")
@require_POST
def drop_judged(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一个评测用的检索词。"""
    actions.drop_judged(get_object_or_404(JudgedQuery, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "已去掉。")
    return redirect("desk:search_judged")
