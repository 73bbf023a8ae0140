"""数据同源:一件信息文字的指纹。别处的副本同这里的指纹一样,就是同一份;不一样的,逐句找出差别。"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_BLANK = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


def normal(text: str) -> str:
    """The text without what layout changes: all white space, full and half width."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def fingerprint(text: str) -> str:
    """SHA-256 of the normal form: equal for copies that differ in layout only."""
    return hashlib.sha256(normal(text).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Comparison:
    """同源比较:``missing`` 是来源有而副本没有的句子,``same`` 是副本一句不少、次序不变。"""

    same: bool
    missing: tuple[str, ...]
    out_of_order: tuple[str, ...]


def compare(source: str, copy: str) -> Comparison:
    """Whether a copy holds the whole text of the source; a page around it (menus, footers) does not matter."""
    hay, at = normal(copy), 0
    missing, moved = [], []
    for sentence in _SENTENCE.findall(source):
        wanted = normal(sentence)
        if not wanted:
            continue
        found = hay.find(wanted, at)
        if found >= 0:
            at = found + len(wanted)
        elif wanted in hay:
            moved.append(sentence.strip())
        else:
            missing.append(sentence.strip())
    return Comparison(not missing and not moved, tuple(missing), tuple(moved))
