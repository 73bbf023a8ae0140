"""一句话是不是引文里说了的。只认最稳妥的一种:它的每个分句都是引文里某个分句的缩写。

不多一个词、一个数,不丢一个“不”“可以”“以上”,次序不变,不丢前面的条件(“……的，”)和后面的但书。
宁可错杀:通得过的,意思不会与引文相反。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from gongkai.adapters.words import Cutter

from .query import short_words

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_STATEMENT = re.compile(r"[^。；;！？!?\n]+")
_CLAUSE = re.compile(r"[^，,:：]+")
_LABEL = re.compile(
    r"^第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?|^[(（][〇零一二三四五六七八九十]+[)）]|^[一二三四五六七八九十]+、"
)
_NUMBER = re.compile(r"[0-9.,%‰〇零一二三四五六七八九十百千万亿两半]+")
#: 改变意思的字眼:引文的分句里有的,这句话里要一个不少,一个不多。
_TURNS = re.compile(
    r"不|未|没|无|非|否|禁|停止|除|但|仅|只|可|应|必须|须|以上|以下|超过|不足|以内|以外|之前|之后|或|并|如|若|均|都|也|全"
)
_CONDITION = re.compile(r"(?:的|时|后|前|情形|情况下|期间)$|^(?:如|若|凡|当)")
_PROVISO = re.compile(r"^(?:但|除|不过|然而)|除外")
_BLANK = re.compile(r"\s+")


def _plain(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def sentences(text: str) -> list[str]:
    """The sentences of what a model wrote."""
    return [one.strip() for one in _SENTENCE.findall(text) if one.strip()]


def supported(sentence: str, quotations: Sequence[str], cutter: Cutter) -> int | None:
    """The number of the quotation (from 0) in which all that the sentence says is said; None if there is none."""
    said = [_clauses(part) for part in _STATEMENT.findall(_plain(sentence))]
    if not any(short_words(clause, cutter) for part in said for clause in part):
        return None
    for number, quotation in enumerate(quotations):
        source = [_clauses(part) for part in _STATEMENT.findall(_plain(quotation))]
        if all(any(_says(whole, part, cutter) for whole in source) for part in said):
            return number
    return None


def _clauses(statement: str) -> list[str]:
    return _CLAUSE.findall(_LABEL.sub("", statement))


def _says(source: Sequence[str], said: Sequence[str], cutter: Cutter) -> bool:
    """Whether one statement of the quotation, clause by clause and in order, says all of it and keeps its conditions."""
    used: list[int] = []
    for clause in said:
        start = used[-1] + 1 if used else 0
        at = next((n for n in range(start, len(source)) if _shortens(source[n], clause, cutter)), None)
        if at is None:
            return False
        used.append(at)
    left_out = [n for n in range(len(source)) if n not in used]
    return not any(
        (n < used[-1] and _CONDITION.search(source[n])) or (n > used[0] and _PROVISO.search(source[n]))
        for n in left_out
    )


def _shortens(source: str, clause: str, cutter: Cutter) -> bool:
    """Whether a clause is a shortened form of the source's clause."""
    if sorted(_NUMBER.findall(clause)) != sorted(_NUMBER.findall(source)):
        return False
    if sorted(_TURNS.findall(clause)) != sorted(_TURNS.findall(source)):
        return False
    at = 0
    for word in cutter.whole_words(clause):
        found = source.find(word, at)
        if found < 0:
            return False
        at = found + len(word)
    return True
