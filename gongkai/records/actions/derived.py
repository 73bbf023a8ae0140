"""派生列:由事实算出、存下来只为排序和计数的列。只在这里算,测试拿它重算核对。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import docnumber
from gongkai.law.disclosure import is_late, publication_due
from gongkai.law.errors import LawError, RuleBroken
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import html
from ..gist import gist
from ..models import Description, Edition, Reassessment, Record
from ..stated import stated_by
from ..terms import EDITABLE_STAGES, WithdrawalKind
from .placing import place

COLUMNS = (
    "publication_due_on",
    "due_provisional",
    "late",
    "repealed_on",
    "number_code",
    "number_year",
    "number_seq",
    "withdrawn",
    "year",
)


def locked(record: Record | int) -> Record:
    """The record's row, locked until the transaction ends; every action begins here."""
    rows = Record.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=getattr(record, "pk", record))


def editable(edition: Edition) -> Edition:
    """The edition as it stands now, with its record locked; LawError unless it may be changed."""
    record = locked(edition.record_id)
    edition = Edition.objects.select_related("saved_by").get(pk=edition.pk)
    edition.record = record
    if edition.stage not in EDITABLE_STAGES:
        raise RuleBroken(
            f"这一版是“{edition.get_stage_display()}”，不能修改", fix="已经送审的请先撤回；已经签发的请开更正版。"
        )
    return edition


def derive(record: Record) -> None:
    """Set the derived columns from the facts; the caller saves."""
    record.publication_due_on, record.due_provisional, record.late = None, False, False
    start = _counted_from(record)
    if start and record.openness == Openness.ACTIVE:
        try:
            due = publication_due(start, record.type, provisional=True)
        except LawError:
            pass  # 条例施行以前没有公开期限
        else:
            record.publication_due_on, record.due_provisional = due.due, due.provisional
            if published := published_on(record):
                record.late = is_late(start, published, record.type)
    day = record.made_on or published_on(record)
    record.year = day.year if day else None
    record.number_code, record.number_year, record.number_seq = "", None, None
    if record.doc_number:
        try:
            number = docnumber.normalise(record.doc_number)
        except LawError:
            pass
        else:
            record.number_code, record.number_year, record.number_seq = number.code, number.year, number.seq
    standing = {one.kind: one for one in record.withdrawals.filter(lifted_at=None)} if record.pk else {}
    repealed = standing.get(WithdrawalKind.REPEALED)
    record.repealed_on = repealed.on if repealed else None
    order = (WithdrawalKind.CONFIDENTIAL, WithdrawalKind.RETRACTED, WithdrawalKind.MOVED, WithdrawalKind.REPEALED)
    record.withdrawn = next((kind.value for kind in order if kind in standing), "")


def _counted_from(record: Record) -> date | None:
    """The day from which the period to publish runs (信息形成或者变更之日): the day it was made; for what was
    withheld and turned into public, the day of that decision."""
    released = Reassessment.objects.filter(released=record.pk).first() if record.pk else None
    return local_day(released.at) if released else record.made_on


def published_on(record: Record) -> date | None:
    """The day on which it first became public: the recorded one of old papers, else our own."""
    if record.first_published_on:
        return record.first_published_on
    return local_day(record.published_at) if record.published_at else None


def hand_on(edition: Edition, record: Record) -> None:
    """Copy the description of an edition to its record; the caller saves.

    内容概述没有写的,从正文取一句:目录要有内容概述(条例第十二条第三款)。有效期至没有填的,按正文写明的登记:
    正文说“有效期五年”的,到期就不能再标有效。
    """
    for name in Description.description_fields():
        setattr(record, name, getattr(edition, name))
    if record.expires_on is None:
        stated = stated_by(edition, record)
        record.expires_on = stated and stated.last
    record.summary = record.summary or gist(edition.text, length=html.LEAD) or html.lead(edition.text)


def store(record: Record, at: datetime) -> None:
    """Recompute, stamp, save, and note where it stands in the lists."""
    derive(record)
    record.updated_at = at
    record.save()
    place(record, at)


def touch(record: Record, at: datetime) -> None:
    """Stamp only: a review went a step on, so nothing moved that a list or a derived column hangs on."""
    record.updated_at = at
    record.save(update_fields=["updated_at"])


@dataclass(frozen=True, slots=True)
class Moved:
    """重算以后有变动的一件。"""

    index_number: str
    before: date | None
    after: date | None

    def __str__(self) -> str:
        return f"{self.index_number}\t{self.before or '无'} → {self.after or '无'}"


#: What hangs on the calendar and on how numbers are read; never what hangs on a withdrawal.
RECOUNTED = (
    "publication_due_on",
    "due_provisional",
    "late",
    "number_code",
    "number_year",
    "number_seq",
    "year",
)


def recount(*, at: datetime, by: User | None = None, dry_run: bool = False) -> list[Moved]:
    """重算最迟公开日、文号等派生列,放假通知录入以后用;变动的逐件返回,每件都记下改前改后(C08)。

    Each record is derived from its row under its lock, in a transaction of its own: what was read before, without the
    lock, only tells which records to look at. Saving that would undo a withdrawal committed in between.
    """
    moved = []
    for stale in Record.objects.select_related("agency").iterator(chunk_size=500):
        change = _rederived(stale)
        if change and not dry_run:
            with transaction.atomic():
                change = _recounted(locked(stale), at, by)
        if change:
            moved.append(change)
    return moved


def _rederived(record: Record) -> Moved | None:
    """Derive the row in hand; what moved by it, if any of the recounted columns did."""
    columns, due = [getattr(record, name) for name in RECOUNTED], record.publication_due_on
    derive(record)
    if columns == [getattr(record, name) for name in RECOUNTED]:
        return None
    return Moved(record.index_number, due, record.publication_due_on)


def _recounted(record: Record, at: datetime, by: User | None) -> Moved | None:
    change = _rederived(record)
    if change:
        record.save(update_fields=list(RECOUNTED))
        place(record, at)
        summary = f"重算{titled(record.title)}：最迟公开日 {change.before} 改为 {change.after}"
        log(
            "records.recount",
            summary,
            at=at,
            by=by,
            agency=record.agency,
            about=record,
            before=str(change.before),
            after=str(change.after),
        )
    return change
