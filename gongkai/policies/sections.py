"""公众看一件文件时,政策这一层添的:有效性(照登记的变动)、政策全程、变动经过的去处。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from gongkai.desk.moments import local_day
from gongkai.law.validity import Validity
from gongkai.questions.models import Question
from gongkai.records.models import Record
from gongkai.records.on_record import rare_one
from gongkai.records.pages import Section

from . import timeline
from .models import Document
from .steps import PAPERS


def page_sections(record: Record, at: datetime) -> Iterator[Section]:
    """The loop around a paper; the way to the history, for a registered document."""
    if record.type in PAPERS:
        faq = Question.objects.faq(at).filter(policy=record).count()
        it = {"policy": record, "stages": timeline.stages(record, at, local_day(at)), "faq": faq}
        yield Section("政策全程", "policies/public/_timeline.html", it)
    document = rare_one(Document.objects.filter(record=record).select_related("record"))
    if document:
        it = {"document": document, "count": document.effects.count()}
        yield Section("效力", "policies/public/_history_link.html", it)


def validity(record: Record, on: date) -> Validity | None:
    """The validity that the rows tell; None for what is not registered or has no row."""
    document = rare_one(Document.objects.filter(record=record).select_related("record"))
    if document is None or not document.effects.exists():
        return None
    return document.state(on).validity
