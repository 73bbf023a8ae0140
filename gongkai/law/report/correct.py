"""订正表:由各分项重算合计,空白和不适用改填0,供填报人核对后照抄。分项对不对,只有填报人知道,一概不动。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from .facts import Line, Report
from .value import Kind, Value, number

PARTS = -1  # 每一行的合计在最后一格,前面的都是分项


@dataclass(frozen=True, slots=True)
class Change:
    """改了哪一格:表2、3、4,行,第几个数,原来和现在。"""

    table: int
    row: str
    index: int
    old: Value
    new: Value


def corrected(report: Report) -> tuple[Report, tuple[Change, ...]]:
    """The report with every total recounted from its parts and every blank count put to 0.

    Only what is known is touched: a line with an unreadable part keeps its total, a missing line stays missing.

    >>> from .exchange import from_row
    >>> fixed, changes = corrected(from_row({"year": 2025, "cells": {"一、本年新收": [3, "", 0, 0, 0, 0, 9]}}))
    >>> fixed.cells()["一、本年新收"], [(c.old.plain, c.new.plain) for c in changes]
    ([3, 0, 0, 0, 0, 0, 3], [(None, 0), (9, 3)])
    """
    table2 = {key: _filled(line) for key, line in report.table2.items()}
    table3 = _sum_outcomes(report, {key: _filled(line) for key, line in report.table3.items()})
    table3 = {key: _totalled(line) for key, line in table3.items()}
    table4 = {key: _totalled(_filled(line)) for key, line in report.table4.items()}
    changes = [
        Change(table, key, index, was, now)
        for table, old, new in (
            (2, report.table2, table2),
            (3, report.table3, table3),
            (4, report.table4, table4),
        )
        for key, line in old.items()
        for index, (was, now) in enumerate(zip(line, new[key], strict=True))
        if was is not None and now is not None and was.plain != now.plain
    ]
    return replace(report, table2=table2, table3=table3, table4=table4), tuple(changes)


def _filled(line: Line) -> Line:
    """Blank and not applicable become 0; what was never read stays unknown."""
    return tuple(
        number(0) if value is not None and value.kind in (Kind.EMPTY, Kind.NOT_APPLICABLE) else value
        for value in line
    )


def _totalled(line: Line) -> Line:
    amount = _sum(line[:PARTS])
    return line if amount is None else (*line[:PARTS], number(amount))


def _sum_outcomes(report: Report, table: dict[str, Line]) -> dict[str, Line]:
    """Row （七）总计 from the rows of outcomes, column by column, where each of them is known."""
    keys = report.form.outcomes
    if "tot" not in table or any(key not in table for key in keys):
        return table
    sums = [_sum(column) for column in zip(*(table[key] for key in keys), strict=True)]
    line = tuple(old if new is None else number(new) for old, new in zip(table["tot"], sums, strict=True))
    return table | {"tot": line}


def _sum(values: Line) -> Decimal | None:
    amounts = [value.sum if value else None for value in values]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
