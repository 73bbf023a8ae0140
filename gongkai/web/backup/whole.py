"""一份备份:``database.*``、``data/``、``backup.json``、``SHA256SUMS``。"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gongkai import __version__
from gongkai.org import chain, worker

from . import database, folder
from .database import DatabaseError

_ABOUT = "backup.json"
FORMAT = 1


class BackupError(Exception):
    """备份或者恢复不能做;文字给管理服务器的人看。"""


@dataclass(frozen=True, slots=True)
class Backup:
    """一份备份是什么样子:何时、哪种库、操作记录的末端、多少文件。"""

    format: int
    made_at: str
    version: str
    database: str
    log_seq: int
    log_hash: str
    files: int
    bytes: int


def make(target: Path, *, at: datetime, before: Path | None = None) -> Backup:
    """Back everything up into a new folder; ``before`` is an earlier backup whose unchanged files are linked.

    The database comes first: files are added before the rows that name them, so every file that it names is there.
    """
    target = target.resolve()
    if target == folder.root().resolve() or (folder.root().resolve() in target.parents and not _aside(target)):
        raise BackupError("备份不要放在资料目录里面，请换一个地方，最好是另一台机器的盘。")
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} 不是空的。每次备份请用一个新的目录。")
    sums_before = _sums(before) if before else {}
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)
    name = database.NAMES[connection.vendor]
    try:
        seq, last = database.dump(target / name)
    except DatabaseError as error:
        raise BackupError(str(error)) from error
    (target / name).chmod(0o600)
    sums, size = {name: folder.sha256_of(target / name)}, (target / name).stat().st_size
    for own, path in folder.kept_files():
        new = target / "data" / own
        try:
            size += path.stat().st_size
            found = folder.link(own, new, before, sums_before) if before else None
            sums[f"data/{own}"] = found or folder.copy(path, new)
        except FileNotFoundError:
            continue  # 备份的时候清掉了(到期清除的案卷)
    about = Backup(
        FORMAT,
        timezone.localtime(at).isoformat(timespec="seconds"),
        __version__,
        connection.vendor,
        seq,
        last,
        len(sums) - 1,
        size,
    )
    (target / _ABOUT).write_text(json.dumps(asdict(about), ensure_ascii=False, indent=2) + "\n", "utf-8")
    sums[_ABOUT] = folder.sha256_of(target / _ABOUT)
    folder.write_sums(target, sums)
    return about


def _aside(target: Path) -> bool:
    """What ``restore --replace`` replaces is kept within the data folder, where the next backup passes it over."""
    return target.relative_to(folder.root().resolve()).parts[0].startswith(folder.REPLACED)


def _sums(source: Path) -> dict[str, str]:
    try:
        return folder.read_sums(source)
    except (OSError, ValueError):
        raise BackupError(f"{source} 不是一份完整的备份（没有 {folder.SUMS}）。") from None


def check(source: Path) -> Backup:
    """Whether a backup is whole and fits this installation; what it is. Raises BackupError."""
    sums = _sums(source)
    if wrong := folder.faults(source, sums):
        more = f"等{len(wrong)}处" if len(wrong) > 5 else ""
        raise BackupError(f"备份不完整，没有恢复：{'；'.join(wrong[:5])}{more}。")
    about = Backup(**json.loads((source / _ABOUT).read_text("utf-8")))
    if about.format != FORMAT:
        raise BackupError(f"这份备份的格式是{about.format}，本程序认得{FORMAT}。请用做备份的那一版程序恢复。")
    if about.database != connection.vendor:
        raise BackupError(
            f"备份的库是 {about.database}，现在设的是 {connection.vendor}。请先恢复到同一种库，再照“换用 PostgreSQL”搬。"
        )
    return about


def restore(source: Path, *, at: datetime, replace: bool = False) -> tuple[Backup, Path | None]:
    """Put a backup in the place of what is here; what it was, and where what was here is kept.

    Everything is checked before anything is touched. Files are laid ready first, then the database changes in one
    step, then the files take their places.
    """
    source = source.resolve()
    about = check(source)
    kept = None
    if database.occupied() or folder.occupied():
        if not replace:
            raise BackupError("这里已经有数据。要换成备份里的，请加 --replace（现有的会先另存一份）。")
        kept = folder.root() / f"{folder.REPLACED}{timezone.localtime(at):%Y%m%dT%H%M%S}"
        make(kept, at=at)
    ready = folder.root() / ".restoring"
    shutil.rmtree(ready, ignore_errors=True)
    for path in sorted((source / "data").rglob("*")) if (source / "data").is_dir() else ():
        if path.is_file():
            folder.copy(path, ready / path.relative_to(source / "data"), digest=False)
    ready.mkdir(parents=True, exist_ok=True)
    try:
        database.load(source / database.NAMES[connection.vendor])
    except DatabaseError as error:
        shutil.rmtree(ready, ignore_errors=True)
        raise BackupError(str(error)) from error
    worker.free_leases()
    _swap(ready)
    if chain.head() != (about.log_seq, about.log_hash):
        raise BackupError("恢复以后操作记录的末端同备份里记的不一样，请核验：gongkai audit verify。")
    return about, kept


def _swap(ready: Path) -> None:
    """The files of the backup for those that were here; what is made anew goes."""
    for own, path in list(folder.kept_files()):
        if own != folder.SITE or path.parent == folder.root():
            path.unlink(missing_ok=True)
    for top in list(ready.iterdir()):
        target = folder.root() / top.name
        if target.is_dir():
            shutil.rmtree(target)
        top.replace(target)
    ready.rmdir()
    for name in folder.ANEW - {"static", "log"}:
        shutil.rmtree(folder.root() / name, ignore_errors=True)
    _own_site(folder.root() / folder.SITE)


def _own_site(restored: Path) -> None:
    """An own ``site.toml`` elsewhere goes back to its place; where that is not ours to write, it stays beside the data."""
    site = Path(settings.SITE_FILE)
    if restored.exists() and site != restored:
        try:
            shutil.move(restored, site)
        except OSError:
            return
