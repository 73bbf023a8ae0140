"""PDF:有表格线的按线还原表格,其余按行。扫描的页没有文字,装了文字识别的先识别。"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .. import ocr
from ..files.errors import Unreadable
from . import scan, turned
from .rulings import Char, Ruled, lines_of, tables_of
from .source import Grid, Source

MOST_PAGES = 200
MOST_CHARS = 20000
LINE = 7.0  # 点;上下差得多于此就是另一行
FEWEST_CHARS = 40  # 平均每页不到这些字,就是扫描件
_HEADING = re.compile(r"\A\s*([一二三四五六七]、|[（(][一二三四五六七八九十][）)])")
_PAGE_NUMBER = re.compile(r"\A[-—–－\s]*(第?\d{1,3}页?|\d{1,3}/\d{1,3})[-—–－\s]*")


class Scanned(Unreadable):
    """没有文字的扫描件,这里没有装文字识别。"""


def load(data: bytes, name: str, scans: scan.Limits) -> Source:
    """Read a PDF.

    Args:
        scans: how much of a scan may be recognised.

    Raises:
        Scanned: a scan, and recognition is not installed here.
        Unreadable: broken, locked, or a scan over the limits.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "PDF 加了密码" if locked else "PDF 文档已经损坏"
        fix = "请去掉密码后再试" if locked else "请重新导出一份 PDF 再试"
        raise Unreadable(name, why, fix) from error
    try:
        return _load(document, name, scans)
    except pdfium.PdfiumError as error:
        raise Unreadable(name, "PDF 文档已经损坏", "请重新导出一份 PDF 再试") from error
    finally:
        document.close()


def _load(document: pdfium.PdfDocument, name: str, scans: scan.Limits) -> Source:
    blocks: list[str | Grid] = []
    letters = 0
    pages = range(min(len(document), MOST_PAGES))
    pictures = [index for index in pages if _is_picture(document[index])]
    with scan.scanning([index + 1 for index in pictures], scans, name) as scanner:
        for index in pages:
            page = document[index]
            if scanner and index in pictures:
                chars, spaced, tables = scanner.read(page, index + 1)
            else:
                chars, spaced, turns = _chars(page)
                tables = tables_of([turned.line(one, turns) for one in lines_of(page)], chars)
            letters += len(chars)
            blocks += _page(chars, spaced, tables)
            page.close()
    if scanner is None and letters < FEWEST_CHARS * max(len(pages), 1):
        way = "" if ocr.installed() else f"安装文字识别组件（{ocr.HOW}）后再试，或者"
        raise Scanned(name, "这是一份扫描件，里面没有文字", f"请{way}{scan.OTHERWISE}")
    notes = scanner.notes if scanner else [f"第{index + 1}页是图片，没有识别。" for index in pictures]
    return Source(tuple(_join(blocks)), notes=tuple(notes))


def _is_picture(page: pdfium.PdfPage) -> bool:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    text_page.close()
    return count < FEWEST_CHARS and scan.is_picture(page, count > 0)


def _chars(page: pdfium.PdfPage) -> tuple[list[Char], list[bool], int]:
    """Visible characters in reading order with their places; whether a space came before each; how the page must be
    turned (``turned.quarters``)."""
    text_page = page.get_textpage()
    turns = turned.quarters(text_page)
    chars: list[Char] = []
    spaced: list[bool] = []
    blank = False
    for index in range(min(text_page.count_chars(), MOST_CHARS)):
        text = text_page.get_text_range(index, 1)
        if not text.strip():
            # 转过的页,补出来的空格是乱的
            blank = blank or not (turns and raw.FPDFText_IsGenerated(text_page.raw, index))
            continue
        if turns:
            x, y = turned.origin(text_page, index)
        else:
            left, bottom, right, top = text_page.get_charbox(index)
            x, y = (left + right) / 2, (bottom + top) / 2
        chars.append(Char(text, *turned.point(x, y, turns)))
        spaced.append(blank)
        blank = False
    text_page.close()
    if turns:
        chars, spaced = turned.in_reading_order(chars, spaced, LINE / 2)
    return chars, spaced, turns


def _page(chars: list[Char], spaced: list[bool], tables: list[Ruled]) -> Iterator[str | Grid]:
    """Lines outside the tables, and the tables, from top to bottom."""
    placed: list[tuple[float, str | Grid]] = [(table.top, table.grid) for table in tables]
    line: list[str] = []
    at = along = 0.0
    for char, space in zip(chars, spaced, strict=True):
        if any(table.holds(char) for table in tables):
            continue
        lower = abs(char.y - at)
        if line and (lower > LINE or (lower > LINE / 3 and char.x < along - LINE)):
            placed.append((at, "".join(line)))
            line = []
        if not line:
            at = char.y
        line.append(f" {char.text}" if space and line else char.text)
        along = char.x
    if line:
        placed.append((at, "".join(line)))
    ordered = sorted(placed, key=lambda pair: -pair[0])
    for position, (_, block) in enumerate(ordered):
        edge = position in (0, len(ordered) - 1)
        if isinstance(block, str) and edge and _PAGE_NUMBER.fullmatch(block):
            continue
        yield block


def _join(blocks: list[str | Grid]) -> Iterator[str | Grid]:
    """Join broken lines of a paragraph: a full line that no new heading follows goes on in the next."""
    full = 0.88 * max((_width(block) for block in blocks if isinstance(block, str)), default=0)
    held, last = "", 0
    for block in blocks:
        if isinstance(block, Grid):
            if held:
                yield held
            held, last = "", 0
            yield block
            continue
        if held and (last < full or _HEADING.match(block)):
            yield held
            held = ""
        held += block
        last = _width(block)
    if held:
        yield held


def _width(text: str) -> int:
    return sum(2 if char > "\u2e7f" else 1 for char in text if char != " ")
