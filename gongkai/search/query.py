"""检索语言:人怎么打就怎么懂。词、“短语”、任何写法的文号、-排除、年份和日期、单位名,拆开后编成检索方案。

三步:``analyse`` 读懂,``Query`` 是读懂的结果(页面据此说明“按什么找的”),``Query.plan`` 编成引擎的方案。
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from gongkai.adapters.engine import Boosts, Clause, Kind, Occur, Plan, Sort
from gongkai.adapters.words import Cutter, Sounds, Synonyms, fold
from gongkai.law import docnumber

from . import events, lay
from .days import Span, read_span

LONGEST = 300
_MOST_WORDS = 16
# 这么多个词以内全要命中;再多的,十个里命中七个。
_ALL_UP_TO = 3
_SHARE = 0.7

_QUOTED = re.compile(
    r"(?P<no>(?<!\S)[-－−])?(?:[“”\"＂](?P<double>[^“”\"＂]+)[“”\"＂]|[「『](?P<corner>[^「『」』]+)[」』])"
)
_EXCLUDED = re.compile(r"(?<!\S)[-－−](?P<word>[^\s\-－−]\S*)")
_UNIT = re.compile(r"(?<!\S)(?:单位|机关|发布机构|来源)[:：](?P<name>\S+)")
# 文号常常不打括号:明政办发2024 3号、明政办发2024年第3号。
_BARE = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,12}[发函审批字])\s*(?P<year>(?:19|20)\d{2})年?\s*第?\s*(?P<seq>[1-9]\d{0,4})\s*[号號]"
)
# 问句里的虚词和客套话:不作检索词。
_EMPTY = frozenset(files("gongkai.search").joinpath("empty_words.txt").read_text("utf-8").split())


@dataclass(frozen=True, slots=True)
class Query:
    """读懂的一次检索。``units`` 是要筛的单位,``span`` 是要筛的时间,``text`` 是用户打的原话。"""

    text: str
    words: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    span: Span | None = None
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: 整句说的是一件事(``events.py``):第一个词是它在公文里的叫法,别的词是随口说的。
    tells_event: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.words or self.phrases or self.numbers or self.excluded or self.units or self.span)

    @property
    def written(self) -> tuple[str, ...]:
        """The ways in which papers write the event that is told of; nothing if none is."""
        return (self.words[0], *self.synonyms[self.words[0]]) if self.tells_event else ()

    @property
    def terms(self) -> tuple[str, ...]:
        """What to highlight: the longer first."""
        others = [other for word in self.words for other in self.synonyms.get(word, ())]
        found = [*self.phrases, *self.runs, *self.words, *others, *self.numbers]
        return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))

    def plan(
        self,
        *,
        filters: Mapping[str, frozenset[str]] | None = None,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 20,
        offset: int = 0,
        facets: Sequence[str] = (),
        strict: bool = True,
        optional: Container[str] = (),
        boosts: Boosts = Boosts(),  # noqa: B008  不会变的值
    ) -> Plan:
        """The plan for the engine. ``strict`` is given up, when nothing is found, to let any one word suffice;
        ``optional`` words only bring forward what has them."""
        wanted_words = [word for word in self.words if word not in optional]
        few = len(wanted_words) <= _ALL_UP_TO
        occur = Occur.MUST if few and strict else Occur.SHOULD
        clauses = [
            Clause(
                word,
                occur=Occur.SHOULD if word in optional else occur,
                others=self.synonyms.get(word, ()),
            )
            for word in self.words
        ]
        clauses += [Clause(phrase, kind=Kind.PHRASE) for phrase in self.phrases]
        clauses += [Clause(number, kind=Kind.NUMBER) for number in self.numbers]
        clauses += [Clause(word, occur=Occur.NOT, kind=Kind.PHRASE) for word in self.excluded]
        least = 0 if few and strict else max(1, round(len(wanted_words) * _SHARE)) if strict else 1
        if few and strict:  # 连着打的字连着出现的,排在前面
            clauses += [Clause(run, occur=Occur.SHOULD, kind=Kind.PHRASE) for run in self.runs]
        wanted = {name: values for name, values in (filters or {}).items() if values}
        if self.units:
            wanted["unit"] = wanted.get("unit", frozenset()) or self.units
        span = self.span or Span()
        return Plan(
            tuple(clauses),
            minimum=least if self.words else 0,
            filters=wanted,
            since=span.since,
            until=span.until,
            years=span.years,
            sort=sort,
            limit=limit,
            offset=offset,
            facets=tuple(facets),
            boosts=boosts,
        )


def analyse(
    text: str,
    cutter: Cutter,
    *,
    agencies: Mapping[str, str] | None = None,
    synonyms: Synonyms | None = None,
) -> Query:
    """Read what a person typed; never fails.

    Args:
        text: anything; only the first ``LONGEST`` characters are read.
        agencies: names and short names of the units, each with the value by which units are filtered.

    >>> query = analyse('“学位房” 办法 -征求意见 明教[2024]3号 2023-2024', Cutter())
    >>> query.phrases, query.words, query.excluded, query.numbers
    (('学位房',), ('办法',), ('征求意见',), ('明教〔2024〕3号',))
    >>> str(query.span.since), str(query.span.until)
    ('2023-01-01', '2024-12-31')
    """
    rest = _clean(text)
    phrases: list[str] = []
    excluded: list[str] = []
    units: set[str] = set()
    known = {fold(name): value for name, value in (agencies or {}).items()}
    said = lay.in_parts(text) if synonyms else None

    def quoted(match: re.Match[str]) -> str:
        said = (match["double"] or match["corner"]).strip()
        if said:
            (excluded if match["no"] else phrases).append(said)
        return " "

    def named(match: re.Match[str]) -> str:
        value = known.get(fold(match["name"]))
        if value is None:
            return f" {match['name']} "
        units.add(value)
        return " "

    rest = _QUOTED.sub(quoted, rest)
    rest = _EXCLUDED.sub(lambda match: excluded.append(match["word"]) or " ", rest)  # type: ignore[func-returns-value]
    rest = _UNIT.sub(named, rest)
    numbers, rest = _numbers(rest)
    span, rest = read_span(rest)
    words: list[str] = []
    runs: list[str] = []
    for chunk in rest.split():
        if (value := known.get(fold(chunk))) is not None:
            units.add(value)
            continue
        found = _content(cutter.whole_words(chunk))
        words += found
        if len(found) > 1 and len(chunk) <= 20:
            runs.append(chunk)
    if not words and not phrases and not numbers and not units:
        words = [chunk for chunk in rest.split() if any(sign.isalnum() for sign in chunk)]
    kept = tuple(dict.fromkeys(words))[:_MOST_WORDS]
    others = {word: same for word in kept if synonyms and (same := synonyms.synonyms_of(word))}
    event = events.event_in(text) if synonyms and not phrases and not numbers else None
    if event and _told_by_a_word(event, said, others):
        event = None
    if event:
        kept, others = _of_event(event, kept, others)
    elif said and not any(len(word) > sum(map(len, said[0])) for word in others):
        parts, written = said
        kept = (written[0], *(word for word in kept if not any(part in word for part in parts)))
        # 换下的词自己的写法也算:“残疾证”既是“残疾+证”,又是“残疾人证”
        replaced = [form for word, same in others.items() if word not in kept for form in same]
        forms = tuple(dict.fromkeys(form for form in (*written, *replaced) if form != written[0]))
        others = {word: same for word, same in others.items() if word in kept} | {written[0]: forms}
    return Query(
        text,
        kept,
        tuple(dict.fromkeys(runs)),
        tuple(dict.fromkeys(phrases)),
        numbers,
        tuple(dict.fromkeys(excluded)),
        frozenset(units),
        span,
        others,
        event is not None,
    )


def guessed(asked: Query) -> Query | None:
    """The query for what can be guessed from the one thing that it names (``events.guess``); None if it names none."""
    event = events.guess(asked.text) if not (asked.phrases or asked.numbers or asked.tells_event) else None
    if event is None:
        return None
    words, others = _of_event(event, asked.words, asked.synonyms)
    return replace(asked, words=words, runs=(), synonyms=others, tells_event=True)


def _told_by_a_word(
    event: events.Event, said: tuple[tuple[str, ...], tuple[str, ...]] | None, others: Mapping[str, object]
) -> bool:
    """Whether a word or a saying of the table takes more of the text than the event does."""
    apart = sum(map(len, said[0])) if said else 0
    least = event.length if len(event.parts) == 1 else event.length + 1
    return max([apart, *map(len, others)], default=0) >= least


def _of_event(
    event: events.Event, words: Sequence[str], others: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The words and ways of writing of a query that tells of an event; its other words only bring forward. What its
    own words are written as counts last, where that is a part of it: “残疾证” is 残疾人证申领, and 残疾人证. A long word
    that was typed stays one of its ways of writing: papers that say 婚姻登记 tell of 结婚登记."""
    first, *rest = event.written
    told = [word for word in words if any(part in word or word in part for part in event.parts)]
    own = [
        form
        for word in told
        for form in others.get(word, ())
        if any(form in written or written in form for written in event.written)
    ]
    left = (word for word in words if word != first and word not in told)
    typed = [word for word in told if len(word) >= events.OFFICIAL and len(set(word) & set(first)) > 1]
    return (first, *left), {first: tuple(form for form in dict.fromkeys([*rest, *own, *typed]) if form != first)}


_SHORT = 2


def did_you_mean(text: str, sounds: Sounds) -> str | None:
    """The text with words that only sound right put right, or None.

    >>> did_you_mean("一申请公开 流程", Sounds(["依申请公开"]))
    '依申请公开 流程'
    """
    text = _clean(text)
    whole = len("".join(text.split()))
    # 两个字同音的到处都有:“我家狗要上牌吗”不是狗咬
    found = [alike for alike in sounds.alike(text) if len(alike.typed) > _SHORT or len(alike.typed) == whole]
    for homophone in reversed(found):
        text = text[: homophone.start] + homophone.meant + text[homophone.start + len(homophone.typed) :]
    return text if found else None


def _clean(text: str) -> str:
    """One line, no controls, not too long."""
    text = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _numbers(text: str) -> tuple[tuple[str, ...], str]:
    """The document numbers in the text in their proper form, and the rest."""
    text = bracketed(text)
    found = docnumber.find(text)
    for one in reversed(found):
        text = f"{text[: one.start]} {text[one.end :]}"
    return tuple(dict.fromkeys(one.number.text for one in found)), text


def bracketed(text: str) -> str:
    """The text with brackets around the year of document numbers that were typed without.

    >>> bracketed("明政办发2024 3号讲什么"), bracketed("区卫健局2022年第51号")
    ('明政办发〔2024〕3号讲什么', '区卫健局2022年第51号')
    """
    return _BARE.sub(r"\g<code>〔\g<year>〕\g<seq>号", text)


def content_words(text: str, cutter: Cutter) -> list[str]:
    """The words of a question that say what it is about, each once.

    >>> content_words("请问怎么申请公开？", Cutter())
    ['申请', '公开']
    """
    return list(dict.fromkeys(_content(cutter.whole_words(_clean(text)))))


def short_words(text: str, cutter: Cutter) -> list[str]:
    """The same down to the shortest words that say something.

    >>> short_words("停水通知", Cutter(["停水通知"]))
    ['停水通知', '停水', '通知']
    """
    whole = content_words(text, cutter)
    parts = [part for word in whole for part in content_words(" ".join(cutter.words(word)), cutter)]
    return [word for word in dict.fromkeys([*whole, *parts]) if len(word) > 1] or whole


def _content(words: Sequence[str]) -> list[str]:
    """Words that say what is sought."""
    return [word for word in words if word not in _EMPTY and any(sign.isalnum() for sign in word)]
