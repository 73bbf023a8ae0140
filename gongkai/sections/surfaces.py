"""专栏里能看到信息的各处。"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.records import counts
from gongkai.records.models import Record
from gongkai.records.surfaces import surface

from . import listing


def _pages(record: Record) -> set[str]:
    return listing.by_spots(counts.spots([record.pk])) | listing.by_records({record.pk})


@surface("section", "单位专栏和专题专栏")
def sections(record: Record) -> Iterable[str]:
    return sorted(one for one in _pages(record) if one.endswith("/"))


@surface("topic_feed", "专题的订阅")
def feeds(record: Record) -> Iterable[str]:
    return sorted(one for one in _pages(record) if not one.endswith("/"))
