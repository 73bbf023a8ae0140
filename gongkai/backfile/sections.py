"""公众看一件补录的信息时:写明补录、形成时的规则、旧索引号、原件在哪里;移交了的写明在档案馆的档号。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.law.backfile import statute_at
from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.on_record import rare_one
from gongkai.records.pages import Section

from .models import Item, Transfer, TransferRow
from .terms import TransferState


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """The note of a paper that was taken in later, and of one whose original lies in the archive."""
    item = rare_one(Item.objects.filter(record=record))
    rows = TransferRow.objects.filter(record=record, transfer__handed_on__isnull=False)
    handed = rare_one(rows.select_related("transfer"))
    if item or handed:
        statute = statute_at(item.formed_on) if item and item.formed_on else None
        title = "补录说明" if item else "原件在哪里"
        it = {"item": item, "row": handed, "statute": statute, "record": record}
        yield Section(title, "backfile/public/_old_paper.html", it)


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def by_records(pks: set[int]) -> set[str]:
    return set()


def by_entry(entry: LogEntry) -> set[str]:
    """A hand-over changes the pages of what it holds."""
    if entry.object_type != "backfile.transfer" or entry.action not in (
        "backfile.hand_over",
        "backfile.catalogue",
    ):
        return set()
    transfer = Transfer.objects.filter(pk=entry.object_id).exclude(state=TransferState.DRAFT).first()
    if transfer is None:
        return set()
    return {row.record.get_absolute_url() for row in transfer.rows.exclude(record=None).select_related("record")}


def standing() -> set[str]:
    return set()


LISTER = Lister(by_spots, by_records, by_entry, standing)
