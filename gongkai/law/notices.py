"""推送的口径:什么时段发、一个人一天一月至多几条、再试的间隔、小的格子合并。服务通知不受时段和条数的限制。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from . import params
from .calendar import DAY


def opening(local: datetime) -> datetime:
    """The earliest moment, this one or a later one, at which a message that was subscribed to may go out.

    >>> opening(datetime(2026, 9, 1, 7, 30)), opening(datetime(2026, 9, 1, 21, 0))
    (datetime.datetime(2026, 9, 1, 8, 0), datetime.datetime(2026, 9, 2, 8, 0))
    """
    first, last = params.at("notices.hours", local.date()).value
    start = local.replace(hour=first, minute=0, second=0, microsecond=0)
    if local < start:
        return start
    return start + DAY if local.hour >= last else local


def next_turn(local: datetime, today: int, month: int) -> datetime:
    """When one more may go to somebody who was sent so many ``today`` and this ``month``: now, tomorrow, next month.

    >>> at = datetime(2026, 12, 20, 10)
    >>> next_turn(at, 0, 3) == at, next_turn(at, 1, 3), next_turn(at, 0, 4)
    (True, datetime.datetime(2026, 12, 21, 8, 0), datetime.datetime(2027, 1, 1, 8, 0))
    """
    on = local.date()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if month >= params.at("notices.monthly_most", on).value:
        later = midnight.replace(day=1) + DAY * 32
        return opening(later.replace(day=1))
    return opening(midnight + DAY) if today >= params.at("notices.daily_most", on).value else opening(local)


def merging(at: datetime) -> timedelta:
    """How long a notice of service waits for others to come along with it."""
    return timedelta(minutes=params.at("notices.merge_minutes", at.date()).value)


def retry(at: datetime, tries: int) -> datetime | None:
    """When the next try is after so many in vain; None when it was the last.

    >>> retry(datetime(2026, 9, 1, 9), 1), retry(datetime(2026, 9, 1, 9), 6)
    (datetime.datetime(2026, 9, 1, 9, 1), None)
    """
    waits = params.at("notices.retry_minutes", at.date()).value
    return at + timedelta(minutes=waits[tries - 1]) if tries <= len(waits) else None


def merged(cells: Mapping[str, int], least: int) -> dict[str, int]:
    """Figures of which no cell shows fewer than ``least`` people: the small ones become one, with the next larger if
    it is still too small. A total that is itself too small stays alone and is for the page to veil.

    >>> merged({"甲": 40, "乙": 3, "丙": 1, "丁": 0}, 5)
    {'其他（合并）': 44}
    >>> merged({"甲": 40, "乙": 3, "丙": 4, "戊": 9}, 5)
    {'甲': 40, '戊': 9, '其他（合并）': 7}
    """
    small = {name for name, n in cells.items() if n < least}
    total = sum(cells[name] for name in small)
    if not total:
        return {name: n for name, n in cells.items() if name not in small}
    for name, n in sorted(((name, n) for name, n in cells.items() if name not in small), key=lambda cell: cell[1]):
        if total >= least:
            break
        small.add(name)
        total += n
    kept = {name: n for name, n in cells.items() if name not in small}
    return kept | {"其他（合并）": total}


def overlaps(chosen: Iterable[str], said: Iterable[str]) -> bool:
    """Whether one criterion of a subscription meets what a happening says of itself: nothing chosen takes all, and what
    is not limited concerns all.

    >>> overlaps(["enterprise"], []), overlaps([], ["person"]), overlaps(["enterprise"], ["person"])
    (True, True, False)
    """
    wanted, facts = set(chosen), set(said)
    return not wanted or not facts or bool(wanted & facts)
