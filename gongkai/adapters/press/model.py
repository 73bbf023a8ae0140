"""一期的稿子:封面上的字、各篇、大事记、更正、封底。各种成品都从这里来。"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

#: 版式改了就加一:记号不同了,成品重排。
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Run:
    """一段里样子一样的几个字。``style`` 是空的、``b`` 粗、``sup`` 上标、``sub`` 下标。"""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """正文的一块:``h`` 小标题、``p`` 段落、``li`` 列表的一项、``table`` 表。``marker`` 是列表的号。"""

    kind: str
    runs: tuple[Run, ...] = ()
    align: str = ""
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words, cells apart by blanks."""
        if self.kind == "table":
            return "\n".join(" ".join(row) for row in self.rows)
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Piece:
    """一篇。撤下了的只有 ``notice``,没有正文;``first`` 是以前排定的起页,没有排过的是0。"""

    position: int
    section: str
    title: str
    doc_number: str = ""
    issuer: str = ""
    meta: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    notice: str = ""
    first: int = 0

    @property
    def text(self) -> str:
        """The words of its body."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Book:
    """一期。``day`` 是出版日,还没有定的是 None;``address`` 是网址。"""

    name: str
    number: str
    running: str
    sponsor: str
    editor: str
    statement: str
    colophon: tuple[str, ...]
    address: str
    identifier: str
    day: date | None
    pieces: tuple[Piece, ...]
    chronicle: tuple[tuple[str, str], ...] = ()
    corrections: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.name} {self.number}{self.running}"

    @property
    def mark(self) -> str:
        """Tells this text and layout from every other."""
        content = json.dumps([LAYOUT, asdict(self)], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()
