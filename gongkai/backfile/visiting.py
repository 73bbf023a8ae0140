"""去旧网站取:一段一段地取,在另一个进程里读,记下。没有一步在事务里等网络;同一台主机一秒一次,听 robots.txt。"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings

from gongkai.adapters import apart
from gongkai.adapters.crawl import Fetched, Limits, Polite, Reached, follow
from gongkai.org import site

from . import actions
from .actions.crawling import Got
from .models import Intake

#: 一段至多这么多个、这么多字节、这么多秒:断了至多白取这么多。
BATCH, BYTES, SECONDS = 40, 48 * 1024 * 1024, 60.0
LARGEST = 32 * 1024 * 1024
_LIMITS = Limits(seconds=60, bytes=LARGEST, expanded=LARGEST, kinds=(), one_host=True, hops=3)


def polite(**options: Any) -> Polite:
    """How this office fetches a site of its own: under its name, with an address to complain to."""
    agent = f"GongkaiInspector/1 (+https://{site.current().domain}/)"
    also = frozenset(settings.INSPECTION_ADDRESSES)
    return Polite(**{"agent": agent, "also": also, "limits": _LIMITS, "workers": 4} | options)


def crawl(at: datetime, *, by: Polite | None = None, now: Callable[[], datetime] | None = None) -> tuple[int, int]:
    """A part of every crawl that is not done; (addresses visited, papers taken in)."""
    visited = taken = 0
    for intake in actions.unvisited():
        found, papers = _part(intake, at, by or polite(), now)
        visited, taken = visited + found, taken + papers
    return visited, taken


def _part(intake: Intake, at: datetime, by: Polite, now: Callable[[], datetime] | None) -> tuple[int, int]:
    rows = {one.pk: one for one in actions.waiting(intake, at, BATCH)}
    got, size, begun = [], 0, time.monotonic()
    for pk, fetched in by.crawl((pk, one.url) for pk, one in rows.items()):
        got.append(Got(rows[pk], fetched, seen_of(fetched)))
        size += len(fetched.body)
        if size > BYTES or time.monotonic() - begun > SECONDS:
            break
    papers = actions.record_crawled(intake, got, at=now() if now else at) if got else 0
    return len(got), papers


def seen_of(fetched: Fetched) -> dict[str, Any]:
    """Where a page leads; nothing for what is no page, or could not be read within the limits."""
    kind = fetched.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if fetched.reached is not Reached.OK or not fetched.body or kind not in ("text/html", "application/xhtml+xml"):
        return {}
    try:
        return apart.run(apart.DESK, follow, fetched.body, fetched.final_url)
    except apart.Stopped:
        return {}
