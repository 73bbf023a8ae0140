"""公众的检索页:没有脚本也能用,能打印,能用键盘;检索库还没有建好时给标题查找。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters.engine import NoIndex
from gongkai.law import docnumber
from gongkai.org.models import Agency

from . import finding


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """一页结果,带分面、排序、翻页;没有找到的告诉怎样办。"""
    at, on = timezone.now(), timezone.localdate()
    text = request.GET.get("q", "").replace("\0", "")[:500]
    chosen = {name: request.GET.get(name, "")[:60] for name in finding.FACETS}
    sort = request.GET.get("sort", "")
    context: dict[str, object] = {"q": text, "sorts": finding.SORTS.items(), "sort": sort, "chosen": chosen}
    if text.strip():
        try:
            found = finding.find(text, at, on, chosen=chosen, sort=sort, page=_page(request.GET.get("page")))
        except NoIndex:
            return render(request, "search/results.html", context | {"building": True}, status=503)
        context |= {"found": found, "filtered": any(chosen.values()), "numbers": docnumber.find(text)}
        if not found.total:
            context["units"] = Agency.objects.filter(code__in=found.query.units)
    return render(request, "search/results.html", context)


def _page(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 5 else 1
