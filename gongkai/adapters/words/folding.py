"""归一:全角变半角、繁体变简体、大写变小写。一个字归一成一个字,位置不变,所以高亮可以直接用在原文上。"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from opencc import OpenCC

_SIMPLIFY = OpenCC("t2s")


class _Folded(dict[int, str]):
    """Each character in its compatible, lower-case form, if that is one character too; controls become spaces."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKC", sign)
        plain = plain.lower() if len(plain) == 1 else sign
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp", "Zs") and sign != "\n":
            plain = " "
        self[code] = plain if len(plain) == 1 else sign
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text as it is indexed and searched; always as long as ``text``, character for character.

    >>> fold("國務院辦公廳〔２０１９〕ＡＢ號")
    '国务院办公厅〔2019〕ab号'
    """
    plain = text.translate(_FOLDED)
    if plain.isascii():
        return plain
    simple = _SIMPLIFY.convert(plain)
    return simple if len(simple) == len(plain) else "".join(map(_simplify_one, plain))


@lru_cache(maxsize=70_000)
def _simplify_one(sign: str) -> str:
    simple: str = _SIMPLIFY.convert(sign)
    return simple if len(simple) == 1 else sign
