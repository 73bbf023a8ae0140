"""公众看一份报告时:里面的数引自哪一版数据,后来换了新版没有。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.on_record import rare
from gongkai.records.pages import Section

from .models import Citation


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """The numbers below a report's text, each with its version of the data."""
    rows = rare(Citation.objects.filter(record=record).select_related("version__dataset__current"))
    if rows:
        yield Section("数据来源", "opendata/public/_citations.html", {"rows": [_row(one) for one in rows]})


def _row(citation: Citation) -> dict[str, object]:
    dataset = citation.version.dataset
    current = dataset.current
    newer = current.number if current is not None and current.number > citation.version.number else None
    return {"citation": citation, "dataset": dataset, "is_open": dataset.is_usable, "newer": newer}


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def by_records(pks: set[int]) -> set[str]:
    return set()


def by_entry(entry: LogEntry) -> set[str]:
    """A new version, or data that is no longer there, changes the pages of the reports that cite it."""
    if entry.object_type == "opendata.citation":
        record = Record.objects.filter(pk=entry.detail.get("record", 0)).first()
        return {record.get_absolute_url()} if record else set()
    if entry.object_type != "opendata.dataset":
        return set()
    rows = Record.objects.filter(data_citations__version__dataset=entry.object_id)
    return {record.get_absolute_url() for record in rows.distinct()}


def standing() -> set[str]:
    return set()


LISTER = Lister(by_spots, by_records, by_entry, standing)
