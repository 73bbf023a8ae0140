"""检索和问答里能看到信息的各处。"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.records.models import Record
from gongkai.records.surfaces import surface


@surface("search", "检索结果和摘录", shows=lambda record: record.get_absolute_url())
def search(record: Record) -> Iterable[str]:
    return [f"{reverse('public:search')}?{urlencode({'q': record.title})}"]


@surface("answer", "问答引用", shows=lambda record: record.get_absolute_url())
def answer(record: Record) -> Iterable[str]:
    return [f"{reverse('public:ask')}?{urlencode({'q': f'{record.title}是什么'})}"]


@surface("suggestion", "边打边提示")
def suggestion(record: Record) -> Iterable[str]:
    return [f"{reverse('public:search_suggest')}?{urlencode({'q': record.title[:-2]})}"]
