"""目录本身:``current`` 指向现用的一版,一个网址一个压缩好的文件,附件是指向库房的硬链接。

============================  =====================================
网址                          文件
============================  =====================================
``/``                         ``index.html.gz``
``/records/12/``              ``records/12.html.gz``
``/feeds/all.atom``           ``feeds/all.atom.gz``
``/files/7/附件.pdf``         ``files/7/附件.pdf``(不压缩)
============================  =====================================
"""

from __future__ import annotations

import errno
import gzip
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

SUFFIX = ".gz"
#: 附件以外的网址只有这些字符;点不能打头,所以走不出目录。
_PLAIN = re.compile(r"/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?", re.ASCII)
#: Addresses of attachments begin so.
FILES = "/files/"
_LEVEL = 6
#: Seconds after which a half-made file is nobody\'s any more.
_LEFTOVER = 3600


def name_of(address: str) -> str | None:
    """The file of a page or attachment, relative to the version's folder; None for what can never be a file."""
    if address.startswith(FILES):
        parts = address.removeprefix(FILES).split("/")
        fit = len(parts) == 2 and all(part and not part.startswith(".") and "\0" not in part for part in parts)
        return address[1:] if fit and len(parts[1].encode("utf-8", "replace")) < 255 else None
    if not _PLAIN.fullmatch(address):
        return None
    if address == "/":
        return "index.html" + SUFFIX
    return (address[1:-1] + ".html" if address.endswith("/") else address[1:]) + SUFFIX


class PublicTree:
    """公众网页的目录。``root`` 由网页服务器读;``root/current`` 是指向一个版本目录的链接。"""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = root / "current"

    # --- 版本目录 ---

    @property
    def folder(self) -> str | None:
        """The name of the folder in use; None before the first."""
        try:
            return os.readlink(self.current)
        except OSError:
            return None

    @property
    def version(self) -> str | None:
        """The version of the templates for which the folder in use was begun."""
        return self.folder.split(".")[0] if self.folder else None

    @property
    def begun_at(self) -> float:
        """When the folder in use was begun, in seconds since 1970; 0 if there is none."""
        return int(self.folder.split(".")[1], 16) / 1e9 if self.folder else 0.0

    def switch(self, version: str) -> str:
        """Begin an empty folder and put it in use in one step; whoever still reads the old one ends in peace."""
        name = f"{version}.{time.time_ns():x}.{secrets.token_hex(2)}"
        (self.root / name).mkdir(parents=True)
        new = self.root / f".current-{secrets.token_hex(4)}"
        new.symlink_to(name)
        new.replace(self.current)
        _sync(self.root)
        return name

    def sweep(self) -> None:
        """Remove the folders that are no longer in use."""
        for path in self.root.iterdir() if self.root.is_dir() else ():
            if path.is_dir() and not path.is_symlink() and path.name != self.folder:
                shutil.rmtree(path, ignore_errors=True)

    # --- 文件 ---

    def path(self, address: str) -> Path | None:
        """Where the file of an address would lie; None if it can never be a file."""
        name = name_of(address)
        return self.current / name if name else None

    def drop(self, addresses: Iterable[str]) -> int:
        """Take files away, and be sure that they stay away even if the power fails; how many there were.

        Raises:
            OSError: one could not be taken away; the caller must not go on as if it had been.
        """
        folders, gone = set(), 0
        for address in addresses:
            if (path := self.path(address)) is None:
                continue
            try:
                path.unlink()
            except (FileNotFoundError, NotADirectoryError):
                continue
            folders.add(path.parent)
            gone += 1
        for folder in folders:
            _sync(folder)
        return gone

    def write(self, address: str, content: bytes, mtime: int) -> Path:
        """Lay the new content beside its place, not seen yet; ``place`` puts it there. ``mtime`` in seconds."""
        path = self._made(address)
        new = path.with_name(f".new-{secrets.token_hex(8)}")
        new.write_bytes(gzip.compress(content, _LEVEL, mtime=0))
        new.chmod(0o644)
        os.utime(new, (mtime, mtime))
        return new

    def link(self, address: str, source: Path) -> Path:
        """A second name of a stored file beside its place; a copy where the store lies on another disk."""
        path = self._made(address)
        new = path.with_name(f".new-{secrets.token_hex(8)}")
        try:
            new.hardlink_to(source)
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EMLINK, errno.EPERM):
                raise
            shutil.copy2(source, new)
        return new

    def place(self, address: str, new: Path) -> None:
        """Put what ``write`` or ``link`` made into its place, in one step."""
        path = self.path(address)
        assert path is not None
        # 同一个文件的两个名字互相改名,系统当没有这回事,旧名字会留下来
        path.unlink(missing_ok=True)
        new.replace(path)

    def _made(self, address: str) -> Path:
        path = self.path(address)
        if path is None:
            raise ValueError(f"这个网址不能是文件:{address}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def files(self) -> Iterator[tuple[str, os.stat_result]]:
        """Every file in use with its name relative to the folder; half-made ones are removed on the way."""
        if self.folder is None:
            return
        base = self.root / self.folder
        waiting = [base]
        while waiting:
            for entry in list(_scan(waiting.pop())):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.name.startswith(".new-"):
                    _drop_leftover(entry)
                else:
                    try:
                        yield os.path.relpath(entry.path, base), entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue

    def remove(self, name: str) -> None:
        """Take one file away by its own name, whatever it is."""
        (self.current / name).unlink(missing_ok=True)


def _drop_leftover(entry: os.DirEntry[str]) -> None:
    """A half-made file whose writer died: an hour is longer than any is being made."""
    with suppress(FileNotFoundError):
        # 附件是硬链接,修改时间是原件的;看的是这个名字何时放上去
        if time.time() - entry.stat(follow_symlinks=False).st_ctime > _LEFTOVER:
            os.unlink(entry.path)


def _scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except FileNotFoundError:
        return


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
