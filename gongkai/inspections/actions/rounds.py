"""一轮检查(建立和抽样在 ``opening``):试探以后开始、登记每项的回答、算出结论、作废、办结。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.seen import check
from gongkai.law import indicators
from gongkai.law.errors import RuleBroken
from gongkai.law.indicators import Answer, Effect, Subject
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.models import WatchWord

from .. import judging, self_check
from ..barriers import Results
from ..models import Check, Evidence, Finding, Round, Sample, Whitelisted
from ..terms import FindingState, Origin, RoundState
from .barriers import record_barriers
from .common import bumped, in_state, noted_round, record_found, voided, write
from .findings import suspect
from .settling import settle
from .visits import probe


@transaction.atomic
def start(round: Round, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """开始:由台账、栏目、推文算得出的先答上。"""
    round = in_state(round, by, seen, RoundState.DRAFT)
    if not round.is_drawn:
        raise RuleBroken("还没有抽样", fix="请先照约定抽样。")
    round.state = RoundState.CHECKING
    bumped(round, "state")
    allowed = set(Whitelisted.objects.values_list("name", flat=True))
    for sample in round.samples.select_related("outlet"):
        record_found(sample, automatic(sample, allowed, round.on, at), at=at)
    probe(round, at)
    noted_round("start", round, "开始检查", at=at, by=by)
    return round


def automatic(sample: Sample, allowed: set[str], on: date, at: datetime) -> dict[str, judging.Found]:
    """What the register tells of one outlet without anybody looking."""
    outlet = sample.outlet
    if outlet.kind is Subject.ACCOUNT:
        posts = list(outlet.posts.filter(on__lte=on)[:400])
        words = list(WatchWord.objects.values_list("word", "advice"))
        return judging.account(outlet, posts, allowed, on) | judging.watched(posts, words, on)
    if outlet.is_own:
        return self_check.check(outlet, on, at)
    return judging.columns(list(outlet.columns.all()), on)


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
    known = {one.code for one in indicators.indicators_for(sample.outlet.kind)}
    before, rows = {one.code: one for one in sample.checks.all()}, []
    for code, (word, fact) in answers.items():
        if code not in known or not word:
            continue
        chosen, fact = Answer.from_value(word), clean(fact).strip()
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
    write(rows)
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
    noted_round("check", sample.round, f"登记“{sample.outlet}”的回答", at=at, by=by)
    return settle(sample)


@transaction.atomic
def finish_checking(round: Round, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """查完了,转入整改:抽中的都查过、疑似的都有人看过,才能转。"""
    round = in_state(round, by, seen, RoundState.CHECKING)
    if left := round.samples.filter(done_at=None).count():
        raise RuleBroken(f"还有{left}个没有查完", fix="请先查完，核实不了的写明“未能核实”。")
    if left := Finding.objects.filter(round=round, state=FindingState.SUSPECTED).count():
        raise RuleBroken(f"还有{left}个疑似问题没有人确认", fix="请逐个看证据，确认或者写明不成立。")
    round.state = RoundState.MENDING
    bumped(round, "state")
    for sample in round.samples.select_related("outlet", "round"):
        settle(sample)
    noted_round("settle", round, "检查完毕，转入整改", at=at, by=by)
    return round


@transaction.atomic
def void(round: Round, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """作废:探测失败太多一类;登过的疑似问题一并不成立,上一轮的结果不变。"""
    round = in_state(round, by, seen, RoundState.DRAFT, RoundState.CHECKING)
    if not reason.strip():
        raise RuleBroken("没有写作废的原因", fix="请写明。")
    return voided(round, line(reason), by=by, at=at)


@transaction.atomic
def close_round(round: Round, *, by: User, at: datetime, seen: str | None = None) -> Round:
    """办结:问题都复查通过、撤销或者升级了。"""
    round = in_state(round, by, seen, RoundState.MENDING)
    left = Finding.objects.filter(round=round, escalated_at=None).open().count()
    if left:
        raise RuleBroken(f"还有{left}个问题没有办结", fix="请催办、复查；改不好的升级办理。")
    round.state, round.closed_at = RoundState.CLOSED, at
    bumped(round, "state", "closed_at")
    noted_round("close_round", round, "办结", at=at, by=by)
    return round


def quarter_of(on: date) -> int:
    """The quarter of a day.

    >>> quarter_of(date(2026, 9, 30))
    3
    """
    return (on.month + 2) // 3


__all__ = ["answer", "close_round", "finish_checking", "start", "void"]
