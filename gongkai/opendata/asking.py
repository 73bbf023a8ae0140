"""网址里的筛选和排序变成引擎的条件;不认得的、写错的各有一句话。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.adapters.datatable.columns import Column, valued
from gongkai.adapters.datatable.engine import OPERATORS, Filter

#: 一次至多几个条件,一个值至多多长。
MOST_FILTERS, MOST_VALUE = 10, 200
#: 再多行的表不按列排序:要读完整列,等得太久。
SORTABLE_ROWS = 2_000_000
WAYS = {"": "等于", "contains": "含有", "gte": "不小于", "lte": "不大于", "gt": "大于", "lt": "小于"}


class Wrong(ValueError):
    """网址里写错的一处;文字给用的人看。"""


def filters_of(params: Mapping[str, str], columns: Sequence[Column]) -> list[Filter]:
    """The conditions that ``name=value`` and ``name__gte=value`` say.

    Raises:
        Wrong: no such column, a comparison that is none, a value that is not of the column's type.
    """
    known = {column.name: column for column in columns}
    found = []
    for key, value in params.items():
        name, _, way = key.partition("__")
        if name not in known:
            raise Wrong(f"没有“{key[:40]}”这个字段或者参数。字段名见 schema.json。")
        found.append(filter_of(known[name], way, value))
    if len(found) > MOST_FILTERS:
        raise Wrong(f"条件太多，一次至多{MOST_FILTERS}个。")
    return found


def filter_of(column: Column, way: str, value: str) -> Filter:
    """One condition. Raises Wrong."""
    if way not in OPERATORS:
        raise Wrong(f"“{way[:20]}”不是比较的写法，可以用：{'、'.join(one for one in OPERATORS if one)}。")
    if len(value) > MOST_VALUE:
        raise Wrong(f"“{column.name}”的值太长，至多{MOST_VALUE}字。")
    if way == "contains":
        return Filter(column, way, value)
    plain = valued(value, column.kind)
    if plain is None or (column.kind != "string" and not plain):
        raise Wrong(f"“{value[:40]}”不是{column.title}（{column.name}）这一列的写法。")
    return Filter(column, way, plain)


@dataclass(frozen=True, slots=True)
class Order:
    """按哪一列排;``-列`` 是从大到小。"""

    column: Column
    descending: bool

    @property
    def key(self) -> str:
        return ("-" if self.descending else "") + self.column.name


def looked_for(params: Mapping[str, str], columns: Sequence[Column]) -> list[Filter]:
    """The one condition of the filter above a table: ``f`` a column, ``w`` a way, ``v`` a value. Raises Wrong."""
    column = next((one for one in columns if one.name == params.get("f")), None)
    value = params.get("v", "").strip()
    return [filter_of(column, params.get("w", ""), value)] if column is not None and value else []


def order_of(text: str, columns: Sequence[Column]) -> Order | None:
    """The order that an address asks for; an unknown one counts as none."""
    name = text.removeprefix("-")
    column = next((one for one in columns if one.name == name), None)
    return Order(column, text.startswith("-")) if column else None
