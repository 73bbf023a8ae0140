"""移交档案馆:编目、移交、公布目录、延期。对内清单全列;对外目录只列可以公开的。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.desk.moments import local_day
from gongkai.desk.numbers import whole
from gongkai.law import backfile as opening_law
from gongkai.law import handover as law
from gongkai.law.errors import RuleBroken
from gongkai.law.sources import cite
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import numbering
from gongkai.records.models import Record

from .. import checks
from ..models import Extension, Item, Transfer, TransferRow
from ..settling import read_date
from ..terms import Disclosed, ItemState, OpeningOpinion, TransferState

GIVEN = (
    "fonds",
    "archive",
    "since",
    "until",
    "medium",
    "items_said",
    "pages_said",
    "gaps_note",
    "tested",
    "shows_codes",
)
ROW = (
    "reference_code",
    "doc_number",
    "issuer",
    "title",
    "date_text",
    "secrecy",
    "pages",
    "retention",
    "opinion",
    "disclosed",
    "secrecy_change",
    "remark",
    "listed_title",
)
NO_SECRECY = "无密级"
_OPENED = (opening_law.Conclusion.ACTIVE, opening_law.Conclusion.PART)


def _locked(transfer: Transfer | int) -> Transfer:
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=getattr(transfer, "pk", transfer))


def _in(transfer: Transfer | int, by: User, *states: TransferState) -> Transfer:
    found = _locked(transfer)
    access.require(by, "backfile.handover", found.agency)
    if found.state not in states:
        raise RuleBroken(f"这一批{found.get_state_display()}，不能这样办", fix="请刷新页面看最新的环节。")
    return found


def _noted(
    action: str, transfer: Transfer, what: str, *, at: datetime, by: User | None = None, **more: Any
) -> None:
    log(
        f"backfile.{action}",
        f"移交批次{transfer}：{what}",
        at=at,
        by=by,
        agency=transfer.agency,
        about=transfer,
        **more,
    )


@transaction.atomic
def open_transfer(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Transfer:
    """建立一批移交。"""
    access.require(by, "backfile.handover", agency)
    _spans(values["since"], values["until"])
    year = local_day(at).year
    number = f"{agency.code}-YJ-{year}-{numbering.next_in(f'transfer/{agency.code}/{year}'):03}"
    given = {name: values[name] for name in GIVEN if name in values}
    transfer = Transfer.objects.create(agency=agency, number=number, by=by, at=at, **given)
    _noted("transfer", transfer, "建立", at=at, by=by)
    return transfer


def _spans(since: int, until: int) -> None:
    if since > until:
        raise RuleBroken(f"形成年度起{since}晚于止{until}", fix="请改年度。")


@transaction.atomic
def save_transfer(transfer: Transfer, values: Mapping[str, Any], *, by: User, at: datetime) -> Transfer:
    """移交以前改批次的要素。"""
    transfer = _in(transfer, by, TransferState.DRAFT)
    for name in GIVEN:
        if name in values:
            setattr(transfer, name, values[name])
    _spans(transfer.since, transfer.until)
    transfer.save()
    _noted("transfer", transfer, "修改", at=at, by=by)
    return transfer


@transaction.atomic
def fill(transfer: Transfer, *, by: User, at: datetime) -> int:
    """把这个单位这几年核对过、还没有移交的旧件编进清单,三项附具意见照审核和公开的情况填;返回件数。"""
    transfer = _in(transfer, by, TransferState.DRAFT)
    span = {"year__gte": transfer.since, "year__lte": transfer.until}
    rows = Item.objects.filter(agency=transfer.agency, state=ItemState.CONFIRMED, transfer_rows=None, **span)
    position = transfer.rows.aggregate(last=Max("position"))["last"] or 0
    made = []
    for item in rows.select_related("record").order_by("fonds", "reference_code", "formed_on", "pk"):
        position += 1
        made.append(_judged(_row_of(transfer, item, position, at)))
    TransferRow.objects.bulk_create(made, batch_size=500)
    _noted("row", transfer, f"编进{len(made)}件", at=at, by=by, count=len(made))
    return len(made)


def _row_of(transfer: Transfer, item: Item, position: int, at: datetime) -> TransferRow:
    public = item.record is not None and item.record.is_public(at)
    opinion = {"": "", **dict.fromkeys(_OPENED, OpeningOpinion.OPEN)}.get(
        item.conclusion, OpeningOpinion.CONTROLLED
    )
    return TransferRow(
        transfer=transfer,
        position=position,
        item=item,
        record=item.record,
        reference_code=item.reference_code,
        doc_number=item.doc_number,
        issuer=item.issuer,
        title=item.title,
        date_text=item.date_text,
        formed_on=item.formed_on,
        year=item.year,
        secrecy=item.secrecy,
        pages=whole(item.page_count),
        retention=item.retention,
        opinion=opinion,
        secrecy_change="" if item.secrecy else NO_SECRECY,
        disclosed=Disclosed.PUBLIC if public else Disclosed.NOT if item.conclusion else "",
    )


def _judged(row: TransferRow) -> TransferRow:
    """Whether it may stand in the public catalogue; the caller saves."""
    reasons = checks.reasons_against(row)
    row.listed, row.why_not = not reasons, "；".join(reasons)[:200]
    return row


@transaction.atomic
def save_row(
    transfer: Transfer,
    row: TransferRow | None,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    record: Record | None = None,
) -> TransferRow:
    """加一行或者改一行;列不列对外目录按规则重算。移交以后只许改对外的题名。"""
    transfer = _in(transfer, by, TransferState.DRAFT, TransferState.HANDED)
    if transfer.state == TransferState.HANDED and (row is None or set(values) - {"listed_title"}):
        raise RuleBroken("已经移交，清单不能再改", fix="只能改对外目录里的题名；清单有错的，同档案馆另办更正。")
    if row is None:
        last = transfer.rows.aggregate(last=Max("position"))["last"] or 0
        row = TransferRow(transfer=transfer, position=last + 1, record=record)
    for name in ROW:
        if name in values:
            setattr(row, name, values[name])
    if not row.title.strip():
        raise RuleBroken("没有填题名", fix="请填题名。")
    _, row.formed_on, year = read_date(row.date_text)
    row.year = year or row.year
    _judged(row).save()
    _noted("row", transfer, f"第{row.position}行“{row}”", at=at, by=by)
    return row


@transaction.atomic
def drop_row(row: TransferRow, *, by: User, at: datetime) -> None:
    """移交以前去掉一行,后面的序号补上。"""
    transfer = _in(row.transfer_id, by, TransferState.DRAFT)
    TransferRow.objects.filter(pk=row.pk).delete()
    for position, one in enumerate(transfer.rows.order_by("position"), 1):
        if one.position != position:
            TransferRow.objects.filter(pk=one.pk).update(position=position)
    _noted("row", transfer, f"去掉“{row}”", at=at, by=by)


@transaction.atomic
def hand_over(transfer: Transfer, on: date, receiver: str, *, by: User, at: datetime) -> Transfer:
    """移交:检查里要改正的都改正了。"""
    transfer = _in(transfer, by, TransferState.DRAFT)
    today = local_day(at)
    if not transfer.rows.exists():
        raise RuleBroken("清单里一件也没有", fix="请先编目。")
    if on > today:
        raise RuleBroken(f"移交日{on}在将来", fix="请在移交以后登记。")
    wrong = [one for one in checks.of_transfer(transfer, today) if one.code in checks.BLOCKING and one.blocks]
    if wrong:
        first = "；".join(
            f"{one.code} {f'第{one.row.position}行' if one.row else ''}{one.what}" for one in wrong[:3]
        )
        raise RuleBroken(
            f"有{len(wrong)}处要改正（{first}）",
            source=cite("archives_rules:30.2"),
            fix="请照检查的结果逐处改正。",
        )
    if not receiver.strip() or not transfer.tested.strip():
        raise RuleBroken("没有填接收经手人，或者没有检测结果", fix="交接双方要有人签收，检测结果在批次里填。")
    transfer.handed_on, transfer.receiver, transfer.state = on, receiver.strip()[:40], TransferState.HANDED
    transfer.save(update_fields=["handed_on", "receiver", "state"])
    _noted("hand_over", transfer, f"{on}移交{transfer.archive}，{transfer.rows.count()}件", at=at, by=by)
    return transfer


@transaction.atomic
def publish_catalogue(transfer: Transfer, *, by: User, at: datetime) -> Transfer:
    """公布可公开的目录。"""
    transfer = _in(transfer, by, TransferState.HANDED)
    for row in transfer.rows.all():
        _judged(row).save(update_fields=["listed", "why_not"])
    if not transfer.rows.filter(listed=True).exists():
        raise RuleBroken("没有一件可以列入对外目录", fix="请改为“没有可公开的”，写明说明。")
    return _told(transfer, TransferState.PUBLISHED, "catalogue", "公布目录", by, at)


@transaction.atomic
def nothing_to_publish(transfer: Transfer, reason: str, *, by: User, at: datetime) -> Transfer:
    """一件也不能公开的,公布说明。"""
    transfer = _in(transfer, by, TransferState.HANDED)
    if transfer.rows.filter(listed=True).exists():
        raise RuleBroken("清单里有可以列入对外目录的", fix="请公布目录。")
    if not reason.strip():
        raise RuleBroken("没有写说明", fix="请写为什么没有可公开的，公众看得到。")
    transfer.nothing_reason = reason.strip()[:300]
    return _told(transfer, TransferState.NOTHING, "nothing", "没有可公开的", by, at)


def _told(transfer: Transfer, state: TransferState, action: str, what: str, by: User, at: datetime) -> Transfer:
    transfer.state, transfer.published_at = state, at
    transfer.save(update_fields=["state", "published_at", "nothing_reason"])
    _noted(action, transfer, what, at=at, by=by)
    return transfer


@transaction.atomic
def extend(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Extension:
    """登记延期移交:要有同级档案主管部门同意的文号。"""
    access.require(by, "backfile.handover", agency)
    _spans(values["since"], values["until"])
    if not str(values["approval"]).strip():
        raise RuleBroken(
            "没有填同意延期的文号", source=cite("archives_rules:20.3"), fix="请填同级档案主管部门同意的文号。"
        )
    due = law.handover_due(None, values["since"], local_day(at))
    if values["ends_on"] <= due:
        raise RuleBroken(f"延到{values['ends_on']}不晚于移交期限{due}", fix="不用延期，或者改日期。")
    extension = Extension.objects.create(agency=agency, by=by, at=at, **values)
    log(
        "backfile.extension",
        f"{agency}{extension.since}—{extension.until}年的延期移交到{extension.ends_on}",
        at=at,
        by=by,
        agency=agency,
        about=extension,
        approval=extension.approval,
    )
    return extension
