"""开放审核:建批次、逐项答、同批一起审、交复核、抽检、退回、审定、成批公开。先审后公开,两个人。"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters import oldfile
from gongkai.adapters.pagescan import UNCLEAR_SAID
from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import backfile as law
from gongkai.law.backfile import Check, Conclusion
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.actions.admitting import Reviewed
from gongkai.records.models import Record
from gongkai.records.terms import ReviewKind, WithdrawalKind

from ..models import Batch, Item, Opening, Page
from ..terms import BatchState, ItemState, PageState, Precision

#: 各项都没有查到。
CLEAR = {one.value: False for one in Check}
OPEN = (BatchState.FIRST, BatchState.BACK)
PUBLIC = (Conclusion.ACTIVE, Conclusion.PART)
#: 补录的按公文收;要列入规范性文件登记的,公开以后在登记里列。
TYPE = "document"
SOURCE = "历史信息梳理补录"


def _locked(batch: Batch | int) -> Batch:
    rows = Batch.objects.select_for_update(of=("self",)).select_related("agency", "first_by", "second_by")
    return rows.get(pk=getattr(batch, "pk", batch))


def _noted(action: str, batch: Batch, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    log(f"backfile.{action}", f"开放审核“{batch}”：{what}", at=at, by=by, agency=batch.agency, about=batch, **more)


@transaction.atomic
def open_batch(agency: Agency, name: str, items: Iterable[Item], *, by: User, at: datetime) -> Batch:
    """建一批;只收核对过、还没有审的。"""
    access.require(by, "backfile.review", agency)
    rows = list(Item.objects.filter(pk__in=[one.pk for one in items], agency=agency).order_by("pk"))
    fit = [
        one
        for one in rows
        if one.state == ItemState.CONFIRMED and not one.conclusion and not hasattr(one, "opening")
    ]
    if not fit:
        raise RuleBroken("没有可以审的旧件", fix="请先核对要素；已经在别的批次里的不能再收。")
    batch = Batch.objects.create(agency=agency, name=line(name)[:100] or f"{local_day(at)}开放审核", at=at)
    Opening.objects.bulk_create(
        Opening(
            batch=batch,
            item=one,
            hints=oldfile.hints(one.title, f"{one.secrecy}\n{one.text}" if one.secrecy else one.text),
        )
        for one in fit
    )
    _noted("batch", batch, f"建立，{len(fit)}件", at=at, by=by, count=len(fit))
    return batch


@transaction.atomic
def take_out(opening: Opening, *, by: User, at: datetime) -> None:
    """从批次里撤出一件,好改要素或者另审。"""
    batch = _in(opening.batch_id, by, "backfile.review", *OPEN)
    item = opening.item
    Opening.objects.filter(pk=opening.pk).delete()
    _noted("answer", batch, f"撤出“{item}”", at=at, by=by)


def _in(batch: int, by: User, right: str, *states: BatchState) -> Batch:
    found = _locked(batch)
    access.require(by, right, found.agency)
    if found.state not in states:
        raise RuleBroken(f"这一批{found.get_state_display()}，不能这样办", fix="请刷新页面看最新的环节。")
    return found


@transaction.atomic
def answer(
    opening: Opening,
    answers: Mapping[str, bool],
    conclusion: Conclusion,
    *,
    by: User,
    at: datetime,
    ground: str = "",
    ended_on: date | None = None,
    note: str = "",
    shown: str = "",
    seen: str | None = None,
) -> Opening:
    """审一件:逐项答,再下结论。区分处理的,写下遮盖以后公开的文字。"""
    batch = _in(opening.batch_id, by, "backfile.review", *OPEN)
    opening = Opening.objects.select_for_update(of=("self",)).select_related("item").get(pk=opening.pk)
    check(seen, opening.mark)
    law.concluded(answers, conclusion, ground=ground, ended_on=ended_on, note=note)
    if conclusion is Conclusion.PART and not shown.strip():
        raise RuleBroken("区分处理没有写公开的文字", fix="请把不宜公开的遮盖掉，留下的写在“公开的文字”里。")
    opening.answers, opening.conclusion, opening.ground = dict(answers), conclusion, ground
    opening.ended_on, opening.note, opening.together = ended_on, line(note)[:300], False
    opening.shown = shown if conclusion is Conclusion.PART else ""
    _answered(opening, by, at)
    opening.save()
    _noted("answer", batch, f"“{opening.item}”{conclusion.label}", at=at, by=by, item=opening.item_id)
    return opening


def _answered(opening: Opening, by: User, at: datetime) -> None:
    opening.by, opening.at, opening.sampled, opening.right, opening.checked_at = by, at, False, None, None
    opening.revision += 1


@transaction.atomic
def answer_together(batch: Batch, *, by: User, at: datetime) -> int:
    """程序没有查到什么、又还没有审的,一起定为主动公开;抽检从这里抽。返回件数。"""
    batch = _in(batch.pk, by, "backfile.review", *OPEN)
    rows = batch.openings.filter(conclusion="", hints={}).select_related("item")
    pages = Page.objects.filter(item__opening__batch=batch).exclude(troubles=[])
    unread = {
        item
        for item, state, troubles in pages.values_list("item", "state", "troubles")
        if state == PageState.FAILED or UNCLEAR_SAID in troubles
    }
    fit = [
        one for one in rows if one.item.precision != Precision.NONE and one.item.text and one.item_id not in unread
    ]
    if not fit:
        raise RuleBroken(
            "没有可以一起审的", fix="程序有提示的、没有正文的、有页没有读清的、日期不明的，请逐件审。"
        )
    for item in fit:
        item.answers, item.conclusion, item.together = dict(CLEAR), Conclusion.ACTIVE, True
        _answered(item, by, at)
    Opening.objects.bulk_update(
        fit,
        ["answers", "conclusion", "together", "by", "at", "sampled", "right", "checked_at", "revision"],
        batch_size=200,
    )
    _noted("answer", batch, f"一起审了{len(fit)}件", at=at, by=by, count=len(fit))
    return len(fit)


@transaction.atomic
def hand_in(batch: Batch, *, by: User, at: datetime) -> Batch:
    """交复核:逐件审的全看,一起审的按比例抽;抽哪几件由种子定,谁都可以重算。"""
    batch = _in(batch.pk, by, "backfile.review", *OPEN)
    rows = list(batch.openings.all())
    left = sum(not one.conclusion for one in rows)
    if left or not rows:
        raise RuleBroken(f"还有{left}件没有审" if left else "这一批没有旧件", fix="请逐件审完再交。")
    batch.seed = hashlib.sha256(f"{batch.pk} {at.isoformat()}".encode()).hexdigest()[:16]
    together = [one for one in rows if one.together]
    drawn = sorted(together, key=lambda opening: _lot(batch.seed, opening.item_id))[
        : law.sample_size(len(together), local_day(at))
    ]
    Opening.objects.filter(batch=batch).update(sampled=False, right=None)
    chosen = [one.pk for one in rows if not one.together] + [one.pk for one in drawn]
    Opening.objects.filter(pk__in=chosen).update(sampled=True)
    batch.state, batch.first_by, batch.second_by, batch.back_reason = BatchState.SECOND, by, None, ""
    batch.save(update_fields=["seed", "state", "first_by", "second_by", "back_reason"])
    _noted(
        "hand_in",
        batch,
        f"交复核，抽{len(drawn)}件、逐件审的{len(chosen) - len(drawn)}件",
        at=at,
        by=by,
        seed=batch.seed,
    )
    return batch


def _lot(seed: str, key: int) -> str:
    return hashlib.sha256(f"{seed} {key}".encode()).hexdigest()


@transaction.atomic
def second(
    opening: Opening, right: bool, reason: str = "", *, by: User, at: datetime, seen: str | None = None
) -> Batch:
    """复核一件;一起审的漏了一件,整批一起审的都重审。"""
    batch = _in(opening.batch_id, by, "backfile.second", BatchState.SECOND)
    opening = Opening.objects.select_for_update(of=("self",)).select_related("item", "by").get(pk=opening.pk)
    check(seen, opening.mark)
    if by in (batch.first_by, opening.by):
        raise RuleBroken("审过的人不能复核自己审的", fix="请另一个人复核。")
    if not opening.sampled:
        raise RuleBroken("这一件没有抽到", fix="请从要复核的里选。")
    if not right and not reason.strip():
        raise RuleBroken("没有写哪里不对", fix="请写漏了什么，好照着重审。")
    opening.right, opening.checked_at = right, at
    opening.save(update_fields=["right", "checked_at"])
    batch.second_by = by
    batch.save(update_fields=["second_by"])
    _noted(
        "second",
        batch,
        f"“{opening.item}”{'没有问题' if right else '不对：' + line(reason)}",
        at=at,
        by=by,
        item=opening.item_id,
    )
    if not right:
        _back(batch, opening, line(reason), by, at)
    return batch


def _back(batch: Batch, opening: Opening, reason: str, by: User, at: datetime) -> None:
    again = batch.openings.filter(together=True) if opening.together else batch.openings.filter(pk=opening.pk)
    count = again.update(answers={}, conclusion="", ground="", together=False, sampled=False, right=None)
    batch.state, batch.back_reason = BatchState.BACK, f"“{opening.item}”：{reason}"[:300]
    batch.save(update_fields=["state", "back_reason"])
    _noted("back", batch, f"退回，{count}件重审：{reason}", at=at, by=by, count=count)


@transaction.atomic
def agree(batch: Batch, *, by: User, at: datetime) -> Batch:
    """审定:要复核的都没有问题。结论抄到各件上。"""
    batch = _in(batch.pk, by, "backfile.second", BatchState.SECOND)
    if by == batch.first_by:
        raise RuleBroken("交复核的人不能自己审定", fix="请另一个人审定。")
    if left := batch.openings.filter(sampled=True).exclude(right=True).count():
        raise RuleBroken(f"还有{left}件没有复核", fix="请先看完抽到的。")
    for opening in batch.openings.select_related("item"):
        Item.objects.filter(pk=opening.item_id).update(conclusion=opening.conclusion)
    batch.state, batch.second_by, batch.agreed_at = BatchState.AGREED, by, at
    batch.save(update_fields=["state", "second_by", "agreed_at"])
    _noted("agree", batch, "审定", at=at, by=by)
    return batch


@transaction.atomic
def publish(batch: Batch, *, by: User, at: datetime) -> int:
    """成批公开:主动公开和区分处理的,一件一件收作补录的信息;返回件数。"""
    batch = _in(batch.pk, by, "backfile.publish", BatchState.AGREED)
    done = 0
    rows = batch.openings.filter(conclusion__in=PUBLIC, item__record=None)
    for opening in rows.select_related("item__agency", "item__intake", "by").order_by("pk"):
        _opened(opening, batch, by, at)
        done += 1
    batch.state, batch.opened_at = BatchState.OPENED, at
    batch.save(update_fields=["state", "opened_at"])
    _noted("open", batch, f"公开{done}件", at=at, by=by, count=done)
    return done


def _opened(opening: Opening, batch: Batch, by: User, at: datetime) -> Record:
    item = opening.item
    reviewed = (
        Reviewed(
            ReviewKind.SECRECY,
            opening.by,
            opening.at,
            f"开放审核：{opening.get_conclusion_display()}。{opening.note}",
        ),
        Reviewed(
            ReviewKind.FINAL,
            batch.second_by,
            batch.agreed_at,
            "复核同意。" if opening.sampled else "同批抽检没有问题，同意。",
        ),
    )
    body = (
        paragraphs(opening.shown) if opening.conclusion == Conclusion.PART else item.body or paragraphs(item.text)
    )
    record = records.admit(
        _publisher(item.agency, local_day(at)),
        TYPE,
        reviewed=reviewed,
        by=by,
        at=at,
        title=item.title,
        doc_number=item.doc_number,
        issuers=[item.issuer] if item.issuer and item.issuer != item.agency.name else [],
        made_on=item.formed_on,
        body=body,
        source=SOURCE,
        fingerprint=item.sha256,
        origin=item.path.rpartition("/")[2],
    )
    item.record = record
    item.save(update_fields=["record"])
    if opening.ended_on:
        records.withdraw(
            record,
            WithdrawalKind.REPEALED,
            reason="公开时已经废止或者失效。",
            on=opening.ended_on,
            by=by,
            at=at,
            basis=opening.note or "开放审核认定",
            covered=True,
        )
    return record


def _publisher(agency: Agency, on: date) -> Agency:
    """Who publishes for a unit that no longer exists: the one that goes on with its work."""
    while agency.ended_on and agency.ended_on <= on and agency.successor:
        agency = agency.successor
    return agency


def paragraphs(text: str) -> str:
    """Plain lines as paragraphs."""
    return "".join(f"<p>{html.escape(one.strip())}</p>" for one in text.splitlines() if one.strip())
