"""文件公布以前的吹风。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import Record

from ..models import Briefing


@transaction.atomic
def brief(
    policy: Record, on: date, title: str, *, by: User, at: datetime, record: Record | None = None
) -> Briefing:
    """记一次吹风。"""
    access.require(by, "policies.write", policy.agency)
    if not title.strip():
        raise RuleBroken("没有写做了什么", fix="如“召开企业座谈会，听取意见”。")
    made = Briefing.objects.create(policy=policy, on=on, title=title.strip()[:200], record=record, by=by, at=at)
    log(
        "policies.brief", f"{titled(policy)}：{on}，{made.title}", at=at, by=by, agency=policy.agency, about=policy
    )
    return made
