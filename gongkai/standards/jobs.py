"""标准化的后台任务:每夜重算到期。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.org.jobs import periodic

from . import actions


@periodic("standards.recount", "标准目录：重算每一行到期没有", daily=time(2, 40))
def recount(*, on: date, at: datetime) -> str:
    """Every charge of every catalogue in force."""
    return f"变了{actions.recount(on=on, at=at)}格"


@periodic("standards.lists", "村务公开：撤下到期的名单", daily=time(0, 20))
def lists(*, on: date, at: datetime) -> str:
    """Lists of persons whose time has come."""
    return f"撤下了{actions.remove_lists(on=on, at=at)}份名单"
