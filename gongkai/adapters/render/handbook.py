"""办事一本通的 PDF:封面、三个索引、一事项一页、附录。"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from .pdf import Fonts, compiled


@dataclass(frozen=True, slots=True)
class Entry:
    """索引里的一条:``key`` 是事项的记号。"""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """索引里的一组。"""

    label: str
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """一个索引。"""

    title: str
    groups: tuple[IndexGroup, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """八问里的一问。"""

    question: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """要带的一样;``tick`` 是勾的方框,不用交的没有。"""

    tick: str
    name: str
    count: str
    note: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """一个事项的一页;``qr`` 是 SVG,``foot`` 是本页的数据日期。"""

    key: int
    name: str
    under: str
    notice: str
    answers: tuple[Answer, ...]
    materials: tuple[MaterialRow, ...]
    qr: str
    foot: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """一张附表;``widths`` 是各列的相对宽度。"""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """一本。"""

    title: str
    edition: str
    author: str
    as_of: str
    footer: str
    cover: tuple[str, ...]
    indexes: tuple[Index, ...]
    guides: tuple[GuidePage, ...]
    appendices: tuple[Appendix, ...] = field(default=())


def handbook_pdf(book: Handbook, fonts: Fonts) -> bytes:
    """The PDF (A4, PDF/A-2b)."""
    return compiled("handbook.typ", asdict(book), fonts)
