"""有文字层的 PDF:去掉页码和页眉页脚,把断开的行接成段。"""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2 as pdfium

from .document import Document, Paragraph
from .errors import Unreadable
from .kinds import Kind
from .limits import Limits

_PAGE_NUMBER = re.compile(r"^[\s\-—–－·第页共/]*\d{1,4}[\s\-—–－·页共/]*(?:\d{1,4})?[\s\-—–－·页]*$")
_ENDS = "。；：？！;:?!”』」）)"
_NEW = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]+[章节条编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}[.．、]|附件|抄送|主送|[-—]\s*\d+\s*[-—])"
)


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """Read a PDF with a text layer; encrypted ones and scans are refused with the reason."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(name, "PDF 有打开口令", "请去掉口令，另存一份后再导入") from None
        raise Unreadable(name, "PDF 已经损坏", "请重新导出一份后再导入") from None
    try:
        if len(document) > limits.pages:
            raise Unreadable(name, f"PDF 超过 {limits.pages} 页", "请拆开后再导入")
        pages = [lines_of(document, number) for number in range(len(document))]
    finally:
        document.close()
    if sum(len(line) for page in pages for line in page) < 10:
        raise Unreadable(name, "PDF 是扫描件，没有文字层", "请先做文字识别，另存为 Word 或者纯文本后再导入")
    lines = _without_running_heads(pages)
    return Document(name, Kind.PDF, tuple(Paragraph(text) for text in join(lines)), page="\n".join(lines))


def lines_of(document: pdfium.PdfDocument, number: int) -> list[str]:
    """The lines of one page, from 0, without empty ones."""
    page = document[number]
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_bounded()
    finally:
        text_page.close()
        page.close()
    text = text.replace("\ufffe", "").replace("\u0002", "")
    return [line for line in (raw.rstrip() for raw in re.split(r"\r?\n", text)) if line.strip()]


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """Drop page numbers, and first or last lines that stand on most pages."""
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
    running = {line for line, times in edges.items() if len(pages) >= 4 and times > len(pages) * 0.6}
    kept = []
    for page in pages:
        for number, line in enumerate(page):
            at_edge = number < 2 or number >= len(page) - 2
            if at_edge and (_PAGE_NUMBER.match(line) or line.strip() in running):
                continue
            kept.append(line)
    return kept


def join(lines: list[str]) -> list[str]:
    """Join lines that a full line's edge broke: a line nearly as long as most full ones, without an end mark,
    goes on in the next, unless that begins something new."""
    lengths = sorted(len(line.strip()) for line in lines)
    width = lengths[len(lengths) * 3 // 4] if lengths else 0  # 表格的行可能更长,取四分之三位
    paragraphs: list[str] = []
    open_line = False
    for line in lines:
        text = line.strip()
        if open_line and not _NEW.match(text):
            glue = " " if paragraphs[-1][-1:].isascii() and text[:1].isascii() and text[:1].isalnum() else ""
            paragraphs[-1] += glue + text
        else:
            paragraphs.append(text)
        open_line = len(text) >= width * 0.9 and text[-1:] not in _ENDS
    return paragraphs
