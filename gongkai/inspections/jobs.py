"""网站和新媒体检查的后台任务:去访问抽中的别的网站;每天夜里自查本站。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.law.indicators import Answer
from gongkai.law.outlets import ONLINE
from gongkai.org.jobs import periodic

from . import actions, self_check, visiting
from .models import Outlet, Visit
from .terms import VisitState


def _waits() -> bool:
    return Visit.objects.filter(state=VisitState.WAITING).exists()


@periodic("inspections.visit", "检查：访问抽中的网站", every=timedelta(seconds=30), waits=_waits)
def visit(*, at: datetime) -> str:
    """One batch, one host a second."""
    return f"访问了{visiting.visit(at)}个网页"


@periodic("inspections.own_site", "检查：自查本站", daily=time(3, 30))
def own_site(*, on: date, at: datetime) -> str:
    """What fell short since yesterday waits for a person to confirm it, without anybody having looked."""
    outlet = Outlet.objects.filter(is_own=True, state__in=ONLINE).select_related("agency").first()
    if outlet is None:
        return "台账里没有本站"
    found = self_check.check(outlet, on, at)
    short = {code: one.note for code, one in found.items() if one.answer is Answer.SHORT}
    return f"{len(short)}项不符合，新登{actions.suspect_own(outlet, short, at=at)}个疑似问题"
