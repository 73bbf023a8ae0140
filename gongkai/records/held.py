"""公众的表单里选过的文件:加密放进不公开的文件库,表单里只带一个密封的清单,核对、返回修改、改一处错都不用重新选。

清单过了时间不认;没有提交的文件由每天的后台任务清掉(``sweep``)。
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from gongkai.adapters.vault import VaultError
from gongkai.law.errors import RuleBroken
from gongkai.org.vault import vault

from . import sealed_files, store

FIELD = "held"
#: How long a list is good, and how old a file without a case must be before it is removed.
GOOD, OLD = timedelta(hours=2), timedelta(hours=48)

#: (用途, 文件名, 散列)。
Kept = tuple[str, str, str]


def hold(files: Sequence[tuple[str, str, bytes]], before: list[Kept], *, most: int, fix: str) -> list[Kept]:
    """Put chosen files by; the whole list with those that were put by before.

    Args:
        most: how many the form may bring in all.
        fix: what whoever chose more can do.

    Raises:
        RuleBroken: more than ``most``.
    """
    if len(before) + len(files) > most:
        raise RuleBroken(f"一次至多{most}个文件，现在有{len(before) + len(files)}个", fix=fix)
    kept = list(before)
    for role, name, content in files:
        digest = sealed_files.keep(content)
        os.utime(store.path_of(digest, root=sealed_files.root()))
        kept.append((role, name, digest))
    return kept


def sealed(kept: list[Kept], *, at: datetime) -> str:
    """The list as the form carries it; empty without files."""
    return vault().seal(json.dumps({"until": (at + GOOD).timestamp(), "files": kept})) if kept else ""


def opened(token: str, *, at: datetime) -> list[Kept]:
    """The list that a form carries; nothing for none.

    Raises:
        RuleBroken: it is not ours, or its time is over: the files must be chosen again.
    """
    if not token:
        return []
    try:
        found = json.loads(vault().unseal(token[:20_000]))
        if at.timestamp() <= found["until"]:
            return [(role, name, digest) for role, name, digest in found["files"]]
    except (VaultError, ValueError, KeyError, TypeError):
        pass
    raise RuleBroken("选过的文件已经过了时间", fix="您填的都还在，请重新选择文件。")


def contents(kept: list[Kept]) -> tuple[tuple[str, str, bytes], ...]:
    """The files with what they are for and their names. Raises RuleBroken if one is gone."""
    try:
        return tuple((role, name, sealed_files.read(digest)) for role, name, digest in kept)
    except FileNotFoundError:
        raise RuleBroken("选过的文件已经不在了", fix="您填的都还在，请重新选择文件。") from None


def sweep(now: float | None = None) -> int:
    """Remove files that nothing points at — no case, no old paper, no opinion, no letter — and that have lain for days (or
    were put there while the clock ran far ahead); how many."""
    now, gone = now or time.time(), 0
    oldest, newest = now - OLD.total_seconds(), now + OLD.total_seconds()
    for path in sorted(sealed_files.root().glob("??/*")):
        if not path.name.startswith(".") and not oldest < path.stat().st_mtime <= newest:
            gone += sealed_files.remove(path.name)
    return gone
