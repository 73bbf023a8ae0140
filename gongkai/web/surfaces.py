"""首页、单位页、订阅、网站地图、开放接口里能看到信息的各处。"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from gongkai.records.models import Record
from gongkai.records.surfaces import surface

from .publisher import pages
from .publisher.pages import detail


@surface("home", "首页和单位页")
def home(record: Record) -> Iterable[str]:
    return [reverse("public:home"), record.agency.get_absolute_url()]


@surface("feed", "订阅")
def feed(record: Record) -> Iterable[str]:
    return [
        reverse("public:feed"),
        reverse("public:agency_feed", args=[record.agency.code]),
        reverse("public:column_feed", args=[record.duty]),
    ]


@surface("sitemap", "网站地图", shows=lambda record: detail(record.pk))
def sitemap(record: Record) -> Iterable[str]:
    return [reverse("public:sitemap_shard", args=[pages.shard(record.pk)])]


@surface("api", "开放接口")
def api(record: Record) -> Iterable[str]:
    return [reverse("public:api_records"), reverse("public:api_record", args=[record.pk])]


@surface("dump", "批量文件")
def dump(record: Record) -> Iterable[str]:
    return [reverse("public:api_dump_shard", args=[pages.shard(record.pk)])]
