"""内存里的检索引擎:和 tantivy 那个守同一份契约,逐份比对,给测试和很小的材料用。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.adapters.words import Cutter, bigrams, fold

from .contract import (
    FACETS,
    Boosts,
    Candidate,
    Clause,
    Document,
    Field,
    Hit,
    Occur,
    Plan,
    Result,
    Sort,
    key_of,
    rareness,
)
from .native import EVERY
from .tokens import Needle, Tokens, of_clause, of_document, of_question

# BM25 的两个常数,与 tantivy 的相同。
_K1 = 1.2
_B = 0.75


class MemoryEngine:
    """Implements ``Engine`` without files."""

    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self._kept: dict[str, tuple[Document, Tokens]] = {}

    def write(self, documents: Iterable[Document] = (), delete: Iterable[str] = ()) -> None:
        """Put documents in and take others out."""
        for key in delete:
            self._kept.pop(key, None)
        for document in documents:
            self._kept.pop(document.id, None)
            self._kept[document.id] = (document, of_document(document, self.cutter))

    def search(self, plan: Plan) -> Result:
        """One page of what the plan asks for."""
        found = [(document, score) for document, score in self._matches(plan) if _passes(document, plan)]
        if plan.sort is Sort.RELEVANCE:
            found.sort(key=lambda hit: -hit[1] * hit[0].weight)
        else:
            newest = plan.sort is Sort.NEWEST
            found.sort(key=lambda hit: hit[0].on.toordinal() if hit[0].on else 0, reverse=newest)
        limit, offset = plan.window()
        page = found[offset : offset + limit]
        scored = plan.sort is Sort.RELEVANCE
        hits = tuple(Hit(document.id, score * document.weight if scored else 0.0) for document, score in page)
        return Result(hits, len(found), {name: self._facet(plan, name) for name in plan.facets})

    def _facet(self, plan: Plan, name: str) -> tuple[tuple[str, int], ...]:
        if name not in FACETS:
            return ()
        rest = {key: values for key, values in plan.filters.items() if key != name}
        counted = Counter(
            value
            for document, _ in self._matches(plan)
            if _passes(document, plan, rest) and (value := document.facet(name))
        )
        return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def _matches(self, plan: Plan) -> list[tuple[Document, float]]:
        needles = [(clause, spellings) for clause in plan.clauses if (spellings := of_clause(clause))]
        found = []
        for document, tokens in self._kept.values():
            scores = [(clause, _score(tokens, spellings, plan.boosts)) for clause, spellings in needles]
            if _satisfies(plan, scores):
                wanted = [score for clause, score in scores if clause.occur is not Occur.NOT]
                found.append((document, sum(wanted) or EVERY))
        return found

    def candidates(
        self, text: str, field: Field, limit: int, filters: Mapping[str, frozenset[str]] | None = None
    ) -> list[Candidate]:
        """Documents nearest to a question, best first."""
        asked = of_question(text, field, self.cutter)
        columns = {one: Counter(getattr(tokens, field)) for one, (_, tokens) in self._kept.items()}
        lengths = {one: sum(column.values()) for one, column in columns.items()}
        average = sum(lengths.values()) / len(lengths) if lengths else 1.0
        found = []
        for name, column in columns.items():
            document = self._kept[name][0]
            score = 0.0
            for token, times in asked.items():
                if tf := column[token]:
                    having = sum(1 for other in columns.values() if token in other)
                    score += (
                        times
                        * rareness(having, len(columns))
                        * tf
                        * (_K1 + 1)
                        / (tf + _K1 * (1 - _B + _B * lengths[name] / average))
                    )
            if score and _in(document, filters or {}):
                found.append(_candidate(document, score))
        return sorted(found, key=lambda hit: -hit.score)[:limit]

    def marked(self, marks: Sequence[int]) -> list[Candidate]:
        """Documents by the keys of their vectors."""
        return [_candidate(document, 0.0) for document, _ in self._kept.values() if document.mark in marks]

    def documents(self, keys: Sequence[int]) -> dict[int, Document]:
        """Documents by key."""
        wanted = set(keys)
        return {key: document for document, _ in self._kept.values() if (key := key_of(document.id)) in wanted}

    def every_document(self) -> Iterator[Document]:
        """Every document."""
        return (document for document, _ in list(self._kept.values()))

    def mentions(self, text: str) -> int:
        """How many documents have the phrase in their title or in the name of their unit."""
        plain = fold(text).strip()
        row = tuple(bigrams(plain))
        if not row:
            return 0
        return sum(
            bool(_times(tokens.title, row)) + (plain in fold(document.unit))
            for document, tokens in self._kept.values()
        )

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is."""
        having = Counter(word for _, tokens in self._kept.values() for word in set(tokens.words))
        return {word: rareness(having[word], len(self._kept)) for word in words}

    def count(self) -> int:
        """How many documents there are."""
        return len(self._kept)


def _candidate(document: Document, score: float) -> Candidate:
    group = key_of(document.group or document.id)
    return Candidate(key_of(document.id), score, group, document.standing, document.mark)


def _in(document: Document, filters: Mapping[str, frozenset[str]]) -> bool:
    return all(document.facet(name) in values for name, values in filters.items() if values)


def _passes(document: Document, plan: Plan, filters: Mapping[str, frozenset[str]] | None = None) -> bool:
    if not _in(document, plan.filters if filters is None else filters):
        return False
    if not plan.since and not plan.until:
        return not plan.years or document.year in plan.years
    if document.year is not None and document.year in plan.years:
        return True
    on = document.on
    return on is not None and (not plan.since or on >= plan.since) and (not plan.until or on <= plan.until)


def _satisfies(plan: Plan, scores: list[tuple[Clause, float]]) -> bool:
    if any(
        bool(score) is (clause.occur is Occur.NOT) for clause, score in scores if clause.occur is not Occur.SHOULD
    ):
        return False
    should = [score for clause, score in scores if clause.occur is Occur.SHOULD]
    return sum(map(bool, should)) >= max(0, min(plan.minimum, len(should)))


def _score(tokens: Tokens, spellings: list[Needle], boosts: Boosts) -> float:
    """How well the best spelling fits; 0 if none does."""
    scores = []
    for nth, needle in enumerate(spellings):
        score = _often(tokens.words.count(needle.word)) if needle.word else 0.0
        if needle.row:
            score += boosts.title * _often(_times(tokens.title, needle.row))
            score += _often(_times(tokens.bigrams, needle.row))
            score += boosts.attached * _often(_times(tokens.attached, needle.row))
        scores.append(score if not nth else score * boosts.synonym)
    return max(scores)


def _often(times: int) -> float:
    return times * (_K1 + 1) / (times + _K1)


def _times(have: list[str], row: tuple[str, ...]) -> int:
    """How often the row of bigrams stands in the list; a single character counts in any bigram."""
    if len(row) == 1 and len(row[0]) == 1 and not row[0].isascii():
        return sum(row[0] in token for token in have)
    width = len(row)
    return sum(tuple(have[at : at + width]) == row for at in range(len(have) - width + 1))
