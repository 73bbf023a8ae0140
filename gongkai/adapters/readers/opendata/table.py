"""别人的表格文件变成行:先看大小,再认编码和分隔符;Excel 取第一张有内容的工作表。"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass

from ...annual import xlsx
from ...annual.source import Grid
from ...files.bounds import sheets_bounded
from ...files.decode import decoded
from ...files.errors import Unreadable
from ...files.kinds import Kind, kind_of
from ...files.limits import DEFAULT

Rows = list[list[str]]
MOST_ROWS = 500_000
MOST_COLUMNS = 2000
_DELIMITERS = ",\t;|"
_LOOKED_AT = 200  # 认分隔符看多少行
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BOOKS = (Kind.XLSX, Kind.XLS, Kind.ODS)


@dataclass(frozen=True, slots=True)
class Table:
    """一张表。``encoding``、``delimiter`` 只有文字的文件有;``rows`` 连空行,各行格数可以不等。"""

    rows: Rows
    encoding: str | None = None
    bom: bool = False
    delimiter: str | None = None
    notes: tuple[str, ...] = ()


def read_table(data: bytes, name: str) -> Table:
    """Read a table. Raises Unreadable if it is none, is broken, or is over a limit."""
    if len(data) > DEFAULT.file_bytes:
        raise Unreadable(name, "文件太大", "请分成几份再试")
    kind = kind_of(data)
    if kind == Kind.EMPTY:
        raise Unreadable(name, "是空文件", "请找原来的文件")
    if kind in _BOOKS:
        return _book(data, name)
    # 格里有网页的标记、会执行的公式的,也像网页、脚本,哪一格逐一说;网页、脚本自己这样开头
    marked = kind in (Kind.HTML, Kind.SCRIPT) and not data.lstrip().startswith((b"<", b"#!", b"@"))
    if kind not in (Kind.TXT, Kind.CSV) and not marked:
        raise Unreadable(name, "不是表格", "请给出 CSV 或者 XLSX")
    if len(data) > DEFAULT.text_bytes:
        raise Unreadable(name, f"文字超过{DEFAULT.text_bytes // (1024 * 1024)} MB", "请分成几份再试")
    found = decoded(data, name)
    text = found.text.removeprefix("\ufeff")
    marks = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    encoding = "utf-16" if found.encoding.startswith("utf-16") else found.encoding
    delimiter = delimiter_of(text)
    return Table(_split(text, delimiter, name), encoding, bool(marks), delimiter, found.notes)


def delimiter_of(text: str) -> str:
    """The mark between cells: the one which cuts most lines into the same number of cells (more than one)."""
    lines = [line for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    best, most = ",", 0.0
    for mark in _DELIMITERS:
        widths = Counter(_width(line, mark) for line in lines)
        del widths[1]
        if not widths:
            continue
        width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = often / len(lines) + min(width, 20) / 1000
        if score > most:
            best, most = mark, score
    return best


def _width(line: str, mark: str) -> int:
    try:
        return len(next(csv.reader([line[:20_000]], delimiter=mark), []))
    except csv.Error:
        return line.count(mark) + 1


def _split(text: str, delimiter: str, name: str) -> Rows:
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([cell.strip() for cell in row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS:
                raise Unreadable(name, f"超过{MOST_ROWS}行", "请分成几份再试")
    except csv.Error as error:
        raise Unreadable(
            name, f"第{len(rows) + 1}行起引号没有配对或者一格太长", "请补上引号，另存一份再试"
        ) from error
    return rows


def _book(data: bytes, name: str) -> Table:
    sheets_bounded(data, name, DEFAULT)
    for block in xlsx.load(data, name).blocks:
        if isinstance(block, Grid) and any(cell.text for row in block.rows for cell in row):
            rows = [[cell.text for cell in row[:MOST_COLUMNS]] for row in block.rows]
            return Table(_unmerged(rows))
    raise Unreadable(name, "工作簿里没有内容", "请找原来的文件")


def _unmerged(rows: Rows) -> Rows:
    """A title laid over all columns of its merged cell stands in the first one only."""
    return [
        [row[0], *[""] * (len(row) - 1)] if len(row) > 2 and row[0] and len(set(row)) == 1 else row for row in rows
    ]
