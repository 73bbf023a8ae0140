"""公开的问答:提问人同意、单位放行的,送给单位的和对着政策问的都在内。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongkai.org.models import Agency
from gongkai.records.models import Record

from .models import Question

#: 同别的比、在检索里找,只看最近的这么多条。
MOST = 4_000


@dataclass(frozen=True, slots=True)
class Known:
    """一条公开的问答;依据的信息现在不公开的,``record`` 是 None。``anchor`` 是它在页上的记号。"""

    anchor: str
    text: str
    answer: str
    agency: Agency
    answered_at: datetime
    record: Record | None


def everything(at: datetime, unit: str = "") -> Iterator[Known]:
    """Every public answer, the newest first; of one unit if its code is given."""
    questions = Question.objects.faq(at).select_related("agency", "record", "policy")
    if unit:
        questions = questions.filter(agency__code=unit)
    for question in questions.order_by("-published_at", "-pk")[:MOST]:
        yield with_source(question, at)


def with_source(question: Question, at: datetime) -> Known:
    """With what the answer rests on, or the paper it is about, if that is public now."""
    basis = question.record or question.policy
    return Known(
        f"q{question.pk}",
        question.shown,
        question.answer,
        question.agency,
        question.answered_at,
        basis if basis is not None and basis.is_public(at) else None,
    )
