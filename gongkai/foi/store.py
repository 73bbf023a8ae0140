"""案卷文件的内容:加密后按散列存在资料目录的私有库 ``case-files/`` 里;与公开附件分开放,任何公开网址都到不了。"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse

from gongkai.adapters import keyfile
from gongkai.adapters.files import DEFAULT, Kind, kind_of
from gongkai.desk.responses import download
from gongkai.law.errors import RuleBroken
from gongkai.org.vault import vault
from gongkai.records import store

from .models import File

#: 收得下的格式。可执行的、压缩包、网页都不收:案卷里用不着,打开它们有危险。
ALLOWED = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.DOC, Kind.WPS, Kind.XLS, Kind.TXT, Kind.PNG, Kind.JPG})


def typed(name: str, content: bytes) -> Kind:
    """The kind of a file by its content. Raises RuleBroken if it is empty, too large or of a kind not taken."""
    if not content:
        raise RuleBroken(f"《{name}》是空的", fix="请重新选择文件。")
    if len(content) > DEFAULT.file_bytes:
        raise RuleBroken(f"《{name}》超过{DEFAULT.file_bytes // 1024 // 1024} MB", fix="请压缩后再传。")
    kind = kind_of(content)
    if kind not in ALLOWED:
        raise RuleBroken(f"《{name}》是{kind.label}，不能收", fix="请另存为 PDF、Word、Excel、图片或者纯文本。")
    return kind


def keep(content: bytes) -> str:
    """Store the content sealed; the SHA-256 of the clear content."""
    return store.keep(content, root=Path(settings.CASE_FILES_ROOT), seal=vault().seal_bytes)


def read(file: File) -> bytes:
    """The content. Raises FileNotFoundError if the data folder lacks it."""
    return read_digest(file.sha256)


def read_digest(digest: str) -> bytes:
    """The content of this hash. Raises FileNotFoundError if the data folder lacks it."""
    return vault().unseal_bytes(store.path_of(digest, root=Path(settings.CASE_FILES_ROOT)).read_bytes())


def seal_what_is_there() -> int:
    """Seal the files from before files were sealed; how many. Each is replaced whole."""
    done, root = 0, Path(settings.CASE_FILES_ROOT)
    for path in sorted(path for path in root.glob("??/*") if not path.name.startswith(".")):
        stored = path.read_bytes()
        if vault().unseal_bytes(stored) is stored:
            keyfile.place(path, vault().seal_bytes(stored), replace=True)
            done += 1
    return done


def respond(file: File) -> HttpResponse:
    """As a download that no cache keeps. 404 if the data folder lacks it."""
    try:
        content = read(file)
    except FileNotFoundError:
        raise Http404("文件不在资料目录里。") from None
    return download(file.name, content)
