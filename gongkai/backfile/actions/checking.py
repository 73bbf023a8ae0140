"""核对:人说的写进 ``said``,从此程序不改;不收的写理由,内容留着。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org.models import User

from ..models import Item
from ..models.items import FIELDS
from ..settling import is_understood, read_date, settle
from ..terms import ItemState, Kind, Precision
from .common import in_hand, noted


@transaction.atomic
def confirm(item: Item, values: Mapping[str, str], *, by: User, at: datetime, seen: str | None = None) -> Item:
    """核对过的要素;日期知道到哪里就写到哪里,档号没有的留空。

    Args:
        values: ``FIELDS`` and ``kind``; what is left out keeps what a person said before, or becomes what was read.
    """
    item = in_hand(item, by, "backfile.check", seen, ItemState.CHECKING, ItemState.CONFIRMED)
    if item.conclusion or hasattr(item, "opening"):
        raise RuleBroken("这一件已经进了开放审核", fix="请先在批次里撤出，再改要素。")
    said = {name: line(str(values[name])) if name in values else item.value(name) for name in FIELDS}
    if not said["title"]:
        raise RuleBroken("没有填题名", fix="原件没有题名的，照内容拟一个，写在方括号里。")
    if not is_understood(said["date_text"]):
        raise RuleBroken(
            f"日期“{said['date_text']}”读不懂",
            fix="写作2006-03-05；只知道年、月的写2006-03或者2006；不知道的不填。",
        )
    kind = str(values.get("kind") or item.said.get("kind") or item.kind)
    before = dict(item.said)
    item.said = said | {"kind": Kind.from_value(kind).value}
    settle(item)
    _unique(item)
    _plausible(item, at)
    item.state, item.confirmed_by, item.confirmed_at = ItemState.CONFIRMED, by, at
    item.revision += 1
    item.save()
    changed = [
        FIELDS[name]
        for name in FIELDS
        if said[name] != before.get(name, (item.read.get(name) or {}).get("value", ""))
    ]
    noted("confirm", item, f"核对，改了{'、'.join(changed)}" if changed else "核对", at=at, by=by)
    return item


def _unique(item: Item) -> None:
    if not (item.fonds and item.reference_code):
        return
    rows = Item.objects.counted().filter(fonds=item.fonds, reference_code=item.reference_code).exclude(pk=item.pk)
    if other := rows.first():
        raise RuleBroken(
            f"全宗{item.fonds}的档号{item.reference_code}已经有一件（“{other}”）",
            fix="请核对档号；没有档号的留空，不推不编。",
        )


def _plausible(item: Item, at: datetime) -> None:
    """A day in the future, or a number of another year than the date, is a slip of the pen."""
    precision, day, year = read_date(item.date_text)
    if day and day > local_day(at):
        raise RuleBroken(f"日期{day}在将来", fix="请核对日期。")
    # 年底定稿、次年编号的常有,差一年的不拦。
    if precision is not Precision.NONE and item.number_year and year and abs(item.number_year - year) > 1:
        raise RuleBroken(f"文号是{item.number_year}年的，日期是{year}年", fix="请对照原件，改文号或者日期。")


@transaction.atomic
def refuse(item: Item, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Item:
    """不作旧文件收(便笺、草稿、别的单位的……),写理由;原件留着。"""
    item = in_hand(item, by, "backfile.check", seen, ItemState.SCANNING, ItemState.CHECKING, ItemState.CONFIRMED)
    if hasattr(item, "opening"):
        raise RuleBroken("这一件已经进了开放审核", fix="请先在批次里撤出。")
    if not reason.strip():
        raise RuleBroken("没有写不收的理由", fix="请写明为什么不收。")
    item.state, item.reason = ItemState.REFUSED, line(reason)[:300]
    item.revision += 1
    item.save(update_fields=["state", "reason", "revision"])
    noted("refuse", item, f"不收：{item.reason}", at=at, by=by)
    return item


@transaction.atomic
def reopen(item: Item, *, by: User, at: datetime) -> Item:
    """不收的、认作副本的,改回来重新核对。"""
    item = in_hand(item, by, "backfile.check", None, ItemState.REFUSED, ItemState.COPY)
    if not item.title and not item.text:
        raise RuleBroken("这一件没有读出来", fix="请换一份能读的文件重新收。")
    item.state, item.copy_of, item.reason = ItemState.CHECKING, None, ""
    _unique(item)
    item.revision += 1
    item.save()
    noted("reopen", item, "重新核对", at=at, by=by)
    return item
