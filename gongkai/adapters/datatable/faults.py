"""一张表的毛病:是什么、在哪一行哪一列、怎样改;``stops`` 的改好才收。个人信息只说种类和打码的写法。"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from ..personal import is_count, masked, personal_data
from ..readers.opendata.columns import Column as Read
from ..readers.opendata.layout import Layout
from ..readers.opendata.table import Table

#: 一种毛病至多列这么多处,其余的只报数。
SHOWN = 20
MOST_COLUMNS, MOST_CELL = 500, 32_767
_TAG = re.compile(r"</?(?:p|div|span|table|tr|td|a|br|script|style|img|font|b)\b", re.IGNORECASE)
_FORMULA = re.compile(r"\A(?:[=@＝＠\t]|[+\-＋－](?![\d.,\-—－/ ]*\Z))")
_NUMBER_SIGN = re.compile(r"[+-]\d[\d.,\- ]{0,30}\Z")
_MERGED = re.compile(rb'<mergeCell[^>]{0,40} ref="[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_PHONE_NAME = re.compile("电话|热线|传真|联系方式|手机")
_SHEET_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """一处毛病;``line`` 从 1 起,没有行的是 None。"""

    code: str
    message: str
    fix: str
    line: int | None = None
    column: str = ""
    stops: bool = True

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def of_table(table: Table, found: Layout, columns: Sequence[Read]) -> Iterator[Fault]:
    """What is wrong with the shape of the table and in its cells."""
    if not found.data:
        yield Fault("EMPTY", "只有表头，没有数据", "空的表不收，请给有数据的")
    if found.header_row is None and found.data:
        yield Fault("NO_HEADER", "没有表头", "请在第一行写各列的名称", line=1)
    width = len(found.header)
    if max((len(row) for row in table.rows[:200]), default=0) > MOST_COLUMNS:
        yield Fault("TOO_WIDE", f"超过{MOST_COLUMNS}列", "请分成几张表，或者把列改成行")
        return
    seen: dict[str, int] = {}
    for place, title in enumerate(found.header, 1):
        if not title and any(column.place == place - 1 and column.values for column in columns):
            yield Fault("EMPTY_HEADER", f"第{place}列没有名称", "请给这一列起名", line=_line(found.header_row))
        elif title in seen:
            yield Fault(
                "SAME_HEADER",
                f"第{seen[title]}列和第{place}列都叫“{title}”",
                "请改得不一样",
                _line(found.header_row),
                title,
            )
        seen.setdefault(title, place) if title else None
    yield from _most(_ragged(table, found, width))
    for column in columns:
        for check in (_cells, _personal):
            yield from _most(check(column, found))


def _line(number: int | None) -> int | None:
    return None if number is None else number + 1


def _most(faults: Iterator[Fault]) -> Iterator[Fault]:
    """The first of a kind, and how many more there are."""
    more = 0
    last: Fault | None = None
    for number, fault in enumerate(faults):
        if number < SHOWN:
            yield fault
        else:
            more, last = more + 1, fault
    if last is not None:
        yield Fault(last.code, f"另有{more}处同样的", last.fix, None, last.column, last.stops)


def _ragged(table: Table, found: Layout, width: int) -> Iterator[Fault]:
    for number in found.data:
        row = table.rows[number]
        if len(row) > width and any(row[width:]):
            yield Fault(
                "RAGGED",
                f"这一行有{len(row)}格，表头只有{width}格",
                "请核对分隔符、引号，多出来的格删去",
                number + 1,
            )
        elif len(row) < width and table.delimiter:
            yield Fault(
                "RAGGED", f"这一行只有{len(row)}格，表头有{width}格", "请把缺的格补上，空的也要留着", number + 1
            )


def _cells(column: Read, found: Layout) -> Iterator[Fault]:
    for row, cell in zip(found.data, column.cells, strict=True):
        if len(cell) > MOST_CELL:
            yield Fault(
                "LONG_CELL", f"这一格有{len(cell)}个字", f"一格至多{MOST_CELL}字，请拆开", row + 1, column.name
            )
        elif _TAG.search(cell):
            yield Fault("MARKUP", "这一格里有网页的标记", "请只留文字", row + 1, column.name)
        elif _FORMULA.match(cell) and not _NUMBER_SIGN.match(cell):
            yield Fault("FORMULA", "这一格的开头会被表格软件当成公式", "请去掉开头的符号", row + 1, column.name)


def _personal(column: Read, found: Layout) -> Iterator[Fault]:
    """Personal data in the cells: never shown in clear, whatever the column is called."""
    for row, cell in zip(found.data, column.cells, strict=True):
        if len(cell) < 7 or not any(sign.isdigit() for sign in cell):
            continue
        for place in personal_data(cell[:500]):
            if place.label in ("住址", "护照或者通行证号") or is_count(cell, place.start, place.end):
                continue
            if place.label == "银行卡号" and len(column.cells) > 1 and _is_code_like(column):
                continue
            strayed = (
                "，它不在电话一类的列里" if place.label == "手机号" and not _PHONE_NAME.search(column.name) else ""
            )
            said = masked(place.text) if place.label != "银行卡号" else f"{place.text[:4]}……"
            yield Fault(
                "PERSONAL",
                f"这一格里有{place.label}（{said}）{strayed}",
                "请删去、改成办公电话，或者把这一列去掉",
                row + 1,
                column.name,
            )
            break


def _is_code_like(column: Read) -> bool:
    """Long numbers of one kind in every row: codes, of which one in ten passes the check of a bank card."""
    values = column.values
    long = [value for value in values if value.isdigit() and len(value) >= 15]
    return bool(long) and not any(word in column.name for word in ("卡", "账", "帐"))


def merged(data: bytes, name: str, first: int | None) -> Iterator[Fault]:
    """Cells of a workbook that are merged below its header; titles above may be."""
    if not data.startswith(b"PK") or first is None:
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            sheets = sorted(one for one in archive.namelist() if one.startswith("xl/worksheets/sheet"))
            text = archive.open(sheets[0]).read(_SHEET_BYTES) if sheets else b""
    except (zipfile.BadZipFile, KeyError, OSError):
        return
    tail = text[text.rfind(b"<mergeCells") :] if b"<mergeCells" in text else b""
    for found in list(_MERGED.finditer(tail))[: SHOWN + 1]:
        if int(found[2]) > first:
            yield Fault("MERGED", "有合并的单元格", "请取消合并，每一格都填上自己的值", int(found[1]))
            return
