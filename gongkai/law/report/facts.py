"""一份年度报告的事实:三张表、各部分文字、公布日。来自读出的文件,或者来自一行交换数据。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .agency import clean
from .finding import Finding
from .form import Form
from .value import Value

Line = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """一份年度报告。

    三张表都是 行key → 一行;格为 ``None`` 表示不知道(数据里没有),不同于空白。``whole`` 是声称完整的表的
    序号,其中缺的行才算缺行。``sections`` 以“一”至“六”为键,空表示没有文字;``headings`` 是原样标题;
    ``brief`` 是没有分部分的一段叙述摘要。``remarks`` 是读的时候已经发现的问题;
    ``ref`` 是交换数据里的编号,原样带回。
    """

    org: str
    year: int | None
    form: Form
    table2: Mapping[str, Line] = field(default_factory=dict)
    table3: Mapping[str, Line] = field(default_factory=dict)
    table4: Mapping[str, Line] = field(default_factory=dict)
    whole: frozenset[int] = frozenset()
    sections: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    brief: str = ""
    published_on: date | None = None
    remarks: tuple[Finding, ...] = ()
    ref: str = ""

    @property
    def on(self) -> date:
        """The day whose rules apply: 1 January after the reported year."""
        return date(min(max(self.year or 2023, 2008), 9000) + 1, 1, 1)

    def value(self, key: str, column: str) -> Value | None:
        """A cell of table 3; ``None`` if not known."""
        line = self.table3.get(key)
        index = next(i for i, c in enumerate(self.form.columns) if c.key == column)
        return line[index] if line and index < len(line) else None

    def cells(self) -> dict[str, Any]:
        """Table 3 by short row name: seven values, or one where only the total is known."""
        return {row.short: _plain(self.table3[row.key]) for row in self.form.rows if row.key in self.table3}

    def disclosures(self) -> dict[str, Any]:
        """Table 2 by short row name."""
        return {
            row.short: _unwrap(_plain(self.table2[row.key]))
            for row in self.form.disclosures
            if row.key in self.table2
        }

    def remedies(self) -> dict[str, Any]:
        """Table 4 by block."""
        return {row.short: _plain(self.table4[row.key]) for row in self.form.remedies if row.key in self.table4}


def _plain(line: Line) -> Any:
    if len(line) > 1 and all(value is None for value in line[:-1]):
        return line[-1].plain if line[-1] else None
    return [value.plain if value else None for value in line]


def _unwrap(plain: Any) -> Any:
    return plain[0] if isinstance(plain, list) and len(plain) == 1 else plain


def agency_key(org: str) -> str:
    """Names of one agency give one key, brackets and 人民政府 apart.

    >>> agency_key("洪泽区人民政府"), agency_key("洪泽区（全区汇总）")
    ('洪泽区', '洪泽区')
    """
    return re.sub(r"(人民政府|政府)$", "", clean(org))
