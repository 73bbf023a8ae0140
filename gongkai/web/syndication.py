"""数据同源:公开、更正、撤下以后,通知订了的人来取。通知里只有编号、网址、状态和散列,没有文字。"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters import webhook
from gongkai.org import site
from gongkai.org.vault import vault
from gongkai.records import source
from gongkai.records.models import Record

from .models import Delivery, Subscriber

#: What the log says that the public may see as a change.
SHOWN = (
    "records.final",
    "records.withdraw",
    "records.lift",
    "records.open",
    "records.reschedule",
    "records.term",
    "records.relate",
    "records.unrelate",
)
#: How long after each try in vain the next one comes; after the last of these, always as long as that.
DELAYS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180, 360))


def delay(attempts: int) -> timedelta:
    """How long to wait after so many tries in vain.

    >>> [delay(n).seconds // 60 for n in (1, 2, 6, 99)]
    [1, 5, 360, 360]
    """
    return DELAYS[min(attempts, len(DELAYS)) - 1]


def absolute(address: str) -> str:
    """The address with this site's domain: what is read elsewhere."""
    return f"https://{site.current().domain}{address}"


def message(delivery: Delivery, at: datetime) -> dict[str, Any]:
    """What is sent: the state at this moment, never the text."""
    record: Record = delivery.record
    live = record.live if record.is_public(at) else None
    return {
        "seq": delivery.seq,
        "id": record.pk,
        "state": "public" if live else "gone",
        "url": absolute(reverse("public:api_record", args=[record.pk])),
        "page": absolute(record.get_absolute_url()),
        "content_sha256": source.fingerprint(live.text) if live else None,
        "changed_at": timezone.localtime(delivery.changed_at).isoformat(timespec="seconds"),
    }


def send(subscriber: Subscriber, event: str, number: str, content: dict[str, Any], at: datetime) -> int:
    """Send one message signed; the status. Raises NotDelivered."""
    body = json.dumps(content, ensure_ascii=False).encode()
    timestamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Gongkai",
        "Gongkai-Event": event,
        "Gongkai-Delivery": number,
        "Gongkai-Timestamp": str(timestamp),
        "Gongkai-Signature": webhook.sign(vault().unseal(subscriber.secret), timestamp, body),
    }
    return webhook.post(subscriber.url, body, headers, private=settings.WEBHOOK_PRIVATE)
