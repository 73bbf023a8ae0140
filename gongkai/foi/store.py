"""案卷文件的内容:同别的不公开的文件一起加密存着(``records.sealed_files``)。"""

from __future__ import annotations

from django.http import Http404, HttpResponse

from gongkai.adapters import keyfile
from gongkai.desk.responses import download
from gongkai.org.vault import vault
from gongkai.records.sealed_files import ALLOWED, keep, root, typed
from gongkai.records.sealed_files import read as read_digest

from .models import File

__all__ = ["ALLOWED", "keep", "read", "read_digest", "respond", "seal_what_is_there", "typed"]


def read(file: File) -> bytes:
    """The content. Raises FileNotFoundError if the data folder lacks it."""
    return read_digest(file.sha256)


def seal_what_is_there() -> int:
    """Seal the files from before files were sealed; how many. Each is replaced whole."""
    done = 0
    for path in sorted(path for path in root().glob("??/*") if not path.name.startswith(".")):
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
