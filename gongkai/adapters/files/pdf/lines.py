"""字成行:按高低归行,逐字拉开的连起来,两栏、三栏的一栏一栏读。"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from statistics import median

from .glyphs import Glyph

_FEWEST = 5  # 一栏至少这么多行才算栏
_COLUMN = 0.6  # 栏里的行至少有这么多占满
_THREE = 3
_LONG_ENOUGH = 8  # 三栏的一行至少这么多字;再短的多半是表格


@dataclass(slots=True)
class Line:
    """一行:文字、四边、字号(点)。"""

    text: str
    left: float
    right: float
    y: float
    size: float


def lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines of a page in reading order."""
    rows = _rows(glyphs)
    pieces = [piece for row in rows for piece in _pieces(row)]
    gutters = _gutters(pieces)
    if not gutters:
        return [_line(row) for row in rows]
    found: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        across = any(
            any(one.left < gutter < one.right for one in row) or _reaches_over(row, gutter) for gutter in gutters
        )
        if across:  # 通栏的标题、图注把几栏分成上下几段
            found += [line for column in columns for line in column]
            columns = [[] for _ in columns]
            found.append(_line(row))
            continue
        for column, (low, high) in zip(columns, itertools.pairwise((-math.inf, *gutters, math.inf)), strict=True):
            if part := [one for one in row if one.left >= low and one.right <= high]:
                column.append(_line(part))
    return found + [line for column in columns for line in column]


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters of one height together, from the top down, each row from left to right."""
    rows: list[list[Glyph]] = []
    height = 0.0
    for one in sorted(glyphs, key=lambda glyph: -glyph.middle):
        if rows and height - one.middle < 0.5 * max(one.em, rows[-1][0].em * 0.8):
            rows[-1].append(one)
        else:
            rows.append([one])
            height = one.middle
    return [sorted(row, key=lambda glyph: glyph.left) for row in rows]


def _pieces(row: list[Glyph]) -> list[list[Glyph]]:
    """A row cut where it is open by more than two characters."""
    pieces = [[row[0]]]
    for before, glyph in itertools.pairwise(row):
        if glyph.left - before.right > 1.2 * glyph.em:
            pieces.append([])
        pieces[-1].append(glyph)
    return pieces


def _reaches_over(row: list[Glyph], gutter: float) -> bool:
    """Whether the characters on both sides of the gutter are one line: no wider apart there than elsewhere."""
    before = [one for one in row if one.right <= gutter]
    after = [one for one in row if one.left >= gutter]
    return bool(before and after) and after[0].left - before[-1].right < 1.2 * after[0].em


def _gutters(pieces: list[list[Glyph]]) -> list[float]:
    """The middles of the empty strips between columns of text; none for one column or for a table."""
    three = _two_gutters(pieces)
    if three:
        return three
    gutter = _gutter(pieces)
    return [] if gutter is None else [gutter]


def _two_gutters(pieces: list[list[Glyph]]) -> list[float]:
    """The two strips between three columns: three places where lines begin, each line long and nearly full."""
    starts = Counter(round(piece[0].left / 3) for piece in pieces)
    first = sorted(start for start, times in starts.items() if times >= _FEWEST)
    if len(first) != _THREE:
        return []
    columns = [[piece for piece in pieces if round(piece[0].left / 3) == start] for start in first]
    if sum(map(len, columns)) < 0.7 * len(pieces):
        return []
    edges = [max(piece[-1].right for piece in column) for column in columns]
    begins = [min(piece[0].left for piece in column) for column in columns]
    for column, begin, edge in zip(columns, begins, edges, strict=True):
        full = sum(piece[-1].right - begin > 0.75 * (edge - begin) for piece in column)
        if full < _COLUMN * len(column) or median(len(piece) for piece in column) < _LONG_ENOUGH:
            return []
    if any(edge > begin for edge, begin in zip(edges, begins[1:], strict=False)):
        return []
    return [(edge + begin) / 2 for edge, begin in zip(edges, begins[1:], strict=False)]


def _gutter(pieces: list[list[Glyph]]) -> float | None:
    """The middle of the empty strip between two columns of text; None for one column or for a table."""
    if len(pieces) < 2 * _FEWEST:
        return None
    spans = [(piece[0].left, piece[-1].right) for piece in pieces]
    low, high = min(left for left, _ in spans), max(right for _, right in spans)
    starts = sorted(
        {round(left) for left, _ in spans if low + (high - low) * 0.35 < left < low + (high - low) * 0.68}
    )
    for start in starts:
        gutter = start - 1.0
        beside = [span for span in spans if span[1] <= gutter]
        beyond = [span for span in spans if span[0] >= gutter]
        if len(beside) < _FEWEST or len(beyond) < _FEWEST or len(beside) + len(beyond) < 0.7 * len(spans):
            continue
        edge = max(right for _, right in beside)
        widths = (edge - low, high - start)
        full = [
            sum(right - left > 0.75 * width for left, right in side) / len(side)
            for side, width in ((beside, widths[0]), (beyond, widths[1]))
        ]
        if min(widths) > 0.3 * (high - low) and min(full) >= _COLUMN:
            return (edge + start) / 2
    return None


def _line(row: list[Glyph]) -> Line:
    size = median(one.em for one in row)
    return Line(_text(row, size), row[0].left, row[-1].right, row[0].middle, size)


def _text(row: list[Glyph], size: float) -> str:
    """The characters of a row with a space where a reader sees one; letters set apart evenly have none."""
    pitches = [there.left - here.left for here, there in itertools.pairwise(row)]
    usual = median(pitches) if pitches else 0.0
    even = usual > 1.15 * size and sum(abs(one - usual) < 0.08 * usual for one in pitches) >= 0.7 * len(pitches)
    gaps = [there.left - here.right for here, there in itertools.pairwise(row)]
    set_apart = max(0.0, median(gaps)) if gaps else 0.0
    text = row[0].mark
    for here, there, pitch in zip(row, row[1:], pitches, strict=False):
        gap = there.left - here.right
        latin = here.mark.isascii() and there.mark.isascii()
        if even:
            space = pitch > 1.7 * usual
        elif latin:
            space = gap > 0.2 * size + set_apart or (there.spaced and gap > 0.05 * size + set_apart)
        else:
            space = gap > 0.9 * size + set_apart
        text += (" " if space else "") + there.mark
    return text
