"""钥匙和加密的文件怎样落盘:从第一个字节起只有主人能读,写全了才放上去,不盖掉已经在那里的。"""

from __future__ import annotations

import os
from pathlib import Path


def place(path: Path, content: str | bytes, *, replace: bool = False) -> bool:
    """Put ``content`` at ``path`` whole or not at all, for the owner's eyes only, and kept through a power cut.

    Args:
        replace: put it over a file that is there; otherwise the one that is there stays.

    Returns:
        Whether the file that lies there now is this one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        if replace:
            new.replace(path)
        else:
            try:
                # link 不盖旧文件;rename 会
                os.link(new, path)
            except FileExistsError:
                return False
        _sync(path.parent)
        return True
    finally:
        new.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
