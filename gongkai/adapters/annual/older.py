"""旧版 Word、WPS、RTF:借公文读法(LibreOffice)转成块,再照块读表。"""

from __future__ import annotations

from ..files import Table
from ..files import read as read_paper
from .source import Grid, Source, Span, expand


def load(data: bytes, name: str) -> Source:
    """Read an older document. Raises Unreadable."""
    document = read_paper(data, name)
    blocks: list[str | Grid] = []
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.append(
                expand([Span(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in block.rows)
            )
        else:
            blocks += [line for line in block.text.split("\n") if line.strip()]
    return Source(tuple(blocks), str(document.meta.get("title", "")))
