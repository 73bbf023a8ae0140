"""读各种格式的政府信息公开工作年度报告:PDF(扫描的要装文字识别)、网页、Word、Excel、纯文本。

只有一种错误 ``Unreadable``,它的文字可以直接给人看。
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO

from gongkai.law.report import Change, Finding, Report, check, corrected

from .. import apart
from ..files import DEFAULT, Kind, Unreadable, apart_from, kind_of, lane_of
from ..files.ending import bounded
from ..files.office import KINDS as OFFICE_KINDS
from . import docx, html, older, pdf, text, xlsx
from .pdf import Scanned
from .report import assemble
from .scan import Asks
from .scan import Limits as Scans

__all__ = ["Scanned", "Scans", "Unreadable", "checked", "read", "read_file", "read_foreign", "read_here"]

#: 自己的电脑上:一份扫描件至多识别这么多页、这么多秒。
AMPLE = Scans(pages=60, seconds=900, wait=900)
_LOADERS = {
    Kind.HTML: html.load,
    Kind.XML: html.load,
    Kind.DOCX: docx.load,
    Kind.XLSX: xlsx.load,
    Kind.XLS: xlsx.load,
    Kind.ODS: xlsx.load,
    Kind.TXT: text.load,
    Kind.CSV: text.load,
    Kind.DOC: older.load,
    Kind.WPS: older.load,
    Kind.RTF: older.load,
    Kind.ODT: older.load,
}


def read(
    data: bytes,
    name: str,
    *,
    scans: Scans = AMPLE,
    may_scan: Callable[[], bool] = lambda: True,
) -> Report:
    """Read one annual report into the form, in another process.

    Args:
        data: the file's content; its kind is told by the content, not by the name.
        name: how to call it in an error.
        scans: how much of a scanned PDF may be recognised.
        may_scan: asked once, before a scan is recognised.

    Raises:
        Scanned: a scan, and recognition is not installed.
        Unreadable: too large, broken, a scan over the limits, of another kind, or without the three tables.
    """
    if kind_of(data) is not Kind.PDF and kind_of(data) not in _LOADERS:
        return read_here(data, name)  # 说一句话就完,不必送过去
    try:
        return apart_from(lane_of(data), read_here, data, name, scans=replace(scans, ask=True))
    except Asks:
        if not may_scan():
            raise
    return apart_from(apart.AMPLE_SCANS, read_here, data, name, scans=replace(scans, ask=False))


def read_foreign(file: IO[bytes], name: str, *, scans: Scans, may_scan: Callable[[], bool]) -> Report:
    """As ``read``, of a file from somebody unknown: the narrow limits, and nothing that LibreOffice has to turn first.

    The open file is handed on; its bytes are never in this process.
    """
    given = apart.Handed(file)
    try:
        return apart_from(apart.PUBLIC, _foreign_here, given, name, scans=replace(scans, ask=True))
    except Asks:
        if not may_scan():
            raise
    return apart_from(apart.SCANS, _foreign_here, given, name, scans=replace(scans, ask=False))


def _foreign_here(data: bytes, name: str, *, scans: Scans) -> Report:
    if (kind := kind_of(data)) in OFFICE_KINDS:
        raise Unreadable(name, f"{kind.label}在这里不能读", "请另存为 DOCX、PDF 或者网页后再试")
    return read_here(data, name, scans=scans)


def read_here(data: bytes, name: str, *, scans: Scans = AMPLE) -> Report:
    """As ``read``, in this process."""
    if len(data) > DEFAULT.file_bytes:
        raise Unreadable(name, "文件太大", "请压缩图片或者只留年度报告后再试")
    kind = kind_of(data)
    if kind is Kind.PDF:
        return assemble(pdf.load(data, name, scans), name)
    loader = _LOADERS.get(kind)
    if loader is None:
        raise Unreadable(name, f"文件是{kind.label}，不能直接读", "请另存为 DOCX、XLSX、PDF 或者网页后再试")
    bounded(data, name, DEFAULT)
    try:
        return assemble(loader(data, name), name)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(name, "文件已经损坏", "请用原来的软件打开，另存一份再试") from error


def checked(report: Report, previous: Report | None) -> tuple[list[Finding], tuple[Report, tuple[Change, ...]]]:
    """Findings of a report from somebody unknown, and its correction; its text is foreign still, so also apart.

    Raises:
        Unreadable: it took too long.
    """
    try:
        return apart.run(apart.PUBLIC, _checked, report, previous)
    except apart.Stopped as stopped:
        raise Unreadable(report.title or "年度报告", stopped.why, stopped.fix) from None


def _checked(report: Report, previous: Report | None) -> tuple[list[Finding], tuple[Report, tuple[Change, ...]]]:
    return check(report, previous), corrected(report)


def read_file(path: Path) -> Report:
    """Read a file from disk. Raises Unreadable, also if it cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(path.name, "文件打不开", "请核对路径和权限") from error
    return read(data, path.name)
