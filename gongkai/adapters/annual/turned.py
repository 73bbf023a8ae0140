"""PDF 的横页:字横着走的一页转正了再认,字和线一起转。"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .rulings import Char, Line

LOOKED_AT = 400  # 看这么多个字就知道一页怎么放的
#: 字走的方向(pdfium 给的角度) → 逆时针转几个直角就正了。
_QUARTERS = {0: 0, 90: 1, 180: 2, 270: 3}


def quarters(text_page: pdfium.PdfTextPage) -> int:
    """By how many right angles, counterclockwise, a page must be turned for its text to run from left to right."""
    votes: Counter[int] = Counter()
    for index in range(min(text_page.count_chars(), LOOKED_AT)):
        if not text_page.get_text_range(index, 1).strip():  # 补出来的空白没有方向
            continue
        degrees = round(math.degrees(raw.FPDFText_GetCharAngle(text_page.raw, index))) % 360
        votes[_QUARTERS.get(degrees, 0)] += 1
    return votes.most_common(1)[0][0] if votes else 0


def origin(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    """Where a character stands on its base line: the characters of a line have one, whatever their shape."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    return x.value, y.value


def point(x: float, y: float, turns: int) -> tuple[float, float]:
    """A point after so many turns about the origin.

    >>> [point(1, 2, turns) for turns in range(4)]
    [(1, 2), (-2, 1), (-1, -2), (2, -1)]
    """
    for _ in range(turns % 4):
        x, y = -y, x
    return x, y


def in_reading_order(chars: Sequence[Char], spaced: Sequence[bool], near: float) -> tuple[list[Char], list[bool]]:
    """Characters line by line from the top, each line from the left: a turned page gives them in any order.

    Args:
        near: characters whose heights differ by less stand in one line.
    """
    pairs = sorted(zip(chars, spaced, strict=True), key=lambda pair: -pair[0].y)
    lines: list[list[tuple[Char, bool]]] = []
    for pair in pairs:
        if lines and lines[-1][-1][0].y - pair[0].y < near:
            lines[-1].append(pair)
        else:
            lines.append([pair])
    ordered = [pair for row in lines for pair in sorted(row, key=lambda pair: pair[0].x)]
    return [one for one, _ in ordered], [space for _, space in ordered]


def line(line: Line, turns: int) -> Line:
    """A line after so many turns: what was level stands upright after one."""
    ends = (
        ((line.low, line.at), (line.high, line.at)) if line.across else ((line.at, line.low), (line.at, line.high))
    )
    (x1, y1), (x2, y2) = (point(x, y, turns) for x, y in ends)
    if line.across == (turns % 2 == 0):
        return Line(True, y1, min(x1, x2), max(x1, x2))
    return Line(False, x1, min(y1, y2), max(y1, y2))
