"""把握:答案在前五条里的可能有多大,按几个信号估。用来分档,也用来排先后;不用来断定“没有”。

系数是在普通人问法律的问题上定的(见 weights.toml [by_words]、[by_meaning]),问法变了就要重量。
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.adapters.engine import Document, Engine
from gongkai.adapters.words import Cutter, fold

from .query import content_words
from .ranking import Ranked
from .weights import Sureness, Weights

# 这个模型里,不相干的两段话也有这么近。
_FAR = 0.8


@dataclass(frozen=True, slots=True)
class Signals:
    """``gap``: 首条比末条高出多少;``near``: 文意最近的有多近(没有按意思找,是 None);``covered``: 问题里的词出现了多少。"""

    gap: float
    near: float | None
    covered: float


def signals(
    question: str, ranked: Sequence[Ranked], shown: Sequence[Document], engine: Engine, cutter: Cutter
) -> Signals:
    """What tells right answers from wrong, each about 0 to 1, of the first few ranked and their documents."""
    first, last = ranked[0], ranked[min(len(shown), len(ranked)) - 1]
    cosines = [one.cosine for one in ranked[: len(shown)] if one.cosine is not None]
    return Signals(
        gap=first.score - last.score,
        near=(max(cosines) - _FAR) / (1 - _FAR) if cosines else None,
        covered=covered(content_words(question, cutter), shown, engine),
    )


def covered(words: Sequence[str], shown: Sequence[Document], engine: Engine) -> float:
    """Which share of the words stands in any of the documents; a rare word weighs more."""
    if not words:
        return 0.0
    rarity = engine.rarity(words)
    texts = [fold(f"{one.title} {one.heading} {one.body} {one.unit}") for one in shown]
    found = sum(rarity[word] for word in words if any(word in text for text in texts))
    return found / sum(rarity.values())


def confidence(found: Signals, weights: Weights) -> tuple[float, Sureness]:
    """The chance that the answer is among those shown, and the lines by which to judge it."""
    by = weights.by_words if found.near is None else weights.by_meaning
    total = by.constant + by.gap * found.gap + by.near * (found.near or 0.0) + by.covered * found.covered
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), by
