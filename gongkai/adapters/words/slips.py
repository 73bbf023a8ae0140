"""错一个字:和认得的词只差一个字的(失业全 → 失业金)。只在什么也没有找到时用,用了就告诉人。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .cutting import HAN
from .folding import fold

_RUN = re.compile(f"[{HAN}]{{3,}}")
#: 三个字以下的词,差一个字就是别的词了;太长的不看。
SHORTEST, LONGEST = 3, 12
#: 这么长的才在一句话的里面找;再短的要整个就是它。
WITHIN = 4
_READ = 200
_ANY = "\0"


class Slips:
    """Known terms by all but one of their characters. ``terms`` in order of preference."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms: dict[str, str] = {}
        self._known: set[str] = set()
        for term in map(fold, terms):
            if SHORTEST <= len(term) <= LONGEST and _RUN.fullmatch(term):
                self._known.add(term)
                for key in _holed(term):
                    self._terms.setdefault(key, term)
        self._lengths = sorted({len(term) for term in self._known}, reverse=True)

    def mended(self, text: str) -> str | None:
        """The text with the longest stretch that is one character off a known term put right; None if there is none.

        >>> Slips(["失业金", "老旧小区改造"]).mended("老旧小区改照"), Slips(["失业金"]).mended("失业金")
        ('老旧小区改造', None)
        """
        plain = fold(text[:_READ])
        for length in self._lengths:
            for run in _RUN.finditer(plain):
                for at in range(run.start(), run.end() - length + 1):
                    typed = plain[at : at + length]
                    if length < WITHIN and typed != run[0]:  # 三个字的,一句话里随便哪三个字都只差一个
                        continue
                    meant = next((self._terms[key] for key in _holed(typed) if key in self._terms), None)
                    if meant and not any(known in typed for known in self._known):
                        return plain[:at] + meant + plain[at + length :]
        return None


def _holed(term: str) -> Iterator[str]:
    for at in range(len(term)):
        yield term[:at] + _ANY + term[at + 1 :]
