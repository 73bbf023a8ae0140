"""考核里的另一双眼睛:加分的申报和认定,一票否决由两个人,异议由没有评过的人复核。"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.law.supervision import last_day
from gongkai.org import access
from gongkai.org.models import User

from .. import scoring
from ..models import BonusClaim, Candidate, LineMark, Objection, VetoFinding
from ..terms import ObjectionKind, ObjectionOutcome, RoundState
from .assessments import _round, leaf, not_own
from .common import locked, needed, noted


@transaction.atomic
def claim_bonus(
    candidate: Candidate, rule: str, level: str, matter: str, proof: str, *, by: User, at: datetime
) -> BonusClaim:
    """申报一项加分;没有证明材料的可以先报,认定以前要补。"""
    round = _round(candidate.round, RoundState.SELF, RoundState.REVIEW)
    access.require(by, "supervision.report", candidate.agency)
    rules = {one.id: one for one in round.system.parsed().bonuses}
    if rule not in rules or level not in rules[rule].points:
        raise RuleBroken(f"加分“{rule} {level}”不在指标表里", fix="请照表选。")
    claim = BonusClaim.objects.create(
        candidate=candidate,
        rule=rule,
        level=level,
        matter=needed(matter, "什么事项")[:120],
        proof=proof.strip()[:300],
        by=by,
        at=at,
    )
    noted("bonus", f"{candidate}申报加分：{claim.matter}", round, at=at, by=by, agency=candidate.agency)
    return claim


@transaction.atomic
def judge_bonus(claim: BonusClaim, accepted: bool, reason: str, *, by: User, at: datetime) -> BonusClaim:
    """认定加分:没有证明材料的不认;不认的写理由。"""
    claim = locked(claim, "candidate__agency", "candidate__round")
    round = _round(claim.candidate.round, RoundState.REVIEW, RoundState.FEEDBACK)
    access.require(by, "supervision.assess")
    not_own(by, claim.candidate)
    if accepted and not claim.proof:
        raise RuleBroken("没有证明材料", fix="请单位补上文件、通报或者网址再认定。")
    if not accepted:
        needed(reason, "为什么不认定")
    claim.accepted, claim.judged_by, claim.reason = accepted, by, reason.strip()[:200]
    claim.save(update_fields=["accepted", "judged_by", "reason"])
    said = "认定" if accepted else "不认定"
    noted(
        "bonus",
        f"{said}{claim.candidate}的加分：{claim.matter}",
        round,
        at=at,
        by=by,
        agency=claim.candidate.agency,
    )
    return claim


@transaction.atomic
def find_veto(candidate: Candidate, rule: str, facts: str, proof: str, *, by: User, at: datetime) -> VetoFinding:
    """提出一票否决;等单位申辩、第二个人认定。"""
    round = _round(candidate.round, RoundState.REVIEW, RoundState.FEEDBACK)
    access.require(by, "supervision.assess")
    not_own(by, candidate)
    if rule not in {one.id for one in round.system.parsed().vetoes}:
        raise RuleBroken(f"一票否决“{rule}”不在指标表里", fix="请照表选。")
    found = VetoFinding.objects.create(
        candidate=candidate,
        rule=rule,
        facts=needed(facts, "事实"),
        proof=needed(proof, "证据")[:300],
        by=by,
        at=at,
    )
    noted("veto", f"对{candidate}提出一票否决", round, at=at, by=by, agency=candidate.agency)
    return found


@transaction.atomic
def hear_veto(finding: VetoFinding, words: str, *, by: User, at: datetime) -> VetoFinding:
    """单位的申辩。"""
    finding = locked(finding, "candidate__agency", "candidate__round")
    round = _round(finding.candidate.round, RoundState.REVIEW, RoundState.FEEDBACK)
    access.require(by, "supervision.report", finding.candidate.agency)
    finding.heard = needed(words, "申辩的话", "没有意见的写“没有意见”。")
    finding.save(update_fields=["heard"])
    noted("veto", f"{finding.candidate}的申辩", round, at=at, by=by, agency=finding.candidate.agency)
    return finding


@transaction.atomic
def second_veto(finding: VetoFinding, *, by: User, at: datetime) -> VetoFinding:
    """第二个人认定;不是提出的人,听过申辩。"""
    finding = locked(finding, "candidate__agency", "candidate__round", "candidate__round__system")
    round = _round(finding.candidate.round, RoundState.REVIEW, RoundState.FEEDBACK)
    access.require(by, "supervision.assess")
    not_own(by, finding.candidate)
    if finding.by_id == by.pk:
        raise RuleBroken("提出的人不能自己作第二认定人", fix="请由另一位认定。")
    if not finding.heard:
        raise RuleBroken("还没有听取单位的申辩", fix="请等单位申辩以后再认定。")
    finding.second_by, finding.second_at = by, at
    finding.save(update_fields=["second_by", "second_at"])
    noted("veto", f"认定{finding.candidate}一票否决", round, at=at, by=by, agency=finding.candidate.agency)
    return finding


@transaction.atomic
def object_to(
    line: LineMark, kind: ObjectionKind, text: str, proof: str, *, on: date, by: User, at: datetime
) -> Objection:
    """单位对一项分提异议;在反馈的期限以内。"""
    line = locked(line, "candidate__agency", "candidate__round")
    round = _round(line.candidate.round, RoundState.FEEDBACK)
    access.require(by, "supervision.report", line.candidate.agency)
    if round.objections_until and on > round.objections_until:
        raise RuleBroken(f"异议到{round.objections_until}已经截止", fix="请向组织考核的单位反映。")
    if line.objections.filter(outcome="").exists():
        raise RuleBroken("这一项已经提了异议，还没有复核", fix="请等复核的结论。")
    made = Objection.objects.create(
        line=line,
        kind=kind,
        text=needed(text, "为什么有异议"),
        proof=proof.strip()[:300],
        by=by,
        at=at,
        due_on=last_day("second_look_days", on),
    )
    name = leaf(round, line.indicator).name
    noted(
        "object",
        f"{line.candidate}对“{name}”提异议（{kind.label}）",
        round,
        at=at,
        by=by,
        agency=line.candidate.agency,
    )
    return made


@transaction.atomic
def look_again(
    objection: Objection,
    outcome: ObjectionOutcome,
    reason: str,
    *,
    by: User,
    at: datetime,
    points: Decimal | None = None,
    strike: str = "",
    alike: bool = False,
) -> Objection:
    """复核一件异议。

    Args:
        points: 改成多少分;按件扣分的用 ``strike``。
        strike: 事实里带着这几个字的,不再算。
        alike: 口径变了,对各单位同样的一并重算。

    Raises:
        RuleBroken: 复核的人评过这一项,或者没有写理由、没有写改成什么。
    """
    objection = locked(objection, "line__candidate__agency", "line__candidate__round__system")
    line = objection.line
    round = _round(line.candidate.round, RoundState.FEEDBACK)
    access.require(by, "supervision.assess")
    not_own(by, line.candidate)
    if objection.outcome:
        raise RuleBroken("这件异议已经复核过", fix="请刷新页面。")
    if by.pk in (line.by_id, line.second_by_id):
        raise RuleBroken("评过这一项的人不能复核对它的异议", fix="请由另一位复核。")
    reason = needed(reason, "书面的理由")
    if outcome is ObjectionOutcome.CHANGED and points is None and not strike.strip():
        raise RuleBroken("没有写改成多少分，或者去掉哪些事实", fix="请写明。")
    if objection.kind == ObjectionKind.READING and outcome is not ObjectionOutcome.KEPT and not alike:
        raise RuleBroken("改口径要对各单位同样的一并重算", fix="请勾“一并重算”。")
    changed = 0
    if outcome is not ObjectionOutcome.KEPT:
        same = LineMark.objects.filter(candidate__round=round, indicator=line.indicator).select_related(
            "candidate"
        )
        old = line.points
        for mark in list(same) if alike else [line]:
            changed += _changed(mark, outcome, points, strike.strip(), old, reason)
            scoring.score_of(mark.candidate, round.system.parsed())
    objection.outcome, objection.reason, objection.decided_by, objection.decided_at = outcome, reason, by, at
    objection.alike = max(0, changed - 1)
    objection.save(update_fields=["outcome", "reason", "decided_by", "decided_at", "alike"])
    said = f"，一并重算{objection.alike}个单位" if objection.alike else ""
    noted(
        "look",
        f"复核{line.candidate}的异议：{outcome.label}{said}",
        round,
        at=at,
        by=by,
        agency=line.candidate.agency,
    )
    return objection


def _changed(
    mark: LineMark,
    outcome: ObjectionOutcome,
    points: Decimal | None,
    strike: str,
    old: Decimal | None,
    reason: str,
) -> bool:
    """Change one line as the second look found; whether anything moved."""
    before = (mark.applies, mark.points, list(mark.facts))
    if outcome is ObjectionOutcome.WAIVED:
        mark.applies = False
    elif strike:
        mark.facts = [fact for fact in mark.facts if strike not in fact.get("text", "")]
    elif mark.points == old:
        mark.points = points
    if before == (mark.applies, mark.points, list(mark.facts)):
        return False
    mark.why = f"复核：{reason}"[:300]
    mark.save(update_fields=["applies", "points", "facts", "why"])
    return True
