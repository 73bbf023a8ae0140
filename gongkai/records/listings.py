"""列表页的登记处:各应用说出自己有哪些列表页,一件信息变动牵动其中哪些,发布程序好在提交以前拿走。

各应用登记在 ``on_record`` 里;这一层不认得它们的页。说多了只是白写一遍,说少了网页就会错。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.org.models import LogEntry

from .counts import Spot
from .on_record import listers


def _never(first: date, last: date) -> set[int]:
    return set()


@dataclass(frozen=True, slots=True)
class Lister:
    """一个应用的列表页,都给网址。

    ``by_spots``: 在这些位置的信息会排在哪些页上;``by_records``: 哪些页指名列着这些信息;
    ``by_entry``: 这条操作记录会使哪些页变样;``standing``: 现在有的各页;
    ``by_day``: 这几天里的零点会使哪些信息的页变样(给信息的编号)。
    """

    by_spots: Callable[[set[Spot]], set[str]]
    by_records: Callable[[set[int]], set[str]]
    by_entry: Callable[[LogEntry], set[str]]
    standing: Callable[[], set[str]]
    by_day: Callable[[date, date], set[int]] = _never


def by_spots(spots: Iterable[Spot]) -> set[str]:
    """Every such page on which records of these places may stand."""
    given = set(spots)
    return {address for one in listers() for address in one.by_spots(given)} if given else set()


def by_records(pks: Iterable[int]) -> set[str]:
    """Every such page that names these very records."""
    given = set(pks)
    return {address for one in listers() for address in one.by_records(given)} if given else set()


def by_entry(entry: LogEntry) -> set[str]:
    """Every such page that this entry of the log changes by itself."""
    return {address for one in listers() for address in one.by_entry(entry)}


def standing() -> set[str]:
    """Every such page that there is now."""
    return {address for one in listers() for address in one.standing()}


def by_day(first: date, last: date) -> set[int]:
    """Every record whose page changes, for a registered reason, at a midnight from ``first`` to ``last``."""
    return {pk for one in listers() for pk in one.by_day(first, last)}
