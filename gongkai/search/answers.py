"""回答:逐字引用公开的文件,分三档说话——有贴切的、可能有关的、没有找到。不写一句没有出处的话。"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.adapters.engine import Document, Engine, snippet
from gongkai.adapters.words import Cutter, fold
from gongkai.law.terms import Term

from .confidence import Forms, confidence, covered, signals
from .passages import label_of
from .query import content_words
from .ranking import Ranked, Ranking
from .scope import Missing, Scope, missing, places, stem

SHOWN = 5
# 引文最多这么长;再长的,取最贴题的几句。
_QUOTED = 400
_LOOKED_AT = 200
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_ASKED = re.compile(rf"{_YEAR.pattern}年?(?!年|度?以[来后前]|度?之[后前]|起|至|到|[-—–~～])")


class Band(Term):
    """回答的三档。"""

    CLEAR = "clear", "找到贴切的文件"
    POSSIBLE = "possible", "可能有关的文件"
    NOT_FOUND = "not_found", "未找到"


@dataclass(frozen=True, slots=True)
class Quote:
    """一段引文:``source[start:end] == text``,``source`` 是整件的原文。``spans`` 是其中该标出的词。"""

    document: Document
    label: str
    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """一个回答。没有找到的,``missing`` 说为什么,``unit`` 由调用的一方填(可向哪个单位申请或者咨询)。"""

    question: str
    band: Band
    quotes: tuple[Quote, ...]
    confidence: float
    missing: Missing | None = None
    unit: str | None = None


class Answerer:
    """Answers questions out of an engine.

    Args:
        scope: what the index holds; see ``Scope``.
        not_in_force: values of ``Document.validity`` that mean the text no longer binds.
    """

    def __init__(
        self,
        ranking: Ranking,
        cutter: Cutter,
        *,
        scope: Scope | None = None,
        not_in_force: frozenset[str] = frozenset(),
    ) -> None:
        self.ranking = ranking
        self.cutter = cutter
        self.scope = scope or Scope()
        self.not_in_force = not_in_force

    @property
    def engine(self) -> Engine:
        return self.ranking.engine

    def answer(self, question: str, *, filters: Mapping[str, frozenset[str]] | None = None) -> Answer:
        """Answer with at most ``SHOWN`` quotations, or say that nothing was found and why.

        Args:
            filters: facet → allowed values, to narrow a follow-up question.
        """
        if why := missing(question, self.scope, self.engine, self.cutter):
            return Answer(question, Band.NOT_FOUND, (), 0.0, why)
        return self.judge(question, self.find(question, filters))

    def judge(self, question: str, ranked: Sequence[Ranked]) -> Answer:
        """The answer that the ranked passages make: how sure, and what is quoted."""
        documents = self.engine.documents([one.key for one in ranked[:SHOWN]])
        shown = [(one, documents[one.key]) for one in ranked[:SHOWN] if one.key in documents]
        if not shown:
            return Answer(question, Band.NOT_FOUND, (), 0.0, Missing.WEAK)
        ranked, documents_shown = [one for one, _ in shown], [one for _, one in shown]
        asked = self.asked(question)
        found = signals(asked, ranked, documents_shown, self.engine)
        sure, lines = confidence(found, self.ranking.by)
        words = [form for forms in asked for form in forms]
        # 只说得上“可能有关”,问题里的几个词又一个都不在里面:多半是别的事
        stray = sure < lines.clear and len(asked) > 1 and not found.covered
        if (
            sure < lines.possible
            or stray
            or self.is_unsaid(asked, documents_shown)
            or self.is_beside(question, documents_shown)
        ):
            return Answer(question, Band.NOT_FOUND, (), sure, Missing.WEAK)
        quotes = [self._quote(document, words) for _, document in shown]
        quotes = self.ordered(question, quotes)
        return Answer(question, Band.CLEAR if sure >= lines.clear else Band.POSSIBLE, tuple(quotes), sure)

    def asked(self, question: str) -> list[Forms]:
        """The words of the question that say what it is about, each with its ways of writing."""
        return [(word,) for word in content_words(question, self.cutter)]

    def find(self, question: str, filters: Mapping[str, frozenset[str]] | None = None) -> list[Ranked]:
        """The passages for a question, best first; those about another place or another year go."""
        return self.fitting(question, self.ranking.rank(question, filters))

    def ordered(self, question: str, quotes: Sequence[Quote]) -> list[Quote]:
        """What is in force first; the order stays otherwise."""
        return sorted(quotes, key=lambda quote: not quote.in_force)

    def fitting(self, question: str, ranked: list[Ranked]) -> list[Ranked]:
        """Without what is about another place or another year than the question names."""
        named = [stem(place) for place in places(question, self.cutter)]
        years = set(_YEAR.findall(" ".join(_YEAR_ASKED.findall(fold(question)))))
        if not named and not (years and self.scope.local):
            return ranked
        documents = self.engine.documents([one.key for one in ranked[:_LOOKED_AT]])
        return [
            one
            for one in ranked[:_LOOKED_AT]
            if (document := documents.get(one.key))
            and (not named or any(_is_about(place, document) for place in named))
            and (not years or not (of := _years_of(document)) or years & of)
        ]

    def is_unsaid(self, asked: Sequence[Forms], shown: Sequence[Document]) -> bool:
        """Whether nothing shown tells of a thing that has an official name: then the other words met by chance."""
        said = [forms for forms in asked if len(forms) > 1]
        texts = [fold(f"{one.title} {one.heading} {one.body}") for one in shown]
        return bool(said) and not any(form in text for forms in said for form in forms for text in texts)

    def is_beside(self, question: str, shown: Sequence[Document]) -> bool:
        """Whether a question about a place finds papers of the place, but nothing of what it asks."""
        named = places(question, self.cutter)
        if not named:
            return False
        left = re.sub("|".join(map(re.escape, named)), " ", _YEAR.sub(" ", fold(question)))
        return (
            covered([(word,) for word in content_words(left, self.cutter)], shown, self.engine)
            < self.ranking.by.beside
        )

    def _quote(self, document: Document, words: Sequence[str]) -> Quote:
        """The passage itself if it is short, else its sentences that bear most on the question."""
        whole = len(document.body) <= _QUOTED
        cut = snippet(document.body, words, 4 * len(document.body) if whole else _QUOTED)
        start = document.start + cut.start
        return Quote(
            document,
            label_of(document.body),
            cut.text,
            start,
            start + len(cut.text),
            cut.spans,
            document.validity not in self.not_in_force,
        )


def _is_about(place: str, document: Document) -> bool:
    return any(place in fold(text) for text in (document.title, document.unit, document.body))


def _years_of(document: Document) -> set[str]:
    """The year that a document is about, if its title names one and not a span of years."""
    years = set(_YEAR.findall(fold(document.title)))
    return years if len(years) == 1 else set()
