"""审核:送审、撤回、三审和两道关口、签发、外部意见。流程表在 ``records.review``。"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.desk.moments import local_day, minute
from gongkai.desk.seen import check
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.law.sources import cite
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import checks, on_record, review
from ..models import Edition, Invitation, Record, Review
from ..terms import EDITABLE_STAGES, SUBMITTED_STAGES, ReviewKind, Stage, Verdict
from .derived import hand_on, locked, touch
from .derived import store as save_record


def _fresh(edition: Edition) -> Edition:
    """The edition as it stands now, its record locked."""
    record = locked(edition.record_id)
    edition = Edition.objects.get(pk=edition.pk)
    edition.record = record
    return edition


@transaction.atomic
def submit(edition: Edition, *, by: User, at: datetime, confirmed: Mapping[str, str] | None = None) -> Edition:
    """送审。缺必备要素的送不出去;“请核对”的逐条核对过才送得出去,核对的人和理由审核人看得见。

    Args:
        confirmed: mark of each finding that the person ticked → the reason given; None where no page was shown
            (a program hands in).
    """
    edition = _fresh(edition)
    access.require(by, "records.write", edition.record.agency)
    if edition.stage not in EDITABLE_STAGES:
        raise RuleBroken(f"这一版是“{edition.get_stage_display()}”，不能再送审", fix="请等审核结果，或者先撤回。")
    _no_blocks(edition, local_day(at))
    ticked = _ticked(edition, local_day(at), confirmed)
    edition.stage = Stage.FIRST
    edition.save(update_fields=["stage"])
    _note(edition, ReviewKind.SUBMIT, Verdict.NOTE, "", by, at, confirmed=ticked)
    touch(edition.record, at)
    log(
        "records.submit",
        f"送审{titled(edition.title)}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
    )
    return edition


def _ticked(edition: Edition, on: date, confirmed: Mapping[str, str] | None) -> list[dict[str, str]]:
    """The findings with the reasons given; RuleBroken while one is not ticked, or contradicts the text without a
    reason."""
    if confirmed is None:
        return []
    findings = checks.to_confirm(edition, on=on)
    if open_ones := [finding.message.rstrip("。") for finding in findings if finding.mark not in confirmed]:
        raise RuleBroken(
            f"还有{len(open_ones)}条请核对的没有确认：{'；'.join(open_ones)}",
            fix="请逐条看过，改正，或者勾选确认以后再送审。",
        )
    ticked = []
    for finding in findings:
        reason = confirmed[finding.mark].strip()[:200]
        if finding.needs_reason and not reason:
            raise RuleBroken(
                f"{finding.message.rstrip('。')}，没有写理由", fix="请改成一致，或者写明为什么不一样。"
            )
        ticked.append({"code": finding.code, "message": finding.message, "reason": reason})
    return ticked


def _no_blocks(edition: Edition, on: date) -> None:
    blocks = [one for one in checks.run(edition, on=on) if one.severity is checks.Severity.BLOCK]
    if blocks:
        raise RuleBroken(
            "；".join(one.message.rstrip("。") for one in blocks),
            source="、".join(dict.fromkeys(one.basis for one in blocks if one.basis)),
            fix="".join(dict.fromkeys(one.fix for one in blocks)),
        )


def _note(
    edition: Edition,
    kind: ReviewKind,
    verdict: Verdict,
    opinion: str,
    by: User | None,
    at: datetime,
    **more: Any,
) -> Review:
    return Review.objects.create(
        edition=edition,
        kind=kind,
        verdict=verdict,
        opinion=opinion.strip(),
        by=by,
        at=at,
        revision=edition.revision,
        **more,
    )


@transaction.atomic
def recall(edition: Edition, *, by: User, at: datetime) -> Edition:
    """撤回送审,已有的审核意见作废。"""
    edition = _fresh(edition)
    access.require(by, "records.write", edition.record.agency)
    if edition.stage not in SUBMITTED_STAGES:
        raise RuleBroken("这一版不在审核中，没有可以撤回的", fix="请刷新页面看最新的环节。")
    _back(edition, Stage.DRAFT)
    _note(edition, ReviewKind.RECALL, Verdict.NOTE, "", by, at)
    touch(edition.record, at)
    log(
        "records.recall",
        f"撤回送审{titled(edition.title)}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
    )
    return edition


def _back(edition: Edition, stage: Stage) -> None:
    """Back to the writer: earlier approvals no longer count (C44)."""
    edition.reviews.filter(valid=True).update(valid=False)
    edition.stage = stage
    edition.save(update_fields=["stage"])


@transaction.atomic
def judge(
    edition: Edition,
    kind: ReviewKind,
    verdict: Verdict,
    opinion: str = "",
    *,
    by: User,
    at: datetime,
    publish_at: datetime | None = None,
    seen: str | None = None,
) -> Edition:
    """办一道审核(初审、复审、终审签发、保密审查、法制审核)。

    终审同意即签发;``publish_at`` 是定时发布的时刻,须在将来,只用于第一次公开;``seen`` 是审核人看的那一稿
    (``Edition.mark``),给了就核对,免得审的是旧稿、签的是新稿。

    Raises:
        PermissionDenied: the person has no such role for the agency.
        RuleBroken: wrong stage, the writer or an earlier reviewer judging, no reason for a return, or a gate missing.
    """
    edition, kind, verdict = _fresh(edition), ReviewKind(kind), Verdict(verdict)
    access.require(by, f"records.{kind.value}", edition.record.agency)
    check(seen, edition.mark)
    review.may_judge(edition, kind, by)
    if verdict is Verdict.NOTE:
        raise RuleBroken("审核的结论只有同意和退回", fix="请选一个结论。")
    if verdict is Verdict.RETURN:
        if not opinion.strip():
            raise RuleBroken("退回没有写明原因", fix="请写明要改什么。")
        entry = _note(edition, kind, verdict, opinion, by, at)
        _back(edition, Stage.RETURNED)
        Review.objects.filter(pk=entry.pk).update(valid=True)
    else:
        if review.TABLE[kind].to is Stage.LIVE:
            review.gates_passed(edition)
            _no_blocks(edition, local_day(at))
        _note(edition, kind, Verdict.PASS, opinion, by, at)
        to = review.TABLE[kind].to
        if to is Stage.LIVE:
            sign(edition, by, at, publish_at)
        elif to:
            edition.stage = to
            edition.save(update_fields=["stage"])
    if edition.stage == Stage.LIVE:
        save_record(edition.record, at)
    else:
        touch(edition.record, at)
    log(
        f"records.{kind.value}",
        f"{kind.label}{titled(edition.title)}：{verdict.label}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
        verdict=verdict.value,
        edition=edition.nth,
    )
    return edition


def sign(edition: Edition, by: User, at: datetime, publish_at: datetime | None) -> None:
    """签发:新版成为公开版,旧版替换,要素抄到信息上,外部链接作废(C104)。先过上面各应用的关口,再让跟着办的办(``gates``)。"""
    record: Record = edition.record
    if publish_at and publish_at <= at:
        raise RuleBroken("定时发布的时刻已经过去", fix="请填将来的时刻，或者留空立即公开。")
    if publish_at and record.published_at and record.published_at <= at:
        raise RuleBroken("更正已公开的信息不能定时发布", fix="请留空，签发后立即替换。")
    if edition.openness != Openness.ACTIVE and publish_at:
        raise RuleBroken("不主动公开的信息不能定时发布", fix="请留空。")
    _made_before(edition, publish_at or record.published_at or at)
    for gate in on_record.gates():
        gate.signing(edition, by=by, at=at, publish_at=publish_at)
    for follower in on_record.followers():
        follower.signed(edition, by=by, at=at, publish_at=publish_at)
    record.editions.filter(stage=Stage.LIVE).update(stage=Stage.SUPERSEDED)
    edition.stage, edition.signed_at, edition.publish_at = Stage.LIVE, at, publish_at
    edition.save(update_fields=["stage", "signed_at", "publish_at"])
    hand_on(edition, record)
    if edition.openness == Openness.ACTIVE and (record.published_at is None or publish_at):
        record.published_at = publish_at or at
    edition.invitations.filter(used_at=None).update(used_at=at)


def _made_before(edition: Edition, release: datetime) -> None:
    """RuleBroken if it would be published before the day on which it was made."""
    shown = local_day(release)
    if edition.openness == Openness.ACTIVE and edition.made_on and edition.made_on > shown:
        raise RuleBroken(
            f"成文日期{edition.made_on}晚于发布之日{shown}",
            source=cite("inspection19"),
            fix="发布日期不得伪造；请退回核对成文日期，或者定在成文以后发布。",
        )


@transaction.atomic
def reschedule(record: Record, publish_at: datetime | None, *, by: User, at: datetime) -> Record:
    """改定时发布的时刻:已经签发、还没有到时候的;``publish_at`` 须在将来,不填就是现在公开。

    Raises:
        PermissionDenied: the person does not sign for the agency.
        RuleBroken: not signed, public already, a moment gone by or before it was made, or a gate against it.
    """
    record = locked(record)
    access.require(by, "records.final", record.agency)
    live, before = record.live, record.published_at
    if live is None or before is None:
        raise RuleBroken(f"{titled(record)}还没有签发定时发布", fix="请在终审签发时填定时发布的时刻。")
    if before <= at:
        raise RuleBroken(f"{titled(record)}已经过了发布的时刻", fix="不宜公开的请撤下，内容有误的请更正。")
    if publish_at and publish_at <= at:
        raise RuleBroken("新定的时刻已经过去", fix="请填将来的时刻，或者留空立即公开。")
    moment = publish_at or at
    _made_before(live, moment)
    for gate in on_record.gates():
        gate.moving(record, moment, by=by, at=at)
    for follower in on_record.followers():
        follower.moved(record, moment, by=by, at=at)
    live.publish_at, record.published_at = moment, moment
    live.save(update_fields=["publish_at"])
    save_record(record, at)
    log(
        "records.reschedule",
        f"{titled(record)}改为{minute(moment)}公开",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
        before=before.isoformat(),
        release=moment.isoformat(),
    )
    return record


@transaction.atomic
def invite(edition: Edition, name: str, *, by: User, at: datetime) -> str:
    """请外部人员(法律顾问、专家)看一次;返回链接里的口令,只此一次,库里只存散列。"""
    edition = _fresh(edition)
    access.require(by, "records.invite", edition.record.agency)
    if edition.stage not in SUBMITTED_STAGES:
        raise RuleBroken("只有审核中的稿子才能请外部人员看", fix="请先送审。")
    token = secrets.token_urlsafe(32)
    days = params.at("disclosure.invitation_days", local_day(at)).value
    Invitation.objects.create(
        edition=edition,
        digest=hashlib.sha256(token.encode()).hexdigest(),
        name=name.strip()[:60],
        by=by,
        created_at=at,
        expires_at=at + DAY * days,
    )
    log(
        "records.invite",
        f"邀请{name}审阅{titled(edition.title)}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
    )
    return token


@transaction.atomic
def opine(token: str, opinion: str, *, at: datetime) -> Edition:
    """外部人员凭口令写意见;口令随即作废。"""
    invitation = review.invitation(token, at=at)
    if invitation is None:
        raise RuleBroken("这个链接已经用过、到期或者作废", fix="请联系邀请您的单位。")
    edition = _fresh(invitation.edition)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at)
    if not used:
        raise RuleBroken("这个链接刚刚已经用过", fix="请联系邀请您的单位。")
    _note(edition, ReviewKind.OUTSIDE, Verdict.NOTE, opinion, None, at, outsider=invitation.name)
    log(
        "records.opine",
        f"{invitation.name}对{titled(edition.title)}提出外部意见",
        at=at,
        agency=edition.record.agency,
        about=edition.record,
    )
    return edition
