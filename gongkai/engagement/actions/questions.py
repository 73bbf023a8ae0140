"""访谈的提问和实录的一段一段:收下、选用、读出、回答、追答、不答。写出去的都不能有个人信息。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongkai.adapters.personal import personal_data
from gongkai.adapters.plaintext import clean, line
from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access, codes
from gongkai.org.models import User
from gongkai.records import numbering

from ..models import Asked, Interview, Line
from ..terms import OWED_STATES, AskedState
from .interviews import locked, noted

PURPOSE = "gongkai.engagement.asked"
LONGEST_QUESTION, LONGEST_LINE = 500, 5000
#: Who is named as asking, in a transcript.
ASKER = "网友"


@transaction.atomic
def ask_interview(interview: Interview, text: str, *, at: datetime) -> tuple[Asked, str]:
    """收下公众的一个提问,当场给编号和查询码;查询码只此一次。"""
    interview = locked(interview)
    if not interview.is_asking(at):
        raise RuleBroken("这期访谈现在没有征集提问", fix="要问的请写信，或者看下一期的预告。")
    text = clean(text).strip()
    if not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写要问什么", fix="请写明，一次一问。")
    if len(text) > LONGEST_QUESTION:
        raise RuleBroken(f"提问超过{LONGEST_QUESTION}字", fix="请写得短些；要附材料的请写信。")
    code, stored = codes.new_code(PURPOSE)
    asked = Asked.objects.create(
        interview=interview,
        number=f"{interview.agency.code}-F-{interview.pk}-{numbering.next_in(f'asked/{interview.pk}'):04}",
        code=stored,
        text=text,
        asked_at=at,
    )
    noted("ask", interview, f"收到提问{asked}", about=asked, at=at)
    return asked, code


def _question(asked: Asked, by: User, right: str, seen: str | None, *states: AskedState) -> Asked:
    interview = locked(asked.interview)
    access.require(by, right, interview.agency)
    asked = Asked.objects.select_for_update().get(pk=asked.pk)
    asked.interview = interview
    check(seen, asked.mark)
    if asked.state not in states:
        raise RuleBroken(f"这个提问{asked.get_state_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return asked


def _save(asked: Asked, *fields: str) -> None:
    asked.revision += 1
    asked.save(update_fields=[*fields, "revision"])


def _clean(text: str, what: str) -> str:
    """What will be public: not empty, and nothing in it tells who somebody is."""
    text = clean(text).strip()[:LONGEST_LINE]
    if not text:
        raise RuleBroken(f"没有写{what}", fix="请写明。")
    if found := personal_data(text):
        raise RuleBroken(f"{what}里有{found[0].label}", fix="公众马上看得到，请隐去以后再写。")
    return text


@transaction.atomic
def choose_question(asked: Asked, shown: str, *, by: User, at: datetime, seen: str | None = None) -> Asked:
    """选用,定公开的问法;原文不改。"""
    asked = _question(asked, by, "engagement.event", seen, AskedState.NEW, AskedState.CHOSEN, AskedState.DECLINED)
    if asked.interview.closed_at is not None:
        raise RuleBroken("访谈已经结束", fix="请直接拟回复。")
    asked.shown, asked.state, asked.reason = _clean(shown, "公开的问法"), AskedState.CHOSEN, ""
    _save(asked, "shown", "state", "reason")
    noted("choose", asked.interview, f"选用提问{asked}", about=asked, at=at, by=by)
    return asked


@transaction.atomic
def decline_question(asked: Asked, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Asked:
    """不答:写明为什么、去哪里问;提问的人看得到,不静默删除。"""
    asked = _question(asked, by, "engagement.event", seen, *OWED_STATES)
    asked.reason, asked.state = _clean(reason, "不答的理由")[:300], AskedState.DECLINED
    _save(asked, "reason", "state")
    noted("refuse", asked.interview, f"不答提问{asked}", at=at, by=by)
    return asked


def _append(interview: Interview, speaker: str, text: str, asked: Asked | None, by: User, at: datetime) -> Line:
    if interview.opened_at is None or interview.closed_at is not None:
        raise RuleBroken("这期访谈不在进行", fix="开始以后、结束以前才登记实录。")
    last = interview.lines.aggregate(last=Max("place"))["last"] or 0
    return Line.objects.create(
        interview=interview, place=last + 1, speaker=speaker, text=text, question=asked, at=at, by=by
    )


@transaction.atomic
def read_out(asked: Asked, *, by: User, at: datetime) -> Line:
    """把选用的一个提问读出来:问法进实录。"""
    asked = _question(asked, by, "engagement.event", None, AskedState.CHOSEN)
    made = _append(asked.interview, ASKER, asked.shown, asked, by, at)
    asked.state = AskedState.READ
    _save(asked, "state")
    noted("say", asked.interview, f"读出提问{asked}", at=at, by=by)
    return made


@transaction.atomic
def say(
    interview: Interview, speaker: str, text: str, *, by: User, at: datetime, answers: Asked | None = None
) -> Line:
    """登记一段:谁说了什么,答的是哪个读出来的提问;公众马上看得到。"""
    interview = locked(interview)
    access.require(by, "engagement.event", interview.agency)
    speaker = line(speaker)[:60]
    if not speaker:
        raise RuleBroken("没有写是谁说的", fix="请选主持人或者嘉宾。")
    if answers is not None:
        answers = _question(answers, by, "engagement.event", None, AskedState.READ, AskedState.ANSWERED)
        if answers.interview_id != interview.pk:
            raise RuleBroken("这个提问不是这期访谈的", fix="请刷新页面。")
    made = _append(interview, speaker, _clean(text, "内容"), answers, by, at)
    if answers is not None and answers.state == AskedState.READ:
        answers.state, answers.answered_at = AskedState.ANSWERED, at
        _save(answers, "state", "answered_at")
    noted("say", interview, f"实录第{made.place}段", at=at, by=by)
    return made


@transaction.atomic
def amend_line(made: Line, text: str, *, by: User, at: datetime) -> Line:
    """改一段的笔误:注明改过,改以前的留着;实录签发以后请更正那件信息。"""
    interview = locked(made.interview)
    access.require(by, "engagement.event", interview.agency)
    made = Line.objects.select_for_update().get(pk=made.pk)
    if interview.transcript is not None and interview.transcript.published_at is not None:
        raise RuleBroken("实录已经签发", fix="要改的请更正那件信息。")
    text = _clean(text, "内容")
    if text == made.text:
        raise RuleBroken("没有改动", fix="请改了再保存。")
    made.former, made.text, made.amended_at = made.former or made.text, text, at
    made.save(update_fields=["former", "text", "amended_at"])
    interview.amendments += 1
    interview.save(update_fields=["amendments"])
    noted("amend", interview, f"改实录第{made.place}段", at=at, by=by)
    return made


@transaction.atomic
def draft_answer(
    asked: Asked, shown: str, answer: str, *, by: User, at: datetime, seen: str | None = None
) -> Asked:
    """访谈以后拟一个没有当场答的提问的回复,由另一个人核定。"""
    asked = _question(asked, by, "engagement.event", seen, *OWED_STATES)
    if asked.interview.closed_at is None:
        raise RuleBroken("访谈还没有结束", fix="当场答的请登记到实录里。")
    asked.shown, asked.answer = _clean(shown, "公开的问法"), _clean(answer, "回复")
    asked.state, asked.drafted_by = AskedState.DRAFTED, by
    _save(asked, "shown", "answer", "state", "drafted_by")
    noted("draft_answer", asked.interview, f"拟回复提问{asked}", about=asked, at=at, by=by)
    return asked


@transaction.atomic
def release_answer(asked: Asked, *, by: User, at: datetime, seen: str | None = None) -> Asked:
    """核定,马上公开;拟的人不核定自己的。"""
    asked = _question(asked, by, "engagement.review", seen, AskedState.DRAFTED)
    if asked.drafted_by_id == by.pk:
        raise RuleBroken("不能核定自己拟的回复", fix="请另一个人核定。")
    asked.state, asked.answered_at, asked.answered_by = AskedState.REPLIED, at, by
    _save(asked, "state", "answered_at", "answered_by")
    noted("release", asked.interview, f"公开回复提问{asked}", at=at, by=by)
    return asked
