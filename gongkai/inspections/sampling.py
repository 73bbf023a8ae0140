"""分层抽样:按平台和单位类别分层,层内按种子的散列排序取前若干个。同一个种子、同一个抽样框,谁抽都一样。"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """抽样框里的一个:编号、层、比例(百分之几)。"""

    key: int
    stratum: str
    percent: int


def frame(members: Iterable[Member]) -> dict[str, int]:
    """How many there are in each stratum."""
    sizes: dict[str, int] = defaultdict(int)
    for one in members:
        sizes[one.stratum] += 1
    return dict(sorted(sizes.items()))


def draw(members: Iterable[Member], seed: str) -> list[Member]:
    """The sample: of each stratum its percentage rounded up, whatever the order in which the frame comes.

    >>> frame = [Member(n, "微博·政府部门", 30) for n in range(10)]
    >>> len(draw(frame, "0831")), draw(frame, "0831") == draw(reversed(frame), "0831")
    (3, True)
    """
    strata: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        strata[one.stratum].append(one)
    drawn: list[Member] = []
    for name in sorted(strata):
        rows = sorted(strata[name], key=lambda one: hashlib.sha256(f"{seed}|{one.key}".encode()).hexdigest())
        drawn += rows[: -(-len(rows) * rows[0].percent // 100)]
    return drawn
