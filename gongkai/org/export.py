"""导出 CSV:带 BOM 好让表格软件认出编码,会被当作公式的格子先变成文字(C92)。"""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, head: list[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV download called ``name``.csv."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(head)
    for row in rows:
        writer.writerow([harmless(str(cell)) for cell in row])
    return response


def harmless(cell: str) -> str:
    """A leading = + - @ or control character would start a formula: put an apostrophe before it.

    >>> harmless("=1+1"), harmless("明政办发〔2026〕3号")
    ("'=1+1", '明政办发〔2026〕3号')
    """
    return f"'{cell}" if cell[:1] in _FORMULA else cell
