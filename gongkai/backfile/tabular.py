"""上传的表(XLSX、CSV):认出列名那一行,给出下面的各行;底数的清册逐行读成一格。"""

from __future__ import annotations

import csv
from collections.abc import Collection
from typing import Any

from gongkai.adapters import files
from gongkai.adapters.files import Kind as FileKind
from gongkai.adapters.readers.numbers import whole
from gongkai.law.errors import RuleBroken
from gongkai.org.models import Agency

from .terms import Kind

MOST_ROWS = 20_000
_HEAD_WITHIN = 10
#: 清册的列名 → 底数的列;导出的文件原样导得回来。
_COUNTS = {"登记簿": "registered", "归档目录": "filed", "找不到": "lost"}
_WORDS = {"当时的名称": "former_name", "找不到的理由": "lost_reason", "差异的说明": "note"}
_KINDS = {kind.label: kind for kind in Kind}


def read_table(content: bytes, name: str, any_of: Collection[str]) -> tuple[list[str], list[list[str]]]:
    """The column names and the rows below them.

    Args:
        any_of: the row of names is the first that has one of these.

    Raises:
        RuleBroken: no table, or no such row near its top.
    """
    kind = files.kind_of(content)
    if kind not in (FileKind.XLSX, FileKind.CSV, FileKind.TXT):
        raise RuleBroken(f"《{name}》不是表格", fix="请用 XLSX 或者 CSV。")
    text = next((page.text for page in files.pages(content, name)), "").lstrip("\ufeff")
    is_sheet = kind is FileKind.XLSX
    lines = [line.split("\t") for line in text.splitlines()] if is_sheet else list(csv.reader(text.splitlines()))
    for place, line in enumerate(lines[:_HEAD_WITHIN]):
        head = ["".join(cell.split()) for cell in line]
        if set(head) & set(any_of):
            return head, lines[place + 1 : place + 1 + MOST_ROWS]
    raise RuleBroken(f"《{name}》前十行里没有“{next(iter(any_of))}”一列", fix="请核对列名，写在第一行。")


def holdings_of(content: bytes, name: str, agency: Agency) -> list[tuple[int, Kind, dict[str, Any]]]:
    """The cells that a register of counts gives for a unit.

    Raises:
        RuleBroken: which row is wrong, and what is in it; nothing is taken then.
    """
    head, lines = read_table(content, name, ("类别",))
    found, wrong = [], []
    for number, line in enumerate(lines, 1):
        row = dict(zip(head, [cell.strip().lstrip("'") for cell in line], strict=False))
        if not any(row.values()) or row.get("单位", agency.name) not in (agency.name, agency.short_name):
            continue
        year, kind = whole(row.get("年", "")), _KINDS.get(row.get("类别", ""))
        counts = {key: row.get(column, "") for column, key in _COUNTS.items()}
        if not counts["registered"] and not counts["filed"] and counts["lost"] in ("", "0"):
            continue
        bad = [value for value in counts.values() if value and (whole(value) is None or whole(value) < 0)]  # type: ignore[operator]
        if year is None or kind is None or bad:
            said = "、".join(bad) or f"{row.get('年', '')} {row.get('类别', '')}"
            wrong.append(f"第{number}行“{said}”")
            continue
        values: dict[str, Any] = {key: whole(value) if value else None for key, value in counts.items()}
        values["lost"] = values["lost"] or 0
        values |= {key: row[column][:300] for column, key in _WORDS.items() if column in row}
        found.append((year, kind, values))
    if wrong:
        some = "；".join(wrong[:5])
        raise RuleBroken(
            f"有{len(wrong)}行读不出年份、类别或者件数（{some}）", fix="请改正后整张再导入，一行也没有写入。"
        )
    if not found:
        raise RuleBroken(f"《{name}》里没有{agency}的行", fix="请核对“单位”一列；只有一个单位的可以不要这一列。")
    return found
