"""纯文本:网页抄下来的文字。竖线、制表符隔开的行当表格,其余当文字。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..files.decode import decode
from .html import day_in
from .source import Grid, Source, Span, expand

_RULE = re.compile(r"\A[\s|:+]*+(?:[-=_]{1,2}(?![-=_])[\s|:+]*+)*+[-=_]{3}[\s|:+=_-]*+\Z")
_MARKED = re.compile(
    r"(?:发布时间|发布日期|公开日期|发文日期|成文日期|生成日期|时间|日期)\s*[:：]\s*(20\d\d[^\n]{4,20})"
)
FEWEST = 3  # 一行里至少有这么多格才当表格的行


def load(data: bytes, name: str) -> Source:
    """Read a text. Raises Unreadable if the bytes are no text."""
    text = decode(data, name)[0]
    marked = _MARKED.search(text[:4000])
    return Source(tuple(_blocks(text)), published_on=day_in(marked[1]) if marked else None)


def _blocks(text: str) -> Iterator[str | Grid]:
    rows: list[list[Span]] = []
    for line in text.split("\n"):
        cells = _cells(line)
        if len(cells) >= FEWEST:
            rows.append([Span(cell) for cell in cells])
            continue
        if rows and (_RULE.fullmatch(line) or not line.strip()):
            continue
        if rows:
            yield expand(rows)
            rows = []
        if line.strip():
            yield line.strip()
    if rows:
        yield expand(rows)


def _cells(line: str) -> list[str]:
    """The cells of a row; an outer bar at either end is a frame, a lone trailing bar ends a cell."""
    if _RULE.fullmatch(line):
        return []
    if "|" in line or "｜" in line:
        line = line.replace("｜", "|").strip()
        inner = line[1:] if line.startswith("|") and not line.startswith("| |") else line
        inner = inner[:-1] if inner.endswith("|") else inner
        cells = [cell.strip() for cell in inner.split("|")]
        return cells if any(cells) else []
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return []
