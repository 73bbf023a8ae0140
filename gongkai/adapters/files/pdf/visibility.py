"""页面上看得见的字:白的、同底色一样的、被盖住的、透明的,把页面画出来看那一处有没有笔画;页面以外的、小得看不清的另说。"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .glyphs import Glyph, Page, address

_SCALE = 1.5
_MOST_PIXELS = 6_000_000
_FLAT = 14  # 灰度差不到这些就是一片
_PALE = 235
_MOST_OBJECTS = 20_000
_MOST_COVERS = 300
_NEAR = 20  # 三色各差不到这些,就是一样的颜色
_SMALLEST = 1.5  # 点;再小就看不清了
_THICK = 5.0  # 点;再粗的线盖得住字
#: Notes that can be laid over text: free text, lines, shapes, stamps, ink, marks for redaction.
_LAID_OVER = frozenset(
    {
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_REDACT,
    }
)
_THIN = frozenset("，。、.,;:：；·-—–一'\"“”‘’…")


def unseen(page: pdfium.PdfPage, read: Page) -> set[int]:
    """The places in ``read.glyphs`` that a reader cannot see.

    A character is unseen where it has a cause to be (pale, transparent or of the colour of its ground, or something is
    drawn over it) and the drawn page shows no stroke there. Only pages with such a cause are drawn; a font that is
    missing here is none.
    """
    pale = {source for source, found in read.sources.items() if source and _pale(found)}
    covers, alike = _covers(page, set(read.sources))
    pale |= alike
    doubtful = [
        index
        for index, one in enumerate(read.glyphs)
        if one.source in pale or any(cover.hides(one) for cover in covers)
    ]
    if not doubtful:
        return set()
    picture, left, top, scale = _drawn(page)
    found = set()
    for index in doubtful:
        x0, y0, x1, y1 = read.glyphs[index].box
        rows = slice(max(0, int((top - y1) * scale)), max(0, int((top - y0) * scale) + 1))
        columns = slice(max(0, int((x0 - left) * scale)), max(0, int((x1 - left) * scale) + 1))
        patch = picture[rows, columns]
        if patch.size and int(patch.max()) - int(patch.min()) < _FLAT:
            found.add(index)
    return _whole(read.glyphs, found)


def beyond(page: pdfium.PdfPage, glyphs: list[Glyph]) -> set[int]:
    """The places of characters whose middle lies beside the page, or that are too small to be read.

    They may be hidden there, or a line that is too long runs on: they are told of, and read all the same.
    """
    left, bottom, right, top = page.get_cropbox()
    found = set()
    for index, glyph in enumerate(glyphs):
        x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
        if not (left <= x <= right and bottom <= y <= top) or glyph.top - glyph.bottom < _SMALLEST:
            found.add(index)
    return found


def _drawn(page: pdfium.PdfPage) -> tuple[Any, float, float, float]:
    """The page as an array of grey values, without its rotation; its left and top edge, and pixels a point."""
    turned = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, (right - left) * (top - bottom))) ** 0.5)
    page.set_rotation(0)
    try:
        picture = page.render(scale=scale, grayscale=True).to_numpy()
    finally:
        page.set_rotation(turned)
    return picture.reshape(picture.shape[0], picture.shape[1]), left, top, scale


def _whole(glyphs: list[Glyph], found: set[int]) -> set[int]:
    """Thin marks alone prove nothing; between unseen characters they are unseen too."""
    real = {index for index in found if glyphs[index].mark not in _THIN}
    return {index for index in found if index in real or {index - 1, index + 1} & real}


@dataclass(frozen=True, slots=True)
class _Cover:
    """画在文字之后的一块:四边和它之前的文字对象(空的是所有)。"""

    sides: tuple[float, float, float, float]
    over: frozenset[int]

    def hides(self, glyph: Glyph) -> bool:
        """Whether the middle of a character lies under it."""
        x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
        left, bottom, right, top = self.sides
        return left <= x <= right and bottom <= y <= top and (not self.over or glyph.source in self.over)


def _covers(page: pdfium.PdfPage, sources: set[int]) -> tuple[list[_Cover], set[int]]:
    """Filled shapes, thick lines and pictures that are drawn after some text, and notes laid over the page; and the
    texts that have the colour of a shape under them."""
    covers = _notes(page)
    before: set[int] = set()
    alike: set[int] = set()
    grounds: list[tuple[tuple[float, float, float, float], tuple[int, ...]]] = []
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        found = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(found)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            before.add(address(found))
            if grounds and _on(found, grounds):
                alike.add(address(found))
        elif len(covers) < _MOST_COVERS and (kind != raw.FPDF_PAGEOBJ_PATH or _covering(found)):
            sides = _sides(found)
            if sides[2] - sides[0] > 5 and sides[3] - sides[1] > 5:
                if before:
                    covers.append(_Cover(sides, frozenset(before & sources)))
                if kind == raw.FPDF_PAGEOBJ_PATH and len(grounds) < _MOST_COVERS:
                    grounds.append((sides, _colour(found)[:3]))
    return covers, alike


def _notes(page: pdfium.PdfPage) -> list[_Cover]:
    """Notes that lie over everything."""
    covers = []
    box = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_COVERS)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if raw.FPDFAnnot_GetSubtype(note) in _LAID_OVER and raw.FPDFAnnot_GetRect(note, box):
            covers.append(_Cover((box.left, box.bottom, box.right, box.top), frozenset()))
        raw.FPDFPage_CloseAnnot(note)
    return covers


def _on(found: Any, grounds: list[tuple[tuple[float, float, float, float], tuple[int, ...]]]) -> bool:
    """Whether the text has the colour of the last shape under its middle."""
    colour, (left, bottom, right, top) = _colour(found)[:3], _sides(found)
    x, y = (left + right) / 2, (bottom + top) / 2
    under = next(
        (shade for sides, shade in reversed(grounds) if sides[0] <= x <= sides[2] and sides[1] <= y <= sides[3]),
        None,
    )
    return under is not None and all(abs(one - other) < _NEAR for one, other in zip(colour, under, strict=True))


def _colour(found: Any) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(found, *parts)
    return tuple(part.value for part in parts)


def _pale(found: Any) -> bool:
    """Whether a text is white or nearly, transparent, or set without ink."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if raw.FPDFTextObj_GetTextRenderMode(found) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return True
    if not raw.FPDFPageObj_GetFillColor(found, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _PALE or alpha.value < 30


def _covering(found: Any) -> bool:
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(found, fill, stroke)
    thick = stroke.value and raw.FPDFPageObj_GetStrokeWidth(found, width) and width.value >= _THICK
    return bool(fill.value or thick)


def _sides(found: Any) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(found, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top
