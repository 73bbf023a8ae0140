"""打开一份 PDF:逐页成行,去掉页码和页眉页脚,按位置接成段。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from ..document import Document
from ..encoding import likeness
from ..errors import Unreadable
from ..kinds import Kind
from ..limits import Limits
from .glyphs import Glyph, glyphs_of
from .lines import Line, lines
from .paragraphs import paragraphs
from .visibility import beyond, unseen

_PAGE_NUMBER = re.compile(r"^[\s\-—–－·第页共/]*\d{1,4}[\s\-—–－·页共/]*(?:\d{1,4})?[\s\-—–－·页]*$")
_ODD = re.compile(
    r"[\x00-\x08\x0e-\x1f\u0080-\u024f\ue000-\uf8ff\ufffd\uac00-\ud7af\u3100-\u31ff\u3200-\u33ff\u1100-\u1eff]"
)
_LEAST_LIKE = 0.25  # 一页的字少到这样像中文,就是乱码
_FEWEST = 10
_SCALE_OF_NAMES = 12


@dataclass(slots=True)
class _Read:
    """读过的各页和要说的事:看不见的几处、页面以外和太小的几处、没有字的页、乱码的页、水印几个字。"""

    pages: list[list[Line]] = field(default_factory=list)
    unseen: int = 0
    beyond: int = 0
    blank: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    slanted: int = 0


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """Read a PDF with a text layer; encrypted ones, scans and those whose text cannot be read are refused."""
    document = _open(data, name)
    try:
        if len(document) > limits.pages:
            raise Unreadable(name, f"PDF 超过 {limits.pages} 页", "请拆开后再导入")
        read = _Read()
        for number in range(len(document)):
            _page(document, number, read)
    finally:
        document.close()
    if sum(len(line.text) for page in read.pages for line in page) < _FEWEST:
        if read.garbled:
            raise Unreadable(
                name,
                "PDF 的字体没有字符对照，读出来是乱码，需要文字识别",
                "请先做文字识别，另存为 Word 或者纯文本后再导入",
            )
        raise Unreadable(name, "PDF 是扫描件，没有文字层", "请先做文字识别，另存为 Word 或者纯文本后再导入")
    pages = without_running_heads(read.pages)
    text = "\n".join(line.text for page in pages for line in page)
    return Document(name, Kind.PDF, tuple(paragraphs(pages)), page=text, notes=tuple(_notes(read)))


def lines_of(document: pdfium.PdfDocument, number: int) -> list[str]:
    """The lines of one page, from 0, without empty ones; none if its text cannot be read."""
    read = _Read()
    _page(document, number, read)
    return [line.text for line in read.pages[0]]


def unseen_places(document: pdfium.PdfDocument) -> int:
    """How many places of the document hold text that a reader cannot see."""
    read = _Read()
    for number in range(min(len(document), 300)):
        _page(document, number, read)
    return read.unseen + read.beyond


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(name, "PDF 有打开口令", "请去掉口令，另存一份后再导入") from None
        raise Unreadable(name, "PDF 已经损坏", "请重新导出一份后再导入") from None


def _page(document: pdfium.PdfDocument, number: int, read: _Read) -> None:
    page = document[number]
    text_page = page.get_textpage()
    try:
        found = glyphs_of(text_page)
        hidden = unseen(page, found)
        beside = beyond(page, found.glyphs) - hidden
    finally:
        text_page.close()
        page.close()
    read.slanted += found.slanted
    read.unseen += _places(hidden, found.glyphs)
    read.beyond += _places(beside, found.glyphs)
    glyphs = [one for index, one in enumerate(found.glyphs) if index not in hidden]
    if not glyphs:
        read.blank.append(number + 1)
        read.pages.append([])
    elif _garbled("".join(one.mark for one in glyphs), found.unmapped):
        read.garbled.append(number + 1)
        read.pages.append([])
    else:
        read.pages.append(lines(glyphs))


def _places(indexes: set[int], glyphs: list[Glyph]) -> int:
    """How many runs of characters these are."""
    return sum(
        index - 1 not in indexes or abs(glyphs[index].middle - glyphs[index - 1].middle) > 2 for index in indexes
    )


def _garbled(text: str, unmapped: int) -> bool:
    """Whether a page's characters are no writing: no map from the font's codes to characters."""
    odd = len(_ODD.findall(text))
    if len(text) >= _SCALE_OF_NAMES and odd > 0.2 * len(text):
        return True
    foreign = sum(not mark.isascii() for mark in text)
    return (
        foreign >= _SCALE_OF_NAMES and likeness(text) < _LEAST_LIKE and (unmapped > 0 or foreign > 0.5 * len(text))
    )


def _notes(read: _Read) -> list[str]:
    notes = []
    if read.unseen:
        notes.append(f"有看不见的文字{read.unseen}处（白色或者被遮住），没有读入")
    if read.beyond:
        notes.append(f"有文字在页面以外或者太小，看不到，共{read.beyond}处，请核对")
    if read.garbled:
        notes.append(f"第{_numbers(read.garbled)}页的字体没有字符对照，文字读不出，需要文字识别")
    if read.blank:
        notes.append(f"第{_numbers(read.blank)}页没有文字，可能是图片，需要文字识别")
    if read.slanted:
        notes.append("有斜排的文字（水印），没有读入")
    return notes


def _numbers(pages: list[int]) -> str:
    shown = "、".join(str(number) for number in pages[:10])
    return shown if len(pages) <= 10 else f"{shown}等{len(pages)}"


def without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Drop page numbers, and first or last lines that stand on most pages."""
    edges = Counter(line for page in pages for line in {one.text for one in (*page[:1], *page[-1:])})
    running = {line for line, times in edges.items() if len(pages) >= 4 and times > len(pages) * 0.6}
    return [
        [
            line
            for number, line in enumerate(page)
            if not (
                (number < 2 or number >= len(page) - 2)
                and (_PAGE_NUMBER.match(line.text) or line.text.strip() in running)
            )
        ]
        for page in pages
    ]
