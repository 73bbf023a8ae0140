"""公报里能看到一件信息文字的各处。目录里撤回的一篇还写着题目和说明,不在此列;涉密的连题目也没有,另有测试。"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.records.models import Record
from gongkai.records.surfaces import surface

from .models import Article


def _articles(record: Record) -> list[Article]:
    rows = Article.objects.filter(record=record, issue__stage="published").select_related("issue")
    return list(rows)


@surface("gazette_article", "公报的一篇", shows=lambda record: record.editions.latest("nth").text[:20])
def article(record: Record) -> Iterable[str]:
    return [one.get_absolute_url() for one in _articles(record)]


@surface("gazette_search", "公报的检索", shows=lambda record: _articles(record)[0].get_absolute_url())
def found(record: Record) -> Iterable[str]:
    return [f"{reverse('public:gazette_search')}?{urlencode({'q': record.title})}" for _ in _articles(record)[:1]]
