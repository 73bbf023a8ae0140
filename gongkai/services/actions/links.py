"""链接:从公布的指南里收齐,把看到的结果记下。连不上的记次数,接着几次才报。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.adapters.linkcheck import Seen, is_official
from gongkai.org.actions import log

from ..addresses import urls_in
from ..models import Guide, Link, Version
from ..terms import SHOWN, LinkState, Stage


@transaction.atomic
def gather_links(*, at: datetime) -> int:
    """Make the table of links fit the live guides; how many there are."""
    named: dict[str, list[int]] = {}
    rows = Version.objects.filter(stage=Stage.LIVE, guide__state__in=SHOWN)
    for version in rows.iterator(chunk_size=500):
        for url in urls_in(version):
            named.setdefault(url, []).append(version.guide_id)
    known = {one.url: one for one in Link.objects.all()}
    Link.objects.filter(pk__in=[one.pk for url, one in known.items() if url not in named]).delete()
    Link.objects.bulk_create(
        Link(url=url, host=(host := urlsplit(url).hostname or "")[:120], official=is_official(host))
        for url in named
        if url not in known
    )
    through = Link.guides.through
    wanted = {(pk, guide) for pk, url in Link.objects.values_list("pk", "url") for guide in named[url]}
    have = set(through.objects.values_list("link_id", "guide_id"))
    through.objects.bulk_create(through(link_id=link, guide_id=guide) for link, guide in wanted - have)
    for link, guide in have - wanted:
        through.objects.filter(link_id=link, guide_id=guide).delete()
    return len(named)


@transaction.atomic
def note_links(found: Iterable[tuple[str, Seen]], *, at: datetime) -> int:
    """Write down what was seen; how many changed for the worse. A link that does not answer keeps its last state until it
    was silent often enough."""
    worse = 0
    guides: set[int] = set()
    for url, seen in found:
        link = Link.objects.filter(url=url).first()
        if link is None:
            continue
        before = link.state
        link.checked_at, link.status, link.target = at, seen.status, seen.target
        link.silent = link.silent + 1 if seen.state == LinkState.SILENT else 0
        if seen.state != LinkState.SILENT or link.state in (LinkState.NEW, LinkState.SILENT):
            link.state = seen.state
        link.save()
        if link.state != before and link.state in (LinkState.DEAD, LinkState.HOME, LinkState.MOVED):
            worse += 1
            guides.update(link.guides.values_list("pk", flat=True))
    if worse:
        names = "、".join(Guide.objects.filter(pk__in=guides).values_list("name", flat=True)[:5])
        log("services.links", f"{worse}个链接不对了，在{names}", at=at, counts=worse)
    return worse
