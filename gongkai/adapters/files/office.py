"""旧版 .doc、.wps、.rtf:借 LibreOffice 转成 .docx 再读;没有装就说要装什么。"""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .document import Document
from .encoding import likeness
from .errors import Unreadable
from .kinds import Kind, kind_of
from .limits import Limits
from .word import read_docx

#: 读它们要先由 LibreOffice 转换。
KINDS = frozenset({Kind.DOC, Kind.WPS, Kind.OLE, Kind.RTF, Kind.ODT})
_SUFFIX = {"doc": ".doc", "wps": ".wps", "rtf": ".rtf", "odt": ".odt"}


def program() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


#: 转换出来的字少到这样像中文,就是乱码;不到这么多字的不判断。
_LEAST_LIKE, _FEW = 0.25, 40


def read_office(data: bytes, name: str, limits: Limits) -> Document:
    """Convert with LibreOffice in a folder and a profile of its own, within a time limit, then read the DOCX."""
    kind = kind_of(data)
    if program() is None:
        raise Unreadable(
            name,
            f"{kind.label}要借 LibreOffice 来读，本机没有安装",
            "请安装 libreoffice-writer-nogui，或者另存为 .docx",
        )
    try:
        result = convert(data, _SUFFIX.get(kind.value, ".doc"), "docx:MS Word 2007 XML", limits)
    except subprocess.TimeoutExpired:
        raise Unreadable(name, "转换超时", "请用原来的软件打开，另存为 .docx 后再导入") from None
    if result is None:
        raise Unreadable(
            name, "LibreOffice 转换不了，文件可能已经损坏", "请用原来的软件打开，另存为 .docx 后再导入"
        )
    document = dataclasses.replace(read_docx(result, name, limits), kind=kind)
    # 头几个字节像旧版 Word 的坏文件,LibreOffice 当作纯文本,转出来的是乱码
    if len(re.sub(r"\s", "", document.text)) >= _FEW and likeness(document.text) < _LEAST_LIKE:
        raise Unreadable(name, "转换出来的是乱码，文件可能已经损坏", "请用原来的软件打开，另存为 .docx 后再导入")
    return document


def convert(data: bytes, suffix: str, target: str, limits: Limits) -> bytes | None:
    """The file converted by LibreOffice, in a folder and with a profile of its own; None if nothing came of it.

    Args:
        target: what LibreOffice calls the format, its file suffix first, for example ``pdf``.

    Raises:
        subprocess.TimeoutExpired: it took longer than the limit.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"paper{suffix}"
        source.write_bytes(data)
        command = [
            str(program()),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            target,
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(command, capture_output=True, timeout=limits.convert_seconds, check=False)
        result = Path(folder) / f"paper.{target.partition(':')[0]}"
        return result.read_bytes() if result.exists() else None
