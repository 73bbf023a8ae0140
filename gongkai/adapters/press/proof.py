"""把做好的 PDF、EPUB 读回来:各篇的标题、页码、正文,再同稿子逐字核对。读的是自己做的文件。"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from lxml import etree

from .model import Book, Piece
from .pages import outline, place

_BLANK = re.compile(r"\s+")
_XHTML = "{http://www.w3.org/1999/xhtml}"
#: 页眉以上、页脚以下(磅):不算正文。
_TOP, _BOTTOM = 770.0, 72.0


@dataclass(frozen=True, slots=True)
class Told:
    """读回来的一篇:标题、起页(EPUB 没有页码,是0)、全篇的字。"""

    title: str
    page: int
    text: str
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """读回来的一期:文件标题、语言、各篇。"""

    title: str
    language: str
    pieces: tuple[Told, ...]


def normal(text: str) -> str:
    """What layout does not change: no blanks, one width."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def of_pdf(content: bytes, book: Book) -> Read:
    """What a reader finds in the PDF: the bookmarks and the text layer."""
    document = pdfium.PdfDocument(content)
    try:
        marks = [mark for mark in outline(document) if mark.level == 1]
        placed = place(content, book)
        told = []
        for mark, where in zip(marks, placed, strict=False):
            pages = range(mark.page, mark.page + where.last - where.first + 1)
            text = "".join(page_text(document, number) for number in pages)
            told.append(Told(mark.title, where.first, text, sum(_page_pictures(document, n) for n in pages)))
        found = re.search(rb"/Lang ?\(([\w-]{2,10})\)", content)
        return Read(document.get_metadata_value("Title"), found[1].decode() if found else "", tuple(told))
    finally:
        document.close()


def page_text(document: pdfium.PdfDocument, number: int) -> str:
    """The words of a page (numbered from nought) between its head and its foot."""
    page = document[number].get_textpage()
    try:
        return str(page.get_text_bounded(bottom=_BOTTOM, top=_TOP))
    finally:
        page.close()


def _page_pictures(document: pdfium.PdfDocument, number: int) -> int:
    return sum(1 for _ in document[number].get_objects(filter=(pdfium.raw.FPDF_PAGEOBJ_IMAGE,)))


def of_epub(content: bytes) -> Read:
    """What a reader finds in the EPUB, in the order of its spine."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = etree.fromstring(archive.read("OEBPS/content.opf"))
        names = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
        href = {item.get("id"): item.get("href") for item in package.iterfind(".//opf:item", names)}
        spine = [href[item.get("idref")] for item in package.iterfind(".//opf:itemref", names)]
        told = [_document(archive.read(f"OEBPS/{name}")) for name in spine if name.startswith("piece-")]
        title, language = (package.findtext(f".//dc:{name}", "", names) for name in ("title", "language"))
        return Read(title, language, tuple(told))


def _document(content: bytes) -> Told:
    root = etree.fromstring(content)
    title = root.findtext(f".//{_XHTML}h1", "")
    body = root.find(f"{_XHTML}body")
    assert body is not None
    pictures = sum(1 for _ in body.iter(f"{_XHTML}img"))
    return Told(title, 0, "".join(str(part) for part in body.itertext()), pictures)


def faults(book: Book, kind: str, read: Read) -> Iterator[str]:
    """Where a form differs from the manuscript: one sentence each."""
    if normal(read.title) != normal(book.title):
        yield f"{kind}的文件标题是“{read.title}”，应为“{book.title}”"
    if read.language.lower() not in ("zh-cn", "zh"):
        yield f"{kind}没有写明语言是中文（zh-CN）"
    if len(read.pieces) != len(book.pieces):
        yield f"{kind}有{len(read.pieces)}篇，稿子有{len(book.pieces)}篇"
    for piece, told in zip(book.pieces, read.pieces, strict=False):
        if normal(told.title) != normal(piece.title):
            yield f"{kind}第{piece.position}篇的标题是“{told.title}”，应为“{piece.title}”"
        if told.pictures != len(piece.pictures):
            yield f"{kind}第{piece.position}篇有{told.pictures}张图，稿子有{len(piece.pictures)}张"
        if gone := lost(normal(told.text), [normal(part) for part in words(piece)]):
            yield f"{kind}第{piece.position}篇“{piece.title[:30]}”里没有“{gone[:40]}”"


def words(piece: Piece) -> list[str]:
    """Every part of a piece that a reader must find in a form of it."""
    rows = [cell for block in piece.blocks for row in block.rows for cell in row]
    text = [block.marker + block.text for block in piece.blocks if block.kind != "table"]
    return [piece.issuer, piece.doc_number, piece.title, piece.notice, *text, *rows]


def lost(hay: str, parts: Sequence[str]) -> str:
    """The first part that the text does not have."""
    return next((part for part in parts if part not in hay), "")
