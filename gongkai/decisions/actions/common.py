"""各动作共用的:锁住一卷、核谁可以办、记一条、挂着的信息办到哪里。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import Record

from ..models import Dossier


def locked(dossier: Dossier | int) -> Dossier:
    """The dossier's row, locked until the transaction ends."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("agency", "lead", "record", "item__year")
    return rows.get(pk=getattr(dossier, "pk", dossier))


def require(by: User, right: str, dossier: Dossier) -> None:
    """The right at the deciding agency or at the leading unit.

    Raises:
        PermissionDenied: the person has it at neither.
    """
    if not access.may(by, right, dossier.lead):
        access.require(by, right, dossier.agency)


def may(user: User, right: str, dossier: Dossier) -> bool:
    """Whether ``require`` would pass."""
    try:
        require(user, right, dossier)
    except PermissionDenied:
        return False
    return True


def noted(action: str, dossier: Dossier, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    """One entry of the log about a dossier."""
    log(f"decisions.{action}", f"{what}：{dossier}", at=at, by=by, agency=dossier.lead, about=dossier, **more)


def touch(dossier: Dossier, *fields: str) -> None:
    """Save some columns, with a new revision."""
    dossier.revision += 1
    dossier.save(update_fields=[*fields, "revision"])


def is_settled(record: Record | None) -> bool:
    """Whether a record was signed and no correction of it is in hand: what it says is what holds."""
    return record is not None and record.published_at is not None and record.draft is None


def is_abandoned(record: Record | None) -> bool:
    """Whether the only draft of a record was discarded (作废): it can never be signed, another takes its place."""
    return record is not None and record.published_at is None and record.draft is None
