"""公开了某几类信息,作为可以订阅的事:只写类型,不用自己读操作记录。"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from gongkai.law.marks import titled
from gongkai.org.models import Agency, LogEntry
from gongkai.records.models import Record

from .topics import Criterion, Happened, Topic

#: What the log says when a record came before the public.
PUBLISHED = frozenset({"records.final", "records.open"})


def agencies() -> list[tuple[str, str]]:
    """Agencies to choose from, by code."""
    rows = Agency.objects.filter(ended_on=None)
    return [(one.code, one.short_name or one.name) for one in rows]


BY_AGENCY = Criterion("agency", "单位", agencies)


def record_topic(key: str, label: str, what: str, types: Collection[str]) -> Topic:
    """A topic for every newly published record of these types; a correction is not told again."""
    wanted = frozenset(types)

    def read(entry: LogEntry) -> Happened | None:
        record = published(entry)
        return happened(record) if record is not None and record.type in wanted else None

    return Topic(key=key, label=label, what=what, criteria=(BY_AGENCY,), read=read)


def published(entry: LogEntry) -> Record | None:
    """The record that this entry brought before the public, if it did."""
    if entry.action not in PUBLISHED or entry.object_type != "records.record":
        return None
    record = _record(int(entry.object_id), entry.seq)
    shown = record is not None and record.published_at is not None and record.published_at <= entry.at
    return record if shown else None


@lru_cache(maxsize=8)
def _record(pk: int, seq: int) -> Record | None:
    """Read once for all topics that look at one entry."""
    return Record.objects.select_related("agency").filter(pk=pk).first()


def happened(record: Record) -> Happened:
    """A record as what happened; its own page."""
    return Happened(
        key=str(record.pk),
        title=titled(record.title),
        address=record.get_absolute_url(),
        facts={"agency": [record.agency.code]},
        agency=record.agency,
        record=record,
    )
