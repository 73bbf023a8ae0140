"""旧版 .doc、.wps、.rtf:借 LibreOffice 转成 .docx 再读;没有装就说要装什么。"""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import tempfile
from pathlib import Path

from .document import Document
from .docx import read_docx
from .errors import Unreadable
from .kinds import kind_of
from .limits import Limits

_SUFFIX = {"doc": ".doc", "wps": ".wps", "rtf": ".rtf", "odt": ".odt"}


def program() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_office(data: bytes, name: str, limits: Limits) -> Document:
    """Convert with LibreOffice in a folder and a profile of its own, within a time limit, then read the DOCX."""
    office = program()
    kind = kind_of(data)
    if office is None:
        raise Unreadable(
            name,
            f"{kind.label}要借 LibreOffice 来读，本机没有安装",
            "请安装 libreoffice-writer-nogui，或者另存为 .docx",
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"paper{_SUFFIX.get(kind.value, '.doc')}"
        source.write_bytes(data)
        command = [
            office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=limits.convert_seconds, check=False)
        except subprocess.TimeoutExpired:
            raise Unreadable(name, "转换超时", "请用原来的软件打开，另存为 .docx 后再导入") from None
        result = Path(folder) / "paper.docx"
        if not result.exists():
            raise Unreadable(
                name, "LibreOffice 转换不了，文件可能已经损坏", "请用原来的软件打开，另存为 .docx 后再导入"
            )
        return dataclasses.replace(read_docx(result.read_bytes(), name, limits), kind=kind)
