"""分层抽样:按平台和单位类别分层,层内按种子和编号的散列排序(``law.drawing``)取前若干个。同一个种子、同一个抽样框,谁抽都一样。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.law.drawing import digest, ranked


@dataclass(frozen=True, slots=True)
class Member:
    """抽样框里的一个:编号、层、比例(百分之几)、名称。"""

    key: int
    stratum: str
    percent: int
    name: str = ""


def members_of(rows: Iterable[Sequence[Any]]) -> list[Member]:
    """The frame as a round keeps it: (key, name, stratum, percent) each."""
    return [Member(key, stratum, percent, name) for key, name, stratum, percent in rows]


def frame(members: Iterable[Member]) -> dict[str, int]:
    """How many there are in each stratum."""
    sizes: dict[str, int] = defaultdict(int)
    for member in members:
        sizes[member.stratum] += 1
    return dict(sorted(sizes.items()))


def draw(members: Iterable[Member], seed: str) -> list[Member]:
    """The sample: of each stratum its percentage rounded up, whatever the order in which the frame comes.

    >>> frame = [Member(n, "微博·政府部门", 30) for n in range(10)]
    >>> len(draw(frame, "0831")), draw(frame, "0831") == draw(reversed(frame), "0831")
    (3, True)
    """
    return [member for _, ordered, size in _ranked(members, seed) for member in ordered[:size]]


def _ranked(members: Iterable[Member], seed: str) -> Iterator[tuple[str, list[Member], int]]:
    """Of each stratum its name, its members in the order of the hashes, and how many of them are drawn."""
    strata: dict[str, dict[str, Member]] = defaultdict(dict)
    for member in members:
        strata[member.stratum][str(member.key)] = member
    for name in sorted(strata):
        rows = strata[name]
        ordered = [rows[key] for key in ranked(rows, seed)]
        yield name, ordered, -(-len(rows) * next(iter(rows.values())).percent // 100)


@dataclass(frozen=True, slots=True)
class Stratum:
    """一层照种子排好:名称、比例、抽几个;``rows`` 是编号、名称、散列、抽中。"""

    name: str
    percent: int
    drawn: int
    rows: list[tuple[int, str, str, bool]]


def strata(kept: Iterable[Sequence[Any]], seed: str) -> list[Stratum]:
    """The frame of a round by stratum, in the order of the hashes, for whoever draws again."""
    found = []
    for name, ordered, size in _ranked(members_of(kept), seed):
        cells = [
            (member.key, member.name, digest(str(member.key), seed), place < size)
            for place, member in enumerate(ordered)
        ]
        found.append(Stratum(name, ordered[0].percent, size, cells))
    return found
