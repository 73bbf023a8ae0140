"""一期的稿子:封面上的字、各篇、大事记、更正、封底。各种成品都从这里来。"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from ..picture import Fitted

#: 版式改了就加一:记号不同了,成品重排。
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Run:
    """一段里样子一样的几个字。``style`` 是空的、``b`` 粗、``sup`` 上标、``sub`` 下标。"""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """正文的一块:``h`` 小标题、``p`` 段落、``li`` 列表的一项、``table`` 表、``img`` 图。``marker`` 是列表的号;
    ``picture`` 是图的散列,``alt`` 是图的说明。"""

    kind: str
    runs: tuple[Run, ...] = ()
    align: str = ""
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: str = ""
    alt: str = ""

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
    def pictures(self) -> tuple[str, ...]:
        """The pictures of its body, in their order."""
        return tuple(block.picture for block in self.blocks if block.picture)

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
        content = json.dumps(
            [LAYOUT, asdict(self, dict_factory=_marked)], ensure_ascii=False, sort_keys=True, default=str
        )
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def digests(self) -> tuple[str, ...]:
        """The pictures of all pieces, each once."""
        return tuple(dict.fromkeys(one for piece in self.pieces for one in piece.pictures))

    def with_pictures(self, pictures: Mapping[str, Fitted]) -> Book:
        """The same book; a picture that is not at hand leaves its words."""

        def shown(block: Block) -> Block:
            if not block.picture or block.picture in pictures:
                return block
            return Block("p", (Run(f"〔图：{block.alt or '见网页'}〕"),))

        return replace(
            self, pieces=tuple(replace(one, blocks=tuple(map(shown, one.blocks))) for one in self.pieces)
        )


def _marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """没有图的稿子,记号同以前的一样。"""
    return {name: value for name, value in pairs if value or name not in ("picture", "alt")}
