"""文件里看不见的东西:隐藏的表、行、列,批注,修订,作者,外部链接,嵌入的附件(C72)。只提示,由人判断。"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .kinds import Kind, kind_of
from .limits import MIB
from .pdf import unseen_places

_MAX = 30 * MIB


def hidden(data: bytes, kind: Kind | None = None) -> list[str]:
    """What a reader of the published file could find though it is not seen; Chinese phrases, empty if nothing.

    A file that cannot be looked into says so: silence would read as "clean".
    """
    kind = kind or kind_of(data)
    try:
        if kind in (Kind.DOCX, Kind.XLSX, Kind.PPTX):
            return _office(data, kind)
        if kind is Kind.PDF:
            return _pdf(data)
        if kind in (Kind.DOC, Kind.XLS, Kind.PPT, Kind.WPS, Kind.OLE):
            return ["旧版格式，隐藏内容查不了，请另存为新格式再核对"]
    except Exception:
        return ["隐藏内容没有查成，请打开核对"]
    return []


def _office(data: bytes, kind: Kind) -> list[str]:
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())

        def part(name: str) -> str:
            info = archive.getinfo(name)
            return archive.read(name).decode("utf-8", "replace") if info.file_size <= _MAX else ""

        if any(re.search(r"comments?\w*\.xml$", name, re.I) for name in names):
            found.append("有批注")
        core = part("docProps/core.xml") if "docProps/core.xml" in names else ""
        people = re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]+)<", core)
        if people:
            found.append("文件属性里有作者：" + "、".join(dict.fromkeys(people)))
        if kind is Kind.DOCX and "word/document.xml" in names:
            body = part("word/document.xml")
            if re.search(r"<w:(?:ins|del|moveFrom)\s", body):
                found.append("有修订痕迹")
            if "<w:vanish" in body:
                found.append("有隐藏文字")
        if kind is Kind.XLSX:
            found += _sheets(part, names)
        if any("embeddings/" in name for name in names):
            found.append("嵌有其他文件")
        if any(
            'TargetMode="External"' in part(name) and "/hyperlink" not in part(name)
            for name in names
            if name.endswith(".rels")
        ):
            found.append("有外部链接")
    return found


def _sheets(read: Callable[[str], str], names: set[str]) -> list[str]:
    found: list[str] = []
    if "xl/workbook.xml" in names:
        sheets = re.findall(
            r'<sheet\s[^>]*?name="([^"]*)"[^>]*?state="(?:hidden|veryHidden)"', read("xl/workbook.xml")
        )
        if sheets:
            found.append("有隐藏的工作表：" + "、".join(sheets))
    if any(name.startswith("xl/pivotCache/") for name in names):
        found.append("有数据透视表缓存，里面可能有原始数据")
    for name in sorted(names):
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name) and re.search(
            r'<(?:row|col)\s[^>]*hidden="(?:1|true)"', read(name)
        ):
            found.append("有隐藏的行或者列")
            break
    if any(name.startswith("xl/externalLinks/") for name in names):
        found.append("引用了别的工作簿")
    return found


def _pdf(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    try:
        author = document.get_metadata_value("Author")
        found = [f"文件属性里有作者：{author}"] if author else []
        if document.count_attachments():
            found.append("嵌有其他文件")
        if notes := sum(_notes_on(page) for page in itertools.islice(document, 300)):
            found.append(f"有批注{notes}处")
        if places := unseen_places(document):
            found.append(f"有看不见的文字{places}处（白色、被遮住、在页面以外或者太小）")
    finally:
        document.close()
    return found


def _notes_on(page: pdfium.PdfPage) -> int:
    """How many notes of the page hold words that open with a click or lie in the file only."""
    found = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 1000)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        words = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        # 两个字节是空的结尾
        found += words > 2 and raw.FPDFAnnot_GetSubtype(note) not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET)
        raw.FPDFPage_CloseAnnot(note)
    page.close()
    return found
