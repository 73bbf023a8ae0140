"""公众看一件信息时,决策这一层添的:征求意见的期限和提意见的入口,采纳情况,决策全过程的去处。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from gongkai.desk.moments import local_day
from gongkai.law import consultation as law
from gongkai.law.calendar import DAY
from gongkai.law.decisions import Stage
from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.on_record import rare_one
from gongkai.records.pages import Place, Section

from .actions.consulting import NOTICE, RESULT
from .models import Consultation, Dossier, Meeting
from .terms import OpenWay, Phase


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """What stands below a notice, its result, or the decision's own paper."""
    rows = Consultation.objects.filter(record=record).select_related("dossier", "record", "feedback")
    row = rows.first() if record.type == NOTICE else None
    if row is not None:
        phase = row.phase(at)
        it = {
            "round": row,
            "period": row.period,
            "is_open": phase is Phase.OPEN,
            "is_done": phase is Phase.DONE,
            "days_left": row.days_left(local_day(at)),
            "due": law.feedback_due(row.end_on).due,
            "extensions": row.extensions.all(),
            "focus": row.focus.splitlines(),
        }
        yield Section(phase.label, "decisions/public/_round_head.html", it, Place.HEAD)
        yield Section(
            "怎样提意见" if it["is_open"] else "这次征求意见", "decisions/public/_round.html", it, Place.KEY
        )
    if record.type == RESULT and (answered := Consultation.objects.filter(feedback=record).first()):
        it = {"round": answered, "tally": answered.published_tally, "period": answered.period}
        yield Section("采纳情况", "decisions/public/_result_head.html", it, Place.HEAD)
    if meeting := rare_one(Meeting.objects.filter(record=record).select_related("drawing")):
        yield Section("会前怎样打算，会上怎样办的", "decisions/public/_meeting.html", _planned(meeting))
    of_record = Dossier.objects.filter(Q(record=record) | Q(rounds__feedback=record))
    dossier = row.dossier if row else rare_one(of_record)
    if dossier and not dossier.withheld_basis and dossier.stage not in (Stage.PROPOSED, Stage.DECLINED):
        yield Section("决策全过程", "decisions/public/_course_link.html", {"dossier": dossier})


def _planned(meeting: Meeting) -> dict[str, Any]:
    """Items open to the public with what was planned of each beside what was done, and the people drawn for it."""
    items = list(meeting.agenda.exclude(opened=False).select_related("reporter"))
    for item in items:
        item.shown_ways = [*item.done_labels, OpenWay.DECISIONS.label]
    drawn = meeting.representatives.filter(drawn=True)
    seats = {
        "signed": meeting.representatives.count(),
        "drawn": drawn.count(),
        "told": drawn.exclude(told_at=None).count(),
    }
    return {"meeting": meeting, "items": items, "seats": seats}


def by_records(pks: set[int]) -> set[str]:
    """A result that comes or goes changes the notice's page."""
    rows = Consultation.objects.filter(feedback__in=pks).select_related("record")
    return {one.get_absolute_url() for one in rows}


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def by_entry(entry: LogEntry) -> set[str]:
    """A step or a longer period changes the pages of the dossier's papers."""
    if entry.object_type == "decisions.meeting":
        meeting = Meeting.objects.filter(pk=entry.object_id).select_related("record").first()
        return {meeting.record.get_absolute_url()} if meeting and meeting.record else set()
    if entry.object_type != "decisions.dossier":
        return set()
    rows = Consultation.objects.filter(dossier=entry.object_id).select_related("record")
    found = {one.get_absolute_url() for one in rows}
    dossier = Dossier.objects.filter(pk=entry.object_id).select_related("record").first()
    return found | ({dossier.record.get_absolute_url()} if dossier and dossier.record else set())


def standing() -> set[str]:
    return set()


def by_day(first: date, last: date) -> set[int]:
    """Every day that a round is open its page counts the days that are left; the day after, it is closed."""
    rows = Consultation.objects.filter(end_on__gte=first - DAY).exclude(record__published_at=None)
    return set(rows.values_list("record", flat=True))


LISTER = Lister(by_spots, by_records, by_entry, standing, by_day)
