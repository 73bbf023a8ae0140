"""云诊所的事项:信息员起草和拆条件,另一位公布;公布以后不改,另起草一份替换。兑现的数每年填报。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.money import yuan
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import Record

from .. import clinic
from ..amounts import Amount
from ..fit import FactKind, Need
from ..models import Condition, Fact, Measure, Package, ReachDay, Redemption
from ..models.clinic import MeasureStage

#: 起草时能填的各项。
FIELDS = (
    "title",
    "audience",
    "benefit",
    "benefit_article",
    "amount_kind",
    "amount_data",
    "opens_on",
    "closes_on",
    "deadline",
    "materials",
    "place",
    "how",
    "guide",
    "contact",
    "estimated",
    "estimated_from",
)
_COPIED = (*FIELDS, "policy", "agency")


@transaction.atomic
def add_fact(values: Mapping[str, Any], *, by: User, at: datetime) -> Fact:
    """在诊所的问题里添一个。加了的不改,免得已经公布的条件变了意思。"""
    access.require(by, "policies.write")
    if Fact.objects.filter(key=values["key"]).exists():
        raise RuleBroken(f"已经有键是“{values['key']}”的问题", fix="请用已有的问题，或者换一个键。")
    options = list(values.get("options") or [])
    if values["kind"] in (FactKind.CHOICE, FactKind.PLACE) and len(options) < 2:
        raise RuleBroken("选一项的问题至少要有两个选项", fix="请一行写一个选项。")
    fact = Fact.objects.create(**{**values, "options": options})
    log("policies.fact", f"云诊所添一个问题“{fact}”", at=at, by=by, about=fact)
    return fact


@transaction.atomic
def draft_measure(policy: Record, values: Mapping[str, Any], *, by: User, at: datetime) -> Measure:
    """从一件政策里拆出一个事项。由起草这件政策的单位拆。"""
    package = Package.objects.filter(policy=policy).select_related("drafter").first()
    agency = package.drafter if package else policy.agency
    access.require(by, "policies.write", agency)
    measure = Measure(policy=policy, agency=agency, drafted_by=by, drafted_at=at)
    _fill(measure, values)
    measure.save()
    log(
        "policies.measure",
        f"起草云诊所事项“{measure}”，依据{titled(policy)}",
        at=at,
        by=by,
        agency=agency,
        about=measure,
    )
    return measure


@transaction.atomic
def edit_measure(measure: Measure, values: Mapping[str, Any], *, by: User, at: datetime) -> Measure:
    """改还没有公布的。"""
    measure = _open(measure, by)
    _fill(measure, values)
    measure.save(update_fields=[*FIELDS])
    log("policies.measure_edit", f"修改云诊所事项“{measure}”", at=at, by=by, agency=measure.agency, about=measure)
    return measure


def _fill(measure: Measure, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(measure, name, values[name])
    Amount.read(measure.amount_kind, measure.amount_data)
    if measure.opens_on and measure.closes_on and measure.opens_on > measure.closes_on:
        raise RuleBroken("截止受理早于开始受理", fix="请核对两个日期；全年受理的都不填。")
    if measure.estimated is not None and not measure.estimated_from:
        raise RuleBroken("填了估计的人数，没有写依据", fix="请写明依据，如“2025年登记在册的残疾人数”。")


@transaction.atomic
def add_condition(
    measure: Measure,
    fact: Fact,
    wants: Mapping[str, Any],
    *,
    quote: str,
    article: str,
    by: User,
    at: datetime,
    group: int = 0,
) -> Condition:
    """添一条条件;原话要在文件正文里找得到。"""
    measure = _open(measure, by)
    Need.read(fact.key, fact.kind, wants, group)
    if strange := set(wants.get("among", [])) - set(fact.options):
        raise RuleBroken(f"问题里没有“{min(strange)}”这个选项", fix="请从问题的选项里选。")
    made = Condition(
        measure=measure, fact=fact, wants=dict(wants), group=group, quote=quote.strip(), article=article.strip()
    )
    if not made.quote or not made.article:
        raise RuleBroken("没有写原话或者条款", fix="请照抄政策里的一句话，写明是哪一条。")
    made.save()
    log(
        "policies.condition",
        f"“{measure}”添条件：{made.quote[:60]}",
        at=at,
        by=by,
        agency=measure.agency,
        about=measure,
    )
    return made


@transaction.atomic
def drop_condition(condition: Condition, *, by: User, at: datetime) -> None:
    """去掉一条条件。"""
    measure = _open(condition.measure, by)
    condition.delete()
    log(
        "policies.condition_drop",
        f"“{measure}”去掉条件：{condition.quote[:60]}",
        at=at,
        by=by,
        agency=measure.agency,
        about=measure,
    )


@transaction.atomic
def publish_measure(measure: Measure, *, by: User, at: datetime, seen: str | None = None) -> Measure:
    """公布。起草的人不公布自己的;替换旧的一份时,旧的同时结束。``seen`` 是公布人看到的(``Measure.mark``)。"""
    measure = _locked(measure)
    access.require(by, "policies.approve", measure.agency)
    check(seen, measure.mark)
    if measure.stage != MeasureStage.DRAFT:
        raise RuleBroken(f"这个事项{measure.get_stage_display()}，不能再公布", fix="请刷新页面看最新的环节。")
    if measure.drafted_by_id == by.pk:
        raise RuleBroken("起草的人不能公布自己拆的事项", fix="请由另一位公布。")
    if not measure.policy.is_public(at):
        raise RuleBroken("依据的文件没有公开", fix="请在文件公开以后再公布。")
    if not measure.conditions.exists():
        raise RuleBroken("还没有条件", fix="请至少写一条条件，引用政策里的原话。")
    if lost := clinic.stale(measure):
        raise RuleBroken(f"原话“{lost[0][:40]}”在文件正文里没有找到", fix="请照抄文件现在的文本。")
    measure.stage, measure.published_by, measure.published_at = MeasureStage.LIVE, by, at
    measure.save(update_fields=["stage", "published_by", "published_at"])
    if old := measure.replaces:
        _finish(old, clinic.REPLACED, at)
    log(
        "policies.measure_publish",
        f"公布云诊所事项“{measure}”",
        at=at,
        by=by,
        agency=measure.agency,
        about=measure,
    )
    return measure


@transaction.atomic
def revise_measure(measure: Measure, *, by: User, at: datetime) -> Measure:
    """照已经公布的起草新的一份,连同条件;公布时替换旧的。已经在改的,就是那一份。"""
    measure = _locked(measure)
    access.require(by, "policies.write", measure.agency)
    if measure.stage != MeasureStage.LIVE:
        raise RuleBroken("只有公布着的才这样改", fix="还在起草的可以直接修改。")
    if under_way := measure.replaced_by.filter(stage=MeasureStage.DRAFT).first():
        return under_way
    copied = {name: getattr(measure, name) for name in _COPIED}
    new = Measure.objects.create(**copied, replaces=measure, drafted_by=by, drafted_at=at)
    for condition in measure.conditions.all():
        condition.pk, condition.measure, condition._state.adding = None, new, True
        condition.save()
    log("policies.measure", f"修改云诊所事项“{new}”，另起草一份", at=at, by=by, agency=new.agency, about=new)
    return new


@transaction.atomic
def end_measure(measure: Measure, why: str, *, by: User, at: datetime) -> Measure:
    """结束:钱发完了、政策到期了;公众页面注明原因。"""
    measure = _locked(measure)
    access.require(by, "policies.approve", measure.agency)
    if measure.stage != MeasureStage.LIVE:
        raise RuleBroken("只有公布着的才能结束", fix="还在起草的可以作废。")
    if not why.strip():
        raise RuleBroken("没有写结束的原因", fix="如“本年度资金已经用完”。")
    _finish(measure, why.strip()[:200], at)
    log(
        "policies.measure_end",
        f"结束云诊所事项“{measure}”：{why.strip()[:100]}",
        at=at,
        by=by,
        agency=measure.agency,
        about=measure,
    )
    return _locked(measure)


def end_with_policy(measures: Iterable[Measure], why: str, *, by: User, at: datetime) -> None:
    """依据的文件撤下了,随着结束(由关口在同一事务里办,撤下的权限已经核过)。"""
    for measure in measures:
        _finish(measure, why[:200], at)
        log(
            "policies.measure_end",
            f"结束云诊所事项“{measure}”：{why[:100]}",
            at=at,
            by=by,
            agency=measure.agency,
            about=measure,
        )


def go_on_with_policy(policy: int, ended_at: datetime, *, by: User, at: datetime) -> None:
    """依据的文件恢复公开了,当时随它结束的照旧;此前自己结束的不动(由关口在同一事务里办)。"""
    rows = Measure.objects.select_for_update().filter(policy=policy, stage=MeasureStage.ENDED, ended_at=ended_at)
    for measure in rows.select_related("agency"):
        measure.stage, measure.ended_at, measure.ended_why = MeasureStage.LIVE, None, ""
        measure.save(update_fields=["stage", "ended_at", "ended_why"])
        log(
            "policies.measure_resume",
            f"依据的文件恢复公开，云诊所事项“{measure}”照旧",
            at=at,
            by=by,
            agency=measure.agency,
            about=measure,
        )


def _finish(measure: Measure, why: str, at: datetime) -> None:
    open_rows = Measure.objects.filter(pk=measure.pk, stage=MeasureStage.LIVE)
    open_rows.update(stage=MeasureStage.ENDED, ended_at=at, ended_why=why)


@transaction.atomic
def discard_measure(measure: Measure, *, by: User, at: datetime) -> None:
    """作废还没有公布的。"""
    measure = _open(measure, by)
    log(
        "policies.measure_discard",
        f"作废云诊所事项“{measure}”",
        at=at,
        by=by,
        agency=measure.agency,
        about=measure.policy,
    )
    measure.delete()


@transaction.atomic
def redeem(measure: Measure, year: int, values: Mapping[str, Any], *, by: User, at: datetime) -> Redemption:
    """填报一年的兑现;再填一次就是改,操作记录里有前后的数。"""
    measure = _locked(measure)
    access.require(by, "policies.write", measure.agency)
    if measure.stage == MeasureStage.DRAFT:
        raise RuleBroken("还没有公布的事项没有兑现的数", fix="请在公布以后填报。")
    if values["granted"] > values["applied"]:
        raise RuleBroken("得到的多于申请的", fix="请核对。不用申请就发的，申请数同得到数填一样。")
    if not str(values["source"]).strip():
        raise RuleBroken("没有写数的来源", fix="如“业务系统导出，截至年底”。")
    before = measure.redemptions.filter(year=year).first()
    row, _ = Redemption.objects.update_or_create(
        measure=measure, year=year, defaults={**values, "by": by, "at": at}
    )
    was = f"（原来申请{before.applied}、得到{before.granted}、{yuan(before.yuan)}）" if before else ""
    log(
        "policies.redeem",
        f"“{measure}”{year}年兑现：申请{row.applied}、得到{row.granted}、{yuan(row.yuan)}{was}",
        at=at,
        by=by,
        agency=measure.agency,
        about=measure,
    )
    return row


@transaction.atomic
def count(measures: Iterable[int], channel: str, *, on: date) -> None:
    """一个渠道这一天又告知了这些事项各一次。只加次数,不记回答和人,所以不进操作记录。"""
    wanted = set(measures)
    rows = ReachDay.objects.filter(channel=channel, on=on)
    known = set(rows.filter(measure__in=wanted).values_list("measure", flat=True))
    ReachDay.objects.bulk_create(
        (ReachDay(measure_id=one, channel=channel, on=on) for one in sorted(wanted - known)), ignore_conflicts=True
    )
    rows.filter(measure__in=wanted).update(times=F("times") + 1)


def _locked(measure: Measure) -> Measure:
    rows = Measure.objects.select_for_update(of=("self",)).select_related("agency", "policy__agency", "replaces")
    return rows.get(pk=measure.pk)


def _open(measure: Measure, by: User) -> Measure:
    measure = _locked(measure)
    access.require(by, "policies.write", measure.agency)
    if measure.stage != MeasureStage.DRAFT:
        raise RuleBroken("已经公布的不能直接改", fix="请用“修改”另起草一份，公布时替换旧的。")
    return measure
