"""同样的字写法不同也认得出:全角变半角,看不见的字符去掉,每个字在原文的位置留着。"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

#: 看不见、不占地方的:零宽字符、方向标记、变体选择符、软连字符(格式类,Unicode Cf)和组合记号。
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})
#: 算字母、记号,却是空白的:谚文填充符、空的盲文格。
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_BREAKS = frozenset("\n\r\t\x0b\x0c\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Folded:
    """折叠以后的字,和每个字在原文的位置。"""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters ``start`` to ``end`` stand in the original, ``end`` not counted."""
        return self.at[start], self.at[end - 1] + 1


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    """The compatible form of one character; nothing for what cannot be seen; itself where the form is longer."""
    if sign in _BREAKS:
        return "\n" if sign != "\t" else "\t"
    if unicodedata.category(sign) in _UNSEEN or sign in _BLANK:
        return ""
    if (digit := unicodedata.decimal(sign, None)) is not None:
        # 别的文字的数字,NFKC 不管
        return str(digit)
    form = unicodedata.normalize("NFKC", sign)
    return form if len(form) == 1 else sign


def fold(text: str, *, drop: str = "", blanks: bool = True) -> Folded:
    """Fold character by character (一字对一字).

    Args:
        drop: further characters to leave out, for example the dashes in a number.
        blanks: keep white space; without it “张　三” reads “张三”.

    >>> fold("１３८\\u200b０ Ａ").text, fold("张　三", blanks=False).text
    ('1380 A', '张三')
    """
    # 不同的字至多几千个:先把每个字的写法定下来,长的文字才读得快
    forms = {sign: _folded(sign) for sign in set(text)}
    forms = {sign: "" if form in drop or (not blanks and form.isspace()) else form for sign, form in forms.items()}
    changed = str.maketrans({sign: form for sign, form in forms.items() if form != sign})
    if all(forms.values()):
        return Folded(text.translate(changed), range(len(text)))
    at = [position for position, sign in enumerate(text) if forms[sign]]
    return Folded(text.translate(changed), at)
