"""一份有标题、段落和表格的文件(年度报告一类),排成 PDF 和 DOCX 用同一份数据。"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TypeVar

from docx import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from ..plaintext import clean
from .pdf import Fonts, compiled
from .word import HEI, SONG, written


class Spans(Protocol):
    """占几行几列的一格。"""

    @property
    def rows(self) -> int: ...
    @property
    def cols(self) -> int: ...


Spanning = TypeVar("Spanning", bound=Spans)


@dataclass(frozen=True, slots=True)
class Box:
    """表里的一格:文字,占几行几列,是不是表头。"""

    text: str
    rows: int = 1
    cols: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """一块:``heading`` 标题、``text`` 段落,或者 ``table`` 表(被合并格占去的位置不再出现)。

    ``widths`` 是各列的相对宽度,一列一个。
    """

    kind: str
    text: str = ""
    widths: tuple[float, ...] = ()
    rows: tuple[tuple[Box, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """标题、署名机关和各块。"""

    title: str
    author: str
    parts: tuple[Part, ...]


def document_pdf(document: Document, fonts: Fonts) -> bytes:
    """The PDF (A4, PDF/A-2b); wide tables are set smaller, not cut."""
    return compiled("document.typ", asdict(document), fonts)


def document_docx(document: Document) -> bytes:
    """The DOCX, with real merged cells."""
    word = Word()
    word.core_properties.author, word.core_properties.title = clean(document.author), clean(document.title)
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    _write(word.add_paragraph(), document.title, size=20, font=HEI, align=ALIGN.CENTER)
    for part in document.parts:
        if part.kind == "heading":
            _write(word.add_paragraph(), part.text, size=16, font=HEI)
        elif part.kind == "text":
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(32)
            _write(paragraph, part.text, size=16)
        else:
            _table(word, part)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _table(word: Any, part: Part) -> None:
    table = word.add_table(rows=len(part.rows), cols=len(part.widths))
    table.style, table.autofit = "Table Grid", False
    for column, share in zip(table.columns, part.widths, strict=True):
        column.width = int(Mm(166) * share / sum(part.widths))
    grid = [row.cells for row in table.rows]  # table.cell() walks the whole table each time
    for y, x, box in placed(part.rows):
        cell = grid[y][x]
        if box.rows > 1 or box.cols > 1:
            cell = cell.merge(grid[y + box.rows - 1][x + box.cols - 1])
        _write(cell.paragraphs[0], box.text, size=9, align=ALIGN.CENTER)


def placed(rows: Iterable[Iterable[Spanning]]) -> list[tuple[int, int, Spanning]]:
    """Each cell with its row and column, the places that merged cells take left out."""
    taken: set[tuple[int, int]] = set()
    found = []
    for y, row in enumerate(rows):
        x = 0
        for box in row:
            while (y, x) in taken:
                x += 1
            found.append((y, x, box))
            taken |= {(y + dy, x + dx) for dy in range(box.rows) for dx in range(box.cols)}
            x += box.cols
    return found


def _write(paragraph: Any, text: str, *, size: int, font: str = SONG, align: Any = None) -> None:
    if align is not None:
        paragraph.alignment = align
    written(paragraph, text, size=size, font=font)
