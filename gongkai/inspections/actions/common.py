"""一轮检查的各步都用的:锁住、核对看到的那一稿、记一条、写下每项的回答、整轮作废。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import judging
from ..models import Check, Evidence, Finding, Round, Sample
from ..terms import FindingState, RoundState


def locked(round: Round) -> Round:
    """The row, locked until the transaction ends."""
    return Round.objects.select_for_update().get(pk=round.pk)


def noted_round(action: str, round: Round, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    log(f"inspections.{action}", f"{round}：{what}", at=at, by=by, about=round, **more)


def in_state(
    round: Round, by: User, seen: str | None, *states: RoundState, right: str = "inspections.check"
) -> Round:
    access.require(by, right)
    round = locked(round)
    check(seen, round.mark)
    if round.state not in states:
        raise RuleBroken(f"这一轮{round.get_state_display()}，不能再这样办", fix="请刷新页面。")
    return round


def bumped(round: Round, *fields: str) -> None:
    round.revision += 1
    round.save(update_fields=[*fields, "revision"])


def record_found(
    sample: Sample, found: Mapping[str, judging.Found], *, at: datetime, evidence: Evidence | None = None
) -> None:
    """Write the program's answers down; what a person answered stays."""
    kept = set(sample.checks.exclude(by=None).values_list("code", flat=True))
    write(
        Check(
            sample=sample,
            code=code,
            answer=one.answer,
            count=one.count,
            note=one.note[:2000],
            evidence=evidence,
            at=at,
        )
        for code, one in found.items()
        if code not in kept
    )


def write(rows: Iterable[Check]) -> None:
    """One answer an indicator: a new one takes the place of the old."""
    columns = ["answer", "count", "note", "evidence", "by", "at"]
    Check.objects.bulk_create(rows, update_conflicts=True, unique_fields=["sample", "code"], update_fields=columns)


def voided(round: Round, reason: str, *, by: User | None, at: datetime) -> Round:
    """Void a locked round; suspicions of it fall with it."""
    round.state, round.void_reason = RoundState.VOID, reason[:200]
    bumped(round, "state", "void_reason")
    Finding.objects.filter(round=round, state=FindingState.SUSPECTED).update(state=FindingState.DROPPED)
    round.visits.filter(state="waiting").update(state="dropped")
    noted_round("void", round, f"作废（{reason[:100]}）", at=at, by=by)
    return round
