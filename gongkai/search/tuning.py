"""检索怎样调:同义词和权重。平时用数据库里的同义词、``weights.toml`` 的权重;试算时换一套,什么也不写。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gongkai.adapters.engine import Boosts
from gongkai.adapters.words import Cutter, Synonyms, fold

from . import lay
from .models import SynonymGroup
from .weights import boosts as shipped

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """一套同义词和权重。"""

    groups: Groups = ()
    boosts: Boosts = field(default_factory=shipped)

    @property
    def synonyms(self) -> Synonyms:
        """The office's own groups, and what people say for what papers write."""
        return _synonyms(self.groups)

    def cutter(self, terms: tuple[str, ...]) -> Cutter:
        """How a query is cut: as the index was, but words of the synonyms stay whole."""
        return _cutter((*terms, *sorted({word for group in self.groups for word in group} | lay.vocabulary())))

    def expand(self, question: str) -> str:
        """The question with the synonyms of the words that stand in it."""
        plain, synonyms = fold(question), self.synonyms
        others = [other for word in synonyms if word in plain for other in synonyms.of(word)]
        return " ".join([question, *dict.fromkeys(others)])

    def with_group(self, words: Iterable[str]) -> Tuning:
        """The same with one more group."""
        return replace(self, groups=(*self.groups, tuple(words)))


@lru_cache(maxsize=8)
def _synonyms(groups: Groups) -> Synonyms:
    return Synonyms(groups, lay.words())


@lru_cache(maxsize=8)
def _cutter(terms: tuple[str, ...]) -> Cutter:
    return Cutter(terms)


def current() -> Tuning:
    """What holds now."""
    return Tuning(tuple(tuple(group.words) for group in SynonymGroup.objects.all()))
