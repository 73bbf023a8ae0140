"""一个数据文件的体检:在有限度的进程里读,很大的由引擎读(``datatable.large``);查什么见 ``profile.py``。"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ... import apart
from ...datatable import large
from ...files.errors import Unreadable
from ...files.kinds import Kind, kind_of
from ...files.limits import DEFAULT
from .profile import profile


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """Profile of the file at ``row["path"]``, read in a limited process; ``trouble`` where it cannot be read."""
    path = Path(row["path"])
    try:
        if path.stat().st_size > DEFAULT.text_bytes and _is_plain(path):
            return {"file": path.name} | apart.run(apart.BULK, large.profile, str(path.resolve()))
        if path.stat().st_size > DEFAULT.file_bytes:
            raise Unreadable(path.name, f"文件超过{DEFAULT.file_bytes // (1024 * 1024)} MB", "请分成几份再试")
        return {"file": path.name} | apart.run(apart.DESK, profile, path.read_bytes(), path.name)
    except OSError as error:
        trouble = f"打不开:{os.strerror(error.errno or 0)}"
    except (Unreadable, apart.Stopped) as error:
        trouble = str(error)
    return {"file": path.name, "trouble": trouble}


def _is_plain(path: Path) -> bool:
    """Whether the file begins like text: no workbook, no archive."""
    with path.open("rb") as file:
        return kind_of(file.read(4096)) in (Kind.TXT, Kind.CSV)
