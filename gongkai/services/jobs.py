"""办事服务的后台任务:收齐链接、看链接、清除早已失效的证照提醒。"""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings

from gongkai.adapters import linkcheck
from gongkai.org.jobs import periodic

from . import actions
from .models import Link

#: 一次写库这么多条。
BATCH = 200


@periodic("services.links", "办事指南：看链接通不通", daily=time(1, 30))
def check_links(*, on: date, at: datetime) -> str | None:
    """Every link of every live guide, one request a second to a host, within an hour."""
    actions.gather_phones(at=at)
    count = actions.gather_links(at=at)
    if not count or settings.DEMO:
        return None
    worse, seen = 0, []
    for found in linkcheck.round_of(Link.objects.order_by("checked_at", "pk").values_list("url", flat=True)):
        seen.append(found)
        if len(seen) >= BATCH:
            worse += actions.note_links(seen, at=at)
            seen = []
    worse += actions.note_links(seen, at=at)
    return f"看了{count}个链接，{worse}个不对了"


@periodic("services.remind", "证照提醒：今天该提醒的", daily=time(8, 0))
def remind(*, on: date, at: datetime) -> str | None:
    """A day that was missed is made up by the newest reminder alone."""
    told = actions.remind(on=on, at=at)
    return f"提醒了{told}个" if told else None


@periodic("services.erase", "证照提醒：清除早已失效的", daily=time(3, 40))
def erase(*, on: date, at: datetime) -> str:
    """Reminders whose certificate ended long ago."""
    return f"清除了{actions.erase_reminders(on=on, at=at)}个证照提醒"
