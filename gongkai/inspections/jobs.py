"""网站和新媒体检查的后台任务:去访问抽中的别的网站。"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.org.jobs import periodic

from . import visiting
from .models import Visit
from .terms import VisitState


def _waits() -> bool:
    return Visit.objects.filter(state=VisitState.WAITING).exists()


@periodic("inspections.visit", "检查：访问抽中的网站", every=timedelta(seconds=30), waits=_waits)
def visit(*, at: datetime) -> str:
    """One batch, one host a second."""
    return f"访问了{visiting.visit(at)}个网页"
