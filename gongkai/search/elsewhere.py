"""一次检索里信息以外的:办事指南、政策事项、公开的来信、数据等各应用的架子,单位,查阅点,公开的问答。

都是小表,读一遍放在内存里;操作记录添了一条(有人公开、撤下了什么)、过了一分钟就重读。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from gongkai.adapters.words import fold
from gongkai.desk import shelves
from gongkai.desk.shelves import Sought
from gongkai.org import chain
from gongkai.org.models import Agency, Place
from gongkai.questions import faq

from . import lay
from .query import Query

#: 每一类给出几条;排在信息之前的几条。
SHOWN, LEADING = 5, 4
#: 题名有这么多个字,整个打了出来,要的就是它。
NAMED = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """一类,和其中贴题的几条。``leads`` 的题名里就有所问的,排在信息之前。"""

    label: str
    rows: list[Sought]
    leads: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """架子上的一条和归一过的题、全文。"""

    row: Sought
    title: str
    text: str


def entries(rows: Iterable[Sought]) -> list[Entry]:
    """Rows as they are looked through."""
    return [Entry(row, title := fold(row.title), title + fold(row.text)) for row in rows]


@dataclass(frozen=True, slots=True)
class Stock:
    """读出来的一遍:哪个时候读的(``mark``),每一类的名称、各条、排不排在信息之前。"""

    mark: tuple[object, ...]
    kinds: tuple[tuple[str, list[Entry], bool], ...]


#: What was read last; replaced whole, so that threads never see half of it.
_stock: Stock | None = None


def stock(at: datetime, on: date) -> Stock:
    """Every shelf as it stands: read anew once the log has another entry (whatever is published, changed or withdrawn
    makes one) or another minute has begun (what has its time begins and ends by itself)."""
    global _stock
    # 先看记录到哪里再读:读的时候才写进去的,下一次再读一遍,不会当作没有
    mark = (str(settings.GONGKAI_DATA), chain.head(), at.replace(second=0, microsecond=0), on)
    kept = _stock
    if kept is None or kept.mark != mark:
        kinds = [(shelf.label, shelf.rows(at), shelf.leads) for shelf in shelves.everything()]
        kinds += [
            ("单位", _agencies(on), False),
            ("查阅点和体验区", _places(on), False),
            ("公开的问答", _answers(at), False),
        ]
        _stock = kept = Stock(mark, tuple((label, entries(rows), leads) for label, rows, leads in kinds))
    return kept


def elsewhere(asked: Query, at: datetime, on: date) -> list[Kind]:
    """What else the public may read about the words asked for, by kind; kinds with nothing are left out."""
    wanted = _wanted(asked)
    if not wanted:
        return []
    found = []
    for label, rows, leads in stock(at, on).kinds:
        named = _named(rows, asked)
        if best := [*named, *(hit for hit in _best(rows, wanted) if (hit[0], True) not in named)]:
            titled = [row for row, in_title in best if in_title]
            first = leads and bool(titled)
            kept = titled[:LEADING] if first else [row for row, _ in best][:SHOWN]
            found.append(Kind(label, kept, first))
    return found


def _wanted(asked: Query) -> list[tuple[str, ...]]:
    """What has to be there, each with its ways of writing; what people say in passing is left out if anything is left."""
    if asked.tells_event:  # 句里别的词是随口说的
        return [tuple(map(fold, asked.written))]
    words = [*asked.words, *asked.phrases]
    strong = [word for word in words if word not in lay.weak_words() or word in asked.synonyms]
    told = [word for word in strong if len(word) > 1 or word in asked.synonyms]  # 一个字的哪里都有
    return [tuple(map(fold, (word, *asked.synonyms.get(word, ())))) for word in told or strong or words]


def _named(rows: Sequence[Entry], asked: Query) -> list[tuple[Sought, bool]]:
    """Those whose whole title was typed, whatever else the sentence says: “电视问政上次说的路灯”."""
    plain = fold(asked.text)
    return [(row.row, True) for row in rows if len(row.title) >= NAMED and row.title in plain]


def _best(rows: Sequence[Entry], wanted: Sequence[tuple[str, ...]]) -> list[tuple[Sought, bool]]:
    """Those in which what is asked for stands, or most of it, with whether it stands in the title; the best first.

    A word with an official way of writing says what it is about: without it the others are chance.
    """
    said = [forms for forms in wanted if len(forms) > 1]
    whole = sum(len(forms[0]) for forms in wanted)
    scored = []
    for order, row in enumerate(rows):
        title, text = row.title, row.text
        hits = sum(len(forms[0]) for forms in wanted if any(form in text for form in forms))
        about = [max((len(form) for form in forms if form in title), default=0) for forms in said or wanted]
        if said and not any(form in text for forms in said for form in forms):
            continue
        if hits * 2 > whole or (said and any(about)):
            first = min((forms.index(form) for forms in said for form in forms if form in title), default=99)
            scored.append((-sum(map(bool, about)), -hits, first, -max(about), order, row.row, any(about)))
    return [(row, titled) for *_, row, titled in sorted(scored, key=lambda row: row[:5])]


def _agencies(on: date) -> Iterable[Sought]:
    for agency in Agency.objects.current(on):
        text = f"{agency.name}{agency.short_name}{agency.duties}"
        yield Sought(agency.name, agency.get_absolute_url(), agency.phone, text)


def _places(on: date) -> Iterable[Sought]:
    for place in Place.objects.open(on).select_related("agency"):
        note = f"{place.address} · {place.hours}"
        yield Sought(place.name, reverse("public:places"), note, f"{place.services}{place.address}")


def _answers(at: datetime) -> Iterable[Sought]:
    for known in faq.everything(at):
        address = f"{reverse('public:faq')}#{known.anchor}"
        yield Sought(known.text, address, f"{known.agency}答复", known.answer)
