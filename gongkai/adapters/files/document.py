"""读出来的文件:不论原来是什么格式,都是一串干净的块。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .kinds import Kind


@dataclass(frozen=True, slots=True)
class Heading:
    """标题,``level`` 从1起。``size`` 是字号(磅,0 是不知道),``apart`` 是前面空着一行。"""

    text: str
    level: int = 1
    size: float = field(default=0.0, compare=False)
    apart: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落。``align`` 是 ``""``、``"center"`` 或 ``"right"``(落款常居右);``size``、``apart`` 同标题的。"""

    text: str
    align: str = ""
    size: float = field(default=0.0, compare=False)
    apart: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """表格的一格。"""

    text: str
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """表格,逐行逐格。"""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def text(self) -> str:
        """Rows on lines, cells apart by tabs."""
        return "\n".join("\t".join(cell.text.replace("\n", " ") for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Items:
    """列表;``ordered`` 表示原来自动编号,编号已写进文字。"""

    lines: tuple[str, ...]
    ordered: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


Block = Heading | Paragraph | Table | Items


@dataclass(frozen=True, slots=True)
class Link:
    """正文里链接的附件。"""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Document:
    """一份读出来的文件。

    ``blocks`` 是正文;``page`` 是整页可见的文字(网页的要素栏常在正文之外),默认与正文相同;
    ``meta`` 是容器里的元数据(网页 meta 标签、文档属性),只作旁证;``notes`` 是读的过程中的提示。
    """

    name: str
    kind: Kind
    blocks: tuple[Block, ...]
    page: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks as plain text, one a line."""
        return "\n".join(block.text for block in self.blocks)
