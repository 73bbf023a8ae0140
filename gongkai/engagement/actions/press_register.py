"""新闻发布的名录、年度计划、纪律登记。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.law import press as law
from gongkai.law.errors import RuleBroken
from gongkai.law.press import Level
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Briefing, DisciplineEntry, PressItem, PressYear, Spokesperson
from ..press_terms import Breach


def _said(row: Spokesperson, action: str, what: str, *, at: datetime, by: User) -> None:
    log(f"engagement.{action}", f"新闻发言人{row}：{what}", at=at, by=by, agency=row.agency, about=row)


def _filled(values: Mapping[str, Any], most: Mapping[str, int]) -> dict[str, str]:
    given = {name: line(str(values.get(name, "")))[:length] for name, length in most.items()}
    if missing := [name for name, text in given.items() if not text]:
        raise RuleBroken(f"没有填{'、'.join(_LABELS[name] for name in missing)}", fix="名录里都要写，公众看得到。")
    return given


_MOST = {"name": 40, "post": 80, "phone": 40}
_LABELS = {"name": "姓名", "post": "职务", "phone": "发布机构电话"}


@transaction.atomic
def appoint(
    agency: Agency, values: Mapping[str, Any], *, since: date, is_first: bool, by: User, at: datetime
) -> Spokesperson:
    """登记一位新闻发言人;第一新闻发言人一个单位只有一位现任。"""
    access.require(by, "engagement.press", agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if since > local_day(at):
        raise RuleBroken("任职日还没有到", fix="请在任职以后登记。")
    if is_first and (now := agency.spokespersons.filter(is_first=True, until=None).first()):
        raise RuleBroken(f"{now.name}现任第一新闻发言人", fix="请先登记离任。")
    row = Spokesperson.objects.create(
        agency=agency, since=since, is_first=is_first, confirmed_on=local_day(at), **_filled(values, _MOST)
    )
    _said(row, "spokesperson", "任职", at=at, by=by)
    return row


@transaction.atomic
def correct_spokesperson(row: Spokesperson, values: Mapping[str, Any], *, by: User, at: datetime) -> Spokesperson:
    """改职务、电话;换了人的登记离任、另登一位。"""
    row = Spokesperson.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    access.require(by, "engagement.press", row.agency)
    if row.until is not None:
        raise RuleBroken(f"{row.name}已经离任", fix="历史不改。")
    given = _filled({"name": row.name, **values}, _MOST)
    row.post, row.phone, row.confirmed_on = given["post"], given["phone"], local_day(at)
    row.save(update_fields=["post", "phone", "confirmed_on"])
    _said(row, "spokesperson", "改职务、电话", at=at, by=by)
    return row


@transaction.atomic
def dismiss(row: Spokesperson, until: date, *, by: User, at: datetime) -> Spokesperson:
    """登记离任;第二天起公众看不到。"""
    row = Spokesperson.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    access.require(by, "engagement.press", row.agency)
    if row.until is not None:
        raise RuleBroken(f"{row.name}已经登记离任", fix="请刷新页面。")
    if not row.since <= until <= local_day(at):
        raise RuleBroken("离任日早于任职日，或者还没有到", fix="请核对。")
    row.until = until
    row.save(update_fields=["until"])
    _said(row, "spokesperson", "离任", at=at, by=by)
    return row


@transaction.atomic
def confirm_spokespersons(agency: Agency, *, by: User, at: datetime) -> int:
    """每年核对一次名录:现任的都没有变。"""
    access.require(by, "engagement.press", agency)
    count = agency.spokespersons.filter(until=None).update(confirmed_on=local_day(at))
    if not count:
        raise RuleBroken(f"{agency}没有登记现任的新闻发言人", fix="请先登记。")
    log("engagement.spokesperson", f"{agency}核对新闻发言人{count}位", at=at, by=by, agency=agency, about=agency)
    return count


@transaction.atomic
def open_press_year(year: int, units: Iterable[Agency], *, by: User, at: datetime) -> PressYear:
    """开一年的计划,定纳入4·2·1的单位;印发以前可以改。"""
    access.require(by, "engagement.press_plan")
    law.may_plan(year, local_day(at))
    plan, _ = PressYear.objects.get_or_create(year=year)
    plan = _draft(plan)
    plan.units.set(units)
    log("engagement.press_plan", f"{plan}：定纳入的单位", at=at, by=by, about=plan)
    return plan


def _draft(plan: PressYear) -> PressYear:
    plan = PressYear.objects.select_for_update().get(pk=plan.pk)
    if plan.approved_at is not None:
        raise RuleBroken(f"{plan}已经印发", fix="计划外的发布会直接报批；突发事件的不列入计划。")
    return plan


@transaction.atomic
def plan_item(
    plan: PressYear, agency: Agency, month: int, title: str, level: Level, *, by: User, at: datetime
) -> PressItem:
    """排一场。"""
    access.require(by, "engagement.press_plan")
    plan = _draft(plan)
    if not line(title):
        raise RuleBroken("没有写主题", fix="请写明发布什么。")
    if not 1 <= month <= 12:
        raise RuleBroken("月份不对", fix="请填1到12。")
    item = PressItem.objects.create(plan=plan, agency=agency, month=month, title=line(title)[:120], level=level)
    log("engagement.press_plan", f"{plan}：排“{item}”", at=at, by=by, agency=agency, about=plan)
    return item


@transaction.atomic
def drop_item(item: PressItem, *, by: User, at: datetime) -> None:
    """印发以前去掉一场。"""
    access.require(by, "engagement.press_plan")
    plan = _draft(item.plan)
    log("engagement.press_plan", f"{plan}：去掉“{item}”", at=at, by=by, agency=item.agency, about=plan)
    item.delete()


@transaction.atomic
def approve_press_year(plan: PressYear, basis: str, *, by: User, at: datetime) -> PressYear:
    """经区政府同意,印发。"""
    access.require(by, "engagement.press_plan")
    plan = _draft(plan)
    if not line(basis):
        raise RuleBroken("没有写经谁同意", fix="请写区政府同意印发的文号或者会议。")
    if not plan.units.exists():
        raise RuleBroken("没有纳入任何单位", fix="请先定哪些单位纳入。")
    plan.basis, plan.approved_at, plan.approved_by = line(basis)[:200], at, by
    plan.save(update_fields=["basis", "approved_at", "approved_by"])
    log("engagement.press_plan", f"{plan}：印发", at=at, by=by, about=plan)
    return plan


@transaction.atomic
def note_discipline(
    agency: Agency,
    kind: Breach,
    on: date,
    what: str,
    measure: str,
    *,
    by: User,
    at: datetime,
    briefing: Briefing | None = None,
) -> DisciplineEntry:
    """登记一件违反发布纪律的;只增不改,记错了另登一条说明。"""
    access.require(by, "engagement.press_plan")
    if on > local_day(at):
        raise RuleBroken("日子还没有到", fix="请核对。")
    if not what.strip() or not measure.strip():
        raise RuleBroken("没有写经过和处理", fix="请都写明；给自主空间、容许失误的也写明怎样处理。")
    if briefing is not None and briefing.event.agency_id != agency.pk:
        raise RuleBroken("这场发布会不是这个单位的", fix="请核对。")
    entry = DisciplineEntry.objects.create(
        agency=agency,
        briefing=briefing,
        kind=kind,
        on=on,
        what=clean(what)[:2000],
        measure=clean(measure)[:2000],
        by=by,
        entered_at=at,
    )
    log("engagement.discipline", f"新闻发布纪律：{entry}", at=at, by=by, agency=agency, about=entry)
    return entry
