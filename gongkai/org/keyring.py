"""密文都在哪里:每张表的每个文字列、案卷文件。换密钥时逐个重新加密,删旧密钥前逐个数,都从这里走;新加的密文列自动在内。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Cast

from gongkai.adapters.vault import VaultError, is_token, key_of

from .vault import vault

#: Rows read, and changed in one transaction, at a time.
CHUNK = 500
#: Enough of a file's beginning to tell which key sealed it.
_HEAD = 32


@dataclass(frozen=True, slots=True)
class Column:
    """一张表里的一列文字。"""

    model: type[models.Model]
    name: str

    @property
    def label(self) -> str:
        """``foi.application.personal``."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def stored(self) -> models.QuerySet[Any]:
        """The rows that look sealed, with what really lies in the column as ``stored``: a sealed column reads in clear."""
        rows = self.model._base_manager.annotate(stored=Cast(F(self.name), models.TextField()))
        return rows.filter(stored__startswith="v1.").order_by("pk")

    def tokens(self) -> Iterator[list[tuple[Any, str]]]:
        """(primary key, token) of all sealed values, a bounded number at a time."""
        rows = list(self.stored().values_list("pk", "stored")[:CHUNK])
        while rows:
            yield [(pk, text) for pk, text in rows if is_token(text)]
            rows = list(self.stored().filter(pk__gt=rows[-1][0]).values_list("pk", "stored")[:CHUNK])


def columns() -> list[Column]:
    """Every column of text of this installation except the log, which nobody changes and which holds nothing sealed."""
    return [
        Column(model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower != "org.logentry"
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.primary_key
    ]


def files() -> Iterator[Path]:
    """The case files (``foi.store``), sealed or not."""
    root = Path(settings.CASE_FILES_ROOT)
    return (path for path in sorted(root.glob("??/*")) if not path.name.startswith("."))


def key_of_file(path: Path) -> str:
    """The id of the key that sealed the file; empty if none did, or if the file went away meanwhile."""
    try:
        with path.open("rb") as file:
            return key_of(file.read(_HEAD))
    except FileNotFoundError:
        return ""


def census() -> Counter[str]:
    """How many values and files each key of the ring still opens, by the key's id.

    What only looks sealed, or was damaged, is opened by no key and not counted: keeping a key would not help it.
    """
    counted: Counter[str] = Counter(dict.fromkeys(vault().key_ids, 0))
    current = vault().current
    for column in columns():
        for rows in column.tokens():
            counted.update(key_of(token) for _, token in rows if key_of(token) == current or opens(token))
    for path in files():
        key_id = key_of_file(path)
        counted[key_id] += key_id == current or (key_id in counted and opens(path))
    del counted[""]
    return counted


def opens(sealed: str | Path) -> bool:
    """Whether a key of the ring opens the token or the file."""
    try:
        if isinstance(sealed, Path):
            vault().unseal_bytes(sealed.read_bytes())
        else:
            vault().unseal(sealed)
    except (VaultError, FileNotFoundError):
        return False
    return True
