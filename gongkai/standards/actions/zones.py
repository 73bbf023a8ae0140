"""体验区、查阅点:登记、四统一、开放的季节、设备、巡检、每天的服务、资料、停用。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.adapters.plaintext import clean
from gongkai.desk.moments import local_day
from gongkai.law import calendar, params
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Closure, Comment, DayCount, Equipment, Patrol, Season, Stock, Zone
from ..privacy import forbidden
from ..terms import BookKind, Unity

#: 意见、答复至多这么多字。
LONGEST = 500


def _noted(action: str, zone: Zone, what: str, *, at: datetime, by: User | None) -> None:
    log(f"standards.{action}", f"{zone}：{what}", at=at, by=by, agency=zone.place.agency, about=zone)


def _may(zone: Zone, by: User | None) -> None:
    if by is not None:
        access.require(by, "standards.keep", zone.place.agency)


@transaction.atomic
def save_zone(
    zone: Zone, seasons: Sequence[Season], unities: Sequence[str], *, by: User | None, on: date, at: datetime
) -> Zone:
    """登记一处,或者改一处:四统一逐项核对过的记下日子,季节重写。"""
    _may(zone, by)
    known = {unity.value for unity in Unity}
    zone.unities = {name: zone.unities.get(name) or on.isoformat() for name in unities if name in known}
    zone.save()
    if zone.pk:
        zone.seasons.all().delete()
    for season in seasons:
        season.zone = zone
    Season.objects.bulk_create(seasons)
    _noted("zone", zone, f"登记，四统一{len(zone.unities)}项", at=at, by=by)
    return zone


@transaction.atomic
def save_equipment(equipment: Equipment, *, by: User | None, at: datetime) -> Equipment:
    """登记一件设备,或者记它坏了、修好了。"""
    _may(equipment.zone, by)
    if not equipment.works and not equipment.fault.strip():
        raise RuleBroken(f"{equipment}坏了，没有写什么毛病", fix="请写明，好报修。")
    if equipment.works:
        equipment.fault = ""
    equipment.save()
    _noted(
        "zone",
        equipment.zone,
        f"{equipment}{'完好' if equipment.works else f'坏了：{equipment.fault}'}",
        at=at,
        by=by,
    )
    return equipment


@transaction.atomic
def add_equipment(zone: Zone, rows: Sequence[Equipment], *, by: User | None, at: datetime) -> int:
    """一次登记几件设备。"""
    _may(zone, by)
    Equipment.objects.bulk_create(rows)
    _noted("zone", zone, f"登记设备{len(rows)}件", at=at, by=by)
    return len(rows)


@transaction.atomic
def patrol(zone: Zone, on: date, is_open: bool, found: str, *, by: User, at: datetime) -> Patrol:
    """巡检一次。"""
    _may(zone, by)
    if on > local_day(at):
        raise RuleBroken("巡检的日子还没有到", fix="请核对日期。")
    if not is_open and not found.strip():
        raise RuleBroken("没有按时开放，没有写原因", fix="请写明为什么没有开、怎样告知了群众。")
    made = Patrol.objects.create(zone=zone, on=on, is_open=is_open, found=found.strip()[:300], by=by)
    _noted("patrol", zone, f"{on}巡检，{'按时开放' if is_open else '没有开放'}", at=at, by=by)
    return made


@transaction.atomic
def add_patrols(zone: Zone, rows: Sequence[Patrol], *, by: User, at: datetime) -> int:
    """补登几次巡检。"""
    _may(zone, by)
    Patrol.objects.bulk_create(rows)
    _noted("patrol", zone, f"登记巡检{len(rows)}次", at=at, by=by)
    return len(rows)


@transaction.atomic
def count_day(zone: Zone, on: date, counts: Mapping[str, int], *, by: User | None, at: datetime) -> DayCount:
    """一天的服务,再登就是改;只有次数,没有谁。"""
    _may(zone, by)
    if on > local_day(at):
        raise RuleBroken("这一天还没有到", fix="请核对日期。")
    if counts.get("answered", 0) > counts.get("questions", 0):
        raise RuleBroken("当日答复的比咨询的还多", fix="请核对两个数。")
    made, _ = DayCount.objects.update_or_create(zone=zone, on=on, defaults=dict(counts))
    _noted("day", zone, f"{on}的服务", at=at, by=by)
    return made


@transaction.atomic
def add_days(zone: Zone, rows: Sequence[DayCount], *, by: User | None, at: datetime) -> int:
    """补登几天的服务。"""
    _may(zone, by)
    DayCount.objects.bulk_create(rows)
    _noted("day", zone, f"登记{len(rows)}天的服务", at=at, by=by)
    return len(rows)


@transaction.atomic
def save_stock(stock: Stock, *, by: User | None, at: datetime) -> Stock:
    """投放、清点一种资料。"""
    _may(stock.zone, by)
    if stock.left > stock.placed:
        raise RuleBroken(f"“{stock}”剩的比投放的还多", fix="请核对两个数。")
    stock.save()
    _noted("zone", stock.zone, f"“{stock}”投放{stock.placed}份，剩{stock.left}份", at=at, by=by)
    return stock


@transaction.atomic
def close(zone: Zone, from_on: date, until_on: date, reason: str, *, by: User | None, at: datetime) -> Closure:
    """停用公告。"""
    _may(zone, by)
    if until_on < from_on:
        raise RuleBroken("停用的止日早于起日", fix="请核对日期。")
    if not reason.strip():
        raise RuleBroken("没有写停用的原因", fix="请写明，并且写到哪里可以办。")
    made = Closure.objects.create(zone=zone, from_on=from_on, until_on=until_on, reason=reason.strip()[:200])
    _noted("zone", zone, f"{from_on}到{until_on}停用：{reason.strip()}", at=at, by=by)
    return made


def comment_due(on: date) -> date:
    """The last day to answer what was written into the book on this day."""
    return calendar.add(on, params.at("standards.zone_comment_days", on).value, provisional=True)


def _worded(text: str, missing: str, fix: str) -> str:
    text = clean(text).strip()
    if not any(sign.isalnum() for sign in text):
        raise RuleBroken(missing, fix=fix)
    if len(text) > LONGEST:
        raise RuleBroken(f"写了{len(text)}字，超过{LONGEST}字", fix="请写得短些；材料可以交给现场的工作人员。")
    return text


@transaction.atomic
def write_comment(zone: Zone, text: str, on: date, kind: BookKind, *, by: User | None, at: datetime) -> Comment:
    """意见簿上写一条:群众在终端、网页上写的没有 ``by``;纸质意见簿上的由管理人员登记。不记是谁。"""
    if kind is BookKind.PAPER:
        access.require(by, "standards.keep", zone.place.agency)
    if on > local_day(at):
        raise RuleBroken("写意见的日子还没有到", fix="请核对日期。")
    text = _worded(text, "没有写意见", "请写明哪里不便、怎样改。")
    made = Comment.objects.create(zone=zone, on=on, kind=kind, text=text, due_on=comment_due(on), at=at)
    _noted("comment", zone, f"意见簿写了一条（{kind.label}）", at=at, by=by)
    return made


@transaction.atomic
def add_comments(zone: Zone, rows: Sequence[Comment], *, by: User, at: datetime) -> int:
    """补登意见簿上的几条。"""
    _may(zone, by)
    for row in rows:
        row.zone, row.at, row.due_on = zone, at, comment_due(row.on)
    Comment.objects.bulk_create(rows)
    _noted("comment", zone, f"登记意见{len(rows)}条", at=at, by=by)
    return len(rows)


@transaction.atomic
def answer_comment(comment: Comment, answer: str, is_public: bool, *, by: User, at: datetime) -> Comment:
    """答复意见簿上的一条,可以再改;有身份证号、病名这样的不能公开。"""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("zone__place__agency")
    comment = rows.get(pk=comment.pk)
    _may(comment.zone, by)
    answer = _worded(answer, "没有写答复", "改了什么、哪一天改好；不能改的写明为什么。")
    if is_public and (found := forbidden(f"{comment.text}\n{answer}")):
        raise RuleBroken(
            f"里面有{'、'.join(found)}，不能公开（《个人信息保护法》第二十八条、第二十九条）",
            fix="请不公开，只当面答复。",
        )
    comment.answer, comment.is_public = answer, is_public
    comment.answered_on, comment.answered_by = comment.answered_on or local_day(at), by
    comment.save(update_fields=["answer", "is_public", "answered_on", "answered_by"])
    _noted("comment", comment.zone, f"答复意见“{comment}”", at=at, by=by)
    return comment
