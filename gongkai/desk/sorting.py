"""清单按列排序:列头点了按什么排、现在的方向;排法写在网址里。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """一种排法:说明、按哪些列(``desk.paging`` 的 ``keys``)、升还是降。"""

    label: str
    keys: tuple[str, ...]
    ascending: bool


@dataclass(frozen=True, slots=True)
class Head:
    """一个列头:名称、点了按什么排(空的不能排)、现在的方向(``aria-sort`` 的值,空的不是按它排)。"""

    label: str
    key: str
    way: str


#: 列名和它可以按的几种排法;没有排法的不能排。
Columns = Sequence[tuple[str, Sequence[str]]]


def chosen(orders: Mapping[str, Order], given: str | None) -> str:
    """The key of the order that an address asks for; an unknown one counts as none."""
    return given if given in orders else ""


def heads(orders: Mapping[str, Order], columns: Columns, current: str) -> list[Head]:
    """The heads of a list that is sorted by ``current``: a press turns the order round or sorts by that column."""
    return [
        Head(
            label,
            next((key for key in keys if key != current), ""),
            next(("ascending" if orders[key].ascending else "descending" for key in keys if key == current), ""),
        )
        for label, keys in columns
    ]
