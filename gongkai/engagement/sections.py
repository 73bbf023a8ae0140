"""公众看一件活动公告时:还接不接受报名,去哪里报;访谈的预告和实录指到那一期,那一期的页和小文件写成文件。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY
from gongkai.law.engagement import Selection
from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.pages import Place, Section

from . import feedback
from .actions.events import TYPE
from .actions.interviews import TRANSCRIPT
from .models import Event, EventSeries, Interview
from .terms import EventKind


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """The way to sign up below an event's notice. The moment itself is said on the page, so that the page stays
    right between the last minute and the next midnight; the form refuses by the minute."""
    if record.type == TYPE and (
        event := Event.objects.filter(record=record).exclude(kind=EventKind.PRESS).first()
    ):
        is_open = _now(event, at) == "open"
        title = "活动情况" if _now(event, at) in ("held", "over") else "报名"
        told = feedback.of_event(event, at)
        it = {"event": event, "is_open": is_open, "now": _now(event, at), "ratings": told}
        yield Section(title, "engagement/public/_event.html", it, Place.KEY)
    if record.type == TYPE and (series := EventSeries.objects.filter(record=record).first()):
        rows = list(series.sessions.select_related("drawing").order_by("starts_at"))
        for row in rows:
            row.now = _now(row, at)
            row.told = feedback.of_event(row, at)
        yield Section("各场和报名", "engagement/public/_series.html", {"sessions": rows})
    of_interview = Q(record=record) | Q(transcript=record)
    if record.type in (TYPE, TRANSCRIPT) and (interview := Interview.objects.filter(of_interview).first()):
        yield Section("这期访谈", "engagement/public/_interview.html", {"interview": interview}, Place.KEY)


def _now(event: Event, at: datetime) -> str:
    """Where it stands on that day: its sign-up invited, before, open or closed; over, or held (its outcome is told)."""
    day = local_day(at)
    if event.held_at:
        return "held"
    if day > local_day(event.ends_at):
        return "over"
    if event.selection == Selection.INVITED or event.signup_until is None:
        return "invited"
    if event.signup_from is not None and day < local_day(event.signup_from):
        return "before"
    return "open" if day <= local_day(event.signup_until) else "closed"


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def interview_pages(pks: Iterable[int]) -> set[str]:
    """The page of each interview and the small file beside it."""
    names = ("public:interview", "public:interview_live")
    return {reverse(name, args=[pk]) for pk in pks for name in names}


def by_records(pks: set[int]) -> set[str]:
    """The pages of interviews whose notice or transcript these are."""
    rows = Interview.objects.filter(Q(record__in=pks) | Q(transcript__in=pks))
    return interview_pages(rows.values_list("pk", flat=True))


def by_entry(entry: LogEntry) -> set[str]:
    """A changed or finished event changes its notice's page; every step of an interview its own."""
    if entry.object_type == "engagement.interview":
        return interview_pages([int(entry.object_id)])
    if entry.object_type != "engagement.event":
        return set()
    event = Event.objects.filter(pk=entry.object_id).select_related("record", "series__record").first()
    return {event.notice.get_absolute_url()} if event and event.notice else set()


def standing() -> set[str]:
    """The pages of interviews that were announced."""
    rows = Interview.objects.exclude(record__published_at=None)
    return interview_pages(rows.values_list("pk", flat=True))


def by_day(first: date, last: date) -> set[int]:
    """On the day the sign-up begins the way to it comes, at the midnight after its end it goes; the midnight after
    an event, a briefing or an interview nothing says any more that it is to come."""
    ends = Q(signup_until__date__gte=first - DAY, signup_until__date__lte=last)
    begins = Q(signup_from__date__gte=first, signup_from__date__lte=last)
    over = Q(ends_at__date__gte=first - DAY, ends_at__date__lte=last)
    rows = Event.objects.filter(ends | begins | over).values_list("record", "series__record")
    asked = Q(questions_until__date__gte=first - DAY, questions_until__date__lte=last)
    talks = Interview.objects.filter(over | asked).values_list("record", flat=True)
    return {pk for pair in rows for pk in pair if pk is not None} | {pk for pk in talks if pk is not None}


LISTER = Lister(by_spots, by_records, by_entry, standing, by_day)
