"""把年报的三张表排成 XLSX:官方版式,合并格照样;给人核对、照抄。"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from gongkai.law.report import Grid, Report, grids
from gongkai.law.report.value import Kind


def xlsx(report: Report) -> bytes:
    """A workbook with one sheet for each table; numbers are numbers, everything else is text."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        style = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        formats = {
            True: book.add_format(style | {"bold": True, "align": "center"}),
            False: book.add_format(style | {"align": "right"}),
        }
        for grid, name in zip(grids(report), ("第二部分", "第三部分", "第四部分"), strict=True):
            _sheet(book.add_worksheet(name), grid, formats)
    return buffer.getvalue()


def _sheet(sheet: Any, grid: Grid, formats: dict[bool, Any]) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, grid.width - 1, 13)
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            value = cell.value
            is_number = value is not None and value.kind is Kind.NUMBER and value.number is not None
            content: object = float(value.number) if is_number else cell.text  # type: ignore[union-attr,arg-type]
            if cell.rows > 1 or cell.cols > 1:
                sheet.merge_range(y, x, y + cell.rows - 1, x + cell.cols - 1, content, formats[cell.head])
                taken |= {(y + dy, x + dx) for dy in range(cell.rows) for dx in range(cell.cols)}
            else:
                sheet.write(y, x, content, formats[cell.head])
            x += cell.cols
