"""政府信息的后台任务:定时公开的到了时刻。"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.org.jobs import periodic, recount

from . import actions


@periodic("records.open", "信息：定时公开的到时公开", every=timedelta(minutes=1))
def open_due(*, at: datetime) -> str | None:
    """What is public is a function of the clock; this only counts it, and tells search and the publisher."""
    done = actions.open_due(at)
    return f"公开了{done}件" if done else None


@recount("records.due", "信息的最迟公开日")
def recount_days(*, at: datetime) -> list[str]:
    """The last days to publish, with the notice that has just been installed."""
    return [str(moved) for moved in actions.recount(at=at)]
