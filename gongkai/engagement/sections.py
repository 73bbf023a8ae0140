"""公众看一件活动公告时:还接不接受报名,去哪里报。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY
from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.pages import Section

from .actions.events import TYPE
from .models import Event


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """The way to sign up below an event's notice. The moment itself is said on the page, so that the page stays
    right between the last minute and the next midnight; the form refuses by the minute."""
    if record.type == TYPE and (event := Event.objects.filter(record=record).first()):
        open_day = event.signup_until is not None and local_day(at) <= local_day(event.signup_until)
        yield Section(
            "engagement/public/_event.html", {"event": event, "is_open": open_day and event.selection != "invited"}
        )


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def by_records(pks: set[int]) -> set[str]:
    return set()


def by_entry(entry: LogEntry) -> set[str]:
    """A changed or finished event changes its notice's page."""
    if entry.object_type != "engagement.event":
        return set()
    event = Event.objects.filter(pk=entry.object_id).select_related("record").first()
    return {event.record.get_absolute_url()} if event and event.record else set()


def standing() -> set[str]:
    return set()


def by_day(first: date, last: date) -> set[int]:
    """At the midnight after the sign-up ended the way to it goes."""
    rows = Event.objects.filter(signup_until__date__gte=first - DAY, signup_until__date__lte=last).exclude(
        record=None
    )
    return set(rows.values_list("record", flat=True))


LISTER = Lister(by_spots, by_records, by_entry, standing, by_day)
