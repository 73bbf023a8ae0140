"""全年合订本:几期的稿子(``Book``)合成一份 PDF、一份 EPUB;各篇留着本期的页码(引用用),另有全书的页码。

PDF 读回来逐篇核对,同整期的一样。
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pypdfium2 as pdfium

from gongkai.adapters import epub as writer
from gongkai.adapters.epub import EARLIEST, Chapter, text

from ..picture import Fitted
from ..render import Fonts
from ..render.pdf import compiled
from .epub import STYLE, back_matter, imprint_page, metadata, piece_page
from .model import Book, Piece
from .pages import count, outline, width_of
from .proof import lost, normal, page_text, words

#: 版式改了就加一:记号不同了,合订本重做。
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Volume:
    """一年的各期,按出版的先后。"""

    year: int
    books: tuple[Book, ...]

    @property
    def last(self) -> Book:
        """The last issue: whose name, agency and places stand on the cover and on the back."""
        return self.books[-1]

    @property
    def title(self) -> str:
        return f"{self.last.name} {self.year}年合订本"

    @property
    def running(self) -> str:
        """The running numbers from the first to the last: ``总第57期—总第68期``; empty without them.

        >>> from gongkai.adapters.press import Book
        >>> one = Book("公报", "2026年第1期", "（总第57期）", "", "", "", (), "", "", None, ())
        >>> Volume(2026, (one, replace(one, running="（总第68期）"))).running
        '总第57期—总第68期'
        """
        told = [book.running.strip("（）") for book in self.books if book.running]
        return told[0] if len(told) == 1 else f"{told[0]}—{told[-1]}" if told else ""

    @property
    def mark(self) -> str:
        """Tells these texts and this layout from every other."""
        content = "\n".join([str(LAYOUT), str(self.year), *(book.mark for book in self.books)])
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def digests(self) -> tuple[str, ...]:
        """The pictures of all issues, each once."""
        return tuple(dict.fromkeys(one for book in self.books for one in book.digests))

    @property
    def numbered(self) -> list[tuple[str, str, str, str]]:
        """The index by document number: (number, title, issue, the mark of its place), what was withdrawn left out."""
        found = [
            (piece.doc_number, piece.title, _short(book), f"issue-{nth}-piece-{piece.position}")
            for nth, book in enumerate(self.books)
            for piece in book.pieces
            if piece.doc_number and not piece.notice
        ]
        return sorted(found, key=lambda row: _sorting(row[0]))


def _short(book: Book) -> str:
    return re.sub(r"^\d{4}年", "", book.number)


def _sorting(number: str) -> list[tuple[int, str]]:
    """Document numbers in the order of their words, the numerals in them by value.

    >>> sorted(["明政发〔2026〕10号", "明政发〔2026〕9号"], key=_sorting)
    ['明政发〔2026〕9号', '明政发〔2026〕10号']
    """
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", number)]


def volume_pdf(volume: Volume, fonts: Fonts, pictures: Mapping[str, Fitted] | None = None) -> bytes:
    """The PDF of a year (A4, PDF/A-2b): contents by issue, bookmarks by issue, column and piece, an index by number."""
    pictures = pictures or {}
    last = volume.last
    books = [book.with_pictures(pictures) for book in volume.books]
    data: dict[str, Any] = {
        "title": volume.title,
        "name": last.name,
        "number": f"{volume.year}年合订本",
        "running": volume.running,
        "sponsor": last.sponsor,
        "editor": last.editor,
        "statement": last.statement,
        "colophon": last.colophon,
        "places": last.places,
        "address": last.address.rsplit("/", 2)[0] + "/",
        "day": _day(last),
        "issues": [asdict(book) | {"day": _day(book)} for book in books],
        "numbered": volume.numbered,
        "pictures": {digest: [f"{digest}.{one.kind}", width_of(one)] for digest, one in pictures.items()},
    }
    files = {f"{digest}.{one.kind}": one.content for digest, one in pictures.items()}
    return compiled("volume.typ", data, fonts, files)


@dataclass(frozen=True, slots=True)
class BoundForms:
    """一年合订本的两种形式:``faults`` 是 PDF 读回来同各期不一样的地方。"""

    pdf: bytes
    epub: bytes
    page_count: int
    faults: list[str]


def bound_forms(volume: Volume, fonts: Fonts, pictures: Mapping[str, Fitted] | None = None) -> BoundForms:
    """Both forms of a year, the PDF read back. A year of 1,200 pages takes about 1 GiB: do it in a process apart."""
    made = volume_pdf(volume, fonts, pictures)
    return BoundForms(made, volume_epub(volume, pictures), count(made), volume_faults(volume, made))


def _day(book: Book) -> list[int]:
    return [book.day.year, book.day.month, book.day.day] if book.day else []


def volume_epub(volume: Volume, pictures: Mapping[str, Fitted] | None = None) -> bytes:
    """The EPUB of a year: a page for each piece, the contents by issue."""
    pictures = pictures or {}
    last, day = volume.last, volume.last.day or EARLIEST
    made = writer.Book(
        volume.title,
        last.sponsor,
        re.sub(r":[^:]+$", ":volume", last.identifier),
        datetime(day.year, day.month, day.day, tzinfo=UTC),
        list(_chapters(volume, pictures)),
        [
            writer.Picture(f"{digest}.{one.kind}", f"image/{one.kind}", one.content)
            for digest, one in pictures.items()
        ],
        style=STYLE,
        metadata=list(metadata(replace(last, pieces=_all(volume)), pictures)),
    )
    return writer.write(made, day)


def _all(volume: Volume) -> tuple[Piece, ...]:
    return tuple(piece for book in volume.books for piece in book.pieces)


def _chapters(volume: Volume, pictures: Mapping[str, Fitted]) -> Iterator[Chapter]:
    last = volume.last
    cover = f"""<section class="cover" epub:type="cover">
<h1>{text(last.name)}</h1>
<p>{volume.year}年合订本</p>
<p>{text(volume.running)}</p>
<p>{text(last.sponsor)}主办</p>
<p class="meta">{text(last.statement)}</p>
</section>"""
    yield Chapter("cover", volume.title, cover, listed=False)
    for nth, book in enumerate(volume.books):
        shown, part = book.with_pictures(pictures), f"{_short(book)}{book.running}"
        for piece in shown.pieces:
            yield Chapter(f"i{nth}-piece-{piece.position}", piece.title, piece_page(piece, pictures), part)
        yield from (Chapter(f"i{nth}-{key}", title, body, part) for key, title, body in back_matter(shown))
    yield Chapter("back", "编辑部和查阅点", imprint_page(last))


def volume_faults(volume: Volume, content: bytes) -> list[str]:
    """Where the PDF of a year, read back, differs from its manuscripts: one sentence each."""
    document = pdfium.PdfDocument(content)
    try:
        bookmarks = list(outline(document))
        marks = [mark for mark in bookmarks if mark.level == 2]
        ends = [mark.page for mark in bookmarks]
        expected = [(book, piece) for book in volume.books for piece in book.pieces]
        if len(marks) != len(expected):
            return [f"合订本有{len(marks)}篇，各期共{len(expected)}篇"]
        found = []
        for mark, (book, piece) in zip(marks, expected, strict=True):
            if normal(mark.title) != normal(piece.title):
                found.append(
                    f"合订本里{book.number}第{piece.position}篇的标题是“{mark.title}”，应为“{piece.title}”"
                )
            end = min((page for page in ends if page > mark.page), default=len(document))
            told = normal("".join(page_text(document, number) for number in range(mark.page, end)))
            if gone := lost(told, [normal(part) for part in words(piece)]):
                found.append(f"合订本里{book.number}第{piece.position}篇没有“{gone[:40]}”")
        return found
    finally:
        document.close()
