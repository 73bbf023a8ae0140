"""公报里能看到一件信息的各处:篇目页、期的目录、年的目录、PDF、EPUB、检索。"""

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


@surface("gazette_article", "公报的一篇", shows=lambda record: record.editions.latest("nth").text[:40])
def article(record: Record) -> Iterable[str]:
    return [one.get_absolute_url() for one in _articles(record)]


@surface("gazette_search", "公报的检索", shows=lambda record: record.index_number)
def found(record: Record) -> Iterable[str]:
    return [f"{reverse('public:gazette_search')}?{urlencode({'q': record.title})}" for _ in _articles(record)[:1]]
