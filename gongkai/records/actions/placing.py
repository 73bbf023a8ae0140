"""记下每件信息排在哪些列表里,公开件数随之增减。"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ..counts import COLUMNS, Spot
from ..models import Placement, Record, Tally

_BATCH = 1000


def place(record: Record, at: datetime) -> None:
    """Note where the record stands now and move the counts; in the transaction of the change, after saving."""
    placement, _ = Placement.objects.get_or_create(record=record)
    now, counted, due_at = _standing(record, at)
    before = Spot(*placement.spot) if placement.spot else None
    if (now, counted, due_at) == (before, placement.counted, placement.due_at):
        return
    steps: dict[Spot, int] = {}
    if before and placement.counted:
        steps[before] = -1
    if counted:
        steps[now] = steps.get(now, 0) + 1
    # 按同一次序改,两个事务才不会互相等着。
    for spot in sorted(steps):
        _count(spot, steps[spot])
    if before and before != now:
        placement.earlier = sorted({tuple(one) for one in placement.earlier} | {astuple(before)})
    placement.spot, placement.counted, placement.due_at = astuple(now), counted, due_at
    placement.save()


def _standing(record: Record, at: datetime) -> tuple[Spot, bool, datetime | None]:
    """Its place, whether it is counted, and when the clock alone will make it public, if it will."""
    counted, later = record.is_public(at), record.published_at
    waits = not counted and later is not None and record.is_public(later)
    return Spot.of_record(record), counted, later if waits else None


def _count(spot: Spot, step: int) -> None:
    where = dict(zip(COLUMNS, astuple(spot), strict=True))
    if step and not Tally.objects.filter(**where).update(n=F("n") + step):
        Tally.objects.create(**where, n=step)


@transaction.atomic
def count_anew(at: datetime) -> int:
    """全部重新排过、数过,用于从别处来的数据;返回公开的件数。"""
    totals: Counter[Spot] = Counter()
    known = dict(Placement.objects.values_list("record_id", "spot"))
    rows: list[Placement] = []
    fields = ["spot", "counted", "due_at"]
    for record in Record.objects.order_by("pk").iterator(chunk_size=_BATCH):
        spot, counted, due_at = _standing(record, at)
        totals[spot] += counted
        row = Placement(record=record, spot=astuple(spot), counted=counted, due_at=due_at)
        before = known.get(record.pk)
        if before and tuple(before) != astuple(spot):
            place(record, at)  # 去过的一处要记住
            continue
        rows.append(row)
        if len(rows) == _BATCH:
            _keep(rows, fields)
    _keep(rows, fields)
    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        (Tally(**dict(zip(COLUMNS, astuple(spot), strict=True)), n=n) for spot, n in totals.items() if n),
        batch_size=_BATCH,
    )
    return totals.total()


def _keep(rows: list[Placement], fields: list[str]) -> None:
    """Write the rows, old and new, and empty the list; where a record has been before is not touched."""
    Placement.objects.bulk_create(rows, update_conflicts=True, unique_fields=["record"], update_fields=fields)
    rows.clear()
