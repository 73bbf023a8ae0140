"""分层抽样:按平台和单位类别分层,层内按种子和编号的散列排序(``law.drawing``)取前若干个。同一个种子、同一个抽样框,谁抽都一样。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    strata: dict[str, dict[str, Member]] = defaultdict(dict)
    for member in members:
        strata[member.stratum][str(member.key)] = member
    drawn: list[Member] = []
    for name in sorted(strata):
        rows = strata[name]
        percent = next(iter(rows.values())).percent
        drawn += [rows[key] for key in ranked(rows, seed)[: -(-len(rows) * percent // 100)]]
    return drawn


@dataclass(frozen=True, slots=True)
class Stratum:
    """一层照种子排好:名称、比例、抽几个;``rows`` 是编号、名称、散列、抽中。"""

    name: str
    percent: int
    drawn: int
    rows: list[tuple[int, str, str, bool]]


def strata(kept: Iterable[Sequence[Any]], seed: str) -> list[Stratum]:
    """The frame of a round by stratum, in the order of the hashes, for whoever draws again."""
    frame = members_of(kept)
    drawn = {one.key for one in draw(frame, seed)}
    found = []
    for name in sorted({one.stratum for one in frame}):
        rows = {str(one.key): one for one in frame if one.stratum == name}
        ordered = [rows[key] for key in ranked(rows, seed)]
        cells = [(one.key, one.name, digest(str(one.key), seed), one.key in drawn) for one in ordered]
        found.append(Stratum(name, ordered[0].percent, sum(cell[3] for cell in cells), cells))
    return found
