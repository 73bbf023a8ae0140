"""检索怎样调:同义词和权重。平时用数据库里的同义词、``weights.toml`` 的权重;试算时换一套,什么也不写。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gongkai.adapters.engine import Boosts
from gongkai.adapters.words import Cutter, Synonyms

from . import lay
from .models import Saying, SynonymGroup
from .weights import boosts as shipped

Groups = tuple[tuple[str, ...], ...]
#: 说法,和它的几种写法。
Sayings = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """一套同义词和权重。"""

    groups: Groups = ()
    boosts: Boosts = field(default_factory=shipped)
    sayings: Sayings = ()

    @property
    def synonyms(self) -> Synonyms:
        """The office's own groups, and what people say for what papers write: the district's own sayings first."""
        return _synonyms(self.groups, self.sayings)

    def cutter(self, terms: tuple[str, ...]) -> Cutter:
        """How a query is cut: as the index was, but words of the synonyms stay whole."""
        return _cutter(terms, self.groups, self.own_words())

    def own_words(self) -> tuple[str, ...]:
        """The words of the district's own sayings, said and written."""
        return tuple(word for said, written in self.sayings for word in (said, *written))

    def with_group(self, words: Iterable[str]) -> Tuning:
        """The same with one more group."""
        return replace(self, groups=(*self.groups, tuple(words)))


@lru_cache(maxsize=8)
def _synonyms(groups: Groups, sayings: Sayings) -> Synonyms:
    said = dict(lay.words())
    for word, written in sayings:
        said[word] = (*written, *said.get(word, ()))
    return Synonyms(groups, said)


@lru_cache(maxsize=8)
def _cutter(terms: tuple[str, ...], groups: Groups, own: tuple[str, ...]) -> Cutter:
    grouped = {word for group in groups for word in group}
    return Cutter((*terms, *sorted(grouped | lay.vocabulary() | set(own))))


def current() -> Tuning:
    """What holds now."""
    groups = tuple(tuple(group.words) for group in SynonymGroup.objects.all())
    sayings = tuple((one.said, tuple(one.written)) for one in Saying.objects.all())
    return Tuning(groups, sayings=sayings)
