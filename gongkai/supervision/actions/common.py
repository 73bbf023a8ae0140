"""各动作共用的:锁住一行、核看过的一稿、记一条。"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, *related: str) -> Row:
    """The row as it stands, locked until the transaction ends."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related(*related)  # type: ignore[attr-defined]
    return rows.get(pk=row.pk)  # type: ignore[no-any-return]


def seen_as(row: Any, seen: str | None) -> None:
    """RuleBroken if the page showed another state of the row."""
    check(seen, row.mark)


def touch(row: Any, *fields: str) -> None:
    """Save some columns with a new revision."""
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def needed(text: str, what: str, fix: str = "请写明。") -> str:
    """The text without what is around it; RuleBroken where there is none."""
    if not text.strip():
        raise RuleBroken(f"没有写{what}", fix=fix)
    return text.strip()


def noted(
    action: str,
    what: str,
    about: models.Model,
    *,
    at: datetime,
    by: User,
    agency: Agency | None = None,
    **more: Any,
) -> None:
    """One entry of the log."""
    log(f"supervision.{action}", what, at=at, by=by, agency=agency, about=about, **more)
