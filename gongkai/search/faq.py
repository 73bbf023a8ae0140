"""问答页拿所问的同公开的问答(``questions.faq``)比,像的先给出来。"""

from __future__ import annotations

from datetime import datetime

from gongkai.adapters.words import bigrams, fold
from gongkai.questions.faq import Known, everything

from . import index
from .query import content_words

#: 两句的双字重合这么多、所问的实词有这么多在它里面,才算像:只差“学前教育”和“加装电梯”的不算。
_ALIKE = 0.5
_COVERED = 0.75
_SHOWN = 2


def alike(text: str, at: datetime, unit: str = "") -> list[Known]:
    """Public questions that ask nearly the same, nearest first."""
    mine, words = _pairs(text), content_words(text, index.index().cutter)
    found = []
    for one in everything(at, unit) if mine and words else ():
        theirs = _pairs(one.text)
        share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        covered = sum(len(word) for word in words if word in fold(one.text)) / sum(map(len, words))
        if share >= _ALIKE and covered >= _COVERED:
            found.append((share, one))
    found.sort(key=lambda pair: -pair[0])
    return [one for _, one in found[:_SHOWN]]


def _pairs(text: str) -> set[str]:
    return {pair for pair in bigrams(fold(text[:500])) if len(pair) > 1}
