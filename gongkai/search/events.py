"""一长句口语说的是哪件事:句里有谁、什么、要怎样,几个意思合起来认一件(``data/life_events.toml``)。

说法表(``lay_words.toml``)认得的是一个一个的词;老人家打的往往是一整句,句里没有一个词是公文里的。
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.adapters.words import fold

#: 几个意思合起来至少要占这么多个字;只有一个意思的至少这么多。
LEAST = 3
LEAST_ALONE = 2
#: 凭一样东西猜的,至多给这么多件事。
GUESSES = 4
#: 公文里的叫法这么长的,话里有就是照公文问的。
OFFICIAL = 4
#: 多大岁数算高龄;口语里“八十了”“81岁”“快九十”都算。
_TENS = "六七八九"
_AGE = re.compile(
    rf"(?<![\d.])(?:[6-9]\d|1[01]\d)岁|[{_TENS}]十[一二三四五六七八九多几]?(?=岁|了|多|的人|的老)|百岁|过百"
)
_AGED = "高龄"
#: 一件公文的标题:抄来的标题照原样找。
_TITLE = re.compile(
    r"(?:关于|印发)|的(?:通知|通告|公告|公示|意见|决定|批复|通报|报告|办法|规定|细则|方案)(?:是什么|全文|$)"
)

#: 哪件事里都有的意思(谁、要钱、要办),占的字只算一半:说明是哪件事的是别的。
COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Event:
    """认出的一件事:公文里的几种叫法(通行的在前),句里说到它的几截。"""

    written: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many characters of the sentence tell of it."""
        return sum(map(len, self.parts))


@dataclass(frozen=True, slots=True)
class Table:
    """意思和它的说法(长的在前)、哪些意思到处都有、几个意思合起来是什么。"""

    ideas: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    events: Mapping[tuple[str, ...], tuple[str, ...]]
    #: 公文里的叫法,长的那些。
    official: tuple[str, ...]
    #: 单凭它也猜得出几件事的意思。
    alone: tuple[str, ...]

    def weight(self, names: Sequence[str], parts: Sequence[str]) -> float:
        """How much of a sentence the parts tell, what is common to all events counting half."""
        pairs = zip(names, parts, strict=True)
        return sum(len(part) * (COMMON if name in self.common else 1) for name, part in pairs)


@cache
def table() -> Table:
    """The table as shipped."""
    rows = tomllib.loads(files("gongkai.search").joinpath("data/life_events.toml").read_text("utf-8"))
    ideas = {
        name: tuple(sorted(dict.fromkeys(map(fold, said.split("、"))), key=lambda word: -len(word)))
        for name, said in rows["ideas"].items()
    }
    events = {tuple(names.split("+")): tuple(written.split("、")) for names, written in rows["events"].items()}
    written = {fold(form) for forms in events.values() for form in forms}
    return Table(
        ideas,
        frozenset(rows["common"].split("、")),
        events,
        tuple(sorted(form for form in written if len(form) >= OFFICIAL)),
        tuple(rows["alone"].split("、")),
    )


def event_in(text: str) -> Event | None:
    """What a sentence tells of: of several the one that takes most of its characters, several that take as many
    together; None if it tells of nothing that is known.

    >>> event_in("我妈八十了有啥补贴").written[0], event_in("厂子倒闭了能拿啥钱").written[0]
    ('高龄津贴', '失业保险金')
    >>> event_in("量子计算机多少钱") is None
    True
    """
    plain, known = fold(text), table()
    if _TITLE.search(plain) or any(form in plain for form in known.official):  # 公文的叫法已经在话里,不用换
        return None
    found = {name: said for name in (*known.ideas, _AGED) if (said := _said(name, known.ideas, plain))}
    best = 0.0
    event: Event | None = None
    for names, written in known.events.items():
        if any(name not in found for name in names):
            continue
        parts = _apart([found[name] for name in names], plain)
        if sum(map(len, parts)) < (LEAST if len(names) > 1 else LEAST_ALONE):
            continue
        weight = known.weight(names, parts)
        if event is None or weight > best:
            best, event = weight, Event(written, parts)
        elif weight == best:  # 一样像的几件都给
            event = Event(tuple(dict.fromkeys((*event.written, *written))), event.parts)
    return event


def guess(text: str) -> Event | None:
    """The events of the one thing that a sentence names, where neither a whole event nor the words as typed are of any
    use: who has a 客栈 wants what there is about 民宿. The thing that takes most of the sentence; None if it names none.

    >>> guess("小电驴被拦了").written[0], guess("老人问个事") is None
    ('电动自行车管理', True)
    """
    plain, known = fold(text), table()
    found = [(name, said[0]) for name in known.alone if (said := _said(name, known.ideas, plain))]
    name, part = max(found, key=lambda row: len(row[1]), default=("", ""))
    if len(part) < LEAST_ALONE:
        return None
    first = [written[0] for names, written in known.events.items() if name in names]
    return Event(tuple(dict.fromkeys(first))[:GUESSES], (part,))


def _said(name: str, ideas: Mapping[str, tuple[str, ...]], plain: str) -> list[str]:
    """The ways in which the idea stands in the text, the longest first."""
    if name == _AGED:
        return [match[0] for match in _AGE.finditer(plain)][:1]
    return [one for one in ideas[name] if one in plain]


def _apart(said: Sequence[Sequence[str]], plain: str) -> tuple[str, ...]:
    """One way of speaking for each idea, none in the characters of another; nothing if there is not room for all.

    The idea that has the fewest ways chooses first.
    """
    chosen: dict[int, str] = {}
    for number in sorted(range(len(said)), key=lambda index: (len(said[index]), -len(said[index][0]))):
        one = next((one for one in said[number] if one in plain), None)
        if one is None:
            return ()
        plain = plain.replace(one, "\n" * len(one), 1)
        chosen[number] = one
    return tuple(chosen[number] for number in range(len(said)))
