"""年度报告的格式:部分、三张表的行和列、表内勾稽关系。数据在 ``data/forms/<年>.toml``。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import NotInForce
from ..sources import cite

FORMS = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Section:
    """六部分之一。"""

    number: str
    title: str

    @property
    def heading(self) -> str:
        return f"{self.number}、{self.title}"


@dataclass(frozen=True, slots=True)
class Row:
    """一行:``label`` 是官方行名,``path`` 是它前面的合并格,``short`` 是数据交换用的短行名。"""

    key: str
    label: str
    short: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """第二部分的一块(条例第二十条的一项)。``kinds`` 与列对应:count 件数,money 金额,signed 可增可减。"""

    title: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """勾稽关系:``left`` 各项之和等于 ``right`` 各项之和。``along`` 为 row 或 column。"""

    id: str
    table: int
    along: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """一组几行写成一行时:整行的数记入 ``into``,``empty`` 各行记0;``official`` 表示本格式就是这样。"""

    group: str
    label: str
    into: str
    empty: tuple[str, ...]
    official: bool


@dataclass(frozen=True, slots=True)
class Form:
    """一种报告格式。``certainty`` 为 R 表示行列未经原文核对。"""

    key: str
    label: str
    source: str
    certainty: str
    first_year: int
    title: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    note: str
    head: str
    group: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    outcomes: tuple[str, ...]
    remedies: tuple[Row, ...]
    remedy_columns: tuple[str, ...]
    identities: tuple[Identity, ...]
    merged: Merged
    by_short: dict[str, Row] = field(default_factory=dict)

    @property
    def basis(self) -> str:
        return cite(self.source)

    def row(self, key: str) -> Row:
        """The row of table 3 with this key. Raises KeyError."""
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)

    def block_of(self, key: str) -> Block:
        """The block of table 2 that holds a row. Raises KeyError."""
        for block in self.blocks:
            if any(row.key == key for row in block.rows):
                return block
        raise KeyError(key)

    @property
    def disclosures(self) -> tuple[Row, ...]:
        """Every row of table 2 in order."""
        return tuple(row for block in self.blocks for row in block.rows)


@cache
def form(key: str) -> Form:
    """A form by its key, ``2019`` or ``2021``. Raises KeyError."""
    if key not in FORMS:
        raise KeyError(key)
    own = _load(key)
    raw = (_load(own["base"]) | own) if "base" in own else own
    rows = tuple(_row(entry) for entry in raw["row"])
    identities = tuple(
        Identity(entry["id"], entry["table"], entry["along"], tuple(entry["left"]), tuple(entry["right"]))
        for entry in raw["identity"]
    )
    blocks = tuple(
        Block(
            entry["title"],
            tuple(entry["columns"]),
            tuple(entry["kinds"]),
            tuple(_row(row) for row in entry["rows"]),
        )
        for entry in raw["block"]
    )
    remedies = tuple(_row(entry) for entry in raw["table4"]["blocks"])
    merged = raw["merged"]
    return Form(
        key=own["key"],
        label=own["label"],
        source=own["source"],
        certainty=own["certainty"],
        first_year=own["first_year"],
        title=raw["title"],
        sections=tuple(Section(entry["number"], entry["title"]) for entry in raw["section"]),
        blocks=blocks,
        note=raw["table3"]["note"],
        head=raw["table3"]["head"],
        group=raw["table3"]["group"],
        columns=tuple(Column(c["key"], c["label"], c.get("grouped", False)) for c in raw["column"]),
        rows=rows,
        outcomes=next(identity.left for identity in identities if identity.id == "E2"),
        remedies=remedies,
        remedy_columns=tuple(raw["table4"]["columns"]),
        identities=identities,
        merged=Merged(
            merged["group"], merged["label"], merged["into"], tuple(merged["empty"]), merged["official"]
        ),
        by_short={row.short: row for row in rows},
    )


def form_of(year: int) -> Form:
    """The form that a report on this year must use.

    Raises:
        NotInForce: before 2019 no national form was laid down.

    >>> form_of(2020).key, form_of(2024).label
    ('2019', '2021年格式')
    """
    usable = [form(key) for key in FORMS if form(key).first_year <= year]
    if not usable:
        raise NotInForce(
            f"{year}年的年度报告还没有全国统一的表格",
            source=cite("report2019"),
            fix="请只校验2019年度及以后的报告。",
        )
    return usable[-1]


def _load(key: str) -> dict[str, Any]:
    return tomllib.loads(files("gongkai.law").joinpath(f"data/forms/{key}.toml").read_text("utf-8"))


def _row(entry: dict[str, Any]) -> Row:
    return Row(entry["key"], entry["label"], entry["short"], tuple(entry.get("path", ())))
