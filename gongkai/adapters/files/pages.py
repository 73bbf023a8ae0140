"""附件里的字,给检索用:PDF 一页一页,工作簿一张表一张表,Word 和纯文本不分页。读不了的没有字,不报错。"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from python_calamine import CalamineWorkbook

from . import ofd
from .bounds import sheets_bounded
from .decode import decode
from .kinds import Kind, kind_of
from .limits import DEFAULT, Limits
from .pdf import lines_of
from .word import guard, read_docx

_SHEETS = 50
_ROWS = 20_000
_COLUMNS = 200
#: 一份附件最多取这么多字;再长的,后面的找不到。
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """一页的字。``label`` 是“第3页”、“工作表‘收支总表’”,不分页的是空的。"""

    label: str
    text: str


def pages(data: bytes, name: str, *, limits: Limits = DEFAULT) -> list[Page]:
    """The text of a PDF by page, of a workbook by sheet, of a Word file or a plain text as a whole.

    Never fails: what cannot be read (a scan, a broken or locked file, another kind) has no pages.

    Args:
        name: only for the readers' messages.
    """
    reader = _READERS.get(kind_of(data)) if len(data) <= limits.file_bytes else None
    if reader is None:
        return []
    found: list[Page] = []
    room = MOST
    try:
        for page in reader(data, name, limits):
            text = page.text.replace("\0", " ").strip()[:room]
            if text:
                found.append(Page(page.label, text))
                room -= len(text)
            if room <= 0:
                break
    except BaseException as error:  # 第三方读法遇到坏文件什么错都会抛,有的不是 Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
    return found


def _pdf(data: bytes, name: str, limits: Limits) -> Iterator[Page]:
    document = pdfium.PdfDocument(data)
    try:
        for number in range(min(len(document), limits.pages)):
            yield Page(f"第{number + 1}页", "\n".join(lines_of(document, number)))
    finally:
        document.close()


def _ofd(data: bytes, name: str, limits: Limits) -> Iterator[Page]:
    for number, text in enumerate(ofd.texts(data, name, limits), 1):
        yield Page(f"第{number}页", text)


def _docx(data: bytes, name: str, limits: Limits) -> Iterator[Page]:
    yield Page("", read_docx(data, name, limits).text)


def _xlsx(data: bytes, name: str, limits: Limits) -> Iterator[Page]:
    guard(data, name, limits)
    sheets_bounded(data, name, limits)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for title in book.sheet_names[:_SHEETS]:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=True, nrows=_ROWS)
        lines = ("\t".join(cell for value in row[:_COLUMNS] if (cell := _cell(value))) for row in rows)
        yield Page(f"工作表“{title}”", "\n".join(line for line in lines if line))


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value).strip()


def _text(data: bytes, name: str, limits: Limits) -> Iterator[Page]:
    if len(data) <= limits.text_bytes:
        yield Page("", decode(data, name)[0])


_READERS: dict[Kind, Callable[[bytes, str, Limits], Iterator[Page]]] = {
    Kind.PDF: _pdf,
    Kind.OFD: _ofd,
    Kind.DOCX: _docx,
    Kind.XLSX: _xlsx,
    Kind.TXT: _text,
    Kind.CSV: _text,
}
