"""一页扫描件的像素:扶正,分出墨迹,找出表格线。"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .rulings import Line

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

DARK = 0.72  # 比周围的纸暗到这个程度就是墨迹
BLOCK = 64  # 像素;这么大一块里估计纸的明暗
MOST_SKEW = 4.0  # 度;斜得再多就不扶了
ACROSS, UPRIGHT = 24.0, 11.0  # 点;短于此的横线、竖线多半是笔画
FAINT = 0.84  # 线比上下都暗到这个程度也算,扫得淡的细线就是这样
THICK = 4.0  # 点;粗于此的是色块、装订边
TOUCH = 1.5  # 点;两条线差这么点就算相接


@dataclass(frozen=True, slots=True)
class Stroke:
    """一条线和组成它的像素段(位置、起、止)。"""

    line: Line
    runs: tuple[tuple[int, int, int], ...]


def straightened(grey: Grey) -> Grey:
    """The picture turned so that its lines lie level; paper is put in at the corners."""
    angle = _skew(ink_of(grey))
    if abs(angle) < 0.03:
        return grey.copy()
    turned = Image.fromarray(grey).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return np.array(turned)


def ink_of(grey: Grey) -> Mask:
    """Where there is ink: darker than the paper around it, however grey or shaded that is."""
    return np.asarray(grey < _paper(grey) * DARK)


def _paper(grey: Grey) -> NDArray[np.float64]:
    """How light the paper is at each point."""
    height, width = grey.shape
    padded = np.pad(grey, ((0, -height % BLOCK), (0, -width % BLOCK)), mode="edge")
    blocks = padded.reshape(padded.shape[0] // BLOCK, BLOCK, padded.shape[1] // BLOCK, BLOCK)
    paper = np.percentile(blocks[:, ::4, :, ::4], 75, axis=(1, 3))
    return np.asarray(np.repeat(np.repeat(paper, BLOCK, axis=0), BLOCK, axis=1)[:height, :width])


def without_specks(ink: Mask) -> Mask:
    """Ink that has at least two more points of ink beside it."""
    padded = np.pad(ink, 1).astype(np.int8)
    height, width = ink.shape
    near = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3))
    return np.asarray(ink & (near >= 3))


def _skew(ink: Mask) -> float:
    """Degrees by which lines fall to the right."""
    ys, xs = np.nonzero(ink[::2, ::2])
    if len(ys) < 100:
        return 0.0

    def level(angle: float) -> float:
        rows = (ys - xs * math.tan(math.radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float(np.square(counts.astype(np.float64)).sum())

    best = 0.0
    for reach, step in ((MOST_SKEW, 0.25), (0.25, 0.05), (0.05, 0.01)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=level))
    return best


def strokes_of(grey: Grey, scale: float) -> list[Stroke]:
    """The lines of tables: straight, thin, and each meeting two others that cross it.

    Args:
        scale: pixels a point.

    Returns:
        Lines in pixels, rows counted from the top.
    """
    found = [*_strokes(grey, True, ACROSS * scale, scale), *_strokes(grey.T, False, UPRIGHT * scale, scale)]
    while True:
        kept = [one for one in found if sum(_meet(one.line, other.line, scale) for other in found) >= 2]
        if len(kept) == len(found):
            return kept
        found = kept


def _ridges(grey: Grey, scale: float) -> Mask:
    """Where a level line may run: ink, or something fainter that is darker than what lies above and below."""
    height, reach = grey.shape[0], round(2.4 * scale)
    paper = _paper(grey)
    padded = np.pad(grey, ((reach, reach), (0, 0)), "edge")
    beside = np.minimum(padded[:height], padded[2 * reach :])
    faint = (grey < paper * FAINT) & (grey < beside * FAINT)
    return np.asarray(faint | (grey < paper * DARK))


def _meet(line: Line, other: Line, scale: float) -> bool:
    near = TOUCH * scale
    return (
        line.across != other.across
        and line.low - near <= other.at <= line.high + near
        and other.low - near <= line.at <= other.high + near
    )


def _strokes(grey: Grey, across: bool, shortest: float, scale: float) -> list[Stroke]:
    """Runs of dark points along the rows, those that lie on each other made one line."""
    ridges = _ridges(grey, scale)
    thick = ridges.copy()
    thick[1:] |= ridges[:-1]
    thick[:-1] |= ridges[1:]
    edges = np.diff(np.pad(thick, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, lows = np.nonzero(edges == 1)
    highs = np.nonzero(edges == -1)[1]
    long = highs - lows >= shortest
    groups: list[list[tuple[int, int, int]]] = []
    going: list[list[tuple[int, int, int]]] = []
    for run in zip(rows[long].tolist(), lows[long].tolist(), highs[long].tolist(), strict=True):
        going = [group for group in going if group[-1][0] >= run[0] - 2]
        beside = [group for group in going if any(_overlap(run, other) for other in group[-6:])]
        for group in beside[1:]:
            beside[0].extend(group)
            going.remove(group)
            groups.remove(group)
        if beside:
            beside[0].append(run)
            beside[0].sort()
        else:
            going.append([run])
            groups.append(going[-1])
    return [_stroke(group, across) for group in groups if _is_thin(group, scale)]


def _overlap(run: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return abs(run[0] - other[0]) <= 2 and run[1] <= other[2] + 4 and other[1] <= run[2] + 4


def _is_thin(group: list[tuple[int, int, int]], scale: float) -> bool:
    """Ink of a line: its area over its length is thin, though it may wander."""
    length = max(run[2] for run in group) - min(run[1] for run in group)
    area = sum(high - low for _, low, high in group)
    return area <= THICK * scale * length


def _stroke(group: list[tuple[int, int, int]], across: bool) -> Stroke:
    weights = [high - low for _, low, high in group]
    at = sum(run[0] * weight for run, weight in zip(group, weights, strict=True)) / sum(weights)
    return Stroke(Line(across, at + 0.5, min(r[1] for r in group), max(r[2] for r in group)), tuple(group))


def erased(grey: Grey, strokes: list[Stroke], scale: float) -> Grey:
    """The picture without its table lines."""
    clean = grey.copy()
    for across, view in ((True, clean), (False, clean.T)):
        for stroke in strokes:
            if stroke.line.across is across:
                for row, low, high in stroke.runs:
                    view[max(row - 1, 0) : row + 2, low:high] = 255
    return clean


def bands(ink: Mask, gap: float) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each band of ink; bands nearer than ``gap`` are one."""
    rows = np.nonzero(ink.any(axis=1))[0]
    if not len(rows):
        return []
    cuts = [n for n, (a, b) in enumerate(pairwise(rows.tolist()), 1) if b - a > gap]
    return [(int(part[0]), int(part[-1]) + 1) for part in np.split(rows, cuts)]
