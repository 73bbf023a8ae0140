"""粘连的行有几种拆法时,取使各列勾稽关系最接近成立的一种。"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

from gongkai.law.report.value import number

from .tables import WIDTH, Tables

SWEEPS = 4
FEW = 10_000  # 组合不多于此就全部试过
Way = tuple[int, ...]
Gaps = dict[tuple[str, int], int]


def settle(tables: Tables, unsure: Mapping[str, list[Way]]) -> None:
    """Choose among the ways of each row, all together if they are few, else two rows at a time."""
    keys = [key for key in unsure if key in tables.table3]
    if not keys:
        return
    chosen = {key: unsure[key][0] for key in keys}
    signs = _signs(tables)
    gaps = _gaps(tables, signs)
    few = math.prod(len(unsure[key]) for key in keys) <= FEW
    together = [tuple(keys)] if few else list(itertools.combinations(keys, 2))
    for _ in range(SWEEPS):
        before = dict(chosen)
        for group in together:
            best, least = {}, _size(gaps)
            for ways in itertools.product(*(unsure[key] for key in group)):
                choice = dict(zip(group, ways, strict=True))
                size = _size(_moved(gaps, signs, chosen, choice))
                if size < least:
                    best, least = choice, size
            gaps = _moved(gaps, signs, chosen, best)
            chosen |= best
        if before == chosen or not _size(gaps):
            break
    for key, way in chosen.items():
        tables.table3[key] = tuple(number(n) for n in way)


def _signs(tables: Tables) -> dict[str, dict[str, int]]:
    """Row → identity → whether the row adds to its left side or its right."""
    signs: dict[str, dict[str, int]] = {}
    for identity in tables.form.identities:
        if identity.along == "column":
            for name in identity.left:
                signs.setdefault(name, {})[identity.id] = 1
            for name in identity.right:
                signs.setdefault(name, {})[identity.id] = -1
    return signs


def _gaps(tables: Tables, signs: Mapping[str, Mapping[str, int]]) -> Gaps:
    """How far each column misses each identity."""
    gaps: Gaps = {}
    for key, line in tables.table3.items():
        for identity, sign in signs.get(key, {}).items():
            for index in range(WIDTH):
                cell = line[index]
                amount = int((cell.sum if cell else None) or 0)
                gaps[identity, index] = gaps.get((identity, index), 0) + sign * amount
    return gaps


def _moved(
    gaps: Gaps, signs: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Way], choice: Mapping[str, Way]
) -> Gaps:
    """The gaps after some rows are read another way."""
    moved = dict(gaps)
    for key, way in choice.items():
        for identity, sign in signs.get(key, {}).items():
            for index in range(WIDTH):
                moved[identity, index] += sign * (way[index] - chosen[key][index])
    return moved


def _size(gaps: Gaps) -> int:
    return sum(map(abs, gaps.values()))
