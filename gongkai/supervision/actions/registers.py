"""登记:听取汇报、培训、人员经费场地、外部结果;登错了的作废,写明为什么。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.law.supervision import MeetingType
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..models import Hearing, OutsideResult, Support, Training
from ..models.provision import Entry
from ..terms import GoalIndex
from .common import locked, needed, noted


@transaction.atomic
def enter_hearing(agency: Agency, values: Mapping[str, Any], *, on: date, by: User, at: datetime) -> Hearing:
    """登记主要负责人听取一次汇报;代听的也可以登,不算在“每年至少一次”里。"""
    access.require(by, "supervision.register", agency)
    _not_ahead(values["held_on"], on)
    hearing = Hearing.objects.create(
        agency=agency,
        held_on=values["held_on"],
        meeting=MeetingType.from_value(values["meeting"]),
        name=needed(values["name"], "会议名称")[:80],
        presider=needed(values["presider"], "主持人的职务")[:40],
        by_head=bool(values.get("by_head")),
        decided=str(values.get("decided", "")).strip(),
        evidence=str(values.get("evidence", "")).strip()[:120],
        by=by,
        at=at,
    )
    said = "，不算：" + hearing.why_not if hearing.why_not else ""
    noted("hearing", f"{agency}{hearing.held_on}听取汇报{said}", hearing, at=at, by=by, agency=agency)
    return hearing


@transaction.atomic
def enter_training(
    agency: Agency, values: Mapping[str, Any], units: list[Agency], *, on: date, by: User, at: datetime
) -> Training:
    """登记一期培训。"""
    access.require(by, "supervision.register", agency)
    _not_ahead(values["held_on"], on)
    if values["attended"] > values["due"]:
        raise RuleBroken(f"实到{values['attended']}人多过应到{values['due']}人", fix="请核对人数。")
    training = Training.objects.create(
        agency=agency,
        held_on=values["held_on"],
        title=needed(values["title"], "培训的内容")[:120],
        audience=needed(values["audience"], "对象")[:80],
        hours=values["hours"],
        due=values["due"],
        attended=values["attended"],
        material=str(values.get("material", "")).strip()[:200],
        by=by,
        at=at,
    )
    training.units.set(units)
    noted("training", f"培训“{training}”，到{training.attended}人", training, at=at, by=by, agency=agency)
    return training


@transaction.atomic
def enter_support(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Support:
    """登记一个单位一年的人员、经费、场地;一年一条,改的先作废旧的。"""
    access.require(by, "supervision.register", agency)
    if Support.objects.valid().filter(agency=agency, year=values["year"]).exists():
        raise RuleBroken(f"{agency}{values['year']}年已经登记过", fix="要改的，请先作废原来的一条。")
    support = Support.objects.create(
        agency=agency,
        year=values["year"],
        full_time=values["full_time"],
        part_time=values["part_time"],
        budget=values["budget"],
        spent=values.get("spent"),
        places=str(values.get("places", "")).strip()[:200],
        by=by,
        at=at,
    )
    noted("support", f"登记{support}的人员、经费、场地", support, at=at, by=by, agency=agency)
    return support


@transaction.atomic
def enter_result(agency: Agency, values: Mapping[str, Any], *, on: date, by: User, at: datetime) -> OutsideResult:
    """照原样登记别处发布的结果;没有发布机构、口径、样本的不登。"""
    access.require(by, "supervision.plan", agency)
    if not 2000 <= values["year"] <= on.year:
        raise RuleBroken(f"年度{values['year']}不对", fix="请核对。")
    rank, sample, satisfied = values.get("rank"), values["sample"], values.get("satisfied")
    if rank is not None and rank > sample:
        raise RuleBroken(f"名次{rank}多过样本数{sample}", fix="请核对。")
    if satisfied is not None and satisfied > sample:
        raise RuleBroken(f"满意以上{satisfied}份多过有效问卷{sample}份", fix="请核对。")
    if rank is None and satisfied is None and values.get("score") is None:
        raise RuleBroken("得分、名次、满意份数都没有填", fix="请照发布的填一样。")
    result = OutsideResult.objects.create(
        agency=agency,
        index=GoalIndex.from_value(values["index"]),
        year=values["year"],
        name=needed(values["name"], "评价的名称")[:80],
        publisher=needed(values["publisher"], "发布机构")[:80],
        method=needed(values["method"], "口径")[:200],
        score=values.get("score"),
        rank=rank,
        sample=sample,
        satisfied=satisfied,
        source=needed(values["source"], "出处")[:200],
        by=by,
        at=at,
    )
    noted("outside", f"登记{result}（{result.publisher}）", result, at=at, by=by, agency=agency)
    return result


@transaction.atomic
def void(entry: Entry, reason: str, *, by: User, at: datetime) -> Entry:
    """登错了,作废;原来的留着。"""
    entry = locked(entry, "agency")
    right = "supervision.plan" if isinstance(entry, OutsideResult) else "supervision.register"
    access.require(by, right, entry.agency)
    if entry.voided_at is not None:
        raise RuleBroken("已经作废过", fix="请刷新页面。")
    entry.void_reason, entry.voided_at = needed(reason, "为什么作废")[:200], at
    entry.save(update_fields=["void_reason", "voided_at"])
    noted("void", f"作废登记“{entry}”（{reason.strip()[:100]}）", entry, at=at, by=by, agency=entry.agency)
    return entry


def _not_ahead(day: date, on: date) -> None:
    if day > on:
        raise RuleBroken(f"{day}还没有到", fix="请在办过以后登记。")
