"""报送:联络员;各单位勾选确认或者零报告;编辑部给每件定去向。"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import gazette as law
from gongkai.law.errors import RuleBroken
from gongkai.law.gazette import Refusal
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import register
from ..models import Item, Liaison, Masthead, Submission
from ..terms import ItemState, LiaisonKind, ReportKind


@transaction.atomic
def appoint(
    agency: Agency, kind: LiaisonKind, name: str, *, by: User, at: datetime, since_on: date, phone: str = ""
) -> Liaison:
    """定联络员;原来的一位到前一天为止,留在历史里。"""
    access.require(by, "gazette.liaison", agency)
    if not line(name):
        raise RuleBroken("没有写联络员的姓名", fix="请填。")
    before = Liaison.objects.select_for_update().filter(agency=agency, kind=kind, until_on=None).first()
    if before is not None:
        if since_on <= before.since_on:
            raise RuleBroken(f"{before}自{before.since_on}起担任，新的不能早于它", fix="请改日期。")
        before.until_on = since_on
        before.save(update_fields=["until_on"])
    made = Liaison.objects.create(
        agency=agency, kind=kind, name=line(name)[:40], phone=line(phone)[:40], since_on=since_on
    )
    log("gazette.liaison", f"{agency}的公报{kind.label}：{made}", at=at, by=by, agency=agency, about=made)
    return made


@transaction.atomic
def dismiss(liaison: Liaison, until_on: date, *, by: User, at: datetime) -> Liaison:
    """不再担任联络员。"""
    liaison = Liaison.objects.select_for_update().get(pk=liaison.pk)
    access.require(by, "gazette.liaison", liaison.agency)
    if liaison.until_on is not None or until_on < liaison.since_on:
        raise RuleBroken("这一位已经不担任，或者日期早于开始的一天", fix="请刷新页面、核对日期。")
    liaison.until_on = until_on
    liaison.save(update_fields=["until_on"])
    log(
        "gazette.liaison",
        f"{liaison.agency}的公报联络员{liaison}不再担任",
        at=at,
        by=by,
        agency=liaison.agency,
        about=liaison,
    )
    return liaison


@transaction.atomic
def report(
    agency: Agency,
    month: date,
    records: Collection[int],
    *,
    by: User,
    at: datetime,
    zero: bool = False,
    note: str = "",
) -> Submission:
    """一个单位报一个月:勾选确认登哪些;没有的零报告。可以再报,以最后一次为准,已经采用的不动。

    Args:
        records: primary keys of what the unit wants printed.
        zero: there is nothing; whether that is true is seen by everyone who looks.
    """
    access.require(by, "gazette.report", agency)
    month, on = law.month_of(month), local_day(at)
    if month >= law.month_of(on):
        raise RuleBroken(f"{month.year}年{month.month}月还没有过完", fix="请下个月再报。")
    known = {entry.record.pk: entry for entry in register.entries(month, at, agencies=[agency])}
    if zero and records:
        raise RuleBroken("零报告里勾选了文件", fix="有要登的请报送，没有的请都不勾选。")
    if not zero and not records:
        raise RuleBroken("没有勾选要登的文件", fix="没有要登的，请按“零报告”。")
    if not set(records) <= set(known):
        raise RuleBroken("勾选的里有的不是本单位这个月公开的", fix="请刷新页面再勾选。")
    kind = ReportKind.ZERO if zero else ReportKind.LISTED
    made = Submission.objects.select_for_update().filter(agency=agency, month=month).first()
    if made is None:
        made = Submission.objects.create(
            agency=agency, month=month, kind=kind, reported_at=at, reported_by=by, note=line(note)[:300]
        )
    else:
        made.kind, made.note = kind, line(note)[:300]
        made.save(update_fields=["kind", "note"])
    maker = Masthead.objects.at(on)
    for pk in records:
        record = known[pk].record
        item, new = Item.objects.select_for_update().get_or_create(
            record=record, defaults={"month": month, "duty": register.duty(record, maker), "submission": made}
        )
        if not new and item.state == ItemState.RETURNED:
            item.state = ItemState.REPORTED
            item.revision += 1
        item.submission = made
        item.save()
    taken_back = made.items.filter(state__in=(ItemState.REPORTED, ItemState.RETURNED)).exclude(record__in=records)
    taken_back.delete()
    what = "零报告" if zero else f"报送{len(records)}件"
    log("gazette.report", f"{made}：{what}", at=at, by=by, agency=agency, about=made)
    return made


@transaction.atomic
def decide(
    record: Record,
    state: ItemState,
    *,
    by: User,
    at: datetime,
    refusal: str = "",
    note: str = "",
    seen: str | None = None,
) -> Item:
    """给一件定去向:退回补正、下期登、不采用(从理由里选)。采用是选进一期里(``take``)。"""
    maker = Masthead.objects.at(local_day(at))
    if maker is None:
        raise RuleBroken("还没有立公报", fix="请先定刊名和编辑部。")
    access.require(by, "gazette.compose", maker.agency)
    month = law.month_of(local_day(record.published_at)) if record.published_at else law.month_of(local_day(at))
    item, new = Item.objects.select_for_update().get_or_create(
        record=record, defaults={"month": month, "duty": register.duty(record, maker)}
    )
    if not new:
        check(seen, item.mark)
    if item.state == ItemState.ADOPTED:
        raise RuleBroken(f"“{record}”已经采用在{item.issue}", fix="要改的请先从那一期里去掉。")
    if state is ItemState.REFUSED and refusal not in list(Refusal):
        raise RuleBroken("不采用没有选理由", fix="请从理由里选一条。")
    if state in (ItemState.RETURNED, ItemState.DEFERRED) and not note.strip():
        raise RuleBroken(f"{state.label}没有写为什么", fix="请写明，报送的单位看得到。")
    if state is ItemState.RETURNED and item.submission is None:
        raise RuleBroken("单位没有报过这一件，不用退回", fix="请直接定下期登或者不采用。")
    item.state, item.refusal, item.note = state, refusal if state is ItemState.REFUSED else "", line(note)[:300]
    item.returns += state is ItemState.RETURNED
    item.decided_at, item.decided_by = at, by
    item.revision += 1
    item.save()
    why = f"（{Refusal.from_value(refusal).label}）" if item.refusal else f"（{item.note}）" if item.note else ""
    log("gazette.item", f"“{record}”{state.label}{why}", at=at, by=by, agency=record.agency, about=item)
    return item
