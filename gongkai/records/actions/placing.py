"""记下每件信息排在哪些列表里,公开件数随之增减。"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ..counts import COLUMNS, Spot
from ..models import Placement, Record, Tally

_BATCH = 1000


def place(record: Record, at: datetime) -> None:
    """Note where the record stands now and move the counts; in the transaction of the change, after saving."""
    placement = Placement.objects.filter(record=record).first() or Placement(record=record)
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


def count_anew(at: datetime) -> int:
    """全部重新排过、数过,用于从别处来的数据;返回公开的件数。

    A record that stands elsewhere than was noted is placed under its lock, in a transaction of its own: what was read
    without the lock only tells where to look, and a withdrawal committed meanwhile holds.
    """
    known = {pk: rest for pk, *rest in Placement.objects.values_list("record_id", "spot", "counted", "due_at")}
    rows: list[Placement] = []
    for record in Record.objects.order_by("pk").iterator(chunk_size=_BATCH):
        spot, counted, due_at = _standing(record, at)
        before = known.get(record.pk)
        if before is None:
            rows.append(Placement(record=record, spot=astuple(spot), counted=counted, due_at=due_at))
        elif (tuple(before[0]), *before[1:]) != (astuple(spot), counted, due_at):
            with transaction.atomic():
                place(Record.objects.select_for_update(of=("self",)).get(pk=record.pk), at)
        if len(rows) == _BATCH:
            _keep(rows)
    _keep(rows)
    return _tallied()


def _keep(rows: list[Placement]) -> None:
    """Write the new rows and empty the list; what somebody else placed meanwhile is left as it is."""
    Placement.objects.bulk_create(rows, ignore_conflicts=True)
    rows.clear()


@transaction.atomic
def _tallied() -> int:
    """Set the counts to what is noted. With all counts locked, whoever is placing a record at this moment has either
    committed, and is counted here, or adds its step afterwards."""
    held = {tuple(getattr(row, name) for name in COLUMNS): row for row in _locked_tallies()}
    totals: Counter[tuple[Any, ...]] = Counter()
    for spot in Placement.objects.filter(counted=True).values_list("spot", flat=True).iterator(chunk_size=_BATCH):
        totals[tuple(spot)] += 1
    wrong = [row for spot, row in held.items() if row.n != totals[spot]]
    for row in wrong:
        row.n = totals[tuple(getattr(row, name) for name in COLUMNS)]
    Tally.objects.bulk_update(wrong, ["n"], batch_size=_BATCH)
    Tally.objects.bulk_create(
        (Tally(**dict(zip(COLUMNS, spot, strict=True)), n=n) for spot, n in totals.items() if spot not in held),
        batch_size=_BATCH,
    )
    return totals.total()


def _locked_tallies() -> list[Tally]:
    """One after the other, in the order in which ``place`` takes them."""
    spots = sorted(Tally.objects.values_list(*COLUMNS, "pk"))
    rows = (Tally.objects.select_for_update().filter(pk=pk).first() for *_, pk in spots)
    return [row for row in rows if row is not None]
