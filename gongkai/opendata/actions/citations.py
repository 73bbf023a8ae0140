"""报告里的数引自哪一版数据。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import Record

from .. import quoting
from ..models import Citation, Version
from ..terms import VersionState
from .common import required_reason


def cite(record: Record, version: Version, text: str, how: str, *, by: User, at: datetime) -> Citation:
    """登记一个数的来处:只能引开放了的数据,那句话要在报告里,里面要有数;同数据对得上的记下来(``found``)。"""
    access.require(by, "opendata.write", record.agency)
    if version.state not in (VersionState.OPEN, VersionState.FORMER) or not version.dataset.is_usable:
        raise RuleBroken("这一版数据没有开放，读报告的人核对不了", fix="请先开放，或者引开放的那一版。")
    text, how = required_reason(text, "报告里怎样说", most=120), required_reason(how, "怎样从数据得出", most=200)
    if not quoting.numbers(text):
        raise RuleBroken(f"“{text}”里没有数", fix="请照报告里的写法，连数一起填，例如“公共停车位1,260个”。")
    if not quoting.is_said(record, text):
        raise RuleBroken(
            f"《{record}》的正文和附件里没有“{text}”",
            fix="请照报告里的原话填，标点、单位也要一样；报告改过的照现在的写。",
        )
    return _cited(record, version, text, how, quoting.explained(text, version)[:200], by=by, at=at)


@transaction.atomic
def _cited(
    record: Record, version: Version, text: str, how: str, found: str, *, by: User, at: datetime
) -> Citation:
    citation = Citation.objects.create(
        record=record,
        version=version,
        text=text,
        how=how,
        found=found,
        by=by,
        at=at,
    )
    log(
        "opendata.cite",
        f"《{record}》引用{version}",
        at=at,
        by=by,
        agency=record.agency,
        about=citation,
        record=record.pk,
    )
    return citation


@transaction.atomic
def uncite(citation: Citation, *, by: User, at: datetime) -> None:
    """登记错了的删去。"""
    access.require(by, "opendata.write", citation.record.agency)
    log(
        "opendata.uncite",
        f"《{citation.record}》不再引用{citation.version}",
        at=at,
        by=by,
        agency=citation.record.agency,
        about=citation,
        record=citation.record_id,
    )
    citation.delete()
