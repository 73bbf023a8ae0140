"""摘录:从原文里截出检索词最集中的一段,标出命中的位置。截的是原文,一字不改。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.adapters.words import fold

_STOPS = "。;!?\n"
_READ = 200_000
_MOST_HITS = 2_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """``text`` 是原文第 ``start`` 字起的一段;``spans`` 是其中命中处的起止(相对 ``text``)。"""

    text: str
    start: int
    spans: tuple[tuple[int, int], ...]

    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is a hit; joined they are the text."""
        pieces, at = [], 0
        for start, end in self.spans:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        pieces.append((self.text[at:], False))
        return [piece for piece in pieces if piece[0]]


def snippet(text: str, terms: Iterable[str], size: int = 120) -> Snippet:
    """The stretch of ``text``, about ``size`` characters, that holds most of the terms.

    A longer term counts more, a repeated one hardly. Without any hit, the beginning of the text.

    >>> snippet("总则。镇政府公开年度预算。附则。", ["预算"], size=16)
    Snippet(text='镇政府公开年度预算。附则。', start=3, spans=((7, 9),))
    """
    plain = fold(text[:_READ])
    hits = _hits(plain, _wanted(terms))
    start = _opening(plain, _best(plain, hits, size), size)
    end = _ending(plain, max(start + size, 1), size)
    inside = [(begin - start, stop - start) for begin, stop in hits if start <= begin and stop <= end]
    return Snippet(text[start:end], start, tuple(inside))


def marked(text: str, terms: Iterable[str]) -> Snippet:
    """The whole of a short text (a title) with its hits.

    >>> marked("镇政府预算公开", ["预算"]).parts()
    [('镇政府', False), ('预算', True), ('公开', False)]
    """
    return Snippet(text, 0, tuple(_hits(fold(text), _wanted(terms))))


def _wanted(terms: Iterable[str]) -> list[str]:
    """The terms as they are compared, the longer first."""
    return sorted({plain for term in terms if (plain := fold(term).strip())}, key=len, reverse=True)


def _hits(plain: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Where the terms stand; of two that overlap, the longer."""
    if not wanted:
        return []
    pattern = re.compile("|".join(map(re.escape, wanted)))
    return [match.span() for match in pattern.finditer(plain)]


def _best(plain: str, hits: list[tuple[int, int]], size: int) -> int:
    """Start of the hit from which a window of ``size`` is worth most."""
    best, where = 0.0, 0
    for index, (start, _) in enumerate(hits[:_MOST_HITS]):
        worth, terms = 0.0, set[str]()
        for begin, stop in hits[index : index + 40]:
            if stop > start + size:
                break
            term = plain[begin:stop]
            worth += 0.1 if term in terms else len(term) ** 1.5
            terms.add(term)
        if worth > best:
            best, where = worth, start
    return where


def _opening(plain: str, start: int, size: int) -> int:
    """The beginning of the sentence in which ``start`` lies, if it is not too far back."""
    if start <= size // 4:
        return 0
    lowest = max(0, start - size // 2)
    back = max((plain.rfind(stop, lowest, start) for stop in _STOPS), default=-1)
    begin = back + 1 if back >= 0 else (0 if start <= size // 2 else start - size // 4)
    while begin < start and plain[begin].isspace():
        begin += 1
    return begin


def _ending(plain: str, end: int, size: int) -> int:
    """The end of a sentence near ``end``, else ``end`` itself."""
    ends = [at + 1 for stop in _STOPS if (at := plain.find(stop, max(0, end - size // 4), end + size // 3)) >= 0]
    return min(min(ends, key=lambda place: abs(place - end)) if ends else end, len(plain))
