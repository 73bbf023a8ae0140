"""词表认不出的一句,看它和哪一项的自编例句(examples.toml)最像;拉不开差距的,不说。

一个小的线性模型:每句是它的字和两个连着的字(按少见的程度加权),装了 ``meaning`` 的再加上这句话的向量;
岭回归,一项一个分,第一名比第二名高出 ``Limits.lead`` 才算。怎样训练见 ``learning.py``,为什么见决定15。
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongkai.adapters import meaning

from . import learning

_QUOTED = re.compile(r"[“\"《][^”\"》]{0,40}[”\"》]")
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
class Limits:
    """第一名要高出第二名多少才说(``lead``),要高出多少才压得过词表里宽泛的说法(``sure``);由交叉验证定。"""

    lead: float
    sure: float


WITH_MEANING, WITHOUT = Limits(0.10, 0.22), Limits(0.20, 0.30)


@dataclass(frozen=True, slots=True)
class Likely:
    """最像的一项,高出第二名多少,够不够压过宽泛的说法。"""

    code: str
    lead: float
    is_sure: bool


def nearest(clause: str, *, media: bool) -> Likely | None:
    """The rule whose examples a clause is most like; None where it leads the next one by too little."""
    bare = _QUOTED.sub("", clause)
    if not bare:
        return None
    scores, limits = _scores(bare)
    left_out = _NOT_MEDIA if media else _NOT_SITE
    ordered = sorted(
        ((score, code) for code, score in zip(learning.codes(), scores, strict=True) if code not in left_out),
        reverse=True,
    )
    (best, code), (second, _) = ordered[:2]
    lead = float(best - second)
    if code == "none" or lead < limits.lead:
        return None
    return Likely(MEDIA.get(code, code) if media else code, lead, lead >= limits.sure)


def _scores(bare: str) -> tuple[learning.Rows, Limits]:
    model, learned = meaning.load(), learning.shipped()
    if model is None or learned is None:
        return learning.grams_alone().scores([bare])[0], WITHOUT
    vector = learning.directed(model.passages([bare]), learned.mean)
    by_grams = learning.known_grams().rows([bare]) @ _weights_of_grams()
    return learned.scores(vector, by_grams)[0], WITH_MEANING


@cache
def _weights_of_grams() -> learning.Rows:
    learned = learning.shipped()
    assert learned is not None
    known = learning.known_grams()
    weights: learning.Rows = known.rows(learning.sentences()).T @ learned.dual
    return weights
