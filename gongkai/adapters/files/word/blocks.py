"""正文的块:段落、标题、表格(连同套着的表、纵横合并)、文本框、内容控件、插入的整段。"""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Block, Cell, Heading, Paragraph, Table
from .inline import Inline, merges, span
from .numbering import Numbering
from .styles import Styles
from .xml import Node, attribute, child, local, switch

_THROUGH = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent", "Choice"})
_GONE = frozenset({"del", "moveFrom"})
_DEEPEST = 12
_EMPTY = " \t\u3000\xa0"
_LONGEST_HEADING = 120


class Body:
    """把一个容器(正文、格子、文本框、页眉、脚注)读成块。"""

    def __init__(self, inline: Inline, styles: Styles, numbering: Numbering) -> None:
        self.inline, self.styles, self.numbering = inline, styles, numbering
        self._carried = ""
        self._apart = False
        self._depth = 0

    def blocks(self, container: Node, *, open_ground: bool = True) -> Iterator[Block]:
        """The blocks of a container, in order."""
        self._depth += 1
        try:
            if self._depth <= _DEEPEST:
                for node in container:
                    yield from self._block(node, open_ground)
            else:
                self.inline.counts["deep"] += 1
        finally:
            self._depth -= 1

    def _block(self, node: Node, open_ground: bool) -> Iterator[Block]:
        name = local(node)
        if name == "p":
            yield from self._paragraph(node, open_ground)
        elif name == "tbl":
            table = self._table(node)
            if table.rows:
                yield table
                self._apart = True
        elif name == "sdt":
            content = child(node, "sdtContent")
            if content is not None and not switch(child(node, "sdtPr"), "showingPlcHdr"):
                yield from self.blocks(content, open_ground=open_ground)
        elif name in _THROUGH:
            yield from self.blocks(node, open_ground=open_ground)
        elif name == "AlternateContent":
            for choice in node:
                found = list(self.blocks(choice, open_ground=open_ground))
                if found:
                    yield from found
                    break
        elif name == "altChunk":
            self.inline.counts["object"] += 1
        elif name in _GONE:
            self.inline.counts["revision"] += 1

    def _paragraph(self, node: Node, open_ground: bool) -> Iterator[Block]:
        text = self.inline.text(node, open_ground=open_ground)
        size, boxes, self.inline.boxes = self.inline.size, self.inline.boxes, []
        for box in boxes:
            yield from self.blocks(box, open_ground=False)
        if merges(node):
            self._carried += text
            return
        text, self._carried = self._carried + text, ""
        whole = text.strip(_EMPTY + "\n")
        if whole:
            text = self._label(node) + text.lstrip(_EMPTY + "\n")
        elif not self.styles.hidden(child(node, "pPr"), self.styles.style_of(node)):
            self._label(node)  # 空的编号段也占一个号
        level = self.styles.heading(node) if len(whole) <= _LONGEST_HEADING else 0
        align = self.styles.align(node)
        for line in text.split("\n"):
            line = line.strip(_EMPTY)
            if not line:
                self._apart = True
                continue
            yield (Heading(line, level, size, self._apart) if level else Paragraph(line, align, size, self._apart))
            self._apart = False

    def _label(self, node: Node) -> str:
        list_id, level = self.styles.list_of(node)
        if not list_id or list_id == "0":
            return ""
        if level is None:
            level = self.numbering.level_of_style(list_id, self.styles.style_of(node))
        return self.numbering.label(list_id, level)

    def _table(self, node: Node) -> Table:
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # 列 → 正在往下合并的格子:行、行内次序
        for row in _under(node, "tr"):
            props = child(row, "trPr")
            if child(props, "del") is not None:
                self.inline.counts["revision"] += 1
                continue
            if switch(props, "hidden"):
                self.inline.counts["hidden"] += 1
                continue
            cells: list[Cell] = []
            column = 0
            for cell in _under(row, "tc"):
                if child(cell, "tcPr", "cellDel") is not None:
                    self.inline.counts["revision"] += 1
                    continue
                wide = span(cell)
                merged = child(cell, "tcPr", "vMerge")
                text = self._cell(cell)
                above = open_cells.get(column)
                if merged is not None and attribute(merged, "val") != "restart" and above and not text:
                    first = rows[above[0]][above[1]]
                    rows[above[0]][above[1]] = Cell(first.text, first.header, first.colspan, first.rowspan + 1)
                else:
                    open_cells.pop(column, None)
                    if merged is not None:
                        open_cells[column] = (len(rows), len(cells))
                    cells.append(Cell(text, switch(props, "tblHeader") or False, wide))
                column += wide
            rows.append(cells)
        return Table(tuple(tuple(cells) for cells in rows if cells or len(rows) > 1))

    def _cell(self, cell: Node) -> str:
        """The text of a cell, a line for each paragraph and for each row of a table within."""
        apart, self._apart = self._apart, False
        lines = []
        for block in self.blocks(cell, open_ground=False):
            if isinstance(block, Table):
                lines += [
                    "\u3000".join(one.text.replace("\n", " ") for one in row if one.text) for row in block.rows
                ]
            else:
                lines.append(block.text)
        self._apart = apart
        return "\n".join(line for line in lines if line)


def _under(node: Node, name: str) -> Iterator[Node]:
    """Rows of a table or cells of a row, through controls and insertions."""
    for one in node:
        here = local(one)
        if here == name:
            yield one
        elif here == "sdt":
            content = child(one, "sdtContent")
            if content is not None:
                yield from _under(content, name)
        elif here in _THROUGH:
            yield from _under(one, name)
