"""政府信息的后台任务:定时公开的到了时刻。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from gongkai.org.jobs import periodic, recount

from . import actions, store


@periodic("records.open", "信息：定时公开的到时公开", every=timedelta(minutes=1))
def open_due(*, at: datetime) -> str | None:
    """What is public is a function of the clock; this only counts it, and tells search and the publisher."""
    done = actions.open_due(at)
    return f"公开了{done}件" if done else None


@periodic("records.sweep", "信息：清掉没有写完的文件", daily=time(3, 30))
def sweep(*, on: date, at: datetime) -> str:
    """Half-made files of a process that died: attachments and the files of cases."""
    gone = sum(store.sweep(Path(root), at) for root in (settings.FILES_ROOT, settings.CASE_FILES_ROOT))
    return f"清掉{gone}个没有写完的文件" if gone else "没有要清的"


@recount("records.due", "信息的最迟公开日")
def recount_days(*, at: datetime) -> list[str]:
    """The last days to publish, with the notice that has just been installed."""
    return [str(moved) for moved in actions.recount(at=at)]
