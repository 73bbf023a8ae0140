"""问题:登记疑似、确认、通知整改、异议、整改、复查、升级。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.plaintext import clean
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.engagement.models import Letter
from gongkai.law import calendar, indicators, params
from gongkai.law.calendar import DAY
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import numbering

from ..models import Entry, Evidence, Finding, Outlet, Round
from ..terms import STANDING, FindingState, Origin
from .outlets import address
from .settling import settle_of

S = FindingState


def locked(finding: Finding) -> Finding:
    """The row, locked until the transaction ends."""
    return Finding.objects.select_for_update(of=("self",)).select_related("agency", "outlet").get(pk=finding.pk)


def _in(finding: Finding, by: User, right: str, seen: str | None, *states: FindingState) -> Finding:
    finding = locked(finding)
    access.require(by, right, finding.agency)
    check(seen, finding.mark)
    if finding.state not in states:
        raise RuleBroken(f"这个问题{finding.get_state_display()}，不能再这样办", fix="请刷新页面看最新的状态。")
    return finding


def _written(text: str, what: str) -> str:
    if not (text := clean(text).strip()):
        raise RuleBroken(f"没有写{what}", fix="请写明。")
    return text[:3000]


def _step(
    action: str, finding: Finding, text: str, *fields: str, by: User | None, at: datetime, **more: Any
) -> Finding:
    finding.revision += 1
    finding.save(update_fields=[*fields, "revision"])
    Entry.objects.create(finding=finding, step=action, state=finding.state, text=text, by=by, at=at)
    log(
        f"inspections.{action}",
        f"问题{finding}（{finding.outlet}）：{S.from_value(finding.state).label}",
        at=at,
        by=by,
        agency=finding.agency,
        about=finding,
        **more,
    )
    if action in ("confirm", "drop", "rule"):
        settle_of(finding)
    return finding


@transaction.atomic
def suspect(
    outlet: Outlet,
    code: str,
    text: str,
    *,
    at: datetime,
    by: User | None = None,
    origin: Origin = Origin.HAND,
    round: Round | None = None,
    evidence: Evidence | None = None,
    url: str = "",
    letter: Letter | None = None,
    barrier: str = "",
) -> Finding:
    """登记一个疑似问题;没有人确认以前不算数。同一轮、同一指标、同一网址(无障碍的是同一规则)只登一次。"""
    if by is not None:
        access.require(by, "inspections.check", outlet.agency)
    if code not in indicators.table():
        raise RuleBroken(f"没有指标“{code}”", fix="请从指标表里选。")
    text, url = _written(text, "事实"), address(url)
    place = {"rule": barrier} if barrier else {"rule": "", "url": url[:500]}
    same = Finding.objects.filter(outlet=outlet, code=code, round=round, letter=letter, **place).exclude(
        state=S.DROPPED
    )
    if found := same.exclude(state=S.CLOSED).first():
        return found
    year = local_day(at).year
    finding = Finding.objects.create(
        number=f"JC-{year}-{numbering.next_in(f'inspections/{year}'):04}",
        outlet=outlet,
        agency=outlet.agency,
        round=round,
        origin=origin,
        letter=letter,
        code=code,
        rule=barrier,
        text=text,
        url=url[:500],
        evidence=evidence,
        found_at=at,
        found_by=by,
    )
    return _step("suspect", finding, text, by=by, at=at)


#: 有人看过、说不成立的,这么多天里自查不再登。
LET_BE = 30


@transaction.atomic
def suspect_own(outlet: Outlet, short: Mapping[str, str], *, at: datetime) -> int:
    """登记自查本站查出的(指标 → 事实);正在办的、刚有人说过不成立的不再登。返回新登了几个。"""
    rows = Finding.objects.filter(outlet=outlet, code__in=short, round=None, rule="")
    open_rows = rows.exclude(state__in=(S.CLOSED, S.DROPPED))
    let_be = rows.filter(state=S.DROPPED, entries__at__gte=at - DAY * LET_BE)
    known = {*open_rows.values_list("code", flat=True), *let_be.values_list("code", flat=True)}
    new = [code for code in short if code not in known]
    for code in new:
        suspect(outlet, code, short[code], at=at, origin=Origin.OWN)
    return len(new)


@transaction.atomic
def from_letter(letter: Letter, outlet: Outlet, code: str, text: str, *, by: User, at: datetime) -> Finding:
    """网民找错的来信转成问题:答复期限还是来信的,整改期限不晚于它。"""
    access.require(by, "inspections.check", outlet.agency)
    if letter.kind != LetterKind.ERROR:
        raise RuleBroken("这封不是找错的来信", fix="别的来信按来信办理。")
    if Finding.objects.filter(letter=letter).exists():
        raise RuleBroken("这封来信已经转成问题", fix="请办理原来那一个。")
    finding = suspect(outlet, code, text, at=at, by=by, origin=Origin.TIP, letter=letter)
    finding = _confirmed(locked(finding), by=by, at=at)
    return _noticed(finding, letter.due_on, by=by, at=at)


@transaction.atomic
def confirm(finding: Finding, *, by: User, at: datetime, note: str = "", seen: str | None = None) -> Finding:
    """一个人看过证据,确认成立。"""
    return _confirmed(_in(finding, by, "inspections.check", seen, S.SUSPECTED), by=by, at=at, note=note)


def _confirmed(finding: Finding, *, by: User, at: datetime, note: str = "") -> Finding:
    on = local_day(at)
    earlier = Finding.objects.filter(
        outlet=finding.outlet, code=finding.code, rule=finding.rule, state__in=STANDING
    ).exclude(pk=finding.pk)
    rounds = set(earlier.exclude(round=None).exclude(round=finding.round).values_list("round", flat=True))
    finding.times = 1 + len(rounds)
    finding.state, finding.confirmed_by = S.CONFIRMED, by
    fields = ["state", "confirmed_by", "times"]
    finding = _step("confirm", finding, note, *fields, by=by, at=at)
    return _escalated(finding, finding.times, f"第{finding.times}次出现", on, by=by, at=at)


def _escalated(finding: Finding, times: int, why: str, on: date, *, by: User, at: datetime) -> Finding:
    """What comes again and again goes to the office in charge."""
    if times < params.at("inspection.escalate_times", on).value or finding.escalated_at is not None:
        return finding
    finding.escalated_at = at
    return _step("escalate", finding, f"{why}，请主管单位约谈、督办。", "escalated_at", by=by, at=at)


@transaction.atomic
def drop(finding: Finding, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Finding:
    """不成立:写明为什么;不再算数。"""
    finding = _in(finding, by, "inspections.check", seen, S.SUSPECTED, S.CONFIRMED)
    reason = _written(reason, "为什么不成立")
    finding.state = S.DROPPED
    return _step("drop", finding, reason, "state", by=by, at=at)


@transaction.atomic
def notice(finding: Finding, due_on: date | None, *, by: User, at: datetime, seen: str | None = None) -> Finding:
    """通知整改,写明哪一天以前改好;没有填的按通常的天数。"""
    finding = _in(finding, by, "inspections.check", seen, S.CONFIRMED)
    on = local_day(at)
    due_on = due_on or calendar.add(on, params.at("inspection.fix_days", on).value, provisional=True)
    least = params.at("inspection.fix_least_days", on)
    earliest = calendar.add(on, least.value, provisional=True)
    if due_on < earliest:
        raise RuleBroken(
            f"整改期限{due_on}离通知不足{least.value}个{least.unit}",
            source=least.source,
            fix=f"请定在{earliest}或者以后。",
        )
    return _noticed(finding, due_on, by=by, at=at)


def _noticed(finding: Finding, due_on: date, *, by: User, at: datetime) -> Finding:
    finding.state, finding.noticed_on, finding.due_on = S.NOTICED, local_day(at), due_on
    return _step("notice", finding, f"{due_on}以前改好", "state", "noticed_on", "due_on", by=by, at=at)


@transaction.atomic
def dispute(finding: Finding, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Finding:
    """责任单位不同意:在期限以内写明理由,由没有确认过它的人看。"""
    finding = _in(finding, by, "inspections.answer", seen, S.NOTICED)
    if finding.dispute:
        raise RuleBroken("已经提过一次异议", fix="请按整改办理。")
    assert finding.noticed_on is not None
    on = local_day(at)
    days = params.at("inspection.dispute_days", on)
    last = calendar.add(finding.noticed_on, days.value, provisional=True)
    if on > last:
        raise RuleBroken(f"提出异议的期限{last}已经过了", source=days.source, fix="请按整改办理，情况写在整改里。")
    finding.dispute, finding.state = _written(reason, "理由"), S.DISPUTED
    return _step("dispute", finding, finding.dispute, "dispute", "state", by=by, at=at)


@transaction.atomic
def rule(
    finding: Finding, upheld: bool, ruling: str, *, by: User, at: datetime, seen: str | None = None
) -> Finding:
    """处理异议:成立的撤销问题,不成立的照样整改,期限从今天起重新给。确认的人不处理对自己的异议。"""
    finding = _in(finding, by, "inspections.check", seen, S.DISPUTED)
    if finding.confirmed_by_id == by.pk:
        raise RuleBroken("确认问题的人不能处理对它的异议", fix="请由另一位检查人处理。")
    finding.ruling = _written(ruling, "意见")
    fields = ["ruling", "state"]
    if upheld:
        finding.state = S.DROPPED
    else:
        on = local_day(at)
        finding.state = S.NOTICED
        finding.due_on = calendar.add(on, params.at("inspection.fix_days", on).value, provisional=True)
        fields.append("due_on")
    return _step("rule", finding, finding.ruling, *fields, by=by, at=at)


@transaction.atomic
def fix(finding: Finding, text: str, *, by: User, at: datetime, seen: str | None = None) -> Finding:
    """报告改好了,等复查。"""
    finding = _in(finding, by, "inspections.answer", seen, S.NOTICED)
    finding.fix, finding.fixed_by, finding.state = _written(text, "改了什么"), by, S.FIXED
    return _step("fix", finding, finding.fix, "fix", "fixed_by", "state", by=by, at=at)


@transaction.atomic
def recheck(
    finding: Finding,
    passed: bool,
    note: str,
    *,
    by: User,
    at: datetime,
    evidence: Evidence | None = None,
    seen: str | None = None,
) -> Finding:
    """复查:不能是报告整改的人;没有改好的退回,次数多了升级。"""
    finding = _in(finding, by, "inspections.check", seen, S.FIXED)
    if finding.fixed_by_id == by.pk:
        raise RuleBroken("报告整改的人不能复查自己的整改", fix="请由另一位检查人复查。")
    note, on, fields = _written(note, "复查看到什么"), local_day(at), ["state"]
    if evidence is not None:
        finding.evidence = evidence
        fields.append("evidence")
    if passed:
        finding.state, finding.closed_at = S.CLOSED, at
        return _step("recheck", finding, note, *fields, "closed_at", by=by, at=at)
    finding.failed += 1
    finding.state, finding.due_on = (
        S.NOTICED,
        calendar.add(on, params.at("inspection.fix_least_days", on).value, provisional=True),
    )
    finding = _step("recheck", finding, note, *fields, "failed", "due_on", by=by, at=at)
    return _escalated(finding, finding.failed, f"复查{finding.failed}次没有通过", on, by=by, at=at)
