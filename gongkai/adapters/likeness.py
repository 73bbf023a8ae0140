"""文字像不像:字符五字组的相似度(Jaccard),每份留一小段指纹,十万份里找出像的各对;两份的数字、日期差在哪里。

指纹是散列最小的若干个五字组(bottom-k):短的全在里面,长的按比例估计,误差在百分之几。
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

KEPT = 128  # 一份指纹里至多几个
GRAM = 5
#: 一个五字组在这么多份里都有,是套话,不作线索。
_COMMON = 24
#: 至少共有指纹的这么多分之一,才算一对候选。
_SHARED = 10
_PRIME = np.uint64(1_000_003)
_WORDS = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]+")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*%?")
#: 一次看这么多份的对子,内存才有数。
_BLOCK = 20_000


def plain(text: str) -> str:
    """Only the characters that count: Han, digits, letters, in one width."""
    return _WORDS.sub("", unicodedata.normalize("NFKC", text))


def grams(text: str) -> Hashes:
    """Hashes of the different five-character pieces, ascending."""
    signs = np.frombuffer(plain(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if not len(signs):
        return np.zeros(0, np.uint32)
    if len(signs) < GRAM:
        signs = np.pad(signs, (0, GRAM - len(signs)))
    rolled = np.zeros(len(signs) - GRAM + 1, np.uint64)
    with np.errstate(over="ignore"):
        for place in range(GRAM):
            rolled = rolled * _PRIME + signs[place : place + len(rolled)]
        rolled ^= rolled >> np.uint64(29)
        rolled *= np.uint64(0xBF58476D1CE4E5B9)
        rolled ^= rolled >> np.uint64(32)
    return np.unique(rolled.astype(np.uint32))


def sketch(text: str) -> bytes:
    """The fingerprint of a text, at most ``4 * KEPT`` bytes; empty for a text without characters."""
    return grams(text)[:KEPT].astype("<u4").tobytes()


def resemblance(one: str, other: str) -> float:
    """The exact share of common pieces, 0 to 1.

    >>> resemblance("关于做好秋季绿化工作的通知", "关于做好秋季绿化工作的通知。")
    1.0
    """
    left, right = grams(one), grams(other)
    common = len(np.intersect1d(left, right, assume_unique=True))
    total = len(left) + len(right) - common
    return common / total if total else 0.0


def estimated(one: bytes, other: bytes) -> float:
    """The same from two fingerprints."""
    return _estimate(_read(one), _read(other))


def _read(kept: bytes) -> Hashes:
    return np.frombuffer(kept, dtype="<u4")


def _estimate(left: Hashes, right: Hashes) -> float:
    union = np.union1d(left, right)[:KEPT]
    if not len(union):
        return 0.0
    common = np.intersect1d(left, right, assume_unique=True)
    return float(np.isin(union, common, assume_unique=True).sum() / len(union))


def pairs(sketches: Sequence[bytes], least: float) -> Iterator[tuple[int, int, float]]:
    """Each pair of positions whose texts are alike at least so much, with the estimate; ascending.

    Memory is bounded by the fingerprints and one block of pairs; pieces that very many texts have are no clue.
    """
    read = [_read(one) for one in sketches]
    sizes = [len(one) for one in read]
    if not sum(sizes):
        return
    hashes, owners = _rare(_in_order(read, sizes))
    for start in range(0, len(read), _BLOCK):
        for left, right, shared in _sharing(hashes, owners, start):
            if shared * _SHARED < min(sizes[left], sizes[right], KEPT):
                continue
            alike = _estimate(read[left], read[right])
            if alike >= least:
                yield left, right, alike


def groups(sketches: Sequence[bytes], least: float) -> list[int]:
    """For each text the position of the first one of its group: the likest earlier first one, or the text itself.

    Each text is compared with the first ones only, found by common pieces, a piece that many of them have left out:
    the work grows with the number of texts, however large a group is (``pairs`` passes over what very many have).

    Args:
        least: the estimated share of common pieces that makes two texts alike.
    """
    leaders: dict[int, list[int]] = {}
    read: dict[int, Hashes] = {}
    same: dict[bytes, int] = {}
    found = []
    for place, kept in enumerate(sketches):
        leader = same.get(kept) if kept else place
        if leader is None:
            hashes = _read(kept)
            pieces = hashes.tolist()
            leader = _leader(hashes, pieces, leaders, read, least)
            if leader is None:
                leader = place
                read[place] = hashes
                for piece in pieces:
                    known = leaders.setdefault(piece, [])
                    if len(known) < _COMMON:
                        known.append(place)
            same[kept] = leader
        found.append(leader)
    return found


def _leader(
    hashes: Hashes, pieces: list[int], leaders: dict[int, list[int]], read: dict[int, Hashes], least: float
) -> int | None:
    """The likest of the first ones that share enough pieces; the earlier of two as like."""
    shared = Counter(place for piece in pieces for place in leaders.get(piece, ()))
    best, most = None, least
    for place, count in sorted(shared.items()):
        if count * _SHARED >= min(len(pieces), len(read[place]), KEPT):
            alike = _estimate(hashes, read[place])
            if alike > most or (best is None and alike == most):
                best, most = place, alike
    return best


def _in_order(read: Sequence[Hashes], sizes: Sequence[int]) -> NDArray[np.uint64]:
    """Every hash with its text, as one number each (hash, then text), ascending; sorted in its own place."""
    packed = np.empty(sum(sizes), np.uint64)
    at = 0
    for owner, (kept, size) in enumerate(zip(read, sizes, strict=True)):
        packed[at : at + size] = (kept.astype(np.uint64) << np.uint64(32)) | np.uint64(owner)
        at += size
    packed.sort()
    return packed


def _rare(packed: NDArray[np.uint64]) -> tuple[Hashes, NDArray[np.int32]]:
    """Hashes and their texts, without the hashes that only one text has, and those that too many have."""
    hashes = (packed >> np.uint64(32)).astype(np.uint32)
    ends = np.flatnonzero(hashes[1:] != hashes[:-1])
    counts = np.diff(ends, prepend=-1, append=len(hashes) - 1)
    keep = np.repeat((counts > 1) & (counts <= _COMMON), counts)
    return hashes[keep], packed[keep].astype(np.uint32).astype(np.int32)


def _sharing(hashes: Hashes, owners: NDArray[np.int32], start: int) -> Iterator[tuple[int, int, int]]:
    """(text, later text, how many hashes they share) for the texts of one block."""
    found = []
    for step in range(1, _COMMON):
        same = hashes[:-step] == hashes[step:]
        left, right = owners[:-step], owners[step:]
        same &= (left >= start) & (left < start + _BLOCK)
        if not same.any():
            continue
        found.append(left[same].astype(np.int64) << 32 | right[same])
    if not found:
        return
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        yield key >> 32, key & 0xFFFFFFFF, count


def figures(one: str, other: str) -> tuple[list[str], list[str]]:
    """Numbers that stand in the one text only, and in the other only: one differing number is no copy.

    >>> figures("补助3000元，2006年起", "补助3500元，2006年起")
    (['3000'], ['3500'])
    """
    left = Counter(_FIGURES.findall(unicodedata.normalize("NFKC", one)))
    right = Counter(_FIGURES.findall(unicodedata.normalize("NFKC", other)))
    return sorted((left - right).elements()), sorted((right - left).elements())
