"""一轮检查:建立和抽样、试探以后开始、登记每项的回答、算出结论、作废、办结。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.seen import check
from gongkai.law import indicators, params
from gongkai.law.errors import RuleBroken
from gongkai.law.indicators import Answer, Effect, Subject
from gongkai.law.outlets import ONLINE, Platform
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import WatchWord

from .. import judging, own, sampling
from ..barriers import Results
from ..models import Check, Evidence, Finding, Outlet, Round, Sample, Whitelisted
from ..terms import STANDING, FindingState, Origin, RoundState
from .barriers import record_barriers
from .findings import suspect
from .outlets import address
from .settling import settle
from .visits import probe


def locked(round: Round) -> Round:
    """The row, locked until the transaction ends."""
    return Round.objects.select_for_update().get(pk=round.pk)


def _noted(action: str, round: Round, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    log(f"inspections.{action}", f"{round}：{what}", at=at, by=by, about=round, **more)


def members(site_percent: int, account_percent: int) -> list[sampling.Member]:
    """The frame as it is now: everything online, by platform and kind of agency."""
    rows = Outlet.objects.filter(state__in=ONLINE).select_related("agency").order_by("pk")
    return [
        sampling.Member(
            one.pk,
            f"{one.get_platform_display()}·{one.agency.get_kind_display()}",
            site_percent if one.platform == Platform.SITE else account_percent,
        )
        for one in rows
    ]


@transaction.atomic
def open_round(
    year: int,
    quarter: int,
    on: date,
    seed: str,
    *,
    by: User,
    at: datetime,
    site_percent: int | None = None,
    account_percent: int | None = None,
    name: str = "",
    canaries: Sequence[Mapping[str, str]] = (),
) -> Round:
    """建立一轮,当场抽样。上一轮仍有没有复查通过的,它的阵地一定在内(回头看)。"""
    access.require(by, "inspections.check")
    seed = line(seed)
    if not seed:
        raise RuleBroken("没有写抽样的种子", fix="请写一串当场定的字，谁都可以用它重抽。")
    site = params.at("inspection.site_percent", on).value if site_percent is None else site_percent
    account = params.at("inspection.account_percent", on).value if account_percent is None else account_percent
    frame = members(site, account)
    if not frame:
        raise RuleBroken("台账里没有在运行的网站和账号", fix="请先登记台账。")
    round = Round.objects.create(
        year=year,
        quarter=quarter,
        on=on,
        seed=seed,
        site_percent=site,
        account_percent=account,
        made_by=by,
        made_at=at,
        name=line(name) or f"{year}年第{quarter}季度网站和政务新媒体检查",
        frame=sampling.frame(frame),
        canaries=[{"url": address(one["url"]), "expect": one["expect"]} for one in canaries],
    )
    drawn = sampling.draw(frame, seed)
    again = _unmended(round) - {one.key for one in drawn}
    strata = {one.key: one.stratum for one in frame}
    rows = [Sample(round=round, outlet_id=one.key, stratum=one.stratum) for one in drawn]
    rows += [
        Sample(round=round, outlet_id=key, stratum=f"回头看·{strata[key]}")
        for key in sorted(again)
        if key in strata
    ]
    Sample.objects.bulk_create(rows)
    _noted(
        "round",
        round,
        f"抽样框{len(frame)}个，抽中{len(drawn)}个，回头看{len(rows) - len(drawn)}个",
        at=at,
        by=by,
        seed=seed,
    )
    return round


def _unmended(round: Round) -> set[int]:
    """Outlets with a veto of an earlier round that is still open."""
    vetoes = [code for code, one in indicators.table().items() if one.effect is Effect.VETO]
    open_ = Finding.objects.filter(Q(state__in=STANDING) & ~Q(state=FindingState.CLOSED), code__in=vetoes).exclude(
        round=None
    )
    return set(open_.exclude(round=round).values_list("outlet", flat=True))


def _in(round: Round, by: User, seen: str | None, *states: RoundState, right: str = "inspections.check") -> Round:
    access.require(by, right)
    round = locked(round)
    check(seen, round.mark)
    if round.state not in states:
        raise RuleBroken(f"这一轮{round.get_state_display()}，不能再这样办", fix="请刷新页面。")
    return round


def _bumped(round: Round, *fields: str) -> None:
    round.revision += 1
    round.save(update_fields=[*fields, "revision"])


@transaction.atomic
def start(round: Round, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """开始:由台账、栏目、推文算得出的先答上。"""
    round = _in(round, by, seen, RoundState.DRAFT)
    round.state = RoundState.CHECKING
    _bumped(round, "state")
    allowed = set(Whitelisted.objects.values_list("name", flat=True))
    for sample in round.samples.select_related("outlet"):
        record_found(sample, automatic(sample, allowed, round.on, at), at=at)
    probe(round, at)
    _noted("start", round, "开始检查", at=at, by=by)
    return round


def automatic(sample: Sample, allowed: set[str], on: date, at: datetime) -> dict[str, judging.Found]:
    """What the register tells of one outlet without anybody looking."""
    outlet = sample.outlet
    if outlet.kind is Subject.ACCOUNT:
        posts = list(outlet.posts.filter(on__lte=on)[:400])
        words = list(WatchWord.objects.values_list("word", "advice"))
        return judging.account(outlet, posts, allowed, on) | judging.watched(posts, words, on)
    if outlet.is_own:
        return own.check(outlet, on, at)
    return judging.columns(list(outlet.columns.all()), on)


def record_found(
    sample: Sample, found: Mapping[str, judging.Found], *, at: datetime, evidence: Evidence | None = None
) -> None:
    """Write the program's answers down; what a person answered stays."""
    kept = set(sample.checks.exclude(by=None).values_list("code", flat=True))
    _write(
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


def _write(rows: Iterable[Check]) -> None:
    """One answer an indicator: a new one takes the place of the old."""
    columns = ["answer", "count", "note", "evidence", "by", "at"]
    Check.objects.bulk_create(rows, update_conflicts=True, unique_fields=["sample", "code"], update_fields=columns)


@transaction.atomic
def answer(
    sample: Sample,
    answers: Mapping[str, tuple[str, str]],
    *,
    by: User,
    at: datetime,
    bonus: Decimal = Decimal(0),
    note: str = "",
    evidence: Evidence | None = None,
    barriers: Results | None = None,
    done: bool = True,
    seen: str | None = None,
) -> Sample:
    """检查人的回答:指标 → (回答,事实)。不符合的写明事实,登成疑似问题,由人确认;“查完”的算出结论。

    Args:
        evidence: a screenshot for what falls short.
        barriers: results of an accessibility test of the outlet's pages, each broken rule a suspicion of its own.
    """
    sample = (
        Sample.objects.select_for_update(of=("self",)).select_related("round", "outlet__agency").get(pk=sample.pk)
    )
    access.require(by, "inspections.check", sample.outlet.agency)
    check(seen, sample.mark)
    if sample.round.state != RoundState.CHECKING:
        raise RuleBroken(f"这一轮{sample.round.get_state_display()}，不登记回答", fix="请先开始这一轮。")
    known = {one.code for one in indicators.of(sample.outlet.kind)}
    before, rows = {one.code: one for one in sample.checks.all()}, []
    for code, (word, fact) in answers.items():
        if code not in known or not word:
            continue
        chosen, fact = Answer.of(word), clean(fact).strip()
        if chosen is not Answer.HOLDS and not fact:
            raise RuleBroken(
                f"{code}{indicators.table()[code].label}：{chosen.label}的没有写事实",
                fix="请写明看到什么、为什么核实不了。",
            )
        old = before.get(code)
        if old is not None and (old.answer, old.note) == (chosen, fact):
            continue
        rows.append(
            Check(
                sample=sample, code=code, answer=chosen, note=fact[:2000], evidence=evidence, by=by, at=at, count=1
            )
        )
    _write(rows)
    if barriers is not None:
        record_barriers(sample, barriers.pages, barriers.sha256, by=by, at=at)
    itemised = set(
        Finding.objects.filter(round=sample.round, outlet=sample.outlet)
        .exclude(rule="")
        .values_list("code", flat=True)
    )
    for one in sample.checks.filter(answer=Answer.SHORT):
        if one.by_id is None and one.code in itemised:
            continue  # 一条规则一个问题,已经登了
        if one.indicator.effect is not Effect.BONUS:
            suspect(
                sample.outlet,
                one.code,
                one.note or one.indicator.text,
                at=at,
                by=by,
                origin=Origin.ROUND,
                round=sample.round,
                evidence=one.evidence,
            )
    sample.bonus, sample.note = bonus, clean(note).strip()[:2000]
    sample.revision += 1
    fields = ["bonus", "note", "revision"]
    if done:
        sample.done_at, sample.done_by = at, by
        fields += ["done_at", "done_by"]
    sample.save(update_fields=fields)
    _noted("check", sample.round, f"登记“{sample.outlet}”的回答", at=at, by=by)
    return settle(sample)


@transaction.atomic
def finish_checking(round: Round, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """查完了,转入整改:抽中的都查过、疑似的都有人看过,才能转。"""
    round = _in(round, by, seen, RoundState.CHECKING)
    if left := round.samples.filter(done_at=None).count():
        raise RuleBroken(f"还有{left}个没有查完", fix="请先查完，核实不了的写明“未能核实”。")
    if left := Finding.objects.filter(round=round, state=FindingState.SUSPECTED).count():
        raise RuleBroken(f"还有{left}个疑似问题没有人确认", fix="请逐个看证据，确认或者写明不成立。")
    round.state = RoundState.MENDING
    _bumped(round, "state")
    for sample in round.samples.select_related("outlet", "round"):
        settle(sample)
    _noted("settle", round, "检查完毕，转入整改", at=at, by=by)
    return round


@transaction.atomic
def void(round: Round, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """作废:探测失败太多一类;登过的疑似问题一并不成立,上一轮的结果不变。"""
    round = _in(round, by, seen, RoundState.DRAFT, RoundState.CHECKING)
    if not reason.strip():
        raise RuleBroken("没有写作废的原因", fix="请写明。")
    return voided(round, line(reason), by=by, at=at)


def voided(round: Round, reason: str, *, by: User | None, at: datetime) -> Round:
    """Void a locked round; suspicions of it fall with it."""
    round.state, round.void_reason = RoundState.VOID, reason[:200]
    _bumped(round, "state", "void_reason")
    Finding.objects.filter(round=round, state=FindingState.SUSPECTED).update(state=FindingState.DROPPED)
    round.visits.filter(state="waiting").update(state="dropped")
    _noted("void", round, f"作废（{reason[:100]}）", at=at, by=by)
    return round


@transaction.atomic
def close_round(round: Round, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """办结:问题都复查通过、撤销或者升级了。"""
    round = _in(round, by, seen, RoundState.MENDING)
    left = Finding.objects.filter(round=round, escalated_at=None).open().count()
    if left:
        raise RuleBroken(f"还有{left}个问题没有办结", fix="请催办、复查；改不好的升级办理。")
    round.state, round.closed_at = RoundState.CLOSED, at
    _bumped(round, "state", "closed_at")
    _noted("close_round", round, "办结", at=at, by=by)
    return round


def quarter_of(on: date) -> int:
    """The quarter of a day.

    >>> quarter_of(date(2026, 9, 30))
    3
    """
    return (on.month + 2) // 3


__all__ = ["answer", "close_round", "finish_checking", "open_round", "start", "void"]
