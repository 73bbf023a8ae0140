"""一个文件里到处的文字:正文以外的属性、替代文字、图表、链接、批注、页眉、嵌入的文件。给查个人信息用,不管人看不看得见。"""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .errors import Unreadable
from .kinds import Kind
from .limits import MIB

#: 打成压缩包的公文格式。
OFFICE = frozenset({Kind.DOCX, Kind.PPTX, Kind.XLSX, Kind.ODT, Kind.ODS})
#: 一个部件、一次里至多看这么多字节。
_MOST = 20 * MIB
_ALL = 100 * MIB
#: 小于这个的图片是标志、线条,装不下一张证件(字节)。
_SMALL_PICTURE = 20 * 1024
_XML = (".xml", ".rels", ".vml")
#: 写样式、类型的部件,没有人写的字。
_FORMAL = ("[Content_Types].xml", "/fontTable.xml", "/webSettings.xml", "/settings.xml")
_FORMAL_FOLDERS = ("/theme/", "META-INF/", "Configurations2/")
#: 字的各段之间不断开的标签:一个号码常拆在几段里。
_INLINE = re.compile(
    r"</?(?:w|a|text|m):(?!p\b|br\b|tab\b|tc\b|tr\b|line-break\b|h\b|instrText\b)[^<>]*>|</?r>|</?t(?: [^<>]*)?>"
)
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r"<v>[^<>]*</v>")
#: 人写的字也放在这些属性里。
_ATTRIBUTE = re.compile(
    r"""\s(?:descr|title|alt|tooltip|Target|prompt|error|href|value|content|placeholder|aria-label|data-[a-z]{1,12}|xlink:href|display|name)=["']([^"'<>]{4,2000})["']"""
)
_BODY = re.compile(r"word/[^/]{1,80}\.xml|ppt/(?:slides|notesSlides)/[^/]{1,80}\.xml|content\.xml")


@dataclass(frozen=True, slots=True)
class Part:
    """一个部件:``text`` 它的字(``aside`` 说是正文以外的);或者嵌着的文件 ``embedded``;或者是一幅图片。"""

    name: str
    text: str = ""
    aside: bool = False
    embedded: bytes = b""
    picture: bool = False


def parts(content: bytes, name: str) -> Iterator[Part]:
    """The parts of an Office file (a ZIP) that hold words, files or pictures.

    Raises:
        Unreadable: the file is damaged, or holds more than can be looked through.
    """
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in sorted(archive.infolist(), key=lambda info: not _BODY.fullmatch(info.filename)):
                path = info.filename
                if "/media/" in path or path.startswith("Pictures/"):
                    if info.file_size >= _SMALL_PICTURE:
                        yield Part(path, picture=True)
                    continue
                embedded = "embeddings/" in path and not path.endswith(("/", ".rels"))
                if _is_formal(path) or not (embedded or path.lower().endswith(_XML)):
                    continue
                total += info.file_size
                if info.file_size > _MOST or total > _ALL:
                    raise Unreadable(name, "里面的部件太大", "请拆开，或者另存一份再试")
                inside = archive.read(info)
                if embedded:
                    yield Part(path.rpartition("/")[2], embedded=inside)
                    continue
                xml = inside.decode("utf-8", "replace")
                yield Part(path, _words(xml, path), aside=not _BODY.fullmatch(path))
                if attributes := _attributes(xml):
                    yield Part(path, attributes, aside=True)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Unreadable(name, "文件已经损坏", "请用原来的软件打开，另存一份再试") from error


def _is_formal(path: str) -> bool:
    return path.endswith(_FORMAL) or any(folder in path for folder in _FORMAL_FOLDERS)


def _words(xml: str, path: str) -> str:
    """The words of a part: those of one paragraph run together, all else apart."""
    if path.startswith("xl/worksheets/"):
        xml = _VALUE.sub("", xml)
    return unescape(_TAG.sub("\n", _INLINE.sub("", xml)))


def _attributes(xml: str) -> str:
    return unescape("\n".join(_ATTRIBUTE.findall(xml)))


def markup_texts(html: str) -> Iterator[str]:
    """What a web page holds beside its text: hidden words, comments, attributes."""
    yield unescape("\n".join(piece.partition("-->")[0] for piece in html.split("<!--")[1:]))
    yield _attributes(html)
    yield unescape(re.sub(r"\s*</?(?:span|b|i|em|strong|font|a|u|sub|sup)\b[^<>]*>", "", html))


def side_texts(content: bytes) -> Iterator[str]:
    """What a PDF holds beside its pages' text: its title and key words, notes, links, bookmarks, form fields.

    Nothing where it cannot be opened: the reader of the text has said so.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return
    try:
        yield "\n".join(document.get_metadata_dict(skip_empty=True).values())
        yield "\n".join(mark.get_title() for mark, _ in zip(document.get_toc(), range(5000), strict=False))
        for number in range(len(document)):
            page = document[number]
            # 一字不落,按文件里的先后:竖排、转过的、看不见的也在
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            yield "\n".join(_notes(document, page))
            page.close()
    finally:
        document.close()


def _notes(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    """The words of the notes, links and form fields on a page."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 1000)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        for key in (b"Contents", b"T", b"V", b"TU"):
            yield _string(note, key)
        if link := raw.FPDFAnnot_GetLink(note):
            yield _address(document, raw.FPDFLink_GetAction(link))
        raw.FPDFPage_CloseAnnot(note)


def _string(note: raw.FPDF_ANNOTATION, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size <= MIB:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def _address(document: pdfium.PdfDocument, action: raw.FPDF_ACTION) -> str:
    size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(min(size, MIB))
    raw.FPDFAction_GetURIPath(document.raw, action, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")
