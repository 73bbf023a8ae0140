"""同义词:由使用单位自己编的词组,数据不是代码。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .folding import fold


class Synonyms:
    """Groups of words that mean the same; a word may stand in several groups.

    Args:
        said: what people say → what papers write (说法 → 写法); one way only: who types the official word means just that.
    """

    def __init__(
        self, groups: Iterable[Iterable[str]] = (), said: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._others: dict[str, list[str]] = {}
        for group in groups:
            words = list(dict.fromkeys(word for one in group if (word := fold(one).strip())))
            for word in words:
                others = self._others.setdefault(word, [])
                others += [other for other in words if other != word and other not in others]

        for word, written in (said or {}).items():
            others = self._others.setdefault(fold(word), [])
            others += [other for one in written if (other := fold(one)) != fold(word) and other not in others]

    def synonyms_of(self, word: str) -> tuple[str, ...]:
        """The other words of its groups, in the order given.

        >>> Synonyms([["拆迁", "征收"], ["拆迁", "动迁"]]).synonyms_of("拆迁")
        ('征收', '动迁')
        """
        return tuple(self._others.get(fold(word), ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._others)
