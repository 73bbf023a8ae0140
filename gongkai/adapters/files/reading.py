"""一份文件怎样读:按内容认出类型,交给各自的读法;读不了的说清为什么、怎么办。"""

from __future__ import annotations

from collections.abc import Callable

from . import ofd, office, pdf, plain, word
from .decode import decoded, web_archive
from .document import Document
from .errors import Unreadable
from .kinds import IMAGES, MEDIA, Kind, is_web_archive, kind_of
from .limits import DEFAULT, MIB, Limits
from .web import read_html

_ADVICE: dict[Kind, tuple[str, str]] = {
    Kind.EMPTY: ("文件是空的", "请核对是否传错了文件"),
    Kind.ZIP: ("这是压缩包", "请解开后逐份导入，或者用成批导入"),
    Kind.XLSX: ("这是表格，不是公文", "请作为附件上传"),
    Kind.XLS: ("这是表格，不是公文", "请作为附件上传"),
    Kind.CSV: ("这是表格，不是公文", "请作为附件上传"),
    Kind.PPTX: ("这是演示文稿，不是公文", "请作为附件上传"),
    Kind.PPT: ("这是演示文稿，不是公文", "请作为附件上传"),
    Kind.EXE: ("这是程序，不是公文", "请核对是否传错了文件"),
    Kind.SCRIPT: ("这是脚本，不是公文", "请核对是否传错了文件"),
    Kind.SVG: ("这是 SVG 矢量图，没有文字", "请另存为 PDF"),
}


def read(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Document:
    """Read one file of any kind that offices keep their papers in.

    Args:
        data: the whole file.
        name: its name, only for messages and the document's ``name``.

    Raises:
        Unreadable: and nothing else, whatever the bytes are.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable(name, f"文件超过 {limits.file_bytes // MIB} MB", "请拆开或者压缩图片后再导入")
    kind = kind_of(data)
    reader = _READERS.get(kind)
    if reader is None:
        why, fix = _ADVICE.get(
            kind, (f"类型是{kind.label}，不能从中读出文字", "请另存为 Word、PDF 或者纯文本后再导入")
        )
        if kind in IMAGES:
            why, fix = "这是图片，没有文字", "请先做文字识别，另存为 Word 或者纯文本后再导入"
        elif kind in MEDIA:
            why, fix = "这是音视频，没有文字", "请作为附件上传"
        raise Unreadable(name, why, fix)
    try:
        document = reader(data, name, limits)
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable(name, "内容嵌套过深", "请另存为纯文本后再导入") from None
    except Exception as error:  # 第三方读法遇到坏文件什么错都会抛,一律变成一句话
        raise Unreadable(
            name, f"文件已经损坏（{type(error).__name__}）", "请用原来的软件打开，另存一份后再导入"
        ) from error
    if not document.text.strip() and not document.page.strip():
        raise Unreadable(name, "里面没有文字", "扫描件请先做文字识别，另存为 Word 或者纯文本后再导入")
    return document


def _text(data: bytes, name: str, limits: Limits) -> Document:
    _fits(data, name, limits)
    found = decoded(data, name)
    return plain.read_text(found.text, name, found.notes)


def _html(data: bytes, name: str, limits: Limits) -> Document:
    _fits(data, name, limits)
    if is_web_archive(data):
        data = web_archive(data, name)
    found = decoded(data, name)
    return read_html(found.text, name, found.notes)


def _fits(data: bytes, name: str, limits: Limits) -> None:
    if len(data) > limits.text_bytes:
        raise Unreadable(name, f"文字超过 {limits.text_bytes // MIB} MB", "请拆开后再导入")


_READERS: dict[Kind, Callable[[bytes, str, Limits], Document]] = {
    Kind.TXT: _text,
    Kind.XML: _html,
    Kind.HTML: _html,
    Kind.DOCX: word.read_docx,
    Kind.PDF: pdf.read_pdf,
    Kind.OFD: ofd.read_ofd,
    Kind.DOC: office.read_office,
    Kind.WPS: office.read_office,
    Kind.OLE: office.read_office,
    Kind.RTF: office.read_office,
    Kind.ODT: office.read_office,
}
