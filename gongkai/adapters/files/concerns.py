"""一个文件给出去以前要人看一眼的地方:看不见的内容(C72)、像个人信息的文字;读不出的说没有查,不当作没有。"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from ..personal import personal_data
from .archive import members
from .bounds import sheets_bounded
from .decode import decode
from .ending import bounded
from .errors import Unreadable
from .hidden import hidden
from .kinds import IMAGES, MEDIA, Kind, kind_of
from .limits import DEFAULT, MIB
from .reading import read

#: 至多看这么多行。
_ROWS = 50_000
#: 一个部件、全部文字至多看这么多字。
_MOST = 20 * MIB
#: 公文里每个部件都看:正文、页眉页脚、脚注、批注、文本框,隐藏和删去的也在里面。
_PARTS = re.compile(
    r"(?:word|ppt/slides|ppt/notesSlides|xl/drawings|xl/threadedComments)/[^/]{1,80}\.xml|xl/comments\d{0,4}\.xml"
)
_BREAK = re.compile(r"</(?:w|a):p>|<(?:w|a):(?:br|tab)\b[^<>]*>|</(?:t|si|comment)>")
_TAG = re.compile(r"<[^<>]*>")
_UNREAD = "，没有查个人信息，请打开看过"


def concerns(content: bytes, kind: Kind, name: str) -> list[str]:
    """Chinese phrases, empty if nothing was found in a file that could be read throughout."""
    return [*hidden(content, kind), *_personal(content, name, kind)]


def _personal(content: bytes, name: str, kind: Kind) -> list[str]:
    found: Counter[str] = Counter()
    unread: list[str] = []
    for text in _texts(content, name, kind, unread):
        found.update(place.label for place in personal_data(text[:_MOST]))
    return [*(f"里面像有{label}{count}处" for label, count in found.items()), *dict.fromkeys(unread)]


def _texts(content: bytes, name: str, kind: Kind, unread: list[str]) -> Iterator[str]:
    """Every text in the file, hidden ones too; what cannot be read is said in ``unread``."""
    if kind is Kind.ZIP:
        yield from _packed(content, name, unread)
        return
    if kind in IMAGES or kind in MEDIA:
        unread.append(f"{kind.label}里的内容读不出{_UNREAD}")
        return
    try:
        if kind is Kind.XLSX:
            yield _sheets(content, name)
        if kind in (Kind.DOCX, Kind.PPTX, Kind.XLSX):
            yield from _parts(content, name)
            return
        if kind in (Kind.TXT, Kind.CSV, Kind.XML):
            yield decode(content, name)[0]
            return
        document = read(content, name)
    except Unreadable as error:
        unread.append(f"{error.why}{_UNREAD}")
        return
    yield document.text if len(document.text) >= len(document.page) else document.page
    unread += [f"{note}{_UNREAD}" for note in document.notes if "需要文字识别" in note]


def _packed(content: bytes, name: str, unread: list[str]) -> Iterator[str]:
    """Each file in an archive, as deep as archives are unpacked."""
    try:
        for path, inside in members(content, name):
            yield path
            if isinstance(inside, Unreadable):
                unread.append(f"压缩包里的“{path}”：{inside.why}{_UNREAD}")
                continue
            missed: list[str] = []
            yield from _texts(inside, path, kind_of(inside), missed)
            unread += [f"压缩包里的“{path}”：{said}" for said in missed]
    except Unreadable as error:
        unread.append(f"{error.why}{_UNREAD}")


def _parts(content: bytes, name: str) -> Iterator[str]:
    """The text of every part of an Office file, with the breaks between paragraphs and cells."""
    bounded(content, name, DEFAULT)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if _PARTS.fullmatch(info.filename) and info.file_size <= _MOST:
                    xml = archive.read(info).decode("utf-8", "replace")
                    yield unescape(_TAG.sub("", _BREAK.sub("\n", xml)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Unreadable(name, "文件已经损坏", "请用原来的软件打开，另存一份再试") from error


def _sheets(content: bytes, name: str) -> str:
    """Every cell of every sheet, hidden ones too: lists of persons leak through spreadsheets most of all."""
    bounded(content, name, DEFAULT)
    sheets_bounded(content, name, DEFAULT)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = (row for title in book.sheet_names for row in book.get_sheet_by_name(title).iter_rows())
        return "\n".join("\t".join(_text(cell) for cell in row) for row in islice(rows, _ROWS))
    except CalamineError as error:
        raise Unreadable(name, "表格打不开", "请另存为新的表格再试") from error


def _text(cell: object) -> str:
    """Long numbers come as floats: 3.3e17 would hide an ID number."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
