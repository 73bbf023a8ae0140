"""公开的问答:提问人同意、单位审过的,送给单位的和对着政策问的都在内。问答页拿所问的同它们比,像的先给出来。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongkai.adapters.words import bigrams, fold
from gongkai.org.models import Agency
from gongkai.policies.models import Question as PolicyQuestion
from gongkai.records.models import Record

from . import index
from .models import Question
from .query import content_words

#: 两类各只同最近的这么多条比。
_MOST = 2_000
#: 两句的双字重合这么多、所问的实词有这么多在它里面,才算像:只差“学前教育”和“加装电梯”的不算。
_ALIKE = 0.5
_COVERED = 0.75
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Known:
    """一条公开的问答;依据的信息现在不公开的,``record`` 是 None。``anchor`` 是它在页上的记号。"""

    anchor: str
    text: str
    answer: str
    agency: Agency
    answered_at: datetime
    record: Record | None


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


def everything(at: datetime, unit: str = "") -> Iterator[Known]:
    """Every public answer, the newest first, of both kinds of question."""
    where = {"agency__code": unit} if unit else {}
    for one in (
        Question.objects.faq().filter(**where).select_related("agency", "record").order_by("-published_at")[:_MOST]
    ):
        yield known(one, at)
    asked = PolicyQuestion.objects.faq(at).filter(**where).select_related("agency", "policy")
    for row in asked.order_by("-answered_at")[:_MOST]:
        yield Known(f"p{row.pk}", row.shown, row.answer, row.agency, row.answered_at, row.policy)


def known(question: Question, at: datetime) -> Known:
    """With the record it rests on, if that is public now."""
    record = question.record if question.record is not None and question.record.is_public(at) else None
    return Known(
        f"q{question.pk}", question.public_text, question.answer, question.agency, question.answered_at, record
    )


def _pairs(text: str) -> set[str]:
    return {pair for pair in bigrams(fold(text[:500])) if len(pair) > 1}
