"""表格先看用到多大一块:读法按最远的两格留地方,一格写在最末一行最末一列就要几十 GB。"""

from __future__ import annotations

import io
import re
import zipfile

from .errors import Unreadable
from .limits import Limits

_EMPTY = re.compile(rb"<(?:\w{1,10}:)?c [^<>]*/>")  # 只有格式、没有内容的格不算
_COLUMNS = re.compile(rb"\sr=[\"']([A-Za-z]{1,3})[0-9]{1,7}[\"']")
_ROWS = re.compile(rb"\sr=[\"'][A-Za-z]{0,3}([0-9]{1,7})[\"']")
_SHEET = re.compile(r"xl/worksheets/[^/]{1,100}\.xml")


def sheets_bounded(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a workbook (XLSX) with a sheet whose used cells span more than the limit.

    Raises:
        Unreadable: naming the size of the span.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            spans = [_span(archive.read(one)) for one in archive.namelist() if _SHEET.fullmatch(one)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return  # 读法自己会说已经损坏
    rows, columns = max(spans, key=lambda span: span[0] * span[1], default=(0, 0))
    if rows * columns > limits.cells:
        raise Unreadable(
            name,
            f"工作表占到{rows}行、{columns}列，太大，多半是很远的地方误填了一格",
            "请删去用不着的行和列，另存一份再试",
        )


def _span(xml: bytes) -> tuple[int, int]:
    """The last row and the last column that a cell with content stands in."""
    xml = _EMPTY.sub(b"", xml)
    rows = max(map(int, set(_ROWS.findall(xml))), default=0)
    columns = max((_column(one) for one in set(_COLUMNS.findall(xml))), default=0)
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
