"""回执和退信:通道后来说送到了,或者退回来了。同一张回执来几次只算一次;晚到的也认。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.adapters.plaintext import line

from ..models import Message
from ..terms import Result, State
from .common import locked
from .sending import bounced

#: States in which a receipt still says something new.
_OPEN = (State.SENDING, State.ACCEPTED, State.UNKNOWN)


@transaction.atomic
def receive(claim: str, result: Result, *, at: datetime, note: str = "") -> int:
    """记下一封信的回执;返回改了几条。没有这一封的、已经记过的不动。"""
    rows = Message.objects.filter(claim=claim[:32]).exclude(claim="")
    first = rows.select_related("recipient").first()
    if first is None:
        return 0
    recipient = locked(first.recipient)
    changeable = [*_OPEN, State.DELIVERED] if result == Result.PERMANENT else _OPEN
    mine = rows.filter(state__in=changeable)
    text = line(note)[:200]
    if result == Result.DELIVERED:
        return mine.update(state=State.DELIVERED, delivered_at=at, note=text)
    if result == Result.PERMANENT:
        count = mine.update(state=State.FAILED, delivered_at=None, note=text or "退信")
        if count:
            bounced(recipient, at)
        return count
    # 暂时退信:记一笔,由人决定再不再发
    return mine.exclude(state=State.DELIVERED).update(state=State.UNKNOWN, note=text or "暂时退信")
