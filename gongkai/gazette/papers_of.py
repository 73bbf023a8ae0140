"""通报排成 DOCX、PDF 用的一份数据。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.adapters.render import Box, Document, Part
from gongkai.desk.moments import local_day
from gongkai.law.marks import long_day

from .models import Notice


def notice(notice: Notice, author: str, rows: Iterable[Sequence[str]], head: Sequence[str]) -> Document:
    """The circular: its words, then the table."""
    table = [tuple(Box(cell, head=True) for cell in head), *(tuple(Box(cell) for cell in row) for row in rows)]
    day = local_day(notice.issued_at)
    parts = [Part("text", line) for line in notice.words.splitlines() if line.strip()]
    parts += [
        Part("heading", "各单位报送刊登情况"),
        Part("table", widths=(3.2, *(1.0,) * (len(head) - 1)), rows=tuple(table)),
        Part(
            "text",
            "报送率是按期报送（含零报告）的月数占应报的月数；刊登率是已登的占必登、应登的；时滞是成文到刊登的天数。",
        ),
        Part("text", f"{author}　{long_day(day)}"),
    ]
    return Document(str(notice), author, tuple(parts))
