"""把握:答案在前五条里的可能有多大,按几个信号估。用来分档,也用来排先后;不用来断定“没有”。

系数是在普通人问法律的问题上定的(见 weights.toml [by_words]、[by_meaning]),问法变了就要重量。
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.adapters.engine import Document, Engine
from gongkai.adapters.words import fold

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


#: 问到的一个词的几种写法,有一种在就算有。
Forms = tuple[str, ...]


def signals(
    asked: Sequence[Forms], ranked: Sequence[Ranked], shown: Sequence[Document], engine: Engine
) -> Signals:
    """What tells right answers from wrong, each about 0 to 1, of the first few ranked and their documents."""
    first, last = ranked[0], ranked[min(len(shown), len(ranked)) - 1]
    cosines = [one.cosine for one in ranked[: len(shown)] if one.cosine is not None]
    return Signals(
        gap=first.score - last.score,
        near=(max(cosines) - _FAR) / (1 - _FAR) if cosines else None,
        covered=covered(asked, shown, engine),
    )


def covered(asked: Sequence[Forms], shown: Sequence[Document], engine: Engine) -> float:
    """Which share of the words asked for stands, in one of its forms, in any of the documents; a rare word weighs
    more, one that stands nowhere in the index the most."""
    if not asked:
        return 0.0
    rarity = engine.rarity([form for forms in asked for form in forms])
    weights = [min(rarity[form] for form in forms) for forms in asked]
    texts = [fold(f"{one.title} {one.heading} {one.body} {one.unit}") for one in shown]
    found = sum(
        weight
        for weight, forms in zip(weights, asked, strict=True)
        if any(form in text for form in forms for text in texts)
    )
    return found / (sum(weights) or 1.0)


def confidence(found: Signals, weights: Weights) -> tuple[float, Sureness]:
    """The chance that the answer is among those shown, and the lines by which to judge it."""
    by = weights.by_words if found.near is None else weights.by_meaning
    total = by.constant + by.gap * found.gap + by.near * (found.near or 0.0) + by.covered * found.covered
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), by
