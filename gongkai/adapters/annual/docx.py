"""Word 文档(DOCX):段落和表格按先后,横向、纵向合并都还原。"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from docx import Document as open_document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ..files.errors import Unreadable
from .source import Grid, Source, Span, expand


def load(data: bytes, name: str) -> Source:
    """Read a document. Raises Unreadable if it is broken."""
    try:
        document = open_document(io.BytesIO(data))
        return Source(tuple(_blocks(document.element.body)), document.core_properties.title or "")
    except Exception as error:  # 坏文件会让底下的库抛出各种各样的错
        raise Unreadable(name, "Word 文档已经损坏", "请用 Word 或 WPS 打开后另存为一份 DOCX 再试") from error


def _blocks(body: Element) -> Iterator[str | Grid]:
    for child in body.iter(qn("w:p"), qn("w:tbl")):
        if _within_table(child):
            continue
        if child.tag == qn("w:p"):
            for line in _text(child).split("\n"):
                if line.strip():
                    yield re.sub(r"\s+", " ", line).strip()
        else:
            yield _table(child)


def _within_table(element: Element) -> bool:
    parent = element.getparent()
    while parent is not None:
        if parent.tag in (qn("w:tbl"), qn("w:txbxContent")):
            return True
        parent = parent.getparent()
    return False


def _text(element: Element) -> str:
    """The text of a paragraph or a cell; deleted revisions are left out."""
    parts: list[str] = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:p"):
            parts.append("\n" if parts else "")
        elif node.tag == qn("w:br"):
            parts.append("\n")
        else:
            parts.append(" ")
    return "".join(parts)


def _table(table: Element) -> Grid:
    """A vertical merge (w:vMerge) is counted downwards so that ``expand`` lays it out like any row span."""
    lines: list[list[tuple[int, Span, bool]]] = []
    for row in table.iter(qn("w:tr")):
        if _owner(row) is not table:
            continue
        column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        line: list[tuple[int, Span, bool]] = [(0, Span("", column), False)] if column else []
        for cell in row.iter(qn("w:tc")):
            if _owner(cell) is not table:
                continue
            width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            text = re.sub(r"\s+", " ", _text(cell)).strip()
            line.append((column, Span(text, width), goes_on and not text))
            column += width
        lines.append(line)
    return expand(_spans(lines, index) for index in range(len(lines)))


def _spans(lines: list[list[tuple[int, Span, bool]]], index: int) -> list[Span]:
    spans = []
    for column, span, goes_on in lines[index]:
        if goes_on and index:
            continue
        depth = 1
        while index + depth < len(lines) and any(
            below == column and more for below, _, more in lines[index + depth]
        ):
            depth += 1
        spans.append(Span(span.text, span.columns, depth))
    return spans


def _owner(element: Element) -> Element | None:
    parent: Element | None = element.getparent()
    while parent is not None and parent.tag != qn("w:tbl"):
        parent = parent.getparent()
    return parent


def _number(element: Element | None, default: int) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return min(int(value), 64) if value and value.isascii() and value.isdigit() else default
