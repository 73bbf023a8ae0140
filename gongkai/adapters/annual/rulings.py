"""从 PDF 的表格线还原表格:线围成的格子,落在格里的字。"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .source import LONGEST, WIDEST, Grid, Span, expand

NEAR = 2.5  # 点;线与线相距不到这些就是同一条
THIN = 3.0  # 点;细于此的填充块是线
SHORTEST = 5.0  # 点;短于此的不是表格线
FEWEST_UPRIGHT = 3  # 至少这么多条竖线一齐伸出去,才是没有画完的一行
MOST = 5000  # 一页最多看多少个图形


@dataclass(frozen=True, slots=True)
class Char:
    """一个字和它的中心。"""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """一段横线或竖线:``at`` 是它的位置,``low``、``high`` 是两端。"""

    across: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """一张有线的表和它占的地方。"""

    grid: Grid
    left: float
    right: float
    bottom: float
    top: float

    def holds(self, char: Char) -> bool:
        return self.left <= char.x <= self.right and self.bottom <= char.y <= self.top


Place = tuple[int, int]  # 第几行(从下往上)、第几列


@dataclass(frozen=True, slots=True)
class Frame:
    """线围成的空表:各列、各行的分界,每个位置归哪一格(合并的格以其中一个位置为代表)。"""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: Mapping[Place, Place]

    def cell_at(self, x: float, y: float) -> Place | None:
        """The cell that a point falls in."""
        return self.owner.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def boxes(self) -> dict[Place, tuple[float, float, float, float]]:
        """Left, bottom, right, top of every cell."""
        boxes: dict[Place, tuple[float, float, float, float]] = {}
        for (r, c), cell in self.owner.items():
            left, bottom, right, top = boxes.get(cell, (self.xs[c], self.ys[r], self.xs[c + 1], self.ys[r + 1]))
            boxes[cell] = (
                min(left, self.xs[c]),
                min(bottom, self.ys[r]),
                max(right, self.xs[c + 1]),
                max(top, self.ys[r + 1]),
            )
        return boxes

    def filled(self, chars: Sequence[Char]) -> Ruled:
        """The table with these characters in its cells."""
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        texts: dict[Place, list[str]] = {}
        for char in chars:
            cell = self.cell_at(char.x, char.y)
            if cell is not None:
                texts.setdefault(cell, []).append(char.text)
        grid = expand(_spans(r, columns, rows, self.owner, texts) for r in reversed(range(rows)))
        return Ruled(grid, self.xs[0] - 1, self.xs[-1] + 1, self.ys[0] - 1, self.ys[-1] + 1)


def lines_of(page: pdfium.PdfPage) -> list[Line]:
    """Every straight line on a page, drawn as a stroke, a thin block or the edge of a box."""
    found: list[Line] = []
    for count, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > MOST:
            break
        outer = _outer(item)
        left, bottom, right, top = outer.on_rect(*item.get_bounds())
        width, height = right - left, top - bottom
        if height <= THIN and width > SHORTEST:
            found.append(Line(True, (bottom + top) / 2, left, right))
        elif width <= THIN and height > SHORTEST:
            found.append(Line(False, (left + right) / 2, bottom, top))
        elif raw.FPDFPath_CountSegments(item.raw) <= 400:
            found += _segments(item, outer)
    return found


def _outer(item: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """How the forms that hold a drawing lay it on the page: its own places are those within its form."""
    matrix, holder = pdfium.PdfMatrix(), item.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    return matrix


def _segments(item: pdfium.PdfObject, outer: pdfium.PdfMatrix) -> Iterable[Line]:
    matrix = item.get_matrix().multiply(outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    previous: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for index in range(raw.FPDFPath_CountSegments(item.raw)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and previous:
            yield from _straight(previous, point)
        if raw.FPDFPathSegment_GetClose(segment) and start:
            yield from _straight(point, start)
        previous = point


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterable[Line]:
    if abs(a[1] - b[1]) < 1 and abs(a[0] - b[0]) > SHORTEST:
        yield Line(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    elif abs(a[0] - b[0]) < 1 and abs(a[1] - b[1]) > SHORTEST:
        yield Line(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))


def tables_of(lines: Sequence[Line], chars: Sequence[Char]) -> list[Ruled]:
    """The tables that the lines draw with what stands in them, top first."""
    return [frame.filled(chars) for frame in frames_of(lines)]


def frames_of(lines: Sequence[Line]) -> list[Frame]:
    """The empty tables that the lines draw, top first; a frame of one column is none."""
    frames = []
    for group in _connected(lines):
        xs = _places(line.at for line in group if not line.across)
        ys = _open_ends(_places(line.at for line in group if line.across), group)
        if 3 <= len(xs) <= WIDEST and 2 <= len(ys) <= LONGEST // 10:
            frames.append(Frame(tuple(xs), tuple(ys), _owners(xs, ys, group)))
    return sorted(frames, key=lambda frame: -frame.ys[-1])


def _open_ends(ys: list[float], lines: Sequence[Line]) -> list[float]:
    """With the ends of the upright lines where a row lies open at the end of a page: a browser that breaks a table
    draws no line there."""
    upright = [line for line in lines if not line.across]
    if not ys or not upright:
        return ys
    bottom, top = min(line.low for line in upright), max(line.high for line in upright)
    below = _places(line.at for line in upright if line.low <= bottom + NEAR)
    above = _places(line.at for line in upright if line.high >= top - NEAR)
    if ys[0] - bottom > SHORTEST and len(below) >= FEWEST_UPRIGHT:
        ys = [bottom, *ys]
    if top - ys[-1] > SHORTEST and len(above) >= FEWEST_UPRIGHT:
        ys = [*ys, top]
    return ys


def _places(values: Iterable[float]) -> list[float]:
    """Values that lie near each other made one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _connected(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that touch, grouped."""
    groups: list[tuple[list[float], list[Line]]] = []
    for line in lines:
        box = [line.low, line.at, line.high, line.at] if line.across else [line.at, line.low, line.at, line.high]
        joined: list[Line] = [line]
        apart = []
        for other, members in groups:
            touches = (
                other[0] <= box[2] + NEAR
                and box[0] <= other[2] + NEAR
                and other[1] <= box[3] + NEAR
                and box[1] <= other[3] + NEAR
            )
            if touches:
                joined += members
                box = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
            else:
                apart.append((other, members))
        groups = [*apart, (box, joined)]
    return [members for _, members in groups if len(members) >= 6]


def _owners(xs: list[float], ys: list[float], lines: Sequence[Line]) -> dict[Place, Place]:
    """Each place and the cell that it belongs to: places with no line between them are one cell."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(cell: Place) -> Place:
        while owner[cell] != cell:
            owner[cell] = owner[owner[cell]]
            cell = owner[cell]
        return cell

    upright = [line for line in lines if not line.across]
    level = [line for line in lines if line.across]
    for r in range(rows):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(columns):
            if c + 1 < columns and not _covers(upright, xs[c + 1], middle):
                owner[root((r, c + 1))] = root((r, c))
            if r + 1 < rows and not _covers(level, ys[r + 1], (xs[c] + xs[c + 1]) / 2):
                owner[root((r + 1, c))] = root((r, c))
    return {place: root(place) for place in owner}


def _spans(
    r: int,
    columns: int,
    rows: int,
    owner: Mapping[Place, Place],
    texts: Mapping[Place, list[str]],
) -> list[Span]:
    """The cells that begin in row ``r`` (rows count from the bottom of the page, the table from its top)."""
    spans: list[Span] = []
    c = 0
    while c < columns:
        cell = owner[r, c]
        width = 1
        while c + width < columns and owner[r, c + width] == cell:
            width += 1
        if r + 1 >= rows or owner[r + 1, c] != cell:
            depth = 1
            while r - depth >= 0 and owner[r - depth, c] == cell:
                depth += 1
            spans.append(Span("".join(texts.get(cell, ())).strip(), width, depth))
        c += width
    return spans


def _covers(lines: Iterable[Line], at: float, through: float) -> bool:
    return any(abs(line.at - at) <= NEAR and line.low - 1 <= through <= line.high + 1 for line in lines)
