"""文件的真实类型:只看内容,不信扩展名。"""

from __future__ import annotations

import contextlib
import re

from gongkai.law.terms import Term

from . import active
from .encoding import FEW_LOST, LIKELY, WIDE, guess, likeness, line_by_line
from .ending import directory
from .limits import DEFAULT


class Kind(Term):
    """文件类型;``label`` 给人看。"""

    TXT = "txt", "纯文本"
    HTML = "html", "网页"
    CSV = "csv", "CSV 表格"
    XML = "xml", "XML 数据"
    RTF = "rtf", "RTF 文档"
    PDF = "pdf", "PDF 文档"
    OFD = "ofd", "OFD 版式文档"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 工作簿"
    PPTX = "pptx", "PowerPoint 演示文稿"
    DOC = "doc", "旧版 Word 文档"
    XLS = "xls", "旧版 Excel 工作簿"
    PPT = "ppt", "旧版 PowerPoint 演示文稿"
    WPS = "wps", "WPS 文字文档"
    OLE = "ole", "旧版 Office 复合文件"
    ODT = "odt", "OpenDocument 文档"
    ODS = "ods", "OpenDocument 表格"
    ZIP = "zip", "ZIP 压缩包"
    RAR = "rar", "RAR 压缩包"
    SEVENZIP = "7z", "7z 压缩包"
    GZIP = "gz", "GZIP 压缩文件"
    PNG = "png", "PNG 图片"
    JPG = "jpg", "JPEG 图片"
    GIF = "gif", "GIF 图片"
    BMP = "bmp", "BMP 图片"
    TIF = "tif", "TIFF 图片"
    WEBP = "webp", "WebP 图片"
    MP4 = "mp4", "MP4 视频"
    MP3 = "mp3", "MP3 音频"
    WAV = "wav", "WAV 音频"
    SVG = "svg", "SVG 矢量图"
    SCRIPT = "script", "脚本"
    EXE = "exe", "可执行程序"
    EMPTY = "empty", "空文件"
    UNKNOWN = "unknown", "未知类型"


IMAGES = frozenset({Kind.PNG, Kind.JPG, Kind.GIF, Kind.BMP, Kind.TIF, Kind.WEBP})
MEDIA = frozenset({Kind.MP4, Kind.MP3, Kind.WAV})
_PACKED = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ZIP})
#: 打开就会自己动的:哪个入口都不收。
ACTIVE = frozenset({Kind.HTML, Kind.SVG, Kind.SCRIPT, Kind.EXE})
#: 可以作附件的类型;程序、网页、认不出的都不行。
ALLOWED = frozenset(
    {
        Kind.PDF,
        Kind.OFD,
        Kind.DOCX,
        Kind.XLSX,
        Kind.PPTX,
        Kind.DOC,
        Kind.XLS,
        Kind.PPT,
        Kind.WPS,
        Kind.TXT,
        Kind.CSV,
        Kind.ODT,
        Kind.ODS,
        Kind.ZIP,
        Kind.PNG,
        Kind.JPG,
        Kind.GIF,
        Kind.TIF,
        Kind.WEBP,
        Kind.MP4,
        Kind.MP3,
        Kind.WAV,
    }
)

_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"BM", Kind.BMP),
    (b"II*\x00", Kind.TIF),
    (b"MM\x00*", Kind.TIF),
    (b"ID3", Kind.MP3),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVENZIP),
    (b"\x1f\x8b\x08", Kind.GZIP),
    (b"MZ", Kind.EXE),
    *((magic, Kind.EXE) for magic in active.PROGRAMS),
)
#: 文字也可以这样开头;“MZ”后面全是西文的,照程序看。
_WORDS = (b"BM", b"MZ", b"ID3")
_BLANK = b"\x00\t\n\x0b\x0c\r "
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WpsCustomData", Kind.WPS),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("PowerPoint Document", Kind.PPT),
    ("Book", Kind.XLS),
)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|div|table|tr|p|h[1-6]|span|title|article|ul"
    r"|script|iframe|frameset|applet|style)\b[^<>]{0,2000}>"
    r"|<(?:a|base|link|form|input|img|button|object|embed|svg|math)\s[^<>=]{0,200}=[^<>]{0,2000}>"
    r"|<[a-z][\w:-]{0,40}[\s/][^<>]{0,500}?\bon[a-z]{3,20}\s{0,20}=",
    re.I,
)
_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]{0,400}\r?\n(?:[ \t][^\r\n]{0,400}\r?\n){0,8}){0,12}MIME-Version:", re.I
)


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its content.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of("各镇人民政府：".encode("gb18030"))
    (<Kind.PDF: 'pdf'>, <Kind.TXT: 'txt'>)
    """
    if not data.strip(b"\x00\r\n\t "):
        return Kind.EMPTY
    if not data[:65536].strip(_BLANK):
        data = data.lstrip(_BLANK)  # 先垫上一大片空白的
    head = data[:1024]
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if head[:4] == b"RIFF":
        return {b"WAVE": Kind.WAV, b"WEBP": Kind.WEBP}.get(head[8:12], Kind.UNKNOWN)
    if head[4:8] == b"ftyp":
        return Kind.MP4
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not (
            magic in _WORDS and _is_text(data) and not (magic == b"MZ" and head.isascii())
        ):
            return kind
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return Kind.MP3
    if b"PK\x03\x04" in head and (found := directory(data, DEFAULT)) and found.names:
        return _zip(data)  # 前面多出几个字节的压缩包,Office 都认
    if b"%PDF-" in head:  # 前面多出几个字节的 PDF 常见,阅读器都认
        return Kind.PDF
    return _text(data) if _is_text(data) else Kind.UNKNOWN


def active_content(data: bytes, kind: Kind) -> str | None:
    """What in a file of an allowed kind would run when it is opened: macros, programs in an archive; None if nothing."""
    found = directory(data, DEFAULT) if kind in _PACKED else None
    return active.carried(data, found.names if found else ())


def _ole(data: bytes) -> Kind:
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") + b"\x00\x00" in data:
            return kind
    return Kind.OLE


def _zip(data: bytes) -> Kind:
    found = directory(data, DEFAULT)
    names = found.names if found else ()
    if not names:
        names = tuple(
            name
            for name in ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "OFD.xml")
            if name.encode() in data
        )
    for prefix, kind in (("word/", Kind.DOCX), ("xl/", Kind.XLSX), ("ppt/", Kind.PPTX), ("OFD.xml", Kind.OFD)):
        if any(name.startswith(prefix) for name in names):
            return kind
    if "mimetype" in names:
        start = data[30:200]
        if b"opendocument.text" in start:
            return Kind.ODT
        if b"opendocument.spreadsheet" in start:
            return Kind.ODS
    return Kind.ZIP


def _is_text(data: bytes) -> bool:
    """Whether the bytes read as text in one of the encodings that ``decode`` knows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    controls = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    if controls > len(sample) // 200:
        return guess(sample) in WIDE
    with contextlib.suppress(UnicodeDecodeError):
        return bool(data[:65536].decode("utf-8"))  # 里面已有的“�”不是解坏的
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        text = sample.decode(encoding, "replace")
        lost = text.count("\ufffd")
        if lost <= len(sample) // 50 or (lost <= FEW_LOST and likeness(text) >= LIKELY):
            return True
    return line_by_line(sample) is not None


def is_web_archive(data: bytes) -> bool:
    """Whether it is a “single file web page” (MHTML): mail headers with MIME-Version among the first."""
    return _MAIL.match(data[:8192]) is not None


def _text(data: bytes) -> Kind:
    if is_web_archive(data):
        return Kind.HTML
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    wide = "utf-16" if marked else guess(data) if b"\x00" in data[:4096] else None
    for encoding in (wide,) if wide in ("utf-16", *WIDE) else ("utf-8", "gb18030"):
        text = data[:65536].decode(encoding or "utf-8", "replace")
        if text.count("\ufffd") <= len(text) // 50:
            break
    if active.is_svg(text):
        return Kind.SVG
    if active.is_script(text):
        return Kind.SCRIPT
    start = text.lstrip("\ufeff \t\r\n")
    if start[:5].lower() == "<?xml" and not re.search(r"<html\b|xhtml", start[:600], re.I):
        return Kind.XML
    if _HTML.search(text):
        return Kind.HTML
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    commas = {line.count(",") for line in lines}
    tabular = len(lines) >= 2 and len(commas) == 1 and commas != {0} and "。" not in text[:4000]
    return Kind.CSV if tabular else Kind.TXT
