"""org 的唯一写入口:记一条操作记录(log)。人员、单位、查阅点的增改也在这里。"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

from .models import Agency, LogEntry, LogHead, User

#: Sent after commit with ``entry=LogEntry``: search, push, supervision and the publisher listen.
logged = Signal()


def digest(entry: LogEntry) -> str:
    """The hash of one entry: everything it says and the hash before it (SHA-256, hex)."""
    content = [
        entry.seq,
        entry.at.isoformat(),
        entry.by_id,
        entry.agency_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.summary,
        entry.detail,
        entry.previous,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def log(
    action: str,
    summary: str,
    *,
    at: datetime,
    by: User | None = None,
    agency: Agency | None = None,
    about: models.Model | None = None,
    **detail: Any,
) -> LogEntry:
    """Append one entry to the chain, in the caller's transaction.

    Args:
        action: ``app.verb``, for example ``records.sign``.
        summary: one Chinese sentence that a person reads later.
        at: the moment; stored to the microsecond in UTC.
        about: the object that changed.
        detail: old and new values, JSON only; no personal data in clear.
    """
    head, _ = LogHead.objects.select_for_update().get_or_create(pk=1)
    entry = LogEntry(
        seq=head.seq + 1,
        at=at.astimezone(UTC),
        by=by,
        agency=agency,
        action=action,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        summary=summary[:300],
        detail=detail,
        previous=head.hash,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save()
    transaction.on_commit(lambda: logged.send(sender=LogEntry, entry=entry))
    return entry
