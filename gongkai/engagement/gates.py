"""签发活动、访谈的公告:公布的时候已经办完的,不再作预告公布。"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q

from gongkai.desk.moments import minute
from gongkai.law.errors import RuleBroken
from gongkai.org.models import User
from gongkai.records.gates import Gate
from gongkai.records.models import Edition, Record

from .models import Event, Interview


class NoticeGate(Gate):
    """The first time a notice is to be public: what it announces is not over by then. Later it may be corrected."""

    def signing(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        if edition.record.published_at is None:
            _in_time(edition.record, publish_at or at)

    def moving(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        _in_time(record, moment)


def _in_time(record: Record, moment: datetime) -> None:
    events = Event.objects.filter(Q(record=record) | Q(series__record=record)).aggregate(last=Max("ends_at"))
    talks = Interview.objects.filter(record=record).aggregate(last=Max("ends_at"))
    over = events["last"] or talks["last"]
    if over is not None and over < moment:
        raise RuleBroken(
            f"{minute(over)}就办完了，现在公布已经不是预告", fix="请核对时间；真的办完了的，登记办结，公布情况。"
        )
