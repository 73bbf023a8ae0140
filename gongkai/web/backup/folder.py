"""资料目录里的文件:哪些要备份,怎样抄,怎样核对。"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

#: What is made anew from the database, or is of no use elsewhere.
ANEW = frozenset({"public", "search", "followers", "static", "log", "limits", "kept"})
#: Where what ``restore --replace`` replaced is kept.
REPLACED = "replaced-"
SITE = "site.toml"
SUMS = "SHA256SUMS"
_HASHED = re.compile(r"\A.*/[0-9a-f]{2}/([0-9a-f]{64})")
_BLOCK = 1024 * 1024


def root() -> Path:
    return Path(settings.GONGKAI_DATA)


def kept_files() -> Iterator[tuple[str, Path]]:
    """Every file to keep, with its name relative to the data folder; an own ``site.toml`` elsewhere comes along."""
    site = Path(settings.SITE_FILE)
    elsewhere = site != root() / SITE and site.is_file()
    for name, path in _walk(root()):
        if not (elsewhere and name == SITE):
            yield name, path
    if elsewhere:
        yield SITE, site


def _walk(base: Path) -> Iterator[tuple[str, Path]]:
    for top in sorted(base.iterdir()) if base.is_dir() else ():
        if top.name in ANEW or top.name.startswith((".", REPLACED)) or _is_database(top.name):
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield path.relative_to(base).as_posix(), path


def _is_database(name: str) -> bool:
    given = settings.DATABASES["default"]
    database = Path(str(given["NAME"])).name if given["ENGINE"].endswith("sqlite3") else "gongkai.sqlite3"
    return name in {database, *(f"{database}-{end}" for end in ("wal", "shm", "journal"))}


def copy(source: Path, target: Path, *, digest: bool = True) -> str:
    """Copy with times and rights; the SHA-256 of what was read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with source.open("rb") as old, target.open("xb") as new:
        while block := old.read(_BLOCK):
            new.write(block)
            if digest:
                sha256.update(block)
    shutil.copystat(source, target)
    return sha256.hexdigest()


def link(name: str, target: Path, before: Path, sums: dict[str, str]) -> str | None:
    """A second name of the same content in an earlier backup, for files that bear their hash; its SHA-256, or None."""
    found = _HASHED.fullmatch(f"/{name}")
    key = f"data/{name}"
    if not found or sums.get(key) != found[1]:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(before / key)
    except OSError:
        return None
    return found[1]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path, sums: dict[str, str]) -> None:
    """As ``sha256sum -c`` reads it; written last, so that a backup without it was not finished."""
    new = folder / f".{SUMS}"
    new.write_text("".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items())), "utf-8")
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(folder / SUMS)


def read_sums(folder: Path) -> dict[str, str]:
    """Name → SHA-256. Raises FileNotFoundError for a backup that was not finished."""
    rows = (line.split("  ", 1) for line in (folder / SUMS).read_text("utf-8").splitlines())
    return {name: sha256 for sha256, name in rows}


def faults(folder: Path, sums: dict[str, str]) -> list[str]:
    """What is missing or is not as it was when it was written."""
    wrong = []
    for name, sha256 in sums.items():
        path = folder / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            wrong.append(f"{name}：名字不对")
        elif not path.is_file():
            wrong.append(f"{name}：没有了")
        elif sha256_of(path) != sha256:
            wrong.append(f"{name}：被改过或者坏了")
    return wrong


def occupied() -> bool:
    """Whether the data folder already holds something of an office; keys made at the first start do not count."""
    stores = (Path(settings.FILES_ROOT), Path(settings.CASE_FILES_ROOT))
    return Path(settings.VAULT_FILE).exists() or any(
        path.is_file() for store in stores if store.is_dir() for path in store.rglob("*")
    )
