"""数据开放的后台任务:并用量、补文件、协议到期、清除联系方式。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.opendata import using
from gongkai.org.actions import move_days
from gongkai.org.jobs import periodic
from gongkai.org.jobs import recount as after_notice

from . import actions, store
from .models import Application, Demand, Version
from .terms import ApplicationState, DemandState


@periodic("opendata.usage", "数据开放：并用量", every=timedelta(minutes=5), each_node=True)
def usage(*, at: datetime) -> str:
    """Calls noted in this node's file."""
    return f"并了{actions.count_usage()}次"


@periodic("opendata.mend", "数据开放：补上缺的文件、拿走多的", every=timedelta(minutes=10))
def mend(*, at: datetime) -> str:
    """Files that a stop in the middle left missing or left over."""
    return f"改了{actions.mend()}份"


def _without_index() -> Version | None:
    """The newest large table that has no index on this node."""
    rows = Version.objects.public().filter(rows__gte=store.INDEXED_ROWS).order_by("-opened_at")
    return next((version for version in rows if store.lacks_index(version)), None)


@periodic(
    "opendata.index",
    "数据开放：给大表建索引",
    every=timedelta(minutes=2),
    each_node=True,
    waits=lambda: _without_index() is not None,
)
def index(*, at: datetime) -> str | None:
    """One table at a time, the newest first; ten million rows take about a minute."""
    version = _without_index()
    if version is None:
        return None
    store.build_index(version)
    return f"{version}建好索引"


@periodic("opendata.expire", "受限数据：到期的协议终止，清除到期的联系方式", daily=time(3, 40))
def expire(*, on: date, at: datetime) -> str:
    """Agreements whose term is over; contacts of what was settled so long ago."""
    ended = actions.expire(on=on, at=at)
    kept = params.at("opendata.keep_contacts_days", on).value
    erased = actions.erase_contacts(before=at - DAY * kept, at=at)
    return f"终止{ended}份协议，清除{erased}件的联系方式"


@after_notice("opendata.days", "数据申请、数据需求的最迟办结日")
def days(*, at: datetime) -> list[str]:
    """Applications that wait for a decision and demands that wait for an answer."""
    asked = Application.objects.filter(state=ApplicationState.RECEIVED).select_related("dataset__agency")
    wanted = Demand.objects.filter(state=DemandState.RECEIVED).select_related("agency")
    return [
        *move_days(
            asked,
            lambda application: using.application_due(local_day(application.received_at)).due,
            unit=lambda application: application.dataset.agency,
            at=at,
        ),
        *move_days(
            wanted,
            lambda demand: using.demand_due(local_day(demand.received_at)).due,
            unit=lambda demand: demand.agency,
            at=at,
        ),
    ]
