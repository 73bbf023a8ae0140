"""公开信息的检索库:一个节点一份,在资料目录的 ``search/`` 里;跟着操作记录更新,也可以在线重建。

有两个:``whole`` 一件一条,给检索页;``passages`` 一条一款、一段一条,给问答引用。

检索库只管找:给人看以前,命中的都再从数据库读一遍(``Record.objects.public``),所以撤下的那一刻起就不再出现。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from gongkai.adapters.engine import Document, Index
from gongkai.adapters.words import Cutter, Slips, Sounds
from gongkai.law import duties
from gongkai.law.validity import Validity
from gongkai.org.models import Agency
from gongkai.records import validity
from gongkai.records.models import Edition, Record
from gongkai.records.terms import Stage

from . import attachments, lay
from .passages import cut
from .weights import weights

_BATCH = 500
_MOST_PIECES = 200
ENDED = "ended"
#: Sayings that ask (什么时候拆) are no reading of another question with one other character (什么时候出).
_ASKING = ("时候", "什么", "哪", "几点", "多少", "谁")


def folder() -> Path:
    """Where this node keeps its index."""
    return Path(settings.GONGKAI_DATA) / "search"


def names() -> dict[str, str]:
    """Names and short names of the agencies → code."""
    rows = Agency.objects.values_list("name", "short_name", "code")
    return {one: code for name, short, code in rows for one in (name, short) if one}


def terms(known: Iterable[str] | None) -> tuple[str, ...]:
    """Words that must stay whole: agencies, the items that the law wants published."""
    return (*sorted(names() if known is None else known), *sorted(one.short for one in duties.all().values()))


@lru_cache(maxsize=4)
def _opened(path: str, words: tuple[str, ...]) -> Index:
    return Index(Path(path), Cutter(words))


@lru_cache(maxsize=4)
def _sounds(words: tuple[str, ...]) -> Sounds:
    return Sounds(words)


@lru_cache(maxsize=4)
def _slips(words: tuple[str, ...]) -> Slips:
    return Slips(words)


def index(known: Iterable[str] | None = None) -> Index:
    """The node's index of whole records; its readers see the latest commit. ``known`` is ``names`` if at hand."""
    return _opened(str(folder() / "whole"), terms(known))


def passages(known: Iterable[str] | None = None) -> Index:
    """The node's index of passages, for answers."""
    return _opened(str(folder() / "passages"), terms(known))


def sounds(known: Iterable[str] | None = None) -> Sounds:
    """Known names, what people say and what papers write by their sound, for did-you-mean: 公组房 is 公租房."""
    return _sounds((*terms(known), *lay.words(), *lay.written_only()))


def slips(known: Iterable[str] | None = None) -> Slips:
    """The same by all but one of their characters: 失业全 is 失业金."""
    words = (*lay.words(), *lay.written_only(), *terms(known))
    return _slips(tuple(word for word in words if not any(asking in word for asking in _ASKING)))


def document(record: Record, on: date, *, whole: bool = True) -> Document:
    """A record as the engine takes it: its public edition's text, its facets, sunk if it no longer binds; with what its
    attachments say, unless only its text is wanted."""
    validity_ = _validity(record, on)
    return Document(
        id=str(record.pk),
        title=record.title,
        body=text_of(record),
        unit=record.agency.code,
        category=record.duty,
        kind=record.type,
        year=record.year,
        on=record.made_on,
        validity=validity_,
        group=str(record.pk),
        numbers=(record.doc_number,) if record.doc_number else (),
        weight=weights().site_sunk if validity_ == ENDED else 1.0,
        attached=attachments.text_of(record) if whole else "",
    )


def _validity(record: Record, on: date) -> str:
    state = validity.validity_on(record, on, [])
    if state in (Validity.EXPIRED, Validity.REPEALED):
        return ENDED
    return "pending" if state is Validity.PENDING else "in_force"


def text_of(record: Record) -> str:
    """The text of the public edition of a record that ``public`` or ``_public`` gave."""
    return record.live_editions[0].text if record.live_editions else ""  # type: ignore[attr-defined]


def pieces(record: Record, on: date) -> Iterator[Document]:
    """The articles or paragraphs of a record, each with its place in the text."""
    whole = document(record, on, whole=False)
    for number, passage in enumerate(cut(whole.body)):
        yield replace(
            whole,
            id=f"{record.pk}-{number}",
            body=passage.text,
            heading=passage.heading,
            start=passage.start,
            weight=1.0,
            standing=weights().superseded if whole.validity == ENDED else 0.0,
        )


def _readable(rows: QuerySet[Record]) -> QuerySet[Record]:
    live = Prefetch(
        "editions",
        Edition.objects.filter(stage=Stage.LIVE).prefetch_related("attachments"),
        to_attr="live_editions",
    )
    return rows.select_related("agency").prefetch_related(live)


def public(pks: Iterable[int], at: datetime) -> dict[int, Record]:
    """Those of these records that the public may read at that moment, with agency and text."""
    return {record.pk: record for record in _readable(Record.objects.public(at).filter(pk__in=set(pks)))}


def _public(at: datetime) -> Iterator[Record]:
    return _readable(Record.objects.public(at)).order_by("pk").iterator(chunk_size=_BATCH)


def rebuild(at: datetime, on: date) -> int:
    """Build both anew beside the old and swap; how many records there are.

    Raises:
        IndexBusy: another process writes or rebuilds.
    """
    passages().rebuild(piece for record in _public(at) for piece in pieces(record, on))
    return index().rebuild(document(record, on) for record in _public(at))


def refresh(pks: Iterable[int], at: datetime, on: date) -> None:
    """Put these records in as they stand now, or take them out."""
    wanted = set(pks)
    if not wanted:
        return
    if not index().exists() or not passages().exists():  # 还没有库,或者字段改了:整个建
        rebuild(at, on)
        return
    rows = public(wanted, at)
    index().write([document(record, on) for record in rows.values()], [str(pk) for pk in wanted - rows.keys()])
    # 段数可能比原来少:多出来的旧段也去掉;再多的由每晚重建清掉,引用以前反正要逐字核对。
    stale = [f"{pk}-{number}" for pk in wanted for number in range(_MOST_PIECES)]
    passages().write([piece for record in rows.values() for piece in pieces(record, on)], stale)
