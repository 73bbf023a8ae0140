"""词表认不出的一句,看它的字和哪一项的自编例句(examples.toml)最像;拉不开差距的,不说。

每一项按例句里一个字、两个连着的字出现的次数打分(朴素贝叶斯),第一名比第二名高出 ``MARGIN`` 才算。
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: 第一名与第二名的差(自然对数)。
MARGIN = 8.0
#: 要压过词表里宽泛的说法(“有误”“错误”),差要更大。
SURE = 15.0
_SMOOTH = 0.3
_PRIOR = 5.0
_QUOTED = re.compile(r"[“\"《][^”\"》]{0,40}[”\"》]")
_FIGURES = re.compile(r"\d+")
_SIGNS = re.compile(r"\W")
_SITE_ONLY = ("W2", "W4.1", "W4.3", "W5.2", "W6.1", "W6.2", "W1.4", "D.COLUMN", "D.20WD", "D.STAT3M", "D.POLICY6M")
_NOT_MEDIA = frozenset((*_SITE_ONLY, "D.MSG2M", "ERR3D"))
_NOT_SITE = frozenset(("L.FREQ", "M4", "M.ZOMBIE"))
#: 新媒体用的代码。
MEDIA = {
    "W1.1": "M1",
    "W1.2": "M1",
    "W1.3": "M1",
    "W1.6": "M1",
    "W1.5": "M4",
    "W3": "M2",
    "W5.1": "M3",
    "D.LINK": "M.LINK",
}


@dataclass(frozen=True, slots=True)
class _Class:
    seen: Counter[str]
    examples: int


def nearest(clause: str, *, media: bool) -> tuple[str, float] | None:
    """The rule whose examples a clause is most like, and by how much it leads; None where the lead is below ``MARGIN``."""
    classes, overall, total = _learned()
    known = [gram for gram in grams(clause) if gram in overall]
    left_out = _NOT_MEDIA if media else _NOT_SITE
    scores = sorted(
        (
            (sum(_weight(entry, gram, overall[gram] / total) for gram in known), code)
            for code, entry in classes.items()
            if code not in left_out
        ),
        reverse=True,
    )
    (best, code), (second, _) = scores[:2]
    if best <= 0 or best - second < MARGIN or code == "none":
        return None
    return (MEDIA.get(code, code) if media else code), best - second


def grams(text: str) -> set[str]:
    """The characters and pairs of characters of a clause, without quoted names, signs and the value of figures.

    >>> sorted(grams("“要闻”栏目3处"))
    ['0', '0处', '处', '栏', '栏目', '目', '目0']
    """
    bare = _FIGURES.sub("0", _SIGNS.sub("", _QUOTED.sub("", text)))
    return {*bare, *(bare[at : at + 2] for at in range(len(bare) - 1))}


def _weight(entry: _Class, gram: str, share: float) -> float:
    """How much more often the examples of a rule have this gram than all of them."""
    own = (entry.seen[gram] + _SMOOTH * _PRIOR * share) / (entry.examples + _SMOOTH * _PRIOR)
    return math.log(own / share)


@cache
def _learned() -> tuple[dict[str, _Class], Counter[str], int]:
    printed = tomllib.loads(files(__package__).joinpath("examples.toml").read_text("utf-8"))
    classes = {
        code: _Class(Counter(gram for line in lines for gram in grams(line)), len(lines))
        for code, lines in printed.items()
    }
    overall: Counter[str] = Counter()
    for entry in classes.values():
        overall.update(entry.seen)
    return classes, overall, sum(entry.examples for entry in classes.values())
