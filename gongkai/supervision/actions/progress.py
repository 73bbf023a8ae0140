"""进展:报送、验证、退回、暂缓、不适用、恢复。完成由牵头单位或者督查验证,不由报的人自己。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.supervision import TaskKind, UnitRole, quarter_of
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import units
from ..models import Evidence, Piece, Progress
from ..terms import PieceState, PlanState, Verdict
from .common import locked, needed, noted, seen_as, touch


@dataclass(frozen=True, slots=True)
class Proof:
    """报送时带的一件证据:一件公开的信息,或者网址、材料的说明。"""

    record: Record | None = None
    note: str = ""


def may_verify(user: User, piece: Piece) -> bool:
    """Whether this person may verify for the piece's task: the inspector, the office, or the head of a unit that
    leads it."""
    if access.is_district(user, "supervision.verify"):
        return True
    leads = piece.task.pieces.filter(role=UnitRole.LEAD).exclude(agency=None).select_related("agency")
    return any(access.may(user, "supervision.verify", lead.agency) for lead in leads)


def may_report(user: User, piece: Piece, agency: Agency) -> bool:
    """Whether this person may report for this unit on the piece."""
    own = piece.agency_id == agency.pk or (piece.group and piece.group in units.groups_of(agency))
    return bool(own) and access.may(user, "supervision.report", agency)


def _running(piece: Piece) -> Piece:
    piece = locked(piece, "task__plan", "agency")
    if piece.task.plan.state != PlanState.CONFIRMED:
        raise RuleBroken("方案没有在执行", fix="没有确认、已经结束的方案不报进展。")
    return piece


@transaction.atomic
def report(
    piece: Piece,
    agency: Agency,
    text: str,
    *,
    by: User,
    at: datetime,
    period: str = "",
    done: bool = False,
    proofs: Iterable[Proof] = (),
    seen: str | None = None,
) -> Progress:
    """报一次进展。持续的任务按季报,不报“完成”;报完成的要有证据,证据里的信息公众看得到。"""
    piece = _running(piece)
    if not may_report(by, piece, agency):
        raise PermissionDenied(f"您不能代{agency}报这项任务的进展。请由它的信息员或者负责人报。")
    seen_as(piece, seen)
    if agency.ended_on and agency.ended_on <= local_day(at):
        raise RuleBroken(f"{agency}已经撤并", fix="请由承继它职责的单位报。")
    text, given = needed(text, "做了什么"), [proof for proof in proofs if proof.record or proof.note.strip()]
    _period(piece, period)
    if done and piece.task.kind in (TaskKind.CONTINUING, TaskKind.MONTHLY):
        raise RuleBroken("持续推进的任务没有完成之日", fix="请按季度报进展。")
    if done and not given:
        raise RuleBroken("报完成没有附证据", fix="请附公开的信息、网址或者材料，验证的人要逐件看。")
    for proof in given:
        if proof.record is not None and not proof.record.is_public(at):
            raise RuleBroken(
                f"{titled(proof.record) if proof.record.published_at else proof.record.index_number}公众看不到，不能作证据",
                fix="请选已经公开的信息；涉密、不公开的材料写明存放何处，由督查当面核对。",
            )
    progress = Progress.objects.create(
        piece=piece, agency=agency, period=period, text=text[:3000], claims_done=done, by=by, at=at
    )
    Evidence.objects.bulk_create(
        Evidence(
            progress=progress, record=proof.record, edition=_edition(proof.record), note=proof.note.strip()[:300]
        )
        for proof in given
    )
    if piece.agency_id and piece.state != PieceState.DONE:
        piece.state = PieceState.CLAIMED if done else PieceState.UNDERWAY
        touch(piece, "state")
    said = "报完成" if done else f"报{period or '一次'}进展"
    noted("report", f"{agency}{said}：{piece.task}", piece.task, at=at, by=by, agency=agency)
    return progress


def _period(piece: Piece, period: str) -> None:
    if period and quarter_of(period) is None:
        raise RuleBroken(f"“{period}”不是一个季度", fix="请写作 2026Q3 这样。")


def _edition(record: Record | None) -> int | None:
    live = record.live if record else None
    return live.nth if live else None


@transaction.atomic
def judge(progress: Progress, verdict: Verdict, opinion: str, *, on: date, by: User, at: datetime) -> Progress:
    """验证:报的人自己不验证;证据撤了、改了、过期了的不能算完成;退回写明差什么。"""
    progress = locked(progress, "piece__task__plan", "agency", "by")
    piece = _running(progress.piece)
    if not may_verify(by, piece):
        raise PermissionDenied("完成由牵头单位的负责人、区政府办或者督查验证。")
    if progress.by_id == by.pk:
        raise RuleBroken("自己报的不能自己验证", fix="请由另一位验证。")
    if progress.verdict:
        raise RuleBroken("这次进展已经验证过", fix="请刷新页面。")
    if verdict is Verdict.RETURNED:
        needed(opinion, "差什么")
    elif doubts := [f"{evidence}{why}" for evidence in progress.evidence.all() if (why := evidence.doubt(at, on))]:
        raise RuleBroken(f"证据已经靠不住：{'；'.join(doubts[:2])}", fix="请退回，让单位换上现在有效的证据。")
    progress.verdict, progress.judged_by, progress.judged_at = verdict, by, at
    progress.judgement = opinion.strip()[:300]
    progress.save(update_fields=["verdict", "judged_by", "judged_at", "judgement"])
    if piece.agency_id:
        if verdict is Verdict.RETURNED:
            piece.state = PieceState.RETURNED
        elif progress.claims_done and piece.task.kind != TaskKind.YEARLY:
            piece.state, piece.done_on = PieceState.DONE, local_day(progress.at)
            piece.verified_by, piece.verified_at = by, at
        else:
            piece.state = PieceState.UNDERWAY
        touch(piece, "state", "done_on", "verified_by", "verified_at")
    said = f"{verdict.label}{'，' + opinion.strip()[:100] if opinion.strip() else ''}"
    noted(
        "judge",
        f"验证{progress.agency}的进展：{said}（{piece.task}）",
        piece.task,
        at=at,
        by=by,
        agency=progress.agency,
    )
    return progress


@transaction.atomic
def set_aside(
    piece: Piece, state: PieceState, reason: str, approval: str, *, by: User, at: datetime, seen: str | None = None
) -> Piece:
    """暂缓要有批准的文件,不适用要有理由;都由区政府办或者督查定。"""
    piece = _running(piece)
    access.require(by, "supervision.plan")
    seen_as(piece, seen)
    if state not in (PieceState.SUSPENDED, PieceState.INAPPLICABLE):
        raise RuleBroken("只有暂缓、不适用两种", fix="请选一种。")
    piece.aside_reason = needed(reason, "理由")[:300]
    piece.approval = approval.strip()[:120]
    if state is PieceState.SUSPENDED:
        piece.approval = needed(approval, "批准暂缓的文号、会议")[:120]
    piece.state = state
    touch(piece, "state", "aside_reason", "approval")
    noted(
        "aside",
        f"{piece}{state.label}：{piece.task}（{reason.strip()[:100]}）",
        piece.task,
        at=at,
        by=by,
        agency=piece.agency,
    )
    return piece


@transaction.atomic
def resume(piece: Piece, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Piece:
    """恢复办理:暂缓、不适用的,或者完成以后证据靠不住的。"""
    piece = _running(piece)
    access.require(by, "supervision.plan")
    seen_as(piece, seen)
    if piece.state not in (PieceState.SUSPENDED, PieceState.INAPPLICABLE, PieceState.DONE):
        raise RuleBroken("这一份本来就在办", fix="请刷新页面。")
    reason = needed(reason, "为什么恢复")
    piece.state, piece.done_on, piece.verified_by, piece.verified_at = PieceState.UNDERWAY, None, None, None
    touch(piece, "state", "done_on", "verified_by", "verified_at")
    noted(
        "resume", f"{piece}恢复办理：{piece.task}（{reason[:100]}）", piece.task, at=at, by=by, agency=piece.agency
    )
    return piece
