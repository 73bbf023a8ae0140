"""公开信息的检索库:一个节点一个,在资料目录的 ``search/`` 里;跟着操作记录更新,也可以在线重建。

检索库只管找:给人看以前,命中的都再从数据库读一遍(``Record.objects.public``),所以撤下的那一刻起就不再出现。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from gongkai.adapters.engine import Document, Index
from gongkai.adapters.words import Cutter, Sounds
from gongkai.law import duties
from gongkai.law.validity import Validity
from gongkai.org.models import Agency
from gongkai.records import validity
from gongkai.records.models import Edition, Record
from gongkai.records.terms import Stage

#: 失效、废止的沉下去,注明仍可查。
SUNK = 0.35
_BATCH = 500


def folder() -> Path:
    """Where this node keeps its index."""
    return Path(settings.GONGKAI_DATA) / "search"


def names() -> dict[str, str]:
    """Names and short names of the agencies → code."""
    rows = Agency.objects.values_list("name", "short_name", "code")
    return {one: code for name, short, code in rows for one in (name, short) if one}


def terms() -> tuple[str, ...]:
    """Words that must stay whole: agencies, the items that the law wants published."""
    return (*sorted(names()), *sorted(one.short for one in duties.all().values()))


@lru_cache(maxsize=4)
def _opened(path: str, words: tuple[str, ...]) -> Index:
    return Index(Path(path), Cutter(words))


@lru_cache(maxsize=4)
def _sounds(words: tuple[str, ...]) -> Sounds:
    return Sounds(words)


def index() -> Index:
    """The node's index; its readers see the latest commit."""
    return _opened(str(folder()), terms())


def sounds() -> Sounds:
    """Known names by their sound, for did-you-mean."""
    return _sounds(terms())


def document(record: Record, on: date) -> Document:
    """A record as the engine takes it: its public edition's text, its facets, sunk if it no longer binds."""
    text = record.live_editions[0].text if record.live_editions else ""  # type: ignore[attr-defined]
    state = validity.of(record, on, [])
    ended = state in (Validity.EXPIRED, Validity.REPEALED)
    return Document(
        id=str(record.pk),
        title=record.title,
        body=text,
        unit=record.agency.code,
        category=record.duty,
        kind=record.type,
        year=record.year,
        on=record.made_on,
        validity="ended" if ended else "pending" if state is Validity.PENDING else "in_force",
        group=str(record.pk),
        numbers=(record.doc_number,) if record.doc_number else (),
        weight=SUNK if ended else 1.0,
    )


def _readable(rows: QuerySet[Record]) -> QuerySet[Record]:
    live = Prefetch("editions", Edition.objects.filter(stage=Stage.LIVE), to_attr="live_editions")
    return rows.select_related("agency").prefetch_related(live)


def documents(at: datetime, on: date) -> Iterator[Document]:
    """Every record that the public may read at that moment."""
    for record in _readable(Record.objects.public(at)).order_by("pk").iterator(chunk_size=_BATCH):
        yield document(record, on)


def rebuild(at: datetime, on: date) -> int:
    """Build anew beside the old index and swap; how many documents there are."""
    return index().rebuild(documents(at, on))


def refresh(pks: Iterable[int], at: datetime, on: date) -> None:
    """Put these records in as they stand now, or take them out."""
    wanted = set(pks)
    if not wanted:
        return
    rows = list(_readable(Record.objects.public(at).filter(pk__in=wanted)))
    gone = wanted - {record.pk for record in rows}
    index().write([document(record, on) for record in rows], [str(pk) for pk in gone])
