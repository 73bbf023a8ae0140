"""几个动作共用的:锁住一件,记一条。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Item
from ..terms import ItemState


def locked(item: Item | int) -> Item:
    """The row, locked until the transaction ends."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("agency", "intake", "record")
    return rows.get(pk=getattr(item, "pk", item))


def in_hand(item: Item, by: User, right: str, seen: str | None, *states: ItemState) -> Item:
    """The locked row, in one of these states, as the page showed it."""
    item = locked(item)
    access.require(by, right, item.agency)
    check(seen, item.mark)
    if item.state not in states:
        raise RuleBroken(f"这一件{item.get_state_display()}，不能这样办", fix="请刷新页面看最新的环节。")
    return item


def noted(action: str, item: Item, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    """One entry about an old paper."""
    log(f"backfile.{action}", f"旧文件“{item}”：{what}", at=at, by=by, agency=item.agency, about=item, **more)
