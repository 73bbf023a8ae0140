"""资料目录 ``open-data/`` 里的文件:``kept/`` 原件和 Parquet,只给工作台和受限数据;``open/`` 给公众的,收紧时先从这里拿走。

``open/`` 可以没有,不可以错:拿走在提交以前,写出在提交以后也行,缺的由任务补(``jobs.mend``)。
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.adapters.datatable import engine, writing
from gongkai.adapters.datatable.columns import Column

from .models import Version

TABLE, ORIGINAL, INDEX = "data.parquet", "original", "index"
#: 这么多行以上的表建索引;小的从头看一遍就够快。
INDEXED_ROWS = 500_000
#: 公众可以下载的文件:名字 → 叫法、媒体类型。
FILES = {
    "data.csv": ("CSV（UTF-8）", "text/csv; charset=utf-8"),
    "data.json": ("JSON", "application/json"),
    "data.xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "data.parquet": ("Parquet", "application/vnd.apache.parquet"),
}


def root() -> Path:
    return Path(settings.GONGKAI_DATA) / "open-data"


def kept(version: Version) -> Path:
    """The folder of a version that the public never reads."""
    return root() / "kept" / version.folder


def shown(version: Version) -> Path:
    """The folder that the public's downloads come from."""
    return root() / "open" / version.folder


def folders() -> set[str]:
    """The folders that the public's downloads come from now."""
    top = root() / "open"
    return {path.name for path in top.iterdir()} if top.is_dir() else set()


def keep(version: Version, original: bytes | Path, text: str | Path, columns: Sequence[Column]) -> None:
    """Put away what was handed in, and its table: as clean text, or as the file that the check of a large one wrote."""
    folder = kept(version)
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(original, Path):
        shutil.copyfile(original, folder / ORIGINAL)
    else:
        (folder / ORIGINAL).write_bytes(original)
    if isinstance(text, Path):
        text.rename(folder / TABLE)
        return
    plain = folder / "clean.csv"
    plain.write_text(text, "utf-8")
    engine.build(plain, folder / TABLE, columns)
    plain.unlink()


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder for a while, on the same disk as the tables."""
    top = root() / "making"
    top.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=top) as folder:
        yield Path(folder)


def table(version: Version) -> engine.Table:
    """The table of a version."""
    folder = kept(version)
    return engine.Table(folder / TABLE, version.table_columns(), folder / INDEX)


def lacks_index(version: Version) -> bool:
    """Whether the table is large and has no index yet: it is answered all the same, only slowly."""
    folder = kept(version)
    return version.rows >= INDEXED_ROWS and (folder / TABLE).is_file() and not (folder / INDEX).is_dir()


def build_index(version: Version) -> None:
    """Write the index beside the table; every node makes its own."""
    folder = kept(version)
    engine.build_index(folder / TABLE, folder / INDEX, version.table_columns())


def show(version: Version) -> dict[str, Any]:
    """Write the public's files; their sizes and digests by name. All of them appear at once."""
    target = shown(version)
    if not target.is_dir():
        made = root() / "making" / version.folder
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        write_all(version, made)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.rename(target)
    return {
        path.name: {"size": path.stat().st_size, "sha256": writing.digest(path)}
        for path in sorted(target.iterdir())
    }


def is_whole(version: Version, *, deep: bool = False) -> bool:
    """Whether the public's files are there as they were written: by their sizes, ``deep`` by their digests too."""
    for name, about in version.files.items():
        path = shown(version) / name
        if not path.is_file() or path.stat().st_size != about["size"]:
            return False
        if deep and writing.digest(path) != about["sha256"]:
            return False
    return shown(version).is_dir()


def write_all(version: Version, folder: Path) -> None:
    """Every form of the table."""
    source = table(version)
    (folder / TABLE).hardlink_to(source.path)
    writing.write_csv(source, folder / "data.csv")
    writing.write_json(source, folder / "data.json")
    if version.rows < writing.SHEET_ROWS and version.rows * len(version.columns) <= writing.SHEET_CELLS:
        writing.write_xlsx(source, folder / "data.xlsx")


def take_away(version: Version) -> None:
    """Nobody reads these files from now on; a download under way is cut off at its next piece."""
    folder = shown(version)
    if folder.is_dir():
        gone = root() / "gone" / version.folder
        gone.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
