"""后台去访问:取出到时候的,慢慢地取,在另一个进程里读,逐个记下。没有一步在事务里等网络。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from gongkai.adapters import apart
from gongkai.adapters.crawl import Fetched, Limits, Polite, Reached, read_page
from gongkai.desk.moments import local_day
from gongkai.org import site

from . import actions
from .models import Visit
from .terms import VisitState

#: Visits of one batch, and of one host in it: a batch ends well within the lease of a job.
BATCH, OF_A_HOST = 120, 20
#: Not Modified: nothing came because nothing changed.
UNCHANGED = 304


def due(at: datetime) -> list[Visit]:
    """The visits whose time has come, the oldest first, not too many of one host; comparison pages before what is
    compared with them."""
    taken: dict[str, int] = {}
    found = []
    rows = Visit.objects.filter(state=VisitState.WAITING, not_before__lte=at).order_by("pk")
    for row in rows.select_related("outlet")[: BATCH * 5]:
        if taken.setdefault(row.host, 0) < OF_A_HOST and len(found) < BATCH:
            taken[row.host] += 1
            found.append(row)
    return found


def polite(**options: Any) -> Polite:
    """How this office visits: under its own name, with an address to complain to."""
    agent = f"GongkaiInspector/1 (+https://{site.current().domain}/)"
    also = frozenset(settings.INSPECTION_ADDRESSES)
    return Polite(**{"agent": agent, "also": also, "limits": Limits(seconds=20)} | options)


def visit(at: datetime, *, by: Polite | None = None, now: Callable[[], datetime] | None = None) -> int:
    """Make the visits that are due; how many."""
    rows = {one.pk: one for one in due(at)}
    if not rows:
        return 0
    crawler, before = by or polite(), earlier([one.url for one in rows.values()])
    crawler.known = {url: marks_of(one) for url, one in before.items()}
    for pk, fetched in crawler.crawl((one.pk, one.url) for one in rows.values()):
        moment = now() if now else at
        unchanged = before.get(rows[pk].url) if fetched.status == UNCHANGED else None
        facts = facts_again(unchanged) if unchanged else facts_of(fetched, local_day(moment))
        actions.record_visit(rows[pk], fetched, facts, at=moment)
    return len(rows)


def earlier(urls: Sequence[str]) -> dict[str, Visit]:
    """For each address the newest visit that read the page there, where its answer bore a mark (ETag, Last-Modified)."""
    found = (
        Visit.objects.filter(url__in=urls, state=VisitState.DONE, evidence__reached=Reached.OK)
        .exclude(evidence__sha256="")
        .select_related("evidence")
        .order_by("pk")
    )
    return {one.url: one for one in found if marks_of(one) and one.facts.get("days") is not None}


def marks_of(visit: Visit) -> dict[str, str]:
    """The marks by which a page can be asked for only if it changed."""
    headers = visit.evidence.headers if visit.evidence else {}
    return {name: headers[name] for name in ("etag", "last-modified") if headers.get(name)}


def facts_again(visit: Visit) -> dict[str, Any]:
    """What an earlier visit read, for a page that has not changed since."""
    kept = {name: value for name, value in visit.facts.items() if name not in ("reached", "expect")}
    return kept | {"sha256": visit.evidence.sha256 if visit.evidence else ""}


def facts_of(fetched: Fetched, on: date) -> dict[str, Any]:
    """What the page says; nothing where none came, or where it could not be read within the limits."""
    if fetched.reached is not Reached.OK or not fetched.body:
        return {}
    try:
        return apart.run(apart.DESK, read_page, fetched.body, fetched.final_url, on)
    except apart.Stopped:
        return {}
