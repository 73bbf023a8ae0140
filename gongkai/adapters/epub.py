"""写 EPUB 3:一个压缩包,里面是封面页、目录、各章的 XHTML 和图片。同样的内容写出同样的字节。"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape, quoteattr

#: 没有给日子的,压缩包里都写最早的一天:同样的内容同样的字节。
EARLIEST = date(1980, 1, 1)
_ID = re.compile(r"\A[a-z][a-z0-9-]{0,60}\Z")
_XHTML = "http://www.w3.org/1999/xhtml"
_STYLE = """body { font-family: serif; line-height: 1.7; margin: 0 .6em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 1.2em; }
table { border-collapse: collapse; width: 100%; } td, th { border: 1px solid #999; padding: .2em .4em; text-align: left; }
.muted { color: #555; font-size: .9em; } .qr { width: 7em; height: 7em; } li { margin: .2em 0; }
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """一章:``key`` 是文件名(字母、数字、连字符),``body`` 是写好的 XHTML(只有 body 里面的)。

    ``part`` 是目录里的上一层;``listed`` 不是的不进目录,排在目录前面(封面)。
    """

    key: str
    title: str
    body: str
    part: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """一张图:文件名、类型、内容。"""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Book:
    """一本书。``identifier`` 是全球唯一的标识,换版就换;``metadata`` 是另外的说明,写好的 XML,一行一条。"""

    title: str
    author: str
    identifier: str
    modified: datetime
    chapters: Sequence[Chapter]
    pictures: Sequence[Picture] = ()
    style: str = _STYLE
    metadata: Sequence[str] = ()
    language: str = "zh-CN"


def text(value: object) -> str:
    """Text as XHTML holds it: escaped, without what XML cannot hold.

    >>> text("<甲>&\\x00乙")
    '&lt;甲&gt;&amp;乙'
    """
    return escape("".join(sign for sign in str(value) if sign >= " " or sign in "\n\t"))


def attribute(value: object) -> str:
    """The same in quotation marks, for an attribute.

    >>> attribute('图"一"\\x00')
    '"图&quot;一&quot;"'
    """
    return '"' + text(value).replace('"', "&quot;") + '"'


def write(book: Book, on: date = EARLIEST) -> bytes:
    """The file; the day stands on everything in it.

    Raises:
        ValueError: two chapters of one key, or a key that is no file name.
    """
    keys = [one.key for one in book.chapters]
    if len(set(keys)) != len(keys) or not all(_ID.match(key) for key in keys):
        raise ValueError("各章的 key 要各不相同,只用小写字母、数字、连字符")
    files: dict[str, str | bytes] = {
        "content.opf": _package(book),
        "nav.xhtml": _page(book, "目录", _nav(book)),
        "style.css": book.style,
        **{f"{chapter.key}.xhtml": _page(book, chapter.title, chapter.body) for chapter in book.chapters},
        **{picture.name: picture.content for picture in book.pictures},
    }
    return _packed(files, on)


def _packed(files: Mapping[str, str | bytes], on: date) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # 规范要求 mimetype 在最前面,不压缩
        _put(archive, "mimetype", "application/epub+zip", on, zipfile.ZIP_STORED)
        _put(archive, "META-INF/container.xml", _CONTAINER, on)
        for name, content in files.items():
            _put(archive, f"OEBPS/{name}", content, on)
    return buffer.getvalue()


_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def _put(
    archive: zipfile.ZipFile, name: str, content: str | bytes, on: date, how: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    entry.compress_type, entry.external_attr = how, 0o644 << 16
    archive.writestr(entry, content if isinstance(content, bytes) else content.encode("utf-8"))


def _page(book: Book, title: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{book.language}" xml:lang="{book.language}">\n'
        f'<head><meta charset="utf-8"/><title>{text(title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>{body}</body></html>\n"
    )


def _nav(book: Book) -> str:
    lines: list[str] = []
    part = ""
    for chapter in (one for one in book.chapters if one.listed):
        if chapter.part != part:
            if part:
                lines.append("</ol></li>")
            if chapter.part:
                lines.append(f"<li><span>{text(chapter.part)}</span><ol>")
            part = chapter.part
        lines.append(f'<li><a href="{chapter.key}.xhtml">{text(chapter.title)}</a></li>')
    if part:
        lines.append("</ol></li>")
    return f'<nav epub:type="toc" id="toc"><h1>目录</h1><ol>{"".join(lines)}</ol></nav>'


def _package(book: Book) -> str:
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        *(
            f'<item id="{one.key}" href="{one.key}.xhtml" media-type="application/xhtml+xml"/>'
            for one in book.chapters
        ),
        *(
            f'<item id="picture-{number}" href={quoteattr(one.name)} media-type={quoteattr(one.kind)}/>'
            for number, one in enumerate(book.pictures)
        ),
    ]
    front = [one.key for one in book.chapters if not one.listed]
    order = [*front, "nav", *(one.key for one in book.chapters if one.listed)]
    spine = "".join(f'<itemref idref="{key}"/>' for key in order)
    modified = book.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="book">{text(book.identifier)}</dc:identifier><dc:title>{text(book.title)}</dc:title>'
        f"<dc:language>{book.language}</dc:language><dc:creator>{text(book.author)}</dc:creator>"
        f'<meta property="dcterms:modified">{modified}</meta>{"".join(book.metadata)}</metadata>\n'
        f"<manifest>{''.join(items)}</manifest>\n<spine>{spine}</spine></package>\n"
    )
