"""回应关切自己会数的数(``desk.figures``):来信按时答复、满意度、舆情按时回应、政民互动的结果。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, answered_or_owed, first_day, of_rows, of_things
from gongkai.desk.moments import end_of, local_day, start_of
from gongkai.law.clock import ran_out
from gongkai.records.models import Record

from .models import Broadcast, Event, Interview, Letter, OpinionCase
from .terms import OPEN_STATES, OWED_STATES, EntryKind, LetterState

#: 评价几分以上算满意(满分五分)。
SATISFIED = 4


def _letters(agencies: Sequence[int], on: date) -> QuerySet[Letter]:
    """Answered in the year by that day, or run out in it unanswered; not what belonged elsewhere."""
    rows = Letter.objects.filter(agency__in=agencies, state__in=(*OPEN_STATES, LetterState.REPLIED))
    rows = rows.annotate(replied_day=TruncDate("replied_at"))
    return rows.filter(answered_or_owed(on, answered="replied_day", due="due_on"))


def _timely(rows: QuerySet[Letter], on: date) -> QuerySet[Letter]:
    return rows.filter(state=LetterState.REPLIED, replied_day__lte=F("due_on"))


def _rated(agencies: Sequence[int], on: date) -> QuerySet[Letter]:
    return Letter.objects.filter(agency__in=agencies, rated_at__range=(start_of(on.year), end_of(on)))


def _letter(row: Letter, counts: bool) -> Shown:
    return Shown(
        row.number, reverse("desk:engagement_letter", args=[row.pk]), row.agency_id, counts, str(row.due_on)
    )


def _cases(agencies: Sequence[int], on: date) -> list[Shown]:
    """Matters of public opinion with a first word in the year by that day, or whose time ran out in it without one; in
    time counts."""
    last, (first, end) = end_of(on), ran_out(on)
    rows = OpinionCase.objects.filter(owner__in=agencies, detected_at__range=(start_of(on.year - 1), last))
    found = []
    for case in rows.prefetch_related("entries"):
        words = [entry.at for entry in case.entries.all() if entry.kind == EntryKind.FIRST and entry.at <= last]
        due = case.deadlines.first
        if (min(words) >= start_of(on.year)) if words else (first <= local_day(due) <= end):
            timely = bool(words) and min(words) <= due
            found.append(Shown(str(case), case.get_absolute_url(), case.owner_id, timely))
    return found


def _talks(agencies: Sequence[int], on: date) -> list[Shown]:
    """Interviews, events and televised questioning that were over in the year by that day; those of which the public
    finds what came of them count: the transcript with nothing left to answer, the outcome, the list of issues."""
    last, span = end_of(on), (start_of(on.year), end_of(on))
    talks = Interview.objects.filter(agency__in=agencies, closed_at__range=span).select_related("transcript")
    owing = set(talks.filter(questions__state__in=OWED_STATES).values_list("pk", flat=True))
    found = [
        Shown(
            f"访谈：{row}",
            row.desk_url,
            row.agency_id,
            _told(row.transcript, last) and row.pk not in owing,
            "看实录、追答",
        )
        for row in talks
    ]
    events = Event.objects.public(last).filter(agency__in=agencies, ends_at__range=span, briefing=None)
    found += [
        Shown(
            f"{row.get_kind_display()}：{row}",
            row.get_absolute_url(),
            row.agency_id,
            bool(row.outcome and row.held_at and row.held_at <= last),
            "看收到的意见和答复",
        )
        for row in events
    ]
    shows = Broadcast.objects.filter(agency__in=agencies, held_on__range=(first_day(on), on))
    found += [
        Shown(
            f"电视问政：{row}",
            row.desk_url,
            row.agency_id,
            bool(row.listed_at and row.listed_at <= last),
            "看问题清单",
        )
        for row in shows
    ]
    return found


def _told(record: Record | None, at: datetime) -> bool:
    return record is not None and record.is_public(at)


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_letters,
        meeting=_timely,
        owner="agency",
        show=_letter,
        key="engagement.timely",
        label="来信按时答复率",
        above="按时答复的来信",
        below="当年答复和到期没有答复的来信",
        clauses=("11.3",),
        follows=("engagement",),
        local=True,
    ),
    of_rows(
        rows=_rated,
        meeting=lambda rows, on: rows.filter(rating__gte=SATISFIED),
        owner="agency",
        show=_letter,
        key="engagement.satisfied",
        label="来信满意度",
        above=f"评价{SATISFIED}分以上的",
        below="当年收到的评价（满分五分）",
        clauses=("0.1", "3.5"),
        follows=("engagement",),
        local=True,
    ),
    of_things(
        _cases,
        key="engagement.opinion",
        label="政务舆情按时回应率",
        above="时限以内回应的",
        below="当年回应和到期没有回应的政务舆情",
        clauses=("11.2",),
        follows=("engagement",),
    ),
    of_things(
        _talks,
        key="engagement.talks",
        label="政民互动有结果率",
        above="公布了实录（没有欠答的）、意见和答复、问题清单的",
        below="当年结束的在线访谈、公众参加的活动、电视问政",
        clauses=("11.4",),
        follows=("engagement", "records"),
    ),
)
