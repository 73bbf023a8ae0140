"""写操作记录:``log`` 记一条,``logging`` 在提交以前告诉上面各层。"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

from gongkai.adapters.plaintext import clean_deep, line

from .. import waiting
from ..chain import digest
from ..models import Agency, LogEntry, LogHead, User

#: Sent inside the transaction with ``entry=LogEntry``, right after it was written: whoever must act before the commit
#: (the publisher takes files away) listens here; what it raises undoes the whole action.
logging = Signal()


@transaction.atomic(savepoint=False)  # fails with the whole action, so no point of its own to return to
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
        summary=line(summary)[:300],
        detail=clean_deep(detail),
        previous=head.hash,
    )
    entry.hash = digest(entry)
    entry.save()
    head.seq, head.hash = entry.seq, entry.hash
    head.save()
    logging.send(sender=LogEntry, entry=entry)
    if by is not None:
        waiting.forget(by.pk)
    return entry


def snapshot(row: models.Model | None, *fields: str) -> dict[str, Any]:
    """Some columns of a row in the words of the desk, by their Chinese names; nothing for no row."""
    if row is None:
        return {}
    values = {}
    for name in fields:
        field = row._meta.get_field(name)
        value = getattr(row, f"get_{name}_display")() if field.choices else getattr(row, name)
        values[str(field.verbose_name)] = value if isinstance(value, int | str | list) else str(value or "")
    return values


def changes(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[Any]]:
    """What differs between two snapshots, as ``{name: [old, new]}`` for the detail of ``log``."""
    return {key: [old[key], new[key]] for key in old if old[key] != new[key]}
