"""标准目录导出 XLSX:两行表头,一级事项、依据这些原来合并的照样合并,再导入读得回来。"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from gongkai.adapters.readers.standards.columns import UNDER

from .models import Row, Standard

#: 列:名称、字段、宽度;打勾的列下面分子列。
TEXTS = (
    ("序号", "number", 6),
    ("一级事项", "level1", 14),
    ("二级事项", "level2", 18),
    ("三级事项", "level3", 18),
    ("公开内容", "content", 36),
    ("公开依据", "basis", 36),
    ("公开时限", "due_text", 22),
    ("公开主体", "subject", 18),
    ("公开渠道和载体", "channel_text", 28),
)
TICKS = (
    ("公开对象", "audience", ("全社会", "特定群体")),
    ("公开方式", "way", ("主动", "依申请")),
    ("公开层级", "levels", ("市级", "县级", "乡级", "村级")),
)
#: 只有相邻的行相同才合并的列。
_MERGING = {"序号", "一级事项", "二级事项", "公开依据", "公开时限", "公开主体", "公开渠道和载体"}


def columns(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """(parent, child, field) of each column; a third level only where a row has one."""
    has_third = any(row.level3 for row in rows)
    out = []
    for name, field, _ in TEXTS:
        if name == "三级事项" and not has_third:
            continue
        out.append(("公开事项", name, field) if name.endswith("级事项") else (name, "", field))
    for parent, field, usual in TICKS:
        known = [name for name in usual if name in UNDER[parent]]
        more = [name for row in rows for name in (getattr(row, field) or {}) if name not in known]
        out += [(parent, child, field) for child in (*known, *dict.fromkeys(more))]
    return out


def cell(row: Row, child: str, field: str) -> str:
    """What stands in a cell."""
    value: Any = getattr(row, field)
    if isinstance(value, str):
        return value
    ticked = (value or {}).get(child)
    return "√" if ticked is True else str(ticked or "")


def xlsx(standard: Standard, rows: Sequence[Row]) -> bytes:
    """The workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(standard.area.name[:31])
        head = book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        body = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
        title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        places = columns(rows)
        widths = {name: width for name, _, width in TEXTS}
        sheet.merge_range(0, 0, 0, len(places) - 1, str(standard), title)
        for x, (parent, child, _) in enumerate(places):
            sheet.set_column(x, x, widths.get(child or parent, 7))
        _head(sheet, places, head)
        for x, (parent, child, field) in enumerate(places):
            _column(sheet, x, [cell(row, child, field) for row in rows], rows, child or parent, body)
        sheet.freeze_panes(3, 3)
        sheet.repeat_rows(1, 2)
        sheet.set_landscape()
        sheet.set_paper(8)
    return buffer.getvalue()


def _head(sheet: Any, places: Sequence[tuple[str, str, str]], style: Any) -> None:
    x = 0
    while x < len(places):
        parent, child, _ = places[x]
        if not child:
            sheet.merge_range(1, x, 2, x, parent, style)
            x += 1
            continue
        end = x
        while end < len(places) and places[end][0] == parent:
            sheet.write(2, end, places[end][1], style)
            end += 1
        if end - x > 1:
            sheet.merge_range(1, x, 1, end - 1, parent, style)
        else:
            sheet.write(1, x, parent, style)
        x = end


def _column(sheet: Any, x: int, cells: Sequence[str], rows: Sequence[Row], name: str, style: Any) -> None:
    """One column; cells that were merged with the one above are merged again."""
    y = 0
    while y < len(cells):
        end = y + 1
        while end < len(cells) and name in _MERGING and name in rows[end].merged and cells[end] == cells[y]:
            end += 1
        if end - y > 1:
            sheet.merge_range(y + 3, x, end + 2, x, cells[y], style)
        else:
            sheet.write_string(y + 3, x, cells[y], style)
        y = end
