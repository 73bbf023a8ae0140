"""来信的后续:请别的单位协办、差评回访、更正公开的信息。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.seen import check
from gongkai.law import engagement as law
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..models import Help, Letter
from ..terms import OPEN_STATES, Elsewhere, LetterState
from .letters import locked, noted, save


@transaction.atomic
def ask_help(
    letter: Letter, agency: Agency, question: str, *, by: User, at: datetime, seen: str | None = None
) -> Help:
    """请另一个单位协办;它看得到信,看不到联系方式的原文,期限不因此重算。"""
    letter = locked(letter)
    access.require(by, "engagement.handle", letter.agency)
    check(seen, letter.mark)
    if letter.state != LetterState.HANDLING:
        raise RuleBroken(f"这封来信{letter.get_state_display()}，不能请别的单位协办", fix="请先受理。")
    if agency.pk == letter.agency_id or agency.ended_on is not None:
        raise RuleBroken("不能请这个单位协办", fix="请选另一个没有撤并的单位。")
    if letter.helps.filter(agency=agency, answered_at=None).exists():
        raise RuleBroken(f"已经请{agency}协办，还没有回话", fix="请等它的意见，或者催一催。")
    if not question.strip():
        raise RuleBroken("没有写请协办什么", fix="请写明要它答哪一问。")
    made = Help.objects.create(
        letter=letter, agency=agency, question=line(question)[:300], asked_at=at, asked_by=by
    )
    save(letter)
    noted("help", letter, f"请{agency}协办", at=at, by=by)
    return made


@transaction.atomic
def answer_help(letter: Letter, agency: Agency, answer: str, *, by: User, at: datetime) -> Help:
    """协办单位提出意见,主办单位据此答复。"""
    letter = locked(letter)
    access.require(by, "engagement.handle", agency)
    found = Help.objects.select_for_update().filter(letter=letter, agency=agency, answered_at=None).first()
    if found is None or letter.state not in OPEN_STATES:
        raise RuleBroken("没有等着这个单位回话的协办", fix="请刷新页面看最新的环节。")
    if not answer.strip():
        raise RuleBroken("没有写意见", fix="请写明；不归本单位的也写清归谁。")
    found.answer, found.answered_at, found.answered_by = clean(answer).strip()[:5000], at, by
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    save(letter)
    noted("helped", letter, f"{agency}提出协办意见", at=at, by=by)
    return found


@transaction.atomic
def revisit(
    letter: Letter,
    note: str,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
    promise: str = "",
    promise_on: date | None = None,
) -> Letter:
    """差评回访:问清为什么;当下办不到的,写哪一天办到,到期再复核。"""
    letter = locked(letter)
    access.require(by, "engagement.handle", letter.agency)
    check(seen, letter.mark)
    if letter.state != LetterState.REPLIED or not law.is_bad(letter.rating or 5) or letter.revisited_at:
        raise RuleBroken("没有等着回访的差评", fix="请刷新页面。")
    if not note.strip():
        raise RuleBroken("没有写回访的结果", fix="请写来信人为什么不满意、怎样办；误评的写怎样核实的。")
    if bool(promise.strip()) != (promise_on is not None):
        raise RuleBroken("要办的事和哪一天办到没有写全", fix="两样都写，或者都不写。")
    if promise_on is not None:
        if letter.promise_on is not None and letter.promise_kept_at is None:
            raise RuleBroken("答复里的承诺还没有兑现", fix="请先登记那一件办到了，再写新的。")
        letter.promise, letter.promise_on, letter.promise_kept_at = line(promise)[:200], promise_on, None
    letter.revisited_at, letter.revisit_note = at, clean(note).strip()[:500]
    save(letter, "revisited_at", "revisit_note", "promise", "promise_on", "promise_kept_at")
    noted("revisit", letter, "差评回访", at=at, by=by)
    return letter


@transaction.atomic
def correct(letter: Letter, note: str, *, by: User, at: datetime, seen: str | None = None) -> Letter:
    """来信指出的公开信息改好了(或者核实没有错)。"""
    letter = locked(letter)
    access.require(by, "engagement.handle", letter.agency)
    check(seen, letter.mark)
    if letter.where != Elsewhere.CORRECTION or letter.corrected_at:
        raise RuleBroken("没有等着更正的信息", fix="请刷新页面。")
    if not note.strip():
        raise RuleBroken("没有写改了什么", fix="请写明，来信人看得到；核实没有错的写依据。")
    letter.corrected_at, letter.corrected_note = at, line(note)[:300]
    save(letter, "corrected_at", "corrected_note")
    noted("correct", letter, "更正公开的信息", at=at, by=by)
    return letter
