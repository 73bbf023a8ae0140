"""各步共用的:锁住一问,记一条。"""

from __future__ import annotations

from datetime import datetime

from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Question


def locked(question: Question) -> Question:
    """The question as it is now, kept from others until the transaction ends."""
    questions = Question.objects.select_for_update(of=("self",)).select_related("agency", "policy", "record")
    return questions.get(pk=question.pk)


def note(action: str, question: Question, what: str, *, at: datetime, by: User | None = None) -> None:
    """Log a step under the name of the app that took the question in."""
    name = f"提问{question.number or ''}"
    log(f"{question.rules.app}.{action}", f"{name}：{what}", at=at, by=by, agency=question.agency, about=question)
