"""证据和排队的访问。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.org import access
from gongkai.org.models import User

from ..models import Evidence, Outlet
from ..terms import Reached
from .outlets import noted


@transaction.atomic
def keep_screenshot(
    outlet: Outlet, sha256: str, *, by: User, at: datetime, note: str = "检查人的截图"
) -> Evidence:
    """把检查人的截图存作证据。"""
    access.require(by, "inspections.check", outlet.agency)
    made = Evidence.objects.create(
        outlet=outlet,
        url=outlet.url or outlet.name,
        at=at,
        reached=Reached.OK,
        screenshot=sha256,
        sha256=sha256,
        note=note,
    )
    noted("visit", outlet, note, at=at, by=by, sha256=sha256)
    return made
