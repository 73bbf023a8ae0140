"""各动作共用的:锁住一版目录、核对看到的那一稿、记操作记录。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Area, Charge, Row, Standard
from ..subjects import Resolver
from ..terms import Stage


def locked(standard: Standard | int) -> Standard:
    """The catalogue's row, locked until the transaction ends."""
    rows = Standard.objects.select_for_update(of=("self",)).select_related("agency", "area")
    return rows.get(pk=getattr(standard, "pk", standard))


def in_stage(standard: Standard, by: User, right: str, seen: str | None, *stages: Stage) -> Standard:
    """The locked catalogue, if the person may and it is where the step begins."""
    standard = locked(standard)
    access.require(by, right, standard.agency)
    check(seen, standard.mark)
    if standard.stage not in stages:
        raise RuleBroken(f"这一版目录{standard.get_stage_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return standard


def noted(action: str, standard: Standard, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    """One entry about a catalogue."""
    log(f"standards.{action}", f"{standard}：{what}", at=at, by=by, agency=standard.agency, about=standard, **more)


def touch(standard: Standard, *fields: str) -> None:
    """Save with a new mark."""
    standard.revision += 1
    standard.save(update_fields=[*fields, "revision"])


def begin(area: Area, agency: Agency, year: int, *, by: User, at: datetime, **more: Any) -> Standard:
    """A new version being drawn up; refused while another is."""
    if open_one := Standard.objects.open().filter(area=area, agency=agency).first():
        raise RuleBroken(f"{open_one}还在编", fix="请先公布它，或者把它作废。")
    nth = Standard.objects.filter(area=area, agency=agency, year=year).aggregate(last=Max("nth"))["last"] or 0
    live = Standard.objects.live().filter(area=area, agency=agency).first()
    return Standard.objects.create(
        area=area, agency=agency, year=year, nth=nth + 1, replaces=live, drafted_by=by, created_at=at, **more
    )


def charge(standard: Standard, rows: Sequence[Row]) -> int:
    """Who each row falls to, by its subject; a row whose subject names nobody falls to nobody until it is assigned."""
    resolver = Resolver(list(Agency.objects.filter(ended_on=None)))
    made = [
        Charge(row=row, standard=standard, agency=agency)
        for row in rows
        if row.is_active_way
        for agency in resolver.agencies_named(row.subject)
    ]
    Charge.objects.bulk_create(made, batch_size=500)
    return len(made)
