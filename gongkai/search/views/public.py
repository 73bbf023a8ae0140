"""公众的检索页、问答页、输入提示:没有脚本也能用,能打印,能用键盘;检索库还没有建好时给标题查找。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongkai.adapters.engine import NoIndex
from gongkai.adapters.plaintext import line
from gongkai.desk import limits
from gongkai.org.models import Agency
from gongkai.records.gist import gist

from .. import asking, elsewhere, faq, finding, index, kept, nearby, offices, rephrasing, suggesting
from ..answers import Band
from ..query import Query

#: 一个地址十分钟里至多要这么多次提示、报这么多次点开。
TIMES, SECONDS = 300, 600
#: 转述要等外接的模型,次数更少。
REPHRASED = 20
#: Characters of a query that are read; the rest of a longer one finds nothing more and stands in every link.
LONGEST_QUERY = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """一页结果,带分面、排序、翻页;没有找到的告诉怎样办。"""
    at, on = timezone.now(), timezone.localdate()
    text = line(request.GET.get("q", ""))[:LONGEST_QUERY]
    chosen = {name: request.GET.get(name, "")[:60] for name in finding.FACETS}
    sort = request.GET.get("sort", "")
    context: dict[str, Any] = {"q": text, "sorts": finding.SORTS.items(), "sort": sort, "chosen": chosen}
    if text.strip():
        try:
            found = finding.find(text, at, on, chosen=chosen, sort=sort, page=_page(request.GET.get("page")))
        except NoIndex:
            return render(request, "search/results.html", context | {"building": True}, status=503)
        context |= {"found": found, "filtered": any(chosen.values()), "related": suggesting.related(text, at)}
        asked = found.asked or found.query
        if found.page == 1 and not context["filtered"]:
            context |= _others(asked, at, on) | _answer(text, at, on)
            if found.loose or not found.total:
                context |= _nearby(text, context, at, on)
        if found.page == 1 and not context["filtered"]:
            kept.note(text, "search", on, found=found.total)
        if not found.total:
            context |= _ways_on(asked, on)
    else:
        context["popular"] = suggesting.popular(at)
    return render(request, "search/results.html", context)


def _answer(text: str, at: datetime, on: date) -> dict[str, object]:
    """The sentence that answers a question, where one is clearly to the point."""
    if not asking.is_question(text):
        return {}
    try:
        reply = asking.ask(text, at, on)
    except NoIndex:  # 原文的库还在建,查到的各条照样有
        return {}
    # 最贴切的一段只有抬头、“现将……印发”的,就是没有答到
    if reply.band is not Band.CLEAR or not gist(reply.cited[0].text):
        return {}
    return {"answer": reply.cited[0]}


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """边打边提示:JSON,不记谁打了什么。"""
    if not limits.within(request, "search-suggest", times=TIMES, seconds=SECONDS):
        return JsonResponse({"suggestions": []}, status=429, json_dumps_params={"ensure_ascii": False})
    text = line(request.GET.get("q", ""))
    return JsonResponse(
        {"suggestions": suggesting.suggest(text, timezone.now())}, json_dumps_params={"ensure_ascii": False}
    )


@csrf_exempt
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """结果页的脚本报来:检索这个词的人点开了一条。只计数;没有身份可冒用,不需要防跨站令牌。"""
    if limits.within(request, "search-opened", times=TIMES, seconds=SECONDS):
        kept.note(line(request.POST.get("q", "")), "search", timezone.localdate(), found=None)
    return HttpResponse(status=204)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """问一句,用公开信息的原话回答;不认人,不记会话。"""
    text = line(request.GET.get("q", ""))[: asking.LONGEST]
    chosen = {name: request.GET.get(name, "")[:60] for name in asking.NARROW}
    context: dict[str, Any] = {
        "q": text,
        "chosen": chosen,
        "agencies": Agency.objects.order_by("order", "code"),
    }
    if text.strip():
        try:
            reply = asking.ask(text, timezone.now(), timezone.localdate(), chosen=chosen)
        except NoIndex:
            return render(request, "search/ask.html", context | {"building": True}, status=503)
        kept.note(text, "ask", timezone.localdate(), found=len(reply.cited))
        context |= {"reply": reply, "known": faq.alike(text, timezone.now(), chosen["unit"])}
        if not any(chosen.values()):
            context |= _others(reply.asked, timezone.now(), timezone.localdate())
        if not reply.cited:
            context |= _ways_on(reply.asked, timezone.localdate())
            context |= _nearby(text, context, timezone.now(), timezone.localdate())
        if rephrasing.is_on() and limits.within(request, "search-rephrase", times=REPHRASED, seconds=SECONDS):
            context["told"] = rephrasing.rephrase(reply, index.passages().cutter)
    return render(request, "search/ask.html", context)


def _others(asked: Query, at: datetime, on: date) -> dict[str, object]:
    """What else there is, for a page: the kinds that come before the records, and those after."""
    kinds = elsewhere.elsewhere(asked, at, on)
    return {
        "leading": [kind for kind in kinds if kind.leads],
        "others": [kind for kind in kinds if not kind.leads],
    }


def _nearby(text: str, context: dict[str, Any], at: datetime, on: date) -> dict[str, object]:
    """What is near in meaning, where nothing that leads was found by its words."""
    if context.get("leading"):
        return {}
    shown = frozenset(row.address for kind in context.get("others", ()) for row in kind.rows)
    return {"nearby": nearby.nearby(text, at, on, but=shown)}


def _ways_on(asked: Query, on: date) -> dict[str, object]:
    """Where to go when nothing was found: whom to ask, where such things stand."""
    return {"units": offices.to_ask(asked, on), "columns": offices.columns(asked)}


def _page(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 5 else 1
