"""不公开的文件(案卷、旧文件的原件、公众随意见交的):加密后按散列存在资料目录的 ``case-files/`` 里,任何公开网址都到不了。

同一份内容只存一次,几间屋子的几行可以指着它;一行也不指着的,才可以去掉(``is_held``)。
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings

from gongkai.adapters.files import ACTIVE, DEFAULT, Kind, active_content, kind_of, runs
from gongkai.law.errors import RuleBroken
from gongkai.org.vault import vault

from . import store

#: 收得下的格式。可执行的、压缩包、网页都不收:用不着,打开它们有危险。
ALLOWED = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.DOC, Kind.WPS, Kind.XLS, Kind.TXT, Kind.PNG, Kind.JPG})
#: 指着内容的列都叫这个名字。
COLUMN = "sha256"


def typed(name: str, content: bytes, *, most: int = DEFAULT.file_bytes) -> Kind:
    """The kind of a file by its content.

    Args:
        most: bytes at most.

    Raises:
        RuleBroken: it is empty, too large, of a kind not taken, or would run when it is opened.
    """
    if not content:
        raise RuleBroken(f"《{name}》是空的", fix="请重新选择文件。")
    if len(content) > most:
        raise RuleBroken(f"《{name}》超过{most // 1024 // 1024} MB", fix="请压缩后再传。")
    kind = kind_of(content)
    if kind in ACTIVE or kind not in ALLOWED:
        why = "，打开时会自己执行" if kind in ACTIVE else ""
        raise RuleBroken(
            f"《{name}》是{kind.label}{why}，不能收", fix="请另存为 PDF、Word、Excel、图片或者纯文本。"
        )
    if runs(name):
        raise RuleBroken(f"《{name}》的扩展名是程序或者网页的，不能收", fix="请核对文件，改正扩展名以后再传。")
    if found := active_content(content, kind):
        raise RuleBroken(f"《{name}》{found}，不能收", fix="请去掉宏，另存为不带宏的文件或者 PDF。")
    return kind


def root() -> Path:
    """Where they lie."""
    return Path(settings.CASE_FILES_ROOT)


def keep(content: bytes) -> str:
    """Store the content sealed; the SHA-256 of the clear content."""
    return store.keep(content, root=root(), seal=vault().seal_bytes)


def read(digest: str) -> bytes:
    """The content of this hash. Raises FileNotFoundError if the data folder lacks it."""
    return vault().unseal_bytes(store.path_of(digest, root=root()).read_bytes())


def opened(digest: str) -> bytes:
    """The content of this hash, for somebody at the desk who opens it.

    Raises:
        RuleBroken: the data folder lacks it.
    """
    try:
        return read(digest)
    except FileNotFoundError:
        raise RuleBroken("文件不在资料目录里", fix="请从备份恢复，或者联系管理员。") from None


def is_held(digest: str) -> bool:
    """Whether a row of any app still points at this content: every model that has a column ``sha256`` is asked."""
    holders = (model for model in apps.get_models() if any(one.name == COLUMN for one in model._meta.local_fields))
    return any(model._base_manager.filter(**{COLUMN: digest}).exists() for model in holders)


def remove(digest: str) -> bool:
    """Take the content away unless a row still points at it; whether it went."""
    if is_held(digest):
        return False
    store.path_of(digest, root=root()).unlink(missing_ok=True)
    return True


def remove_all(digests: Iterable[str]) -> None:
    """The same for several contents, once the transaction that took their rows away is through."""
    for digest in digests:
        remove(digest)
