"""契约:一份收进检索库的文件、一个检索方案、一页结果。引擎只认这些,不认数据表,也不认用户打的字。"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Protocol

# 一次最多取、最多翻到这么多条;再往后请收窄条件。
MOST_ROWS = 10_000
FACETS = ("unit", "category", "kind", "year", "validity")


@dataclass(frozen=True, slots=True)
class Document:
    """一份文件,或者文件里的一条、一段。

    ``start`` 是 ``body`` 在整件原文里的起点;``group`` 是它所属的整件(同一部法、同一件信息);``numbers`` 是它自己的文号;
    ``attached`` 是附件里的字,命中比正文轻;``weight`` 是站内检索得分的倍数,
    失效废止的小于1;``standing`` 是问答得分的加减,效力低的为负;``mark`` 是它的文意向量的钥匙,0 表示没有。
    """

    id: str
    title: str
    body: str = ""
    heading: str = ""
    unit: str = ""
    category: str = ""
    kind: str = ""
    year: int | None = None
    on: date | None = None
    validity: str = ""
    group: str = ""
    start: int = 0
    numbers: tuple[str, ...] = ()
    attached: str = ""
    weight: float = 1.0
    standing: float = 0.0
    mark: int = 0

    def facet(self, name: str) -> str:
        """Its value for one of ``FACETS``; empty if it has none."""
        value = getattr(self, name)
        return "" if value is None else str(value)


class Occur(StrEnum):
    """一个检索词要不要命中。"""

    MUST = "must"
    SHOULD = "should"
    NOT = "not"


class Kind(StrEnum):
    """检索词的种类:词(可由同义词代替)、短语(逐字相连)、文号。"""

    WORD = "word"
    PHRASE = "phrase"
    NUMBER = "number"


class Sort(StrEnum):
    """排序。"""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Field(StrEnum):
    """问答取候选用的两套词。"""

    WORDS = "words"
    BIGRAMS = "bigrams"


@dataclass(frozen=True, slots=True)
class Clause:
    """一个检索词;``others`` 是同义词,命中一个就算,得分低一些。"""

    text: str
    occur: Occur = Occur.MUST
    kind: Kind = Kind.WORD
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boosts:
    """命中哪里算多重:正文是1。``title`` 标题,``attached`` 附件,``synonym`` 是命中同义词时乘的倍数。"""

    title: float = 3.0
    attached: float = 0.5
    synonym: float = 0.6


@dataclass(frozen=True, slots=True)
class Plan:
    """一次检索。没有必须命中的词时,列出全部(再按条件筛)。

    ``minimum``: SHOULD 的词里至少命中几个,0 是只影响先后;``filters``: 分面名 → 允许的值;``since``、``until`` 都含当日;
    ``years``: 所属年度在其中的,日期不在 ``since``、``until`` 之间也算(2024年的年报是2025年发布的);
    ``facets``: 要哪些分面的计数,每个分面的计数不受它自己的条件限制。
    """

    clauses: tuple[Clause, ...] = ()
    minimum: int = 0
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    years: frozenset[int] = frozenset()
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    offset: int = 0
    facets: tuple[str, ...] = ()
    boosts: Boosts = Boosts()

    def window(self) -> tuple[int, int]:
        """Limit and offset within what an engine can bear."""
        return max(1, min(self.limit, MOST_ROWS)), max(0, min(self.offset, MOST_ROWS))


@dataclass(frozen=True, slots=True)
class Hit:
    """一条结果。按日期排序时没有得分。"""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """一页结果、命中总数、分面计数(多的在前)。"""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """问答的一个候选:只有数,不取原文;``key`` 用 ``Engine.documents`` 换成文件。"""

    key: int
    score: float
    group: int
    standing: float
    mark: int


class Engine(Protocol):
    """检索引擎。写的一方用 ``write``;读的一方随时可以读,看到的是最近一次写完的样子。"""

    def write(self, documents: Iterable[Document] = (), delete: Iterable[str] = ()) -> None:
        """Put documents in (replacing those of the same id) and take others out, all at once."""

    def search(self, plan: Plan) -> Result:
        """One page of what the plan asks for. Never fails, whatever the texts in it."""

    def candidates(
        self, text: str, field: Field, limit: int, filters: Mapping[str, frozenset[str]] | None = None
    ) -> list[Candidate]:
        """Documents nearest to a question by words or by bigrams (BM25), best first; any word may be missing."""

    def marked(self, marks: Sequence[int]) -> list[Candidate]:
        """Documents by the keys of their vectors, with score 0."""

    def documents(self, keys: Sequence[int]) -> dict[int, Document]:
        """Documents by key, as they were put in; keys that are gone are left out."""

    def every_document(self) -> Iterator[Document]:
        """Every document, in no order."""

    def mentions(self, text: str) -> int:
        """How many documents have the phrase in their title or bear it as their unit."""

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is (inverse document frequency); a word that stands nowhere is the rarest."""

    def count(self) -> int:
        """How many documents there are."""


def rareness(having: int, total: int) -> float:
    """Inverse document frequency, as BM25 has it.

    >>> rareness(1, 100) > rareness(50, 100) > 0
    True
    """
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def key_of(text: str) -> int:
    """A number below 2**63 for a text: key of an id or a group.

    >>> key_of("a") == key_of("a") != key_of("b")
    True
    """
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
