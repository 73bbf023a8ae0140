"""核算考核指标表:各级分值之和。只有节选的,小于上级分值不算错,大于的算。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gongkai.adapters.readers.numbers import figure

#: 再深的不是考核表。
DEEPEST = 12
Node = Mapping[str, Any]


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """``sum_top`` and ``sum_ok`` of the whole table, ``group_sums`` of every group whose weights are all known."""
    complete = row.get("complete") is True
    tops = _nodes(row.get("rows"))
    total = _sum(tops)
    stated = figure(row.get("stated_total"))
    known = complete and total is not None and stated is not None
    return {
        "sum_top": None if total is None else f"{total:f}",
        "sum_ok": total == stated if known else None,
        "group_sums": [group for node in tops for group in _groups(node, complete, DEEPEST)],
    }


def _groups(node: Node, complete: bool, depth: int) -> Iterator[dict[str, Any]]:
    children = _nodes(node.get("children"))
    total, weight = _sum(children), figure(node.get("weight"))
    if children and total is not None and weight is not None:
        partial = not complete and total < weight
        yield {
            "code": node.get("code"),
            "name": node.get("name"),
            "weight": node.get("weight"),
            "children_sum": f"{total:f}",
            "partial_group": partial,
            "ok": None if partial else total == weight,
        }
    if depth:
        for child in children:
            yield from _groups(child, complete, depth - 1)


def _nodes(value: object) -> list[Node]:
    return [node for node in value if isinstance(node, Mapping)] if isinstance(value, list) else []


def _sum(nodes: list[Node]) -> Decimal | None:
    weights = [figure(node.get("weight")) for node in nodes]
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if nodes and len(known) == len(weights) else None
