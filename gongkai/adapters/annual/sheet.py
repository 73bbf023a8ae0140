"""扫描的一页:扶正,找出表格线,识别文字,放回各自的格里,交给与带文字的 PDF 同一个读表的程序。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..ocr import Piece, Reader
from .bitmap import DARK, Grey, bands, erased, ink_of, straightened, strokes_of, without_specks
from .rulings import Char, Frame, Line, Place, Ruled, frames_of

SURE = 0.8  # 把握小于此的数,提示核对
MOST_MISSED = 400  # 一张表里至多补读多少处
LEGIBLE, SIDEWAYS = 0.8, 0.85  # 整页的把握小于此,多半是倒着的;横放的页读得这样准,就是顺时针转了的
_HAN = re.compile(r"[一-龥]")
_ALIKE = str.maketrans("OoＯ〇○◯lI|丨", "0000001111")
_SPECKS = re.compile(r"^[.,·。、:;'’`]+(?=\d)|(?<=\d)[.,·。、:;'’`]+$")
_Held = dict[Place, list[Piece]]


@dataclass
class Sheet:
    """读出来的一页:字(先表内后表外)、每个字前面有没有空白、表、把握不大的数。"""

    chars: list[Char] = field(default_factory=list)
    spaced: list[bool] = field(default_factory=list)
    tables: list[Ruled] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def read(grey: Grey, scale: float, reader: Reader) -> Sheet:
    """Read a page, turning it if it lies on its side or upside down.

    Args:
        grey: the page; paper is light.
        scale: pixels a point.
    """
    page = _Page(grey, scale, reader)
    if turns := turns_of(page.pieces):
        other = _Page(np.rot90(grey, turns), scale, reader)
        page = max(page, other, key=lambda scanned: (turns_of(scanned.pieces) == 0, sureness(scanned.pieces)))
    return page.read()


def turns_of(pieces: Sequence[Piece]) -> int:
    """Quarter turns to the left that bring a page upright."""
    words = [piece for piece in pieces if len(piece.text) >= 4]
    tall = sum(one.bottom - one.top > 1.5 * (one.right - one.left) for one in words)
    if len(words) < 3:
        return 0
    if tall > len(words) / 2:
        return 1 if sureness(pieces) >= SIDEWAYS else 3
    return 0 if sureness(pieces) >= LEGIBLE else 2


def sureness(pieces: Sequence[Piece]) -> float:
    words = [piece.sure for piece in pieces if len(piece.text) >= 4]
    return sum(words) / len(words) if words else 0.0


class _Page:
    """One page being read: its lines, and the pieces of text on it."""

    def __init__(self, grey: Grey, scale: float, reader: Reader) -> None:
        grey = straightened(grey)
        self.scale, self.reader = scale, reader
        self.height: int = grey.shape[0]
        ink = ink_of(grey)
        strokes = strokes_of(grey, scale)
        grey[ink & ~without_specks(ink)] = 255
        self.grey = erased(grey, strokes, scale)
        self.frames = frames_of([self._line(stroke.line) for stroke in strokes])
        self.pieces = reader.page(self.grey)

    def read(self) -> Sheet:
        sheet = Sheet()
        held, loose = self._sorted_out()
        for frame, cells in zip(self.frames, held, strict=True):
            inside = list(self._in_cells(frame, cells, sheet.unsure))
            sheet.tables.append(frame.filled(inside))
            sheet.chars += inside
        sheet.spaced += [False] * len(sheet.chars)
        for char, space in self._running(loose):
            sheet.chars.append(char)
            sheet.spaced.append(space)
        return sheet

    # --- 像素(从上往下)和点(从下往上) ---

    def _line(self, line: Line) -> Line:
        if line.across:
            return Line(True, self._y(line.at), line.low / self.scale, line.high / self.scale)
        return Line(False, line.at / self.scale, self._y(line.high), self._y(line.low))

    def _y(self, row: float) -> float:
        return (self.height - row) / self.scale

    # --- 表内 ---

    def _sorted_out(self) -> tuple[list[_Held], list[Piece]]:
        """Pieces by the cell that they stand in, and those outside all tables; those across two cells are dropped."""
        held: list[_Held] = [{} for _ in self.frames]
        boxes = [frame.boxes() for frame in self.frames]
        loose = []
        for piece in self.pieces:
            x, y = (piece.left + piece.right) / 2 / self.scale, self._y((piece.top + piece.bottom) / 2)
            places = [(n, cell) for n, frame in enumerate(self.frames) if (cell := frame.cell_at(x, y))]
            if not places:
                loose.append(piece)
                continue
            n, cell = places[0]
            left, bottom, right, top = boxes[n][cell]
            high = self._y(piece.top) - self._y(piece.bottom)
            beside = max(left - piece.left / self.scale, piece.right / self.scale - right)
            beyond = max(bottom - self._y(piece.bottom), self._y(piece.top) - top)
            if beside < max(high, 8.0) / 2 and beyond < high / 2:
                held[n].setdefault(cell, []).append(piece)
        return held, loose

    def _in_cells(self, frame: Frame, cells: _Held, unsure: list[str]) -> Iterator[Char]:
        """The characters of a table; cells with ink that the reading of the page passed over are read one by one."""
        boxes = frame.boxes()
        missed = [(cell, crop) for cell, box in boxes.items() if cell not in cells for crop in self._crops(box)]
        missed = missed[:MOST_MISSED]
        again = self.reader.lines([crop for _, crop in missed])
        for order, ((cell, _), (text, sure)) in enumerate(zip(missed, again, strict=True)):
            cells.setdefault(cell, []).append(Piece(text, sure, 0, order, 0, order))
        for cell, pieces in cells.items():
            left, bottom, right, top = boxes[cell]
            text = "".join(piece.text for line in _lines(pieces) for piece in line)
            if not _HAN.search(text):
                text = _SPECKS.sub("", re.sub(r"\s", "", text).translate(_ALIKE))
                if any(char.isdigit() for char in text) and min(piece.sure for piece in pieces) < SURE:
                    unsure.append(text)
            for char in re.sub(r"\s", "", text):
                yield Char(char, (left + right) / 2, (bottom + top) / 2)

    def _crops(self, box: tuple[float, float, float, float]) -> Iterator[Grey]:
        """The lines of ink in a cell, one picture each."""
        inset, pad = 2, round(2 * self.scale)
        left, right = (round(x * self.scale) for x in (box[0], box[2]))
        top, bottom = (round(self.height - y * self.scale) for y in (box[3], box[1]))
        cell = self.grey[max(top, 0) + inset : bottom - inset, max(left, 0) + inset : right - inset]
        if min(cell.shape) < 4:
            return
        ink = without_specks(cell < np.percentile(cell, 75) * DARK)
        for first, last in bands(ink, 1.5 * self.scale):
            columns = np.nonzero(ink[first:last].any(axis=0))[0].tolist()
            if max(columns[-1] - columns[0], last - first) >= 3 * self.scale:
                yield cell[max(first - pad, 0) : last + pad, max(columns[0] - pad, 0) : columns[-1] + pad]

    # --- 表外 ---

    def _running(self, pieces: Sequence[Piece]) -> Iterator[tuple[Char, bool]]:
        """Characters outside the tables, line by line; a wide gap or a blank counts as a space."""
        for line in _lines(pieces):
            middle = self._y(sum(piece.top + piece.bottom for piece in line) / len(line) / 2)
            end = line[0].left
            for piece in line:
                space = piece.left - end > (piece.bottom - piece.top) * 0.6
                step = (piece.right - piece.left) / max(len(piece.text), 1)
                for n, text in enumerate(piece.text):
                    if text.strip():
                        yield Char(text, (piece.left + (n + 0.5) * step) / self.scale, middle), space
                    space = not text.strip()
                end = piece.right


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side as one line, left to right; lines from the top."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top + piece.bottom):
        last = lines[-1][-1] if lines else piece
        lower = (piece.top + piece.bottom - last.top - last.bottom) / 2
        if lines and lower < min(piece.bottom - piece.top, last.bottom - last.top) / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]
