"""一次检索:读懂所打的字,问检索库,把命中的从数据库再读一遍,配上摘录和分面。"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongkai.adapters.engine import Index, NoIndex, Result, Sort, marked, rareness, snippet
from gongkai.adapters.words import fold
from gongkai.law import duties
from gongkai.law.validity import Validity
from gongkai.org.models import Agency
from gongkai.records import types, validity
from gongkai.records.browse import VALIDITY, Facet, Option
from gongkai.records.models import Record

from . import amounts, attachments, index, kept, lay
from .district import arranged
from .models import Pin
from .query import Query, analyse, did_you_mean, guessed
from .reading import read
from .tuning import Tuning, current

SIZE = 20
#: 最前面这么多条放在一起排:同样题名的各期不占满第一页,新的在前。
WINDOW = 3 * SIZE
#: 翻到这里为止;再往后请收窄条件。
MOST_PAGES = 50
FACETS = {"unit": "单位", "category": "公开事项", "kind": "类型", "year": "年份", "validity": "有效性"}
SORTS = {"": "最相关", "newest": "最新", "oldest": "最早"}
_MOST_OPTIONS = 12
#: 一个写法拆开的几截,加起来要这么少见,各截都有才算说到它(各在两成的文件里有的两个词约是三)。
_TELLING = 5.0
#: 一句话里有这么长的一截听上去像,才照着改;再短的要整个就是它。
SURE = 4
#: 长词拆开以后至多用这么多个。
MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class Found:
    """一条结果:信息、有效性、题名和摘录(片段,是不是命中),附件里命中的几处、是不是置顶的。"""

    record: Record
    state: Validity
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    places: list[attachments.Place]
    pinned: bool = False
    #: 问的是数额,摘录就是写着数额的那一句。
    answers: bool = False

    @property
    def kind(self) -> str:
        """What kind of paper it is, in words."""
        return types.get(self.record.type).label

    @property
    def tone(self) -> str:
        """How the mark of its validity looks."""
        return validity.tone_of(self.state)


_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff])\s{1,20}(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Answer:
    """一页结果。``loose`` 说明没有全部命中的,给的是命中一部分的;``meant`` 是可能想打的字。"""

    query: Query
    rows: list[Found]
    total: int
    page: int
    facets: list[Facet]
    loose: bool
    meant: str | None
    #: 拼音打的、打错了字的,读作这个词找的。
    spelled: str | None = None
    #: 照打的读懂的,没有放宽;``query`` 是最后拿去找的。
    asked: Query | None = None

    @property
    def event(self) -> str:
        """What the whole sentence was understood as, in the words of papers; empty if it was looked for as typed."""
        return self.asked.written[0] if self.asked and self.asked.tells_event else ""

    @property
    def pages(self) -> int:
        return min(MOST_PAGES, -(-self.total // SIZE))


def find(
    text: str,
    at: datetime,
    on: date,
    *,
    chosen: Mapping[str, str] | None = None,
    sort: str = "",
    page: int = 1,
    tuning: Tuning | None = None,
    pins: bool = True,
    mend: bool = True,
) -> Answer:
    """Search what is public at ``at``. Never fails, whatever was typed.

    Args:
        chosen: facet → the one value chosen.
        page: from 1; beyond the last there is nothing.
        tuning: other synonyms and weights than those that hold, to try them.
        pins: whether what the desk pinned to these words comes first.
        mend: whether, when nothing is found, a word with a wrong character is read as the known one.

    Raises:
        NoIndex: the index has not been built on this node yet.
    """
    known = index.names()
    engine = index.index(known)
    if not engine.exists():
        raise NoIndex(engine.folder)
    by = tuning or current()
    spelled = lay.by_sound(text, (*by.own_words(), *index.terms(known)))
    asked = analyse(spelled or text, by.cutter(index.terms(known)), agencies=known, synonyms=by.synonyms)
    sums = amounts.asks(text)
    if sums:
        asked = amounts.without_how_much(asked)
    if asked.is_empty:  # 只有标点、表情:没有要找的,不是要找全部
        return Answer(asked, [], 0, 1, [], False, None)
    filters = {name: frozenset([value]) for name, value in (chosen or {}).items() if name in FACETS and value}
    page = max(1, min(page, MOST_PAGES))
    order = Sort(sort) if sort in {known_sort.value for known_sort in Sort} else Sort.RELEVANCE
    offset = (page - 1) * SIZE
    in_window = order is Sort.RELEVANCE and offset < WINDOW

    def look(query: Query, *, strict: bool = True, optional: Container[str] = ()) -> Result:
        return engine.search(
            query.plan(
                filters=filters,
                sort=order,
                limit=WINDOW if in_window else SIZE,
                offset=0 if in_window else offset,
                facets=tuple(FACETS),
                boosts=by.boosts,
                strict=strict,
                optional=optional,
            )
        )

    typed = asked
    result, loose = look(asked, optional=_in_passing(asked) if asked.synonyms else ()), False
    for query, strict, optional in _looser(asked, engine):
        if result.total:
            break
        asked, result, loose = query, look(query, strict=strict, optional=optional), True
    if not result.total and (closed := _closed_up(text)) != text:  # “公租 房”:空格打在了词的中间
        return find(closed, at, on, chosen=chosen, sort=sort, page=page, tuning=tuning, pins=pins)
    if mend and not result.total and not typed.synonyms and (mended := _mended(text, known)):
        found = find(mended, at, on, chosen=chosen, sort=sort, page=page, tuning=tuning, pins=pins, mend=False)
        return replace(found, spelled=mended)
    if not result.total and (near := guessed(typed)):
        asked = typed = near
        result, loose = look(near, optional=near.words[1:]), True
    pinned = _pinned(text) if pins and page == 1 and not filters and order is Sort.RELEVANCE else []
    hits = [int(hit.id) for hit in result.hits]
    records = index.public([*pinned, *hits], at)
    if order is Sort.RELEVANCE:
        hits = _arranged(result, records, text, known, on)
    if in_window:
        hits = hits[offset : offset + SIZE]
    keys = [*pinned, *(pk for pk in hits if pk not in pinned)]
    rows = _read(keys, records, asked, on, frozenset(pinned), sums=sums)
    if sums and not loose and order is Sort.RELEVANCE:  # 写着数额的在前
        rows.sort(key=lambda row: not (row.pinned or row.answers))
    total = max(result.total, sum(row.pinned for row in rows))
    meant = did_you_mean(text, index.sounds(known)) if not total or loose else None
    facets = [
        Facet(name, label, tuple(_options(name, result.facets.get(name, ()), filters)))
        for name, label in FACETS.items()
    ]
    return Answer(asked, rows, total, page, facets, loose, meant, spelled, typed)


def _mended(text: str, known: Mapping[str, str]) -> str | None:
    """What was probably meant by text with wrong characters, by its sound, then by its other characters."""
    whole = "".join(fold(text).split())
    alike = [one for one in index.sounds(known).alike(text) if len(one.typed) >= SURE or fold(one.typed) == whole]
    for hit in reversed(alike):
        text = text[: hit.start] + hit.meant + text[hit.start + len(hit.typed) :]
    return text if alike else index.slips(known).mended(text)


def _in_passing(asked: Query) -> list[str]:
    """Words that need not be there, as long as others are asked for."""
    weak = [word for word in asked.words if word in lay.weak_words() and word not in asked.synonyms]
    return weak if len(weak) < len(asked.words) else []


def _looser(asked: Query, engine: Index) -> Iterator[tuple[Query, bool, Container[str]]]:
    """Ever looser ways to look for the same: (query, strict, words that need not be there)."""
    weak = _in_passing(asked)
    strong = [word for word in asked.words if word not in weak]
    if weak and strong:  # 领、办、家里……有没有都算
        yield asked, True, weak
    said = [word for word in strong if word in asked.synonyms]
    if said and len(said) < len(strong):  # 只要说到那件事
        yield asked, True, [word for word in asked.words if word not in said]
    for word in said:  # 写法在文件里是拆开的:各截都要有
        for written in asked.synonyms[word]:
            parts = tuple(engine.cutter.whole_words(written))
            if len(parts) > 1 and min(map(len, parts)) > 1 and _is_telling(parts, engine):
                yield replace(asked, words=parts, runs=(), synonyms={}), True, ()
    if said:  # 那件事没有,别的词碰巧有的不算
        return
    rest = replace(asked, words=tuple(strong or asked.words), synonyms={})
    if len(rest.words) > 1 and _mostly_known(rest, engine):
        optional = _but_the_rarest(rest, engine)
        yield rest, bool(optional), optional
    if parts_of := _parts(rest, engine):  # 长词拆成短词,先要都有,再找有最少见的那个的
        yield parts_of, True, ()
        if _mostly_known(parts_of, engine):
            optional = _but_the_rarest(parts_of, engine)
            yield parts_of, bool(optional), optional


def _but_the_rarest(asked: Query, engine: Index) -> frozenset[str]:
    """All words but the one that tells most: the rarest that stands anywhere. Of words typed apart any one suffices."""
    if len(asked.text.split()) > 1:
        return frozenset()
    nowhere = rareness(0, engine.count())
    known = {word: weight for word, weight in engine.rarity(asked.words).items() if weight < nowhere}
    return frozenset(asked.words) - ({max(known, key=lambda word: known[word])} if known else set(asked.words))


def _closed_up(text: str) -> str:
    """The query without the blanks between its characters; those between words in letters stay."""
    return _BLANKS.sub("", text)


def _parts(asked: Query, engine: Index) -> Query | None:
    """The query with its long words cut into the shorter ones that stand in the index; None if that changes nothing."""
    pieces = [part for word in asked.words for part in engine.cutter.words(word) if len(part) > 1 and part != word]
    whole = [word for word in asked.words if not any(part in word for part in pieces)]
    words = tuple(dict.fromkeys([*whole, *pieces]))[:MOST_PARTS]
    return replace(asked, words=words, runs=(), synonyms={}) if pieces else None


def _mostly_known(asked: Query, engine: Index) -> bool:
    """Whether the words that stand anywhere make up half of what is asked, a rare word counting more: texts that share
    only “没有” with the question are no help."""
    # 说法表里的长词在库里是拆开的
    rarity = engine.rarity(
        tuple(dict.fromkeys(part for word in asked.words for part in engine.cutter.words(word)))
    )
    nowhere = rareness(0, engine.count())
    known = sum(weight for weight in rarity.values() if weight < nowhere)
    return known * 2 >= sum(rarity.values())


def _is_telling(parts: tuple[str, ...], engine: Index) -> bool:
    """Whether papers that have all these words are likely to be about them: common words meet anywhere."""
    return sum(engine.rarity(parts).values()) >= _TELLING


def _pinned(text: str) -> list[int]:
    """What the desk pinned to exactly these words."""
    words = kept.plain(text)
    return list(Pin.objects.filter(query=words).values_list("record_id", flat=True)) if words else []


def _arranged(
    result: Result, records: Mapping[int, Record], text: str, names: Mapping[str, str], on: date
) -> list[int]:
    """The hits once more, by what the query names, what holds and what is new."""
    reading = read(text, names)
    hits = {
        hit.id: hit.score * _weight(records[int(hit.id)], on, reading.kinds)
        for hit in result.hits
        if int(hit.id) in records
    }
    documents = {hit: index.document(records[int(hit)], on, whole=False) for hit in hits}
    return [int(hit) for hit in arranged(hits, documents, reading, names)]


#: What a paper that is over keeps of its score; how much one that is ten years older loses.
_OVER, _DECADE, _OLDEST = 0.6, 0.12, 0.3


#: What only announces or reports an occasion stands behind what gives or rules, unless such occasions are asked for.
_ANNOUNCED, _PASSING = frozenset({"event", "interview", "press"}), 0.8


def _weight(record: Record, on: date, kinds: Container[str] = ()) -> float:
    """What is over, what is old, and what announces an occasion of another kind than asked for, stands behind what is in
    force and new, other things being equal."""
    over = (record.expires_on and record.expires_on < on) or (record.repealed_on and record.repealed_on <= on)
    years = max(0, on.year - record.made_on.year) if record.made_on else 0
    passing = _PASSING if record.type in _ANNOUNCED and record.type not in kinds else 1.0
    return (_OVER if over else 1.0) * passing * (1 - min(_OLDEST, _DECADE * years / 10))


def _read(
    pks: list[int], records: Mapping[int, Record], asked: Query, on: date, pinned: frozenset[int], *, sums: bool
) -> list[Found]:
    """The hits as they stand in the database now; those that are no longer public are left out.

    Args:
        sums: an amount is asked for: the excerpt is the sentence that holds one, if there is any.
    """
    found = []
    states = validity.validities_on((records[pk] for pk in pks if pk in records), on)
    for pk in pks:
        if record := records.get(pk):
            title, text = marked(record.title, asked.terms), index.text_of(record)
            told = amounts.answering(text, asked.terms, asked.text) if sums else None
            excerpt = told or snippet(text, asked.terms)
            places = attachments.places(record, asked.terms)
            found.append(
                Found(record, states[pk], title.parts(), excerpt.parts(), places, pk in pinned, told is not None)
            )
    return found


def _options(
    name: str, counted: tuple[tuple[str, int], ...], filters: Mapping[str, frozenset[str]]
) -> list[Option]:
    mine = filters.get(name, frozenset())
    labels = _labels(name, [value for value, _ in counted])
    rows = [Option(value, labels.get(value, value), n, value in mine) for value, n in counted]
    if name == "year":
        rows.sort(key=lambda row: row.value, reverse=True)
    return [one for one in rows[:_MOST_OPTIONS] if one.value] + [one for one in rows[_MOST_OPTIONS:] if one.chosen]


def _labels(name: str, values: list[str]) -> dict[str, str]:
    if name == "unit":
        return dict(Agency.objects.filter(code__in=values).values_list("code", "name"))
    if name == "category":
        return {value: duties.get(value).short for value in values if value in duties.all()}
    if name == "kind":
        return {one.key: one.label for one in types.all()}
    if name == "year":
        return {value: f"{value}年" for value in values}
    return dict(VALIDITY)
