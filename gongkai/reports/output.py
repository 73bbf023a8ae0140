"""一份年报的各种样子:XLSX、PDF、DOCX、JSON;表都由官方版式(``law.report.grids``)排出,所以处处一样。"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.template.loader import render_to_string

from gongkai.adapters.render import Box, Document, Part, placed
from gongkai.law.report import Grid, Report, grids
from gongkai.law.report.layout import LABELS
from gongkai.law.report.value import Kind

from .figures import row_of


def json_bytes(report: Report) -> bytes:
    """The machine-readable report: one row of exchanged data, text included."""
    return json.dumps(row_of(report), ensure_ascii=False, indent=1).encode()


def document(report: Report, errata: Iterable[str] = ()) -> Document:
    """The six parts in the official order, ready to be set; corrections after them."""
    tables = {"二": 0, "三": 1, "四": 2}
    parts: list[Part] = []
    for section in report.form.sections:
        parts.append(Part("heading", section.heading))
        if section.number in tables:
            grid = grids(report)[tables[section.number]]
            rows = tuple(tuple(Box(one.text, one.rows, one.cols, one.head) for one in row) for row in grid.rows)
            parts.append(Part("table", widths=_widths(grid), rows=rows))
        else:
            parts += [
                Part("text", line) for line in report.sections.get(section.number, "").split("\n") if line.strip()
            ]
    if told := list(errata):
        parts.append(Part("heading", "更正说明"))
        parts += [Part("text", line) for line in told]
    return Document(report.title or f"{report.org}{report.year}年年度报告", report.org, tuple(parts))


def _widths(grid: Grid) -> tuple[float, ...]:
    """Wide where names stand: the first column of table 2, the third of table 3."""
    if grid.table == 3:
        return (0.9, 1.2, 3.2, *(1,) * (grid.width - LABELS))
    return (1.6, *(1,) * (grid.width - 1)) if grid.table == 2 else (1,) * grid.width


def html(report: Report, errata: Iterable[str] = ()) -> str:
    """The body of the published information: headings, paragraphs and tables, every text escaped."""
    return render_to_string("reports/body.html", {"document": document(report, errata)})


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
    for y, x, cell in placed(grid.rows):
        value = cell.value
        is_number = value is not None and value.kind is Kind.NUMBER and value.number is not None
        content: object = float(value.number) if is_number else cell.text  # type: ignore[union-attr,arg-type]
        if cell.rows > 1 or cell.cols > 1:
            sheet.merge_range(y, x, y + cell.rows - 1, x + cell.cols - 1, content, formats[cell.head])
        else:
            sheet.write(y, x, content, formats[cell.head])
