"""派生列:由事实算出、存下来只为排序和计数的列。只在这里算,测试拿它重算核对。"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from gongkai.law import docnumber
from gongkai.law.disclosure import is_late, publication_due
from gongkai.law.errors import LawError
from gongkai.law.openness import Openness

from ..models import Description, Edition, Record
from ..terms import WithdrawalKind

COLUMNS = (
    "publication_due_on", "due_provisional", "late", "repealed_on", "number_code", "number_year", "number_seq",
    "withdrawn", "year",
)  # fmt: skip


def local_day(at: datetime) -> date:
    """The day in the office's own time zone."""
    return timezone.localtime(at).date()


def locked(record: Record | int) -> Record:
    """The record's row, locked until the transaction ends; every action begins here."""
    return Record.objects.select_for_update().select_related("agency").get(pk=getattr(record, "pk", record))


def derive(record: Record) -> None:
    """Set the derived columns from the facts; the caller saves."""
    record.publication_due_on, record.due_provisional, record.late = None, False, False
    if record.made_on and record.openness == Openness.ACTIVE:
        try:
            due = publication_due(record.made_on, record.type, provisional=True)
        except LawError:
            pass  # 2008年以前没有公开期限
        else:
            record.publication_due_on, record.due_provisional = due.due, due.provisional
            if published := published_on(record):
                record.late = is_late(record.made_on, published, record.type)
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


def published_on(record: Record) -> date | None:
    """The day on which it first became public: the recorded one of old papers, else our own."""
    if record.first_published_on:
        return record.first_published_on
    return local_day(record.published_at) if record.published_at else None


def hand_on(edition: Edition, record: Record) -> None:
    """Copy the description of an edition to its record; the caller saves."""
    for name in Description.description_fields():
        setattr(record, name, getattr(edition, name))


def store(record: Record, at: datetime) -> None:
    """Recompute, stamp and save."""
    derive(record)
    record.updated_at = at
    record.save()
