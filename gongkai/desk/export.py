"""导出 CSV:带 BOM 好让表格软件认出编码,会被当作公式的格子先变成文字(C92),长的边查边送。"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TYPE = "text/csv; charset=utf-8"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Response = TypeVar("_Response", HttpResponse, StreamingHttpResponse)


class _Line:
    """A file that hands back what is written, so that ``csv.writer`` becomes a generator."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: list[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file, the byte order mark first; characters that UTF-8 cannot hold become question marks."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row]).encode("utf-8", "replace").decode()


def csv_response(name: str, head: list[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV download called ``name``.csv, for tables of some thousand rows."""
    return _download(HttpResponse("".join(csv_lines(head, rows)), content_type=_TYPE), name)


def csv_stream(name: str, head: list[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """The same for tables of any length: each row is sent as it is read."""
    return _download(StreamingHttpResponse(csv_lines(head, rows), content_type=_TYPE), name)


def xlsx_file(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """A workbook of plain tables by sheet name; numbers stay numbers, and no text becomes a formula or a link."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def xlsx_response(name: str, sheets: Mapping[str, Iterable[Iterable[object]]]) -> HttpResponse:
    """A workbook called ``name``.xlsx, with nothing in it that a table program would take for a formula."""
    plain = {title: [[harmless(cell) for cell in row] for row in rows] for title, rows in sheets.items()}
    response = HttpResponse(xlsx_file(plain), content_type=_BOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _download(response: _Response, name: str) -> _Response:
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def harmless(cell: object) -> str:
    """A leading = + - @ or control character would start a formula: an apostrophe goes before it.

    >>> harmless("=1+1"), harmless("明政办发〔2026〕3号"), harmless(None)
    ("'=1+1", '明政办发〔2026〕3号', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in _FORMULA else text
