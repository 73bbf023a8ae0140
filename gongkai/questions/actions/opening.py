"""公开一问和它的答复,不再公开。要提问人同意,由答复人以外的人放行,问和答里不能有个人信息。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.adapters.personal import personal_data
from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import User

from ..models import Question, QuestionState
from .keeping import locked, note


def let_out(question: Question, shown: str, *, by: User, at: datetime) -> None:
    """Set what makes the answer public, in memory; the caller saves.

    Raises:
        RuleBroken: no consent, no wording of its own, or something personal in it.
    """
    if not question.consents:
        raise RuleBroken("提问人没有同意公开", fix="请只答复，不公开。")
    if not (shown := " ".join(shown.split())[:2000]):
        raise RuleBroken("没有写公开的问法", fix="请写一个不含个人信息的问法；待核定的，退回由拟答人写。")
    if found := personal_data(f"{shown}\n{question.answer}"):
        raise RuleBroken(
            f"公开的问答里有{found[0].label}（{found[0].text}）", fix="请改写问法，或者改了答复再公开。"
        )
    question.shown, question.published_at, question.published_by = shown, at, by


@transaction.atomic
def publish(question: Question, shown: str, *, by: User, at: datetime, seen: str | None = None) -> Question:
    """把问答公开,问法可以改写。``seen`` 是放行人看到的(``Question.mark``)。"""
    question = locked(question)
    access.require(by, question.rules.publish, question.agency)
    check(seen, question.mark)
    if question.state != QuestionState.ANSWERED:
        raise RuleBroken("还没有答复，不能公开", fix="请先答复。")
    if question.answered_by_id == by.pk:
        raise RuleBroken("答复人不能自己放行公开", fix="请由另一位办理。")
    let_out(question, shown, by=by, at=at)
    question.save(update_fields=["shown", "published_at", "published_by"])
    note("publish", question, "公开问答", at=at, by=by)
    return question


@transaction.atomic
def unpublish(question: Question, *, by: User, at: datetime) -> Question:
    """不再公开。"""
    question = locked(question)
    access.require(by, question.rules.publish, question.agency)
    question.published_at = question.published_by = None
    question.save(update_fields=["published_at", "published_by"])
    note("publish", question, "不再公开", at=at, by=by)
    return question
