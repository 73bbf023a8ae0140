"""同音:打错的同音字也认得(一申请公开 → 依申请公开)。只用来提示,不悄悄改人家的话。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from .cutting import HAN
from .folding import fold

_RUN = re.compile(f"[{HAN}]{{2,}}")
# 南方口音常混的声母和韵母。
_LIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
LONGEST = 16
_READ = 200


@dataclass(frozen=True, slots=True)
class Homophone:
    """``typed`` stands at ``start``; ``meant`` is the known term that sounds the same."""

    typed: str
    meant: str
    start: int


def sound(text: str) -> tuple[str, ...]:
    """Syllables without tones, and without the differences that southern accents drop.

    >>> sound("依申请公开") == sound("一申请公开")
    True
    """
    return tuple(softened(syllable) for syllable in lazy_pinyin(text))


def softened(letters: str) -> str:
    """Letters without the differences that southern accents drop.

    >>> softened("zhongxin")
    'zonxin'
    """
    for hard, soft in _LIKE:
        letters = letters.replace(hard, soft)
    return letters


class Sounds:
    """Known terms by their sound. ``terms`` in order of preference: the first of equal sound is suggested."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms: dict[tuple[str, ...], str] = {}
        self._known: set[str] = set()
        self._lengths: set[int] = set()
        for term in map(fold, terms):
            if 2 <= len(term) <= LONGEST and _RUN.fullmatch(term):
                self._terms.setdefault(sound(term), term)
                self._known.add(term)
                self._lengths.add(len(term))

    def alike(self, text: str) -> list[Homophone]:
        """Places in ``text`` that sound like a known term but are written otherwise; the longest first, no overlap.

        >>> Sounds(["依申请公开"]).alike("怎么一申请公开")
        [Homophone(typed='一申请公开', meant='依申请公开', start=2)]
        """
        plain = fold(text[:_READ])
        by_length: dict[int, list[Homophone]] = defaultdict(list)
        known: list[tuple[int, int]] = []
        for run in _RUN.finditer(plain):
            syllables = sound(run[0])
            if len(syllables) != len(run[0]):
                continue
            for length in self._lengths:
                for at in range(len(run[0]) - length + 1):
                    typed = run[0][at : at + length]
                    start = run.start() + at
                    if typed in self._known:
                        known.append((start, start + length))
                    elif meant := self._terms.get(syllables[at : at + length]):
                        by_length[length].append(Homophone(typed, meant, start))
        kept: list[Homophone] = []
        for length in sorted(by_length, reverse=True):
            for homophone in by_length[length]:
                spans = [*known, *((have.start, have.start + len(have.typed)) for have in kept)]
                if all(homophone.start + length <= start or end <= homophone.start for start, end in spans):
                    kept.append(homophone)
        return sorted(kept, key=lambda span: span.start)
