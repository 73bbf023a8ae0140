"""清单:目录里应当有哪些文件、什么样子,还有哪些等着写。一个节点一份,丢了就重来,不是事实的来源。"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS page (
  name TEXT PRIMARY KEY, address TEXT NOT NULL, present INTEGER NOT NULL, size INTEGER NOT NULL,
  mtime INTEGER NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wanted (address TEXT PRIMARY KEY, lane INTEGER NOT NULL, rank REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wanted_order ON wanted (lane, rank);
CREATE TABLE IF NOT EXISTS note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """清单里的一个文件。``sha256`` 是网页压缩以前的,或者附件的;``mtime`` 秒。"""

    name: str
    address: str
    size: int
    mtime: int
    sha256: str


class Manifest:
    """清单,只由后台的发布程序读写。"""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=30)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=OFF")  # 丢了就重来
            db.executescript(_TABLES)
            with db:
                yield db
        finally:
            db.close()

    # --- 文件 ---

    def note(self, entries: Iterable[Entry]) -> None:
        """These files are (about to be) there."""
        rows = [(one.name, one.address, 1, one.size, one.mtime, one.sha256) for one in entries]
        with self._open() as db:
            db.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", rows)

    def forget(self, names: Iterable[str]) -> None:
        """These files are gone; their last time is kept, so that the next one differs from it."""
        with self._open() as db:
            db.executemany("UPDATE page SET present = 0 WHERE name = ?", [(name,) for name in names])

    def forget_all(self) -> None:
        """A new folder has begun: nothing is there and nothing waits."""
        with self._open() as db:
            db.execute("UPDATE page SET present = 0")
            db.execute("DELETE FROM wanted")

    def entries(self, names: Iterable[str]) -> dict[str, Entry]:
        """Those of these names that should be there."""
        found = {}
        with self._open() as db:
            for name in names:
                row = db.execute(
                    "SELECT name, address, size, mtime, sha256 FROM page WHERE name = ? AND present = 1", (name,)
                ).fetchone()
                if row:
                    found[name] = Entry(*row)
        return found

    def all(self, *, after: str = "", limit: int = 1000) -> list[Entry]:
        """What should be there, by name."""
        with self._open() as db:
            rows = db.execute(
                "SELECT name, address, size, mtime, sha256 FROM page WHERE present = 1 AND name > ? ORDER BY name LIMIT ?",
                (after, limit),
            )
            return [Entry(*row) for row in rows]

    def times(self, names: Iterable[str]) -> dict[str, int]:
        """The last time that each file bore, there or gone."""
        with self._open() as db:
            found = {}
            for name in names:
                if row := db.execute("SELECT mtime FROM page WHERE name = ?", (name,)).fetchone():
                    found[name] = int(row[0])
            return found

    def count(self) -> int:
        """How many files should be there."""
        with self._open() as db:
            return int(db.execute("SELECT count(*) FROM page WHERE present = 1").fetchone()[0])

    # --- 等着写的 ---

    def want(self, addresses: Iterable[str], lane: int, ranks: dict[str, float] | None = None) -> None:
        """Ask for these to be written: lane 0 is urgent; within a lane the lower rank comes first."""
        rows = [(one, lane, (ranks or {}).get(one, 0.0)) for one in addresses]
        with self._open() as db:
            db.executemany(
                "INSERT INTO wanted VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET"
                " lane = min(lane, excluded.lane), rank = min(rank, excluded.rank)",
                rows,
            )

    def waiting(self, limit: int, *, lane: int = 9) -> list[str]:
        """The next ones to write, at most up to this lane."""
        with self._open() as db:
            rows = db.execute(
                "SELECT address FROM wanted WHERE lane <= ? ORDER BY lane, rank, address LIMIT ?", (lane, limit)
            )
            return [row[0] for row in rows]

    def again(self, lane: int, to: int) -> None:
        """Move what waits in one lane to another."""
        with self._open() as db:
            db.execute("UPDATE wanted SET lane = ? WHERE lane = ?", (to, lane))

    def wait_count(self) -> int:
        """How many wait."""
        with self._open() as db:
            return int(db.execute("SELECT count(*) FROM wanted").fetchone()[0])

    def done(self, addresses: Iterable[str]) -> None:
        """These need not be written any more."""
        with self._open() as db:
            db.executemany("DELETE FROM wanted WHERE address = ?", [(one,) for one in addresses])

    # --- 记事 ---

    def get(self, key: str) -> str:
        """A note; empty if there is none."""
        with self._open() as db:
            row = db.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
            return str(row[0]) if row else ""

    def set(self, key: str, value: str) -> None:
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))
