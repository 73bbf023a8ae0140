"""由自编例句(examples.toml)训练 ``scored`` 的线性模型:字和两个连着的字、句子的向量,核岭回归。

向量要 ``meaning`` 才算得出,算一遍要半分钟,所以训练好的权重随软件(examples.npz),写明是哪一份例句的;
例句改了而权重没有重做的,只用字。没有网络,没有随机数,同样的例句得同样的权重。
"""

from __future__ import annotations

import hashlib
import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]
#: 向量占多少,其余是字;岭回归的惩罚。都由交叉验证定(``benchmarks/findings.py``)。
SHARE, PENALTY = 0.8, 1.0
#: 单个字的权重,两个连着的字是一。
_SINGLE = 0.5
_FIGURES, _SIGNS = re.compile(r"\d+"), re.compile(r"\W")
_NAME = "examples.npz"


def grams(text: str) -> set[str]:
    """The characters and pairs of characters of a clause, without signs and the value of figures.

    >>> sorted(grams("栏目3处"))
    ['0', '0处', '处', '栏', '栏目', '目', '目0']
    """
    bare = _FIGURES.sub("0", _SIGNS.sub("", text))
    return {*bare, *(bare[at : at + 2] for at in range(len(bare) - 1))}


@dataclass(frozen=True, slots=True)
class Grams:
    """认得的字和字对,各自的列号和权重(越少见越重)。"""

    known: dict[str, tuple[int, float]]

    def rows(self, texts: Sequence[str]) -> Rows:
        """One row of unit length a text; zeros where it holds nothing known."""
        found = np.zeros((len(texts), len(self.known)), np.float32)
        for row, text in zip(found, texts, strict=True):
            for gram in grams(text):
                if at := self.known.get(gram):
                    row[at[0]] = at[1]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Rows = found / np.maximum(lengths, 1e-9)
        return unit


def learn_grams(texts: Sequence[str]) -> Grams:
    """Those of some sentences, weighted by how few of them hold each."""
    seen = Counter(gram for text in texts for gram in grams(text))
    return Grams(
        {
            gram: (at, (math.log((1 + len(texts)) / (1 + count)) + 1) * (1 if len(gram) == 2 else _SINGLE))
            for at, (gram, count) in enumerate(sorted(seen.items()))
        }
    )


def directed(vectors: Rows, mean: Rows) -> Rows:
    """Vectors of sentences as directions from their mean: the model's vectors all lie close together."""
    away = vectors - mean
    unit: Rows = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    return unit


def solved(kernel: Rows, labels: Sequence[int], classes: int, penalty: float = PENALTY) -> Rows:
    """The dual weights of ridge regression on which rule a sentence belongs to."""
    wanted = np.eye(classes, dtype=np.float64)[list(labels)]
    inside = kernel.astype(np.float64) + penalty * np.eye(len(kernel))
    return np.linalg.solve(inside, wanted - wanted.mean(axis=0)).astype(np.float32)


@cache
def _printed() -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], str]:
    """Codes, sentences, the code of each sentence, and the hash of it all."""
    text = files(__package__).joinpath("examples.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    pairs = [(line, at) for at, lines in enumerate(table.values()) for line in lines]
    mark = hashlib.sha256(repr((list(table), pairs)).encode()).hexdigest()
    return tuple(table), tuple(line for line, _ in pairs), tuple(at for _, at in pairs), mark


def codes() -> tuple[str, ...]:
    """The rules that have examples, in the order of the scores."""
    return _printed()[0]


def sentences() -> tuple[str, ...]:
    """Every example."""
    return _printed()[1]


def labels() -> tuple[int, ...]:
    """For every example the place of its rule in ``codes``."""
    return _printed()[2]


def mark() -> str:
    """Tells one table of examples from another."""
    return _printed()[3]


@cache
def known_grams() -> Grams:
    """The grams of all examples."""
    return learn_grams(sentences())


@dataclass(frozen=True, slots=True)
class ByGrams:
    """只用字的模型。"""

    known: Grams
    weights: Rows

    def scores(self, texts: Sequence[str]) -> Rows:
        """One row a text, one column a rule."""
        return self.known.rows(texts) @ self.weights


@cache
def grams_alone() -> ByGrams:
    """The model without vectors, learned at once."""
    known = known_grams()
    rows = known.rows(sentences())
    return ByGrams(known, rows.T @ solved(rows @ rows.T, labels(), len(codes())))


@dataclass(frozen=True, slots=True)
class Learned:
    """随软件的权重:向量的平均、向量的权重、各例句的对偶权重(字的权重由它算)。"""

    mean: Rows
    weights: Rows
    dual: Rows

    def scores(self, directions: Rows, by_grams: Rows) -> Rows:
        """From the directions of the sentences and what their grams score."""
        return SHARE * (directions @ self.weights) + (1 - SHARE) * by_grams


def learn(vectors: Rows, texts: Sequence[str], labels: Sequence[int], classes: int) -> tuple[Learned, Grams]:
    """The model of some sentences with their vectors."""
    mean = vectors.mean(axis=0, keepdims=True)
    directions, known = directed(vectors, mean), learn_grams(texts)
    rows = known.rows(texts)
    dual = solved(SHARE * directions @ directions.T + (1 - SHARE) * rows @ rows.T, labels, classes)
    return Learned(mean, directions.T @ dual, dual), known


def write(learned: Learned) -> None:
    """Keep the weights beside the examples."""
    np.savez_compressed(
        Path(__file__).with_name(_NAME),
        mark=np.array(mark()),
        mean=learned.mean.astype(np.float16),
        weights=learned.weights.astype(np.float16),
        dual=learned.dual.astype(np.float16),
    )


@cache
def shipped() -> Learned | None:
    """The kept weights; None where they are of other examples, or missing."""
    path = Path(__file__).with_name(_NAME)
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        if str(kept["mark"]) != mark():
            return None
        parts: dict[str, Any] = {name: kept[name].astype(np.float32) for name in ("mean", "weights", "dual")}
    return Learned(**parts)
