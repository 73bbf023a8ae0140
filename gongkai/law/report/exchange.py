"""交换数据:一行 JSON(``annual.dev.jsonl`` 那样的)变成一份报告的事实。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from . import labels
from .facts import Line, Report
from .finding import Finding, found
from .form import Form, form, form_of
from .value import Value, read

WHOLE = 20  # 至少有这么多整行,才当作一张完整的表三


def from_row(row: Mapping[str, Any]) -> Report:
    """A report from one row of exchanged data: ``org``, ``year``, ``cells`` and, where known, ``columns``,
    ``complete_table``, ``table2``, ``table4``, ``table_head``, ``narrative``, ``sections``, ``headings``, ``published``.

    Anything odd in the row becomes a remark, never an exception.
    """
    year = _year(row.get("year"))
    remarks: list[Finding] = []
    disclosed = _mapping(row.get("table2"))
    of = _form(year, disclosed, row.get("form"), remarks)
    cells = _mapping(row.get("cells"))
    head = _mapping(row.get("table_head"))
    full = sum(isinstance(value, list) for value in cells.values())
    complete = row.get("complete_table")
    whole = bool(complete) if isinstance(complete, bool) else full >= WHOLE
    table3 = _table3(of, cells, head, _columns(of, row.get("columns"), remarks), whole, remarks)
    table2 = _lines(of, {k: v for k, v in head.items() if not labels.short_key(of, k)} | disclosed, remarks)
    table4 = _table4(of, _mapping(row.get("table4")), remarks)
    return Report(
        org=str(row.get("org") or ""),
        year=year,
        form=of,
        table2=table2,
        table3=table3,
        table4=table4,
        whole=frozenset({3}) if whole else frozenset(),
        sections={str(k): str(v) for k, v in _mapping(row.get("sections")).items() if v},
        headings={str(k): str(v) for k, v in _mapping(row.get("headings")).items() if v},
        brief=str(row.get("narrative") or ""),
        title=str(row.get("title") or ""),
        published_on=_day(row.get("published")),
        remarks=tuple(remarks),
        ref=str(row.get("_id") or ""),
    )


def to_row(report: Report, findings: Iterable[Finding] | None = None) -> dict[str, Any]:
    """A report as one row of exchanged data, the reverse of ``from_row``; with its findings if given."""
    row: dict[str, Any] = {
        "org": report.org,
        "year": report.year,
        "form": report.form.key,
        "title": report.title,
        "published": report.published_on.isoformat() if report.published_on else None,
        "cells": report.cells(),
        "table2": report.disclosures() or None,
        "table4": report.remedies() or None,
    }
    if report.ref:
        row["_id"] = report.ref
    if findings is not None:
        row["findings"] = [finding.as_dict() for finding in findings]
    return row


def _year(raw: object) -> int | None:
    digits = re.search(r"(?:19|20)\d\d", str(raw))
    return int(digits[0]) if digits and not isinstance(raw, bool) else None


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        return None


def _mapping(raw: object) -> dict[str, Any]:
    return {str(key): value for key, value in raw.items()} if isinstance(raw, Mapping) else {}


def _form(year: int | None, disclosed: Mapping[str, Any], named: object, remarks: list[Finding]) -> Form:
    """The form in use: by the year, unless table 2 is plainly of another one."""
    due = form_of(max(year or 2021, 2019))
    old = form("2019")
    used = due
    if str(named) in ("2019", "2021"):
        used = form(str(named))
    elif "2019" in str(disclosed.get("格式")) or {"行政事业性收费(项)", "其他对外管理服务事项"} & set(disclosed):
        used = old
    if used is not due:
        remarks.append(wrong_form(year, used, due))
    return used


def wrong_form(year: int | None, used: Form, due: Form) -> Finding:
    """The report uses a form that is not in force for its year."""
    return found(
        "E14",
        "表二",
        f"{year}年度报告用的是{used.label}，应当使用{due.label}（依据{due.basis}）。",
        expected=due.label,
        actual=used.label,
        remedy="请改用现行格式重新填报。",
    )


def _columns(of: Form, raw: object, remarks: list[Finding]) -> list[int] | None:
    """Where each given column goes; ``None`` if the columns are the official ones or not named."""
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        return None
    places: list[int] = []
    for name in raw:
        column = labels.match_column(of, str(name))
        if column is None or of.columns.index(column) in places:
            return None
        places.append(of.columns.index(column))
    for index, column in enumerate(of.columns):
        if index not in places:
            remarks.append(
                found("E7", f"表三/{column.label}", f"表三缺少“{column.label}”一列。", expected=column.label)
            )
    if places == sorted(places) and len(places) == len(of.columns):
        return None
    if places != sorted(places):
        remarks.append(found("E14", "表三/列名", "表三各列的顺序与官方格式不一致。"))
    return places


def _table3(
    of: Form,
    cells: Mapping[str, Any],
    head: Mapping[str, Any],
    places: list[int] | None,
    whole: bool,
    remarks: list[Finding],
) -> dict[str, Line]:
    table: dict[str, Line] = {}
    order: list[int] = []
    keys = [row.key for row in of.rows]
    for name, raw in (dict(cells) | {k: v for k, v in head.items() if labels.short_key(of, k)}).items():
        key = labels.short_key(of, name)
        if not key:
            remarks.append(
                found("E14", f"表三/{name}", f"表三有一行“{name}”，官方格式里没有这一行。", actual=name)
            )
            continue
        if key in table and name in cells:
            remarks.append(found("E14", f"表三/{name}", f"表三的“{name}”一行出现两次。"))
            continue
        order.append(keys.index(key))
        line = _line(of, key, raw, places, whole, remarks)
        if line:
            table[key] = line
    if whole and order != sorted(order):
        remarks.append(found("E14", "表三/行名", "表三各行的顺序与官方格式不一致。"))
    return table


def _line(
    of: Form, key: str, raw: Any, places: list[int] | None, whole: bool, remarks: list[Finding]
) -> Line | None:
    width = len(of.columns)
    short = of.row(key).short
    if isinstance(raw, Mapping):
        by_column = {c.key: v for name, v in raw.items() if (c := labels.match_column(of, str(name)))}
        return tuple(read(by_column[c.key]) if c.key in by_column else None for c in of.columns)
    if not isinstance(raw, list | tuple):
        if raw is None and not whole:
            return None
        return (*(None,) * (width - 1), read(raw))
    if places is not None and len(raw) == len(places):
        line: list[Value | None] = [None] * width
        for index, value in zip(places, raw, strict=True):
            line[index] = read(value)
        return tuple(line)
    if len(raw) != width:
        word = "缺少" if len(raw) < width else "多出"
        remarks.append(
            found(
                "E7",
                f"表三/{short}",
                f"表三“{short}”一行应有{width}格，实有{len(raw)}格，{word}{abs(width - len(raw))}格，各列对不上。",
                expected=width,
                actual=len(raw),
                remedy="请补齐该行各列，没有发生的填0。",
            )
        )
        return (None,) * width
    return tuple(read(value) for value in raw)


def _lines(of: Form, raw: Mapping[str, Any], remarks: list[Finding]) -> dict[str, Line]:
    """Table 2; a single value stands for the last count of the block."""
    table: dict[str, Line] = {}
    for name, value in raw.items():
        row = labels.match_disclosure(of, name)
        if row is None:
            continue
        block = of.block_of(row.key)
        width = len(block.columns)
        given = list(value) if isinstance(value, list | tuple) else [value]
        if len(given) == 1 and width > 1:
            place = 0 if row.key in ("charge", "purchase") else width - 1
            table[row.key] = tuple(read(given[0]) if i == place else None for i in range(width))
        elif len(given) == width:
            table[row.key] = tuple(read(item) for item in given)
        else:
            remarks.append(_short_line("表二", row.short, width, len(given)))
    return table


def _table4(of: Form, raw: Mapping[str, Any], remarks: list[Finding]) -> dict[str, Line]:
    table: dict[str, Line] = {}
    for name, value in raw.items():
        row = labels.match_remedy(of, name)
        if row is None or value is None:
            continue
        given = list(value) if isinstance(value, list | tuple) else [value]
        if len(given) == 5:
            table[row.key] = tuple(read(item) for item in given)
        elif len(given) == 1:
            table[row.key] = (None, None, None, None, read(given[0]))
        else:
            remarks.append(_short_line("表四", row.short, 5, len(given)))
    return table


def _short_line(table: str, name: str, width: int, given: int) -> Finding:
    return found(
        "E7",
        f"{table}/{name}",
        f"{table}“{name}”应有{width}格，实有{given}格。",
        expected=width,
        actual=given,
        remedy="请补齐各格，没有发生的填0。",
    )
