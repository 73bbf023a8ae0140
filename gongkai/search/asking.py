"""一网可答:用公开信息的原话回答,选自哪一件、哪一段、是否有效都写明;找不到就说找不到,并说可以问谁。

引文在给人看以前从数据库里的公开版逐字核对一遍,对不上的、撤下的都不引。
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongkai.adapters.engine import NoIndex, Snippet
from gongkai.adapters.words import fold
from gongkai.law.validity import Validity
from gongkai.org import site
from gongkai.org.models import Agency
from gongkai.records import validity
from gongkai.records.models import Record

from . import amounts, index, offices
from .answers import Band, Quote
from .district import DistrictAnswerer
from .passages import cut
from .query import Query, short_words
from .ranking import Ranking
from .scope import Missing, Scope
from .tuning import current

LONGEST = 300
#: 读起来是问句的:问人、问物、问数、问办法、问行不行。
_ASKS = re.compile(r"[?？吗呢谁哪怎几]|什么|多少|多久|多大|为何|能不能|可不可以|是不是|要不要|有没有")
#: 追问时可以缩小到的。
NARROW = ("unit", "category", "year")


@dataclass(frozen=True, slots=True)
class Cited:
    """一段引文:出自哪一件、第几条、原话(片段,是不是所问的词)、那一件现在是否有效。"""

    record: Record
    label: str
    text: str
    parts: list[tuple[str, bool]]
    state: Validity

    @property
    def tone(self) -> str:
        """How the mark of its validity looks."""
        return validity.tone_of(self.state)

    @property
    def in_force(self) -> bool:
        """Whether the text still binds."""
        return self.state not in (Validity.EXPIRED, Validity.REPEALED)


@dataclass(frozen=True, slots=True)
class Reply:
    """一个回答。没有找到的,``missing`` 说为什么,``unit`` 是可以去问、去申请的单位。"""

    question: str
    band: Band
    cited: list[Cited]
    missing: Missing | None
    unit: Agency | None
    #: 问话读懂的样子。
    asked: Query


def is_question(text: str) -> bool:
    """Whether a query reads as a question, which a sentence can answer, rather than as words to look for."""
    return bool(_ASKS.search(text))


def ask(question: str, at: datetime, on: date, *, chosen: Mapping[str, str] | None = None) -> Reply:
    """Answer out of what is public at ``at``. Never fails, whatever is asked.

    Args:
        chosen: unit, category or year to narrow a follow-up question.

    Raises:
        NoIndex: the index has not been built on this node yet.
    """
    names = index.names()
    engine = index.passages(names)
    if not engine.exists():
        raise NoIndex(engine.folder)
    question = " ".join(question.split())[:LONGEST]
    scope = Scope(local=True, on=on, offices=frozenset(names))
    answerer = DistrictAnswerer(
        Ranking(engine),
        engine.cutter,
        scope=scope,
        not_in_force=frozenset({index.ENDED}),
        names=names,
        tuning=current(),
    )
    asked = answerer.analysed(question)
    filters = {name: frozenset([value]) for name, value in (chosen or {}).items() if name in NARROW and value}
    found = answerer.answer(question, filters=filters)
    words = short_words(answerer.wording(question), engine.cutter)
    # 整句说的是一件事的,引的要说到这件事:句里随口的词(每月、老人)哪里都有
    about = list(asked.written) if asked.tells_event else words
    cited = [one for one in _verified(found.quotes, at, on) if _touches(about, f"{one.record.title}{one.text}")]
    if amounts.asks(question):
        cited = _with_amounts(question, words, cited)
    if not cited:
        likely = offices.to_ask(asked, on)
        unit = likely[0] if likely else site.office(on)
        return Reply(question, Band.NOT_FOUND, [], found.missing or Missing.WEAK, unit, asked)
    return Reply(question, found.band, cited, None, None, asked)


def _with_amounts(question: str, words: list[str], cited: list[Cited]) -> list[Cited]:
    """A question for an amount is answered by the sentence that holds it, out of the papers found; papers without one
    come after."""
    answering, others, seen = [], [], set()
    for one in cited:
        text = index.text_of(one.record)
        found = amounts.answering(text, words, question)
        if found is None or not _touches(words, f"{one.record.title}{found.text}"):
            others.append(one)
        elif one.record.pk not in seen:
            seen.add(one.record.pk)
            label = next((piece.label for piece in cut(text) if piece.start <= found.start < piece.end), one.label)
            answering.append(replace(one, label=label, text=found.text, parts=found.parts()))
    return [*answering, *others]


def _touches(words: list[str], text: str) -> bool:
    """Whether anything that is asked about stands in the text: bigrams alone may meet by chance."""
    plain = fold(text)
    return any(word in plain for word in words)


def _verified(quotes: tuple[Quote, ...], at: datetime, on: date) -> list[Cited]:
    """The quotations that stand word for word in what the public may read now."""
    records = index.public((int(quote.document.group) for quote in quotes), at)
    found = []
    states = validity.validities_on(records.values(), on)
    for quote in quotes:
        record = records.get(int(quote.document.group))
        if record is not None and index.text_of(record)[quote.start : quote.end] == quote.text:
            parts = Snippet(quote.text, quote.start, quote.spans).parts()
            found.append(Cited(record, quote.label, quote.text, parts, states[record.pk]))
    return found
