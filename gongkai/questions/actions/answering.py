"""拟答、核定、退回、转办、告知去处。要核定的种类由两个人过手:拟答的人不核定。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..models import Question, QuestionState
from ..steps import Step, states
from .keeping import locked, note
from .opening import let_out


def _at_step(question: Question, step: Step, by: User) -> Question:
    """The question, locked, if the person may take this step on it and its state allows it."""
    question = locked(question)
    access.require(by, step.right(question.rules), question.agency)
    if question.state not in states(step, question.rules):
        raise RuleBroken(f"这个提问{question.get_state_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return question


@transaction.atomic
def answer(
    question: Question,
    text: str,
    *,
    by: User,
    at: datetime,
    shown: str | None = None,
    record: Record | None = None,
) -> Question:
    """答复;要核定的种类先是拟答。改了答复要重新公开。

    Args:
        shown: the wording for everyone; None leaves what is there.
        record: what the answer rests on; must be public.
    """
    question = _at_step(question, Step.ANSWER, by)
    text = text.strip()[:5000]
    if not text:
        raise RuleBroken("没有写答复", fix="请写明答复，说到数额、条件的引用文件的条款。")
    if record is not None and not record.is_public(at):
        raise RuleBroken(f"{titled(record)}现在没有公开", fix="请选公众看得到的信息，或者留空。")
    settled = not question.rules.settled_first
    question.answer, question.record, question.answered_by = text, record, by
    if shown is not None:
        question.shown = " ".join(shown.split())[:2000]
    question.state = QuestionState.ANSWERED if settled else QuestionState.DRAFTED
    question.answered_at = at if settled else None
    question.published_at = question.published_by = None
    question.save()
    note("answer", question, "答复" if settled else "拟答", at=at, by=by)
    return question


@transaction.atomic
def approve(question: Question, publish: bool, *, by: User, at: datetime, seen: str | None = None) -> Question:
    """核定答复,提问人凭查询码看得到;``publish`` 同时公开;``seen`` 是核定人看到的(``Question.mark``)。"""
    question = _at_step(question, Step.APPROVE, by)
    check(seen, question.mark)
    if question.answered_by_id == by.pk:
        raise RuleBroken("拟答的人不能核定自己的答复", fix="请由另一位核定。")
    question.state, question.answered_at = QuestionState.ANSWERED, at
    if publish:
        let_out(question, question.shown, by=by, at=at)
    question.save()
    note("approve", question, f"核定答复，{'并公开' if publish else '不公开'}", at=at, by=by)
    return question


@transaction.atomic
def give_back(question: Question, *, by: User, at: datetime) -> Question:
    """退回重新拟答。"""
    question = _at_step(question, Step.APPROVE, by)
    question.state = QuestionState.OPEN
    question.save(update_fields=["state"])
    note("return", question, "退回拟答", at=at, by=by)
    return question


@transaction.atomic
def decline(question: Question, reason: str, *, by: User, at: datetime) -> Question:
    """不归这里答的,告诉提问人找谁,办结。"""
    question = _at_step(question, Step.DECLINE, by)
    if not reason.strip():
        raise RuleBroken("没有写向谁问、怎样办", fix="请写明应当找哪个单位、走哪条渠道。")
    question.state, question.answer = QuestionState.DECLINED, reason.strip()[:1000]
    question.answered_at, question.answered_by = at, by
    question.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    note("decline", question, "不归这里答复，已经告知去处", at=at, by=by)
    return question


@transaction.atomic
def transfer(question: Question, agency: Agency, *, by: User, at: datetime) -> Question:
    """转给该答的单位;两个单位的操作记录里各记一条。"""
    question = _at_step(question, Step.TRANSFER, by)
    if agency.pk == question.agency_id or agency.ended_on is not None:
        raise RuleBroken("不能转给这个单位", fix="请选另一个没有撤并的单位。")
    note("transfer", question, f"转给{agency}", at=at, by=by)
    question.agency = agency
    question.save(update_fields=["agency"])
    note("transfer", question, "收到转来的", at=at)
    return question
