"""通报:把一季、一年的数定下来。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.adapters.plaintext import clean
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import figures
from ..models import Masthead, Notice
from ..terms import NoticeSpan


@transaction.atomic
def issue_notice(year: int, quarter: int, words: str, *, by: User, at: datetime) -> Notice:
    """印发一份通报;``quarter`` 是0的是全年。期没有过完、已经印发过的不行。"""
    on = local_day(at)
    maker = Masthead.objects.at(on)
    if maker is None:
        raise RuleBroken("还没有立公报", fix="请先定刊名和编辑部。")
    access.require(by, "gazette.notice", maker.agency)
    if not 0 <= quarter <= 4:
        raise RuleBroken(f"没有第{quarter}季度", fix="请选一至四季度，或者全年。")
    first, last = figures.months(year, quarter)
    if figures.closing_day(last) >= on:
        raise RuleBroken(
            f"{last.year}年{last.month}月的报送到{figures.closing_day(last)}才截止", fix="请截止以后再通报。"
        )
    if Notice.objects.filter(year=year, quarter=quarter).exists():
        raise RuleBroken("这一期通报已经印发", fix="请看印发了的那一份。")
    notice = Notice.objects.create(
        year=year,
        quarter=quarter,
        span=NoticeSpan.QUARTER if quarter else NoticeSpan.YEAR,
        words=clean(words).strip()[:3000],
        figures=figures.sealed(figures.rows(first, last, at)),
        issued_at=at,
        issued_by=by,
    )
    log("gazette.notice", f"印发{notice}", at=at, by=by, agency=maker.agency, about=notice)
    return notice
