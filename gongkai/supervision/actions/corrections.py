"""整改:下达、自报、复核、销号、往上提;处理建议。复核的不是下达的人。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.law import supervision as law
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..models import Advice, Correction, CorrectionEntry, Piece
from ..terms import CorrectionState, Escalation, PieceState
from .common import locked, needed, noted, seen_as, touch

ADVICE_FIELDS = ("facts", "proof", "basis", "impact", "advice", "heard", "sent_to")


def _entry(
    correction: Correction, what: str, text: str, by: User, at: datetime, record: Record | None = None
) -> None:
    CorrectionEntry.objects.create(correction=correction, what=what, text=text, by=by, at=at, record=record)


@transaction.atomic
def issue_correction(
    agency: Agency,
    subject: str,
    facts: str,
    requirement: str,
    *,
    due_on: date,
    on: date,
    by: User,
    at: datetime,
    basis: str = "",
    piece: Piece | None = None,
) -> Correction:
    """下达一件整改;期限不短于最短的;任务已经验证完成的退回去。"""
    access.require(by, "supervision.correct", agency)
    subject, facts = needed(subject, "什么问题"), needed(facts, "事实", "请写时间、栏目、数量，不写形容词。")
    requirement = needed(requirement, "要改成怎样")
    law.rectification_due(on, due_on)
    if agency.ended_on and agency.ended_on <= on:
        raise RuleBroken(f"{agency}已经撤并", fix="请下达给承继它职责的单位。")
    correction = Correction.objects.create(
        agency=agency,
        piece=piece,
        subject=subject[:120],
        facts=facts,
        basis=basis.strip()[:200],
        requirement=requirement[:300],
        issued_on=on,
        due_on=due_on,
        issued_by=by,
    )
    if piece is not None:
        piece = locked(piece, "task")
        piece.state, piece.done_on, piece.verified_by, piece.verified_at = PieceState.RETURNED, None, None, None
        touch(piece, "state", "done_on", "verified_by", "verified_at")
    _entry(correction, "下达", facts, by, at)
    noted("correct", f"请{agency}整改：{correction}（{due_on}以前）", correction, at=at, by=by, agency=agency)
    return correction


@transaction.atomic
def answer_correction(
    correction: Correction,
    text: str,
    *,
    on: date,
    by: User,
    at: datetime,
    record: Record | None = None,
    seen: str | None = None,
) -> Correction:
    """单位自报改好了:写明怎样改的,附公众看得到的结果。"""
    correction = locked(correction, "agency")
    access.require(by, "supervision.report", correction.agency)
    seen_as(correction, seen)
    if correction.state not in (CorrectionState.ISSUED, CorrectionState.RETURNED):
        raise RuleBroken(f"这件整改{correction.get_state_display()}", fix="请刷新页面。")
    text = needed(text, "怎样改的")
    if record is not None and not record.is_public(at):
        raise RuleBroken(f"{titled(record)}现在没有公开", fix="请选公众看得到的信息。")
    correction.state, correction.answered_on = CorrectionState.ANSWERED, on
    touch(correction, "state", "answered_on")
    _entry(correction, "自报", text, by, at, record)
    noted(
        "answer", f"{correction.agency}自报整改：{correction}", correction, at=at, by=by, agency=correction.agency
    )
    return correction


@transaction.atomic
def review_correction(
    correction: Correction, passed: bool, text: str, *, on: date, by: User, at: datetime, seen: str | None = None
) -> Correction:
    """复核:不是下达的人;没有改好的退回写明差什么;改好的销号。"""
    correction = locked(correction, "agency")
    access.require(by, "supervision.correct", correction.agency)
    seen_as(correction, seen)
    if correction.state != CorrectionState.ANSWERED:
        raise RuleBroken("单位还没有自报整改", fix="请等单位报来再复核。")
    if correction.issued_by_id == by.pk:
        raise RuleBroken("下达整改的人不能自己复核", fix="请由另一位复核。")
    text = needed(text, "复核的情况", "请写哪天、在哪里看到什么。")
    correction.state = CorrectionState.CLOSED if passed else CorrectionState.RETURNED
    correction.closed_on = on if passed else None
    touch(correction, "state", "closed_on")
    _entry(correction, "销号" if passed else "退回", text, by, at)
    said = "销号" if passed else "退回再改"
    noted(
        "review",
        f"复核{correction.agency}的整改：{said}，{correction}",
        correction,
        at=at,
        by=by,
        agency=correction.agency,
    )
    return correction


@transaction.atomic
def escalate(
    correction: Correction, text: str, *, on: date, by: User, at: datetime, seen: str | None = None
) -> Correction:
    """过了期限没有改好的,一级一级往上提:提醒、督办、通报、呈送主要领导、提出处理建议。"""
    correction = locked(correction, "agency")
    access.require(by, "supervision.correct", correction.agency)
    seen_as(correction, seen)
    if not correction.is_late(on):
        raise RuleBroken(f"整改期限是{correction.due_on}，还没有逾期", fix="请等期限过了再提。")
    levels = list(Escalation)
    at_level = levels.index(Escalation.from_value(correction.level)) + 1 if correction.level else 0
    if at_level == len(levels):
        raise RuleBroken("已经提到最后一级", fix="请登记处理建议的结果。")
    level = levels[at_level]
    correction.level = level
    touch(correction, "level")
    _entry(correction, level.label, text.strip(), by, at)
    noted(
        "escalate",
        f"{level.label}{correction.agency}：{correction}",
        correction,
        at=at,
        by=by,
        agency=correction.agency,
    )
    return correction


@transaction.atomic
def advise(
    agency: Agency,
    values: dict[str, Any],
    sent_on: date,
    *,
    by: User,
    at: datetime,
    correction: Correction | None = None,
) -> Advice:
    """向有权机关提处理建议(条例第四十七条):事实、证据、依据、建议齐全,听过单位的陈述申辩。"""
    access.require(by, "supervision.correct", agency)
    given = {name: str(values.get(name, "")).strip() for name in ADVICE_FIELDS}
    for name, what in (
        ("facts", "事实"),
        ("proof", "证据"),
        ("basis", "依据"),
        ("advice", "建议"),
        ("heard", "单位的陈述、申辩"),
        ("sent_to", "送哪个机关"),
    ):
        needed(given[name], what)
    made = Advice.objects.create(agency=agency, correction=correction, sent_on=sent_on, by=by, at=at, **given)
    noted("advise", f"就{agency}向{given['sent_to']}提处理建议", made, at=at, by=by, agency=agency)
    return made


@transaction.atomic
def note_result(advice: Advice, result: str, result_on: date, *, by: User, at: datetime) -> Advice:
    """登记有权机关怎样处理的;本系统不作处分。"""
    advice = locked(advice, "agency")
    access.require(by, "supervision.correct", advice.agency)
    if advice.result:
        raise RuleBroken("已经登记过结果", fix="请刷新页面。")
    if result_on < advice.sent_on:
        raise RuleBroken(f"结果之日{result_on}早于送出之日{advice.sent_on}", fix="请核对日期。")
    advice.result, advice.result_on = needed(result, "处理结果")[:300], result_on
    advice.save(update_fields=["result", "result_on"])
    noted("result", f"登记处理建议的结果：{advice.agency}", advice, at=at, by=by, agency=advice.agency)
    return advice
