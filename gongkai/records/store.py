"""附件的内容:按散列存在资料目录 ``files/`` 里,同一份内容只存一次,写进去就不再改。"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, Http404

from gongkai.law.calendar import DAY

from .models import Attachment

logger = logging.getLogger(__name__)


class Damaged(FileNotFoundError):
    """A file of the data folder whose content is not what was put there: as good as none."""


def path_of(sha256: str, *, root: Path | None = None) -> Path:
    """Where the content of this hash lies; it may be absent. ``root`` is another store than that of attachments."""
    return (root or Path(settings.FILES_ROOT)) / sha256[:2] / sha256


def keep(content: bytes, *, root: Path | None = None, seal: Callable[[bytes], bytes] | None = None) -> str:
    """Store the content and return its SHA-256; a crash leaves no half file under its name.

    Args:
        seal: encrypts what is written; the hash, and so the file's name, is that of the clear content.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256, root=root)
    if path.exists() and (seal or is_sound(path, sha256)):
        # 刚又收到一次的,从现在起算存了多久:还没有行指着它以前,夜里不清
        os.utime(path)
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(seal(content) if seal else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o640)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return sha256


def sweep(root: Path, at: datetime) -> int:
    """Remove half-made files below a store whose writer died more than a day ago; how many.

    Args:
        root: files lie in folders of two characters below it, as ``path_of`` says.
    """
    gone = 0
    for path in root.glob("??/.new-*"):
        with suppress(FileNotFoundError):  # 别的节点也在清
            if path.is_file() and path.stat().st_mtime < (at - DAY).timestamp():
                path.unlink()
                gone += 1
    return gone


def is_sound(path: Path, sha256: str) -> bool:
    """Whether the file still has the content that it was put there with."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def read(sha256: str) -> bytes:
    """The content. Raises FileNotFoundError if the data folder lacks it, Damaged if it was changed there."""
    content = path_of(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(sha256)
    return content


def opened(sha256: str) -> BinaryIO:
    """The file to be sent. Raises FileNotFoundError as ``read`` does."""
    file = path_of(sha256).open("rb")
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise _damaged(sha256)
    file.seek(0)
    return file


def _damaged(sha256: str) -> Damaged:
    """Said in the log of the program, for whoever looks after the machine."""
    logger.error("资料目录里的文件%s坏了，同存入时不一样；请从备份取回，或者把原件再传一次", sha256)
    return Damaged(sha256)


def respond(attachment: Attachment) -> FileResponse:
    """The attachment as a download; the browser may not guess its type. 404 if the data folder lacks it."""
    try:
        file = opened(attachment.sha256)
    except FileNotFoundError:
        raise Http404("附件的文件不在资料目录里，或者坏了。") from None
    response = FileResponse(file, as_attachment=True, filename=attachment.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
