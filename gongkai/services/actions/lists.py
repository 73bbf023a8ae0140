"""各张清单:中介服务、收费目录、常见问题、通办进展。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from .. import shape
from ..models import Cooperation, Faq, FeeItem, Guide, Intermediary, Version
from ..standing import outdated_questions
from ..terms import FaqState, GuideState, Stage
from .common import locked, noted

INTERMEDIARY = ("name", "approval", "basis", "bodies", "available", "limit", "pricing", "complaint")
FEE = ("name", "standard", "basis")
COOPERATION = ("name", "circle", "mode", "area", "guide", "launched_on", "handled", "progress")


@transaction.atomic
def put_intermediary(
    agency: Agency, values: Mapping[str, Any], row: Intermediary | None = None, *, by: User, at: datetime
) -> Intermediary:
    """列入或者改一项中介服务;没有依据的不得列入。"""
    intermediary = row or Intermediary()
    _row(intermediary, agency, values, INTERMEDIARY, at, by)
    if not intermediary.basis:
        raise RuleBroken(
            "没有设定依据",
            source="《营商环境条例》第四十三条",
            fix="没有法律、法规或者国务院决定依据的，不得作为受理条件。",
        )
    _named(intermediary, "中介服务")
    intermediary.save()
    log(
        "services.intermediary",
        f"中介服务“{intermediary}”：{'改' if row else '列入'}",
        at=at,
        by=by,
        agency=agency,
        about=intermediary,
    )
    return intermediary


@transaction.atomic
def remove_intermediary(intermediary: Intermediary, *, by: User, at: datetime) -> Intermediary:
    """取消一项;还有指南要它的,说出是哪几份。"""
    access.require(by, "services.list", intermediary.agency)
    used = _guides_with("materials", "by", intermediary.name)
    if used:
        raise RuleBroken(f"{len(used)}份指南的材料还由它出具：{'、'.join(used[:3])}", fix="先改指南，再取消。")
    intermediary.removed_at = intermediary.changed_at = at
    intermediary.save(update_fields=["removed_at", "changed_at"])
    log(
        "services.intermediary",
        f"中介服务“{intermediary}”：取消",
        at=at,
        by=by,
        agency=intermediary.agency,
        about=intermediary,
    )
    return intermediary


@transaction.atomic
def put_fee(
    agency: Agency, values: Mapping[str, Any], row: FeeItem | None = None, *, by: User, at: datetime
) -> FeeItem:
    """收费目录里列入或者改一项。"""
    fee_item = row or FeeItem()
    _row(fee_item, agency, values, FEE, at, by)
    if not fee_item.basis or not fee_item.standard:
        raise RuleBroken("没有写标准、依据", fix="照上级的收费目录写。")
    _named(fee_item, "收费项目")
    fee_item.save()
    log(
        "services.fee",
        f"收费项目“{fee_item}”：{'改' if row else '列入'}",
        at=at,
        by=by,
        agency=agency,
        about=fee_item,
    )
    return fee_item


@transaction.atomic
def remove_fee(fee_item: FeeItem, *, by: User, at: datetime) -> FeeItem:
    """取消一项收费;还有指南在收的,说出是哪几份。"""
    access.require(by, "services.list", fee_item.agency)
    used = _guides_with("fees", "item", fee_item.name)
    if used:
        raise RuleBroken(f"{len(used)}份指南还在收：{'、'.join(used[:3])}", fix="先改指南，再取消。")
    fee_item.removed_at = fee_item.changed_at = at
    fee_item.save(update_fields=["removed_at", "changed_at"])
    log("services.fee", f"收费项目“{fee_item}”：取消", at=at, by=by, agency=fee_item.agency, about=fee_item)
    return fee_item


@transaction.atomic
def propose_faq(
    guide: Guide,
    question: str,
    answer: str,
    source: str = "",
    *,
    replaces: Faq | None = None,
    by: User,
    at: datetime,
) -> Faq:
    """拟一个常见问题,或者改公布了的一个(``replaces``);另一个人确认了才公布,改的在那以前公众看到的照旧。"""
    guide = locked(guide, by, "services.write", None)
    if guide.state == GuideState.CANCELLED:
        raise RuleBroken("这个事项已经取消", fix="不用再拟。")
    if replaces is not None:
        replaces = guide.faqs.get(pk=replaces.pk)
        if replaces.state != FaqState.SHOWN:
            raise RuleBroken(f"这一问{replaces.get_state_display()}，不能改", fix="请刷新页面；要用的另拟一问。")
        if replaces.replaced_by.filter(state=FaqState.PROPOSED).exists():
            raise RuleBroken("这一问已经有一份改的等着确认", fix="请先确认或者不用那一份。")
    faq = Faq(
        guide=guide,
        question=line(question)[:200],
        answer=clean(answer).strip(),
        source=line(source)[:120],
        proposed_by=by,
        replaces=replaces,
    )
    if not faq.question or not faq.answer:
        raise RuleBroken("没有写问题、答案", fix="请写办事的人怎样问、该怎样答。")
    faq.save()
    noted("faq", guide, f"{'改' if replaces else '拟'}常见问题“{faq.question[:40]}”", at=at, by=by)
    return faq


@transaction.atomic
def confirm_faq(faq: Faq, state: FaqState, *, by: User, at: datetime) -> Faq:
    """确认公布、不采用,或者撤下;拟的人不确认自己的。公布以后指南改过的,可以再确认一次:核对过了,照旧。"""
    locked(faq.guide, by, "services.publish", None)
    faq = Faq.objects.select_for_update(of=("self",)).select_related("guide__agency").get(pk=faq.pk)
    if state is FaqState.SHOWN and faq.proposed_by_id == by.pk:
        raise RuleBroken("不能确认自己拟的", fix="请另一个人核对。")
    again = state == faq.state and outdated_questions().filter(pk=faq.pk).exists()
    if state is FaqState.PROPOSED or (state == faq.state and not again):
        raise RuleBroken(f"这个问题{faq.get_state_display()}", fix="请刷新页面。")
    faq.state, faq.confirmed_by, faq.confirmed_at = state, by, at
    faq.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    if state is FaqState.SHOWN and faq.replaces_id:
        Faq.objects.filter(pk=faq.replaces_id, state=FaqState.SHOWN).update(
            state=FaqState.DROPPED, confirmed_by=by, confirmed_at=at
        )
    what = "指南改了以后核对过，照旧" if again else state.label
    noted("faq", faq.guide, f"常见问题“{faq.question[:40]}”：{what}", at=at, by=by)
    return faq


@transaction.atomic
def put_cooperation(
    lead: Agency, values: Mapping[str, Any], row: Cooperation | None = None, *, by: User, at: datetime
) -> Cooperation:
    """登记一项跨省通办、长三角通办,或者更新它的进展;办件数只增不减。"""
    cooperation = row or Cooperation()
    before = cooperation.handled if row else 0
    access.require(by, "services.list", lead)
    if row:
        access.require(by, "services.list", row.lead)
    for name in COOPERATION:
        if name in values:
            value = values[name]
            setattr(cooperation, name, line(value) if isinstance(value, str) else value)
    cooperation.lead, cooperation.updated_on = lead, local_day(at)
    if cooperation.handled < before:
        raise RuleBroken(
            f"累计办件{cooperation.handled}少于上次的{before}",
            fix="填的是累计数；上次填错了的，在进展里写明更正。",
        )
    if cooperation.launched_on and cooperation.launched_on > cooperation.updated_on and cooperation.handled:
        raise RuleBroken("还没有上线就有办件", fix="请核对上线日期和办件数。")
    cooperation.save()
    log(
        "services.cooperation",
        f"通办“{cooperation}”：{'更新进展' if row else '登记'}",
        at=at,
        by=by,
        agency=lead,
        about=cooperation,
    )
    return cooperation


@transaction.atomic
def remove_cooperation(cooperation: Cooperation, why: str, *, by: User, at: datetime) -> None:
    """不再通办。"""
    access.require(by, "services.list", cooperation.lead)
    if not line(why):
        raise RuleBroken("没有写原因", fix="请写为什么不再通办。")
    log(
        "services.cooperation",
        f"通办“{cooperation}”：不再通办，{line(why)}",
        at=at,
        by=by,
        agency=cooperation.lead,
        about=cooperation,
    )
    cooperation.delete()


def _row(
    row: Any, agency: Agency, values: Mapping[str, Any], names: tuple[str, ...], at: datetime, by: User
) -> None:
    access.require(by, "services.list", agency)
    if row.pk:
        access.require(by, "services.list", row.agency)
    for name, value in shape.tidy(values).items():
        if name in names:
            setattr(row, name, value)
    row.agency, row.changed_at, row.removed_at = agency, at, None


def _named(row: Any, what: str) -> None:
    if not row.name:
        raise RuleBroken("没有写名称", fix="请照清单写。")
    if type(row).objects.filter(name=row.name).exclude(pk=row.pk).exists():
        raise RuleBroken(f"清单里已经有{what}“{row.name}”", fix="请在那一项上改。")


def _guides_with(column: str, key: str, value: str) -> list[str]:
    """Names of live guides whose list ``column`` bears this value."""
    rows = (
        Version.objects.filter(stage=Stage.LIVE)
        .exclude(guide__state=GuideState.CANCELLED)
        .values_list("name", column)
    )
    return [name for name, listed in rows if any(row.get(key) == value for row in listed)]
