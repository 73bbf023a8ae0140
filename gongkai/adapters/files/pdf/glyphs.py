"""一页里的每个字:在哪里、多大、哪个方向;转过的页转成正的,竖排的当作横排。"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

#: 一页至多看这么多字。
MOST = 60_000
_WIDE = ("\u2e80", "\uffef")


@dataclass(slots=True)
class Glyph:
    """一个字:四边(点,y 向上)、字号(点)、前面有没有空格;``box`` 是转正以前的四边,``source`` 是它的文字对象。"""

    mark: str
    left: float
    bottom: float
    right: float
    top: float
    spaced: bool
    box: tuple[float, float, float, float]
    source: int

    @property
    def em(self) -> float:
        """The size in points, from what it takes up."""
        wide = _WIDE[0] <= self.mark <= _WIDE[1]
        height = (self.top - self.bottom) * 0.9
        return max(1.0, min(self.right - self.left, height * 1.3) if wide and self.right > self.left else height)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """一页的字(已经转正)和不算正文的:斜排的水印几个字、编码对不上的几个字;``sources`` 是各字的文字对象。"""

    glyphs: list[Glyph]
    sources: dict[int, Any]
    slanted: int = 0
    unmapped: int = 0


def glyphs_of(text_page: pdfium.PdfTextPage) -> Page:
    """The visible characters of a page in the order of the file, turned upright."""
    handle = text_page.raw
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[Glyph] = []
    sources: dict[int, Any] = {}
    origins: list[tuple[float, float]] = []
    spaced = False
    slanted = unmapped = 0
    for index in range(min(text_page.count_chars(), MOST)):
        code = raw.FPDFText_GetUnicode(handle, index)
        mark = chr(code) if code < 0x110000 and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        if mark.isspace() or code < 32 or code in (0xFFFE, 0x7F):
            spaced = spaced or not raw.FPDFText_IsGenerated(handle, index)
            continue
        if 0.09 < abs(raw.FPDFText_GetCharAngle(handle, index)) % (math.pi / 2) < math.pi / 2 - 0.09:
            slanted += 1
            continue
        unmapped += raw.FPDFText_HasUnicodeMapError(handle, index) == 1
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        pointer = raw.FPDFText_GetTextObject(handle, index)
        source = address(pointer)
        sources.setdefault(source, pointer)
        sides = (box.left, box.bottom, box.right, box.top)
        found.append(Glyph(mark, *sides, spaced, sides, source))
        origins.append((x.value, y.value))
        spaced = False
    _upright(found, origins)
    return Page(_once(found), sources, slanted, unmapped)


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Each character once: bold type and shadows are often made by printing it again a hair's breadth beside."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        across, along = int(glyph.left // 4), int(glyph.bottom // 4)
        near = (
            other
            for x in (across - 1, across, across + 1)
            for y in (along - 1, along, along + 1)
            for other in places.get((glyph.mark, x, y), ())
        )
        reach = min(3.0, 0.2 * glyph.em)
        if any(
            abs(other.left - glyph.left) < reach and abs(other.bottom - glyph.bottom) < reach for other in near
        ):
            continue
        places.setdefault((glyph.mark, across, along), []).append(glyph)
        kept.append(glyph)
    return kept


def address(pointer: Any) -> int:
    """What tells one object of a page from another."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _upright(glyphs: list[Glyph], origins: list[tuple[float, float]]) -> None:
    """Turn a page whose lines run up, down or backwards; columns set from top to bottom (竖排) become lines."""
    votes: Counter[str] = Counter()
    for glyph, (here, there) in zip(glyphs, itertools.pairwise(origins), strict=False):
        across, along = there[0] - here[0], there[1] - here[1]
        reach = glyph.em * 3
        if abs(across) > reach or abs(along) > reach:
            continue
        if abs(along) < glyph.em * 0.3:
            votes["right" if across > 0 else "left"] += 1
        elif abs(across) < glyph.em * 0.3:
            votes["up" if along > 0 else "down"] += 1
    if not votes:
        return
    direction = votes.most_common(1)[0][0]
    if direction == "right":
        return
    for glyph in glyphs:
        left, bottom, right, top = glyph.box
        glyph.left, glyph.bottom, glyph.right, glyph.top = {
            "down": (-top, left, -bottom, right),
            "up": (bottom, -right, top, -left),
            "left": (-right, -top, -left, -bottom),
        }[direction]
