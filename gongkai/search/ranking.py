"""排序:一个问题和哪些条、段最相关。按词、按双字、整部法的得分、效力高低、文意,加成一个分。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gongkai.adapters.engine import Candidate, Engine, Field
from gongkai.adapters.meaning import Meaning, Vectors

from .passages import embedded
from .weights import Weights, weights


@dataclass(frozen=True, slots=True)
class Ranked:
    """一个排好的候选。``lexical`` 是不含文意的分;``cosine`` 是与问题的文意相近程度,没有算过的是 None。"""

    key: int
    score: float
    lexical: float
    words: float
    bigrams: float
    cosine: float | None
    group: int


class Ranking:
    """Ranks the documents of an engine for questions.

    Args:
        engine: where the passages are.
        meaning, vectors: the model and the vectors kept so far; both or neither.
        complete: whether the vectors cover the whole index; then they find passages that share no word with the
            question. Otherwise the passages that words put first are embedded when they are asked for.
        on_demand: how many at most; 0 never embeds a passage at question time.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        meaning: Meaning | None = None,
        vectors: Vectors | None = None,
        complete: bool = False,
        on_demand: int | None = None,
        by: Weights | None = None,
    ) -> None:
        self.engine = engine
        self.by = by or weights()
        self.meaning = meaning if vectors is not None else None
        self.vectors = vectors
        self.complete = complete
        self.on_demand = self.by.meaning_on_demand if on_demand is None else on_demand

    def rank(self, question: str, filters: Mapping[str, frozenset[str]] | None = None) -> list[Ranked]:
        """Candidates for the question, best first; the same words under the same title count once."""
        depth = self.by.candidates
        by_field = {field: self.engine.candidates(question, field, depth, filters) for field in Field}
        pool = {one.key: one for found in by_field.values() for one in found}
        words, bigrams = (_share(by_field[field]) for field in (Field.WORDS, Field.BIGRAMS))
        asked = self.meaning.question(question) if self.meaning else None
        near: list[tuple[int, float]] = []
        if asked is not None and self.vectors is not None and self.complete:
            near = self.vectors.nearest(asked, self.by.meaning_depth)
            found = self.engine.marked([mark for mark, _ in near])
            # 有条件时,全库比对找来的也要符合条件;引擎只按词筛,所以这里只留按词找到过的。
            pool |= {one.key: one for one in found if not filters}
        lexical = self._lexical(pool, words, bigrams)
        order = sorted(pool, key=lambda key: -lexical[key])
        cosines = self._cosines([pool[key] for key in order], asked)
        added = self._meaning(order, cosines, near)
        scores = {key: lexical[key] + added.get(key, 0.0) for key in pool}
        ranked = [
            Ranked(
                key,
                scores[key],
                lexical[key],
                words.get(key, 0.0),
                bigrams.get(key, 0.0),
                cosines.get(key),
                pool[key].group,
            )
            for key in sorted(pool, key=lambda key: -scores[key])
        ]
        return _distinct(ranked, {key: one.mark or key for key, one in pool.items()})

    def _lexical(
        self, pool: Mapping[int, Candidate], words: Mapping[int, float], bigrams: Mapping[int, float]
    ) -> dict[int, float]:
        own = {key: self.by.words * words.get(key, 0.0) + self.by.bigrams * bigrams.get(key, 0.0) for key in pool}
        wholes: dict[int, float] = defaultdict(float)
        for key, score in own.items():
            wholes[pool[key].group] += score
        most = max(wholes.values(), default=0.0) or 1.0
        return {
            key: score + pool[key].standing + self.by.whole * wholes[pool[key].group] / most
            for key, score in own.items()
        }

    def _cosines(self, pool: Sequence[Candidate], asked: np.ndarray | None) -> dict[int, float]:
        """Cosines of the candidates whose vectors are kept, or are made now for the first few."""
        if asked is None or self.vectors is None or self.meaning is None:
            return {}
        if not self.complete:
            pool = pool[: self.on_demand]
            self._embed([one for one in pool if one.mark and one.mark not in self.vectors])
        found = self.vectors.cosines([one.mark for one in pool], asked)
        return {
            one.key: float(cosine)
            for one, cosine in zip(pool, found, strict=True)
            if one.mark and cosine == cosine
        }

    def _embed(self, missing: Sequence[Candidate]) -> None:
        if not missing or self.meaning is None or self.vectors is None:
            return
        documents = self.engine.documents([one.key for one in missing])
        have = [one for one in missing if one.key in documents]
        texts = [embedded(documents[one.key]) for one in have]
        self.vectors.add([one.mark for one in have], self.meaning.passages(texts))
        self.vectors.refresh()

    def _meaning(
        self, order: Sequence[int], cosines: Mapping[int, float], near: Sequence[tuple[int, float]]
    ) -> dict[int, float]:
        """What meaning adds to each score; what was not compared gets nothing."""
        if not cosines:
            return {}
        values = [cosine for _, cosine in near] or list(cosines.values())
        low, high = min(values), max(values)
        spread = max(high - low, 1e-6)
        # 现算的只有按词排在前面的几条:它们都留在其余候选之前。
        lift = 0.0 if self.complete else 1.0 + self.by.whole - self.by.local
        return {key: lift + self.by.meaning * max(0.0, (cosine - low) / spread) for key, cosine in cosines.items()}


def _share(found: Sequence[Candidate]) -> dict[int, float]:
    """Scores as shares of the best."""
    best = max((one.score for one in found), default=0.0) or 1.0
    return {one.key: one.score / best for one in found}


def _distinct(ranked: Sequence[Ranked], text_of: Mapping[int, int]) -> list[Ranked]:
    """Without later ones of the same text."""
    first: dict[int, Ranked] = {}
    for hit in ranked:
        first.setdefault(text_of[hit.key], hit)
    return list(first.values())
