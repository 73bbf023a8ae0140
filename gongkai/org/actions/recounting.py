"""放假安排改了,各应用存着的期限怎样重算:锁住一行,再看一次还开不开着,算,变了的写下并记入操作记录。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ..models import Agency
from .journal import log


def move_days(
    rows: QuerySet[Any],
    due: Callable[[Any], date],
    *,
    unit: Callable[[Any], Agency],
    at: datetime,
    name: Callable[[Any], str] = str,
) -> list[str]:
    """Compute the stored ``due_on`` of open rows anew; a sentence for each that moved.

    Args:
        rows: those that still wait; each is asked for again under lock, so that one answered meanwhile is left alone.
        due: the last day by the holidays that are known now.
        unit: whose log notes it.
        name: how the sentence calls the row; no personal data.
    """
    moved = []
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None or (new := due(row)) == row.due_on:
                continue
            old, row.due_on = row.due_on, new
            row.save(update_fields=["due_on"])
            what = f"{row._meta.verbose_name}{name(row)}"
            log(
                "org.recount",
                f"{what}的期限由{old}改为{new}（放假安排变了）",
                at=at,
                by=None,
                agency=unit(row),
                about=row,
                before=str(old),
            )
        moved.append(f"{what}\t{old} → {new}")
    return moved
