"""Word 文档(.docx):段落、标题、自动编号、表格,按原来的次序。"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from .document import Block, Cell, Document, Heading, Paragraph, Table
from .errors import Unreadable
from .kinds import Kind
from .limits import MIB, Limits


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    """Read a DOCX; archives that unpack to more than the limits are refused before they are opened."""
    guard(data, name, limits)
    word = docx.Document(io.BytesIO(data))
    properties = word.core_properties
    meta = {
        key: str(value) for key, value in (("title", properties.title), ("author", properties.author)) if value
    }
    return Document(name, Kind.DOCX, tuple(_blocks(word)), meta=meta)


def guard(data: bytes, name: str, limits: Limits) -> None:
    """Refuse zip bombs: too much unpacked, or one member blown up too far."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        blown = any(
            member.file_size > MIB and member.file_size > member.compress_size * limits.unpacked_ratio
            for member in members
        )
        if total > limits.unpacked_bytes or blown or len(members) > limits.members:
            raise Unreadable(name, "解开后过大，可能是压缩炸弹", "请用原来的软件打开，另存一份后再导入")


def _blocks(word: Word) -> Iterator[Block]:
    for child in word.element.body.iterchildren():
        if child.tag == qn("w:p"):
            yield from _paragraph(WordParagraph(child, word))
        elif child.tag == qn("w:tbl"):
            yield _table(WordTable(child, word))
        elif child.tag == qn("w:sdt"):
            for inner in child.iter(qn("w:p")):
                yield from _paragraph(WordParagraph(inner, word))


def _paragraph(paragraph: WordParagraph) -> Iterator[Block]:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    level = _level(style)
    align = "center" if paragraph.alignment is WD_ALIGN_PARAGRAPH.CENTER else ""
    align = "right" if paragraph.alignment is WD_ALIGN_PARAGRAPH.RIGHT else align
    for line in _text(paragraph).split("\n"):
        text = line.strip(" \t\u3000\xa0")
        if text:
            yield Heading(text, level) if level else Paragraph(text, align)


def _text(paragraph: WordParagraph) -> str:
    """The text as it stands, without what tracked changes deleted."""
    parts: list[str] = []
    for node in paragraph._p.iter():
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append("\t")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
    return "".join(parts)


def _level(style: str) -> int:
    name = style.lower().replace(" ", "")
    for prefix in ("heading", "标题"):
        rest = name.removeprefix(prefix)
        if rest != name and rest[:1].isdigit():
            return min(int(rest[0]) or 1, 6)
    return 1 if name in ("title", "标题") else 0


def _table(table: WordTable) -> Table:
    rows = []
    for row in table.rows:
        cells: list[Cell] = []
        seen: list[object] = []
        for cell in row.cells:
            if cell._tc in seen:  # 合并的格子在每一列都出现一次
                last = cells.pop()
                cells.append(Cell(last.text, last.header, last.colspan + 1))
                continue
            seen.append(cell._tc)
            text = "\n".join(filter(None, (_text(one).strip() for one in cell.paragraphs)))
            cells.append(Cell(text))
        rows.append(tuple(cells))
    return Table(tuple(rows))
