"""公开的问答:提问人同意、单位审过的。问答页拿所问的同它们比,像的先给出来。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.adapters.words import bigrams, fold
from gongkai.records.models import Record

from . import index
from .models import Question
from .query import content_words

#: 只同最近的这么多条比。
_MOST = 2_000
#: 两句的双字重合这么多、所问的实词有这么多在它里面,才算像:只差“学前教育”和“加装电梯”的不算。
_ALIKE = 0.5
_COVERED = 0.75
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Known:
    """一条公开的问答;依据的信息现在不公开的,``record`` 是 None。"""

    question: Question
    record: Record | None


def alike(text: str, at: datetime, unit: str = "") -> list[Known]:
    """Public questions that ask nearly the same, nearest first."""
    mine, words = _pairs(text), content_words(text, index.index().cutter)
    rows = Question.objects.faq().select_related("agency", "record")
    rows = rows.filter(agency__code=unit) if unit else rows
    found = []
    for one in rows.order_by("-published_at")[:_MOST] if mine and words else ():
        theirs = _pairs(one.public_text)
        share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        covered = sum(len(word) for word in words if word in fold(one.public_text)) / sum(map(len, words))
        if share >= _ALIKE and covered >= _COVERED:
            found.append((share, one))
    found.sort(key=lambda pair: -pair[0])
    return [known(one, at) for _, one in found[:_SHOWN]]


def known(question: Question, at: datetime) -> Known:
    """With the record it rests on, if that is public now."""
    record = question.record
    return Known(question, record if record is not None and record.is_public(at) else None)


def _pairs(text: str) -> set[str]:
    return {pair for pair in bigrams(fold(text[:500])) if len(pair) > 1}
