"""有哪些网页可以是文件;一件信息变动牵动哪些网页;哪些网页快到时候了,不宜留着。

可以是文件的网页,内容只由已经公布的信息、单位、查阅点和钟点决定。有表单令牌的、带查询串的、要翻到后面的,
都由应用程序当场给。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.adapters.publictree import FILES
from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY
from gongkai.org.models import Agency, LogEntry, Place
from gongkai.records import counts, listings, types
from gongkai.records.counts import Spot
from gongkai.records.models import Attachment, Placement, Record, Relation, Withdrawal
from gongkai.records.terms import Stage

#: How long before its moment a page that the clock will change is taken away.
AHEAD = timedelta(hours=1)
#: Pages that any publication changes.
GENERAL = ("home", "records", "agencies", "statutory", "feed", "sitemap_lists")
#: Pages that change only with agencies, places or the templates.
STANDING = ("sitemap", "places", "accessibility", "feedback", "guide", "rules", "feeds", "api")
#: Lists under the tab of the same name (法定四栏目里的两栏).
TABS = ("guide", "rules")
#: Numbers of records in one part of the site map and of the dump.
SHARD = 200
#: No part has a higher number: the numbers of its records must fit into the database.
LAST_SHARD = 10**12
#: Log entries about these change any page.
ORG = frozenset({"org.agency", "org.place"})
_RECORD = "records.record"


def addresses(names: Iterable[str]) -> set[str]:
    """The addresses of pages that need no argument."""
    return {reverse(f"public:{name}") for name in names}


def detail(pk: int) -> str:
    """The page of one record."""
    return reverse("public:record", args=[pk])


def shard(pk: int) -> int:
    """The part of the site map and of the dump that holds this record."""
    return pk // SHARD


def shard_bounds(number: int) -> tuple[int, int]:
    """The first and last record number of a part."""
    return number * SHARD, number * SHARD + SHARD - 1


def parts(shards: Iterable[int]) -> set[str]:
    """The addresses of these parts."""
    return {
        reverse(f"public:{name}", args=[one]) for name in ("sitemap_shard", "api_dump_shard") for one in shards
    }


def _table_of_parts(pks: set[int]) -> set[str]:
    """The table of the site map's parts: it changes only with the first or the last record of a part."""
    for one in {shard(pk) for pk in pks}:
        first, last = shard_bounds(one)
        others = Placement.objects.filter(record_id__gte=first, record_id__lte=last, counted=True)
        if not others.exclude(record_id__in=pks).exists():
            return addresses(["sitemap_index"])
    return set()


def attachment(pk: int, name: str) -> str:
    """An attachment's address, not percent-encoded: as the file is called."""
    return f"{FILES}{pk}/{name}"


def lists_of(spots: Iterable[Spot]) -> set[str]:
    """Every list page on which records of these places stand."""
    given = set(spots)
    return _own_lists(given) | listings.by_spots(given)


def _own_lists(spots: set[Spot]) -> set[str]:
    if not spots:
        return set()
    codes = Agency.objects.filter(pk__in={one.agency_id for one in spots}).values_list("code", flat=True)
    duties_ = {duty for one in spots for duty in [one.duty, *types.fields_of(one.type)] if duty}
    one_each = {
        "agency": codes,
        "agency_records": codes,
        "agency_feed": codes,
        "column": duties_,
        "column_feed": duties_,
        "type": {one.type for one in spots},
        "year": {one.year for one in spots if one.year},
    }
    found = addresses((*GENERAL, *(tab for tab in TABS if tab in duties_)))
    return found | {reverse(f"public:{name}", args=[one]) for name, every in one_each.items() for one in every}


def touched(pks: Iterable[int]) -> set[str]:
    """Every page and attachment that may be wrong when these records have changed: their own, those of the records
    linked with them, and the lists on which they stand or once stood. What was never public touches nothing."""
    mine = set(Record.objects.filter(pk__in=set(pks)).exclude(published_at=None).values_list("pk", flat=True))
    if not mine:
        return set()
    pairs = Relation.objects.filter(Q(source__in=mine) | Q(target__in=mine)).values_list("source_id", "target_id")
    led = Withdrawal.objects.filter(successor__in=mine, lifted_at=None).values_list("record_id", flat=True)
    linked = {pk for pair in pairs for pk in pair} | set(led)
    files = Attachment.objects.filter(edition__record__in=mine).values_list("pk", "name")
    return (
        {detail(pk) for pk in mine | linked}
        | {attachment(pk, name) for pk, name in files}
        | lists_of(counts.spots(mine))
        | listings.by_records(mine)
        | parts({shard(pk) for pk in mine | linked})
        | _table_of_parts(mine)
    )


def changed(entries: Iterable[LogEntry]) -> set[str] | None:
    """Every address that these entries of the log may have made wrong; None if one of them may change any page."""
    pks: set[int] = set()
    found: set[str] = set()
    for entry in entries:
        if entry.object_type in ORG:
            return None
        if entry.object_type == _RECORD and entry.object_id.isdigit():
            pks.add(int(entry.object_id))
        found |= listings.by_entry(entry)
    return found | touched(pks)


def near(since: datetime, at: datetime) -> set[int] | None:
    """Records that the clock changes between ``since`` and an hour after ``at``: scheduled ones, and those that begin or
    cease to bind at a midnight in between. None if the set of agencies or places changes then."""
    until = at + AHEAD
    pks = set(Placement.objects.filter(due_at__gt=since, due_at__lte=until).values_list("record_id", flat=True))
    first, last = local_day(since) + DAY, local_day(until)
    if first > last:
        return pks
    days = (first, last)
    if (
        Agency.objects.filter(ended_on__range=days).exists()
        or Place.objects.filter(closed_on__range=days).exists()
    ):
        return None
    bounds = (
        Q(effective_on__range=days) | Q(repealed_on__range=days) | Q(expires_on__range=(first - DAY, last - DAY))
    )
    return pks | set(Record.objects.filter(bounds).values_list("pk", flat=True)) | listings.by_day(first, last)


def lists() -> set[str]:
    """Every list page that there is now."""
    return addresses((*GENERAL, *STANDING, "sitemap_index")) | _own_lists(counts.all_spots()) | listings.standing()


def details(before: int, limit: int, at: datetime) -> list[int]:
    """The next public records with a number below ``before``, the newest first: for filling a new folder."""
    rows = Record.objects.public(at).filter(pk__lt=before)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])


def files_of(at: datetime, **where: object) -> dict[str, str]:
    """Address → SHA-256 of attachments that are open to the public, by conditions on the table of attachments."""
    live = Attachment.objects.filter(**where).filter(edition__stage=Stage.LIVE)
    rows = live.filter(edition__record__in=Record.objects.public(at))
    return {attachment(pk, name): sha256 for pk, name, sha256 in rows.values_list("pk", "name", "sha256")}
