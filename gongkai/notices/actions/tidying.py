"""清除:没有确认的订阅、没有用处了的地址和散列、过了保管时间的发送记录。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org.actions import log

from ..models import Message, Recipient, Subscription
from .subscribing import release_subject


def _before(name: str, on: date, at: datetime) -> datetime:
    return at - DAY * params.at(f"notices.{name}", on).value


@transaction.atomic
def tidy_up(*, on: date, at: datetime) -> str:
    """每天清一次;返回一句话。"""
    pending = Subscription.objects.pending().filter(consented_at__lt=_before("confirm_days", on, at))
    subjects = set(pending.exclude(subject="").values_list("topic", "subject"))
    lapsed = pending.delete()[0]
    for topic, subject in sorted(subjects):
        release_subject(topic, subject)
    standing = Subscription.objects.standing().filter(recipient=OuterRef("pk"))
    idle = Recipient.objects.filter(~Exists(standing), erased_at=None)
    erased = idle.update(address="", erased_at=at)
    forget = _before("forget_days", on, at)
    forgotten = Recipient.objects.filter(erased_at__lt=forget, refused_at=None).exclude(digest=None)
    hashes = forgotten.update(digest=None)
    dropped = Message.objects.filter(queued_at__lt=_before("log_days", on, at)).delete()[0]
    said = f"清除了{lapsed}项没有确认的订阅、{erased}个地址、{hashes}个地址的散列、{dropped}条发送记录"
    if lapsed or erased or hashes or dropped:
        log("notices.tidy", said, at=at)
    return said
