"""公众看发布会的预告、实录时:彼此的去处、视频。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from gongkai.desk.moments import local_day
from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.pages import Place, Section

from .actions.events import TYPE as NOTICE
from .actions.press import TYPE as TRANSCRIPT
from .models import Briefing


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """From the notice to the transcript and back, each only while the public may read it."""
    if record.type not in (NOTICE, TRANSCRIPT):
        return
    rows = Briefing.objects.filter(Q(event__record=record) | Q(transcript=record))
    row = rows.select_related("event__agency", "event__record", "transcript").first()
    if row is None:
        return
    other, label = (
        (row.event.record, "发布会预告") if row.transcript == record else (row.transcript, "文字实录和答问")
    )
    shown = other if other is not None and other.is_public(at) else None
    coming = local_day(at) <= local_day(row.event.ends_at)
    it = {"briefing": row, "other": shown, "label": label, "coming": coming}
    yield Section("这场发布会", "engagement/public/_briefing.html", it, Place.KEY)


def by_records(pks: set[int]) -> set[str]:
    """A notice or a transcript that comes or goes changes the page of the other."""
    rows = Briefing.objects.filter(Q(event__record__in=pks) | Q(transcript__in=pks))
    return _pages(rows.select_related("event__record", "transcript"))


def _pages(rows) -> set[str]:  # type: ignore[no-untyped-def]
    return {
        record.get_absolute_url()
        for one in rows
        for record in (one.event.record, one.transcript)
        if record is not None
    }


def by_entry(entry: LogEntry) -> set[str]:
    """A briefing whose video or state changed changes both pages."""
    if entry.object_type != "engagement.briefing":
        return set()
    return _pages(Briefing.objects.filter(pk=entry.object_id).select_related("event__record", "transcript"))


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def standing() -> set[str]:
    return set()


def by_day(first: date, last: date) -> set[int]:
    return set()


LISTER = Lister(by_spots, by_records, by_entry, standing, by_day)
