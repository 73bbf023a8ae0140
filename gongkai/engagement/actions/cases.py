"""政务舆情:登记、分级、处置的每一条、办结。只在工作台。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from gongkai.law import engagement as law
from gongkai.law.engagement import Grade
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..models import CaseEntry, OpinionCase
from ..terms import CaseState, EntryKind


def _locked(case: OpinionCase) -> OpinionCase:
    return OpinionCase.objects.select_for_update(of=("self",)).select_related("owner").get(pk=case.pk)


def _noted(action: str, case: OpinionCase, what: str, *, at: datetime, by: User, **more: Any) -> None:
    log(f"engagement.{action}", f"舆情“{case}”：{what}", at=at, by=by, agency=case.owner, about=case, **more)


@transaction.atomic
def open_case(
    title: str,
    source: str,
    owner: Agency,
    *,
    detected_at: datetime,
    by: User,
    at: datetime,
    happened_at: datetime | None = None,
    ordered_at: datetime | None = None,
) -> OpinionCase:
    """登记一件;时限从事发、发现、上级交办最早的那一刻算,夜里、节假日都算。"""
    access.require(by, "engagement.opinion", owner)
    if not title.strip():
        raise RuleBroken("没有写事由", fix="请写明什么事。")
    if max(filter(None, (detected_at, happened_at, ordered_at))) > at:
        raise RuleBroken("时刻还没有到", fix="请核对事发、发现、交办的时刻。")
    if happened_at and happened_at > detected_at:
        raise RuleBroken("事发晚于监测发现", fix="请核对两个时刻；还没有发生的事，事发不填。")
    case = OpinionCase.objects.create(
        title=title.strip()[:200],
        source=source.strip()[:100],
        owner=owner,
        detected_at=detected_at,
        happened_at=happened_at,
        ordered_at=ordered_at,
    )
    _noted("case", case, "登记", at=at, by=by)
    return case


@transaction.atomic
def grade_case(case: OpinionCase, grade: Grade, owner: Agency, *, by: User, at: datetime) -> OpinionCase:
    """研判分级、定责任单位;级别变了时限跟着变。"""
    case = _locked(case)
    access.require(by, "engagement.opinion", case.owner)
    if case.state == CaseState.CLOSED:
        raise RuleBroken("这件舆情已经办结", fix="有新情况的另登一件。")
    case.grade, case.owner, case.state = grade, owner, CaseState.HANDLING
    case.save(update_fields=["grade", "owner", "state"])
    _noted("grade", case, f"定为{grade.label}，{owner}负责", at=at, by=by)
    return case


@transaction.atomic
def add_entry(
    case: OpinionCase,
    kind: EntryKind,
    when: datetime,
    text: str,
    *,
    by: User,
    at: datetime,
    record: Record | None = None,
) -> CaseEntry:
    """登一条处置;首次发布的要有公开的信息,时刻不早于它公开。办结以后只登事后评估。"""
    case = _locked(case)
    access.require(by, "engagement.opinion", case.owner)
    if not case.grade:
        raise RuleBroken("还没有研判分级", fix="请先分级、定责任单位。")
    if case.state == CaseState.CLOSED and kind is not EntryKind.REVIEW:
        raise RuleBroken(
            f"这件舆情已经办结，不能再登“{kind.label}”", fix="办结以后只登事后评估；有新情况的另登一件。"
        )
    if not text.strip():
        raise RuleBroken("没有写内容", fix="请写明说了什么、做了什么。")
    if kind is EntryKind.FIRST and record is None:
        raise RuleBroken("首次发布没有链到公开的信息", fix="请填那件信息的索引号或者网址。")
    if record is not None and not record.is_public(at):
        raise RuleBroken(f"{titled(record)}现在没有公开", fix="请选公众看得到的信息。")
    said = record if kind in (EntryKind.FIRST, EntryKind.FURTHER) else None
    since = localtime(said.published_at) if said and said.published_at else None
    law.may_tell(localtime(when), start=localtime(case.deadlines.start), now=localtime(at), public_since=since)
    entry = CaseEntry.objects.create(
        case=case, kind=kind, at=when, text=text.strip()[:3000], record=record, by=by, entered_at=at
    )
    _noted("entry", case, kind.label, at=at, by=by)
    return entry


@transaction.atomic
def close_case(case: OpinionCase, *, by: User, at: datetime) -> OpinionCase:
    """办结:回应过,并且登记了实际做了什么。"""
    case = _locked(case)
    access.require(by, "engagement.opinion", case.owner)
    if case.state == CaseState.CLOSED:
        raise RuleBroken("这件舆情已经办结", fix="请刷新页面。")
    kinds = set(case.entries.values_list("kind", flat=True))
    law.may_close(responded=EntryKind.FIRST in kinds, acted=EntryKind.ACTION in kinds)
    case.state, case.closed_at = CaseState.CLOSED, at
    case.save(update_fields=["state", "closed_at"])
    _noted("close_case", case, "办结", at=at, by=by)
    return case
