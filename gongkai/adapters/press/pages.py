"""PDF:封面、目录、正文、封底;书签就是目录。各篇另起一页,所以撤下一篇,别的篇的页码不动。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pypdfium2 as pdfium

from ..picture import Fitted
from ..render import Fonts
from ..render.pdf import compiled
from .model import Book

__all__ = ["Placed", "pdf", "place"]


@dataclass(frozen=True, slots=True)
class Placed:
    """一篇排在哪几页(印的页码)。"""

    position: int
    first: int
    last: int


#: 图按每英寸这么多点印,至多这么宽、这么高(毫米)。
_DENSITY, _WIDEST, _TALLEST = 150, 156, 200


def pdf(book: Book, fonts: Fonts, pictures: Mapping[str, Fitted] | None = None) -> bytes:
    """The PDF of an issue (A4, PDF/A-2b); a picture that is not given leaves its words."""
    pictures = pictures or {}
    book = book.with_pictures(pictures)
    data = asdict(book) | {
        "pictures": {digest: [f"{digest}.{one.kind}", width_of(one)] for digest, one in pictures.items()},
        "title": book.title,
        "day": [book.day.year, book.day.month, book.day.day] if book.day else [],
    }
    files = {f"{digest}.{one.kind}": one.content for digest, one in pictures.items()}
    return compiled("gazette.typ", data, fonts, files)


def width_of(fitted: Fitted) -> float:
    """How wide it is printed, in millimetres."""
    natural = fitted.width * 25.4 / _DENSITY
    return round(min(natural, _WIDEST, _TALLEST * fitted.width / fitted.height), 1)


def place(content: bytes, book: Book) -> list[Placed]:
    """Where each piece stands, from the bookmarks of the PDF; the body begins with its first bookmark."""
    document = pdfium.PdfDocument(content)
    try:
        marks = [(mark.level, mark.page) for mark in outline(document)]
        pages = [page for level, page in marks if level == 1][: len(book.pieces)]
        after = [page for level, page in marks if level == 0 and page > max(pages, default=0)]
        # 大事记、更正在各篇以后;都没有的,末页是封底
        ends = [*pages[1:], min(after, default=len(document) - 1)]
        found: list[Placed] = []
        shift = 0
        for piece, page, end in zip(book.pieces, pages, ends, strict=True):
            shift = piece.first - page if piece.first else shift if found else 1 - page
            found.append(Placed(piece.position, page + shift, end - 1 + shift))
        return found
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class Mark:
    """书签:层次、标题、从0数的页。"""

    level: int
    title: str
    page: int


def outline(document: pdfium.PdfDocument) -> list[Mark]:
    """The bookmarks of a PDF in their order."""
    found = []
    for item in document.get_toc():
        target = item.get_dest()
        found.append(Mark(item.level, item.get_title(), (target.get_index() if target else None) or 0))
    return found


def count(content: bytes) -> int:
    """How many pages a PDF has."""
    document = pdfium.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
