"""一个文件给出去以前要人看一眼的地方:看不见的内容(C72)、像个人信息的文字;读不出的说没有查,不当作没有。"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from ..personal import personal_data
from . import ofd
from .archive import members
from .bounds import sheets_bounded
from .decode import decode
from .ending import bounded
from .errors import Unreadable
from .everywhere import OFFICE, markup_texts, parts, side_texts
from .hidden import hidden
from .kinds import IMAGES, MEDIA, Kind, kind_of
from .limits import DEFAULT, MIB
from .reading import read

#: 至多看这么多行。
_ROWS = 50_000
#: 一个部件、全部文字至多看这么多字。
_MOST = 20 * MIB
_UNREAD = "，没有查个人信息，请打开看过"


def concerns(content: bytes, kind: Kind, name: str) -> list[str]:
    """Chinese phrases, empty if nothing was found in a file that could be read throughout."""
    return [*hidden(content, kind), *_personal(content, name, kind)]


def _personal(content: bytes, name: str, kind: Kind) -> list[str]:
    found: Counter[str] = Counter()
    unread: list[str] = []
    seen: set[str] = set()
    for text, again in _texts(content, name, kind, unread):
        if len(text) > _MOST:
            unread.append(f"文字超过{_MOST // MIB}兆，后面的没有查个人信息，请打开看过")
        for place in personal_data(text[:_MOST]):
            # 属性、缓存里常把正文又写一遍:同一个号码只数正文里的
            if not (again and place.text in seen):
                found[place.label] += 1
                seen.add(place.text)
    named = Counter(place.label for place in personal_data(name))
    return [
        *(f"里面像有{label}{count}处" for label, count in found.items()),
        *(f"文件名里像有{label}{count}处" for label, count in named.items()),
        *dict.fromkeys(unread),
    ]


def _texts(content: bytes, name: str, kind: Kind, unread: list[str], depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Every text in the file, hidden ones too, and whether it may repeat what came before.

    What cannot be read is said in ``unread``.
    """
    if kind is Kind.ZIP:
        yield from _packed(content, name, unread)
        return
    if kind in IMAGES or kind in MEDIA:
        unread.append(f"{kind.label}里的内容读不出{_UNREAD}")
        return
    try:
        if kind in OFFICE:
            yield from _office(content, name, kind, unread, depth)
            return
        if kind in (Kind.TXT, Kind.CSV, Kind.XML):
            yield decode(content, name)[0], False
            return
        document = read(content, name)
    except Unreadable as error:
        unread.append(f"{error.why}{_UNREAD}")
        if kind is Kind.PDF:
            yield from ((text, True) for text in side_texts(content))
        return
    yield document.text if len(document.text) >= len(document.page) else document.page, False
    if kind is Kind.HTML:
        yield from ((text, True) for text in markup_texts(decode(content, name)[0]))
    if kind is Kind.PDF:
        yield from ((text, True) for text in side_texts(content))
    if kind is Kind.OFD:
        yield from ((text, True) for text in ofd.side_texts(content, name, DEFAULT))
        unread += [f"{one}{_UNREAD}" for one in ofd.unlooked(content, name, DEFAULT)]
    unread += [f"{note}{_UNREAD}" for note in document.notes if "需要文字识别" in note]


def _office(content: bytes, name: str, kind: Kind, unread: list[str], depth: int) -> Iterator[tuple[str, bool]]:
    if kind is Kind.XLSX:
        yield _sheets(content, name, unread), False
    bounded(content, name, DEFAULT)
    pictures = 0
    for part in parts(content, name):
        if part.text:
            yield part.text, part.aside or kind is Kind.XLSX
        elif part.picture:
            pictures += 1
        else:
            inside = kind_of(part.embedded)
            if depth >= DEFAULT.nested or inside not in {*OFFICE, Kind.TXT, Kind.CSV, Kind.XML, Kind.PDF}:
                unread.append(f"嵌着的“{part.name}”读不出{_UNREAD}")
                continue
            yield from _texts(part.embedded, part.name, inside, unread, depth + 1)
    if pictures:
        unread.append(f"里面的图片{pictures}幅读不出{_UNREAD}")


def _packed(content: bytes, name: str, unread: list[str]) -> Iterator[tuple[str, bool]]:
    """Each file in an archive, as deep as archives are unpacked."""
    try:
        for path, inside in members(content, name):
            yield path, False
            if isinstance(inside, Unreadable):
                unread.append(f"压缩包里的“{path}”：{inside.why}{_UNREAD}")
                continue
            missed: list[str] = []
            yield from _texts(inside, path, kind_of(inside), missed)
            unread += [f"压缩包里的“{path}”：{said}" for said in missed]
    except Unreadable as error:
        unread.append(f"{error.why}{_UNREAD}")


def _sheets(content: bytes, name: str, unread: list[str]) -> str:
    """Every cell of every sheet, hidden ones too: lists of persons leak through spreadsheets most of all."""
    sheets_bounded(content, name, DEFAULT)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = (row for title in book.sheet_names for row in book.get_sheet_by_name(title).iter_rows())
        text = "\n".join("\t".join(_text(cell) for cell in row) for row in islice(rows, _ROWS))
        if next(rows, None) is not None:
            unread.append(f"表格超过{_ROWS // 10000}万行，后面的没有查个人信息，请打开看过")
        return text
    except CalamineError as error:
        raise Unreadable(name, "表格打不开", "请另存为新的表格再试") from error


def _text(cell: object) -> str:
    """Long numbers come as floats: 3.3e17 would hide an ID number."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
