"""各个动作共用的:锁住一行、核权限和看过的一稿、记一条。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Guide, Matter
from ..terms import GuideState


def locked(guide: Guide, by: User, right: str, seen: str | None) -> Guide:
    """The guide's row, locked until the transaction ends, if this person may and saw its newest state."""
    guide = Guide.objects.select_for_update(of=("self",)).select_related("agency").get(pk=guide.pk)
    access.require(by, right, guide.agency)
    check(seen, guide.mark)
    return guide


def locked_matter(matter: Matter, by: User, right: str, seen: str | None) -> Matter:
    """The same for a matter."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("lead").get(pk=matter.pk)
    access.require(by, right, matter.lead)
    check(seen, matter.mark)
    return matter


def noted(action: str, guide: Guide, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    """One line of the log about a guide."""
    log(f"services.{action}", f"办事指南“{guide}”：{what}", at=at, by=by, agency=guide.agency, about=guide, **more)


def noted_matter(action: str, matter: Matter, what: str, *, at: datetime, by: User, **more: Any) -> None:
    """One line of the log about a matter."""
    log(f"services.{action}", f"一件事“{matter}”：{what}", at=at, by=by, agency=matter.lead, about=matter, **more)


def bump(row: Guide | Matter, *fields: str) -> None:
    """Save some columns and the next revision."""
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def in_state(guide: Guide, *states: GuideState) -> None:
    """Refuse what does not fit the guide's state."""
    if guide.state not in states:
        raise RuleBroken(f"这个事项{guide.get_state_display()}，不能这样办", fix="请刷新页面看最新的情况。")
