"""本地信息的排序:问到的单位、年份、文号、那一类信息排前;同一份东西各年都有、没有说哪一年的,新的、有效的在前;一件至多引两段。"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongkai.adapters.engine import Document, key_of, rareness
from gongkai.adapters.words import fold

from . import index, lay
from .answers import Answerer, Quote
from .confidence import Forms, covered
from .query import Query, analyse, content_words, short_words
from .ranking import Ranked
from .reading import Reading, aliases, read
from .tuning import Tuning
from .weights import weights

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_VARYING = re.compile(r"\d+|[（(][^）)]{0,80}[）)]")
_LOOKED_AT = 200
_PASSAGES = 2
#: 同样题名的各单位、各期,这么多条照得分排,往后的只算几成。
_OF_A_SERIES, _SURPLUS = 2, 0.25
_STEPS = 4
#: A word of so many characters is the name of a thing.
_NAME = 3


class DistrictAnswerer(Answerer):
    """Answers out of the district's own records.

    Args:
        names: names and short names of the agencies → code.
        tuning: how lay words are read; None reads none.
    """

    def __init__(self, *args, names: Mapping[str, str], tuning: Tuning | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.tuning = tuning or Tuning()
        self._asked: dict[str, list[Forms]] = {}
        self._read: dict[str, Reading] = {}
        self._analysed: dict[str, Query] = {}

    def find(self, question: str, filters: Mapping[str, frozenset[str]] | None = None) -> list[Ranked]:
        """The passages for a question, best first."""
        reading = self.reading(question)
        ranked = self.fitting(question, self.ranking.rank(self.wording(question), filters))
        documents = self.engine.documents([one.key for one in ranked[:_LOOKED_AT]])
        kept = [one for one in ranked[:_LOOKED_AT] if one.key in documents]
        scored = {one.key: one.score + bonus(documents[one.key], reading) for one in kept}
        if not reading.names_a_time:
            scored = newest_first(scored, documents)
        kept = [replace(one, score=scored[one.key]) for one in kept]
        return spread(sorted(kept, key=lambda hit: -hit.score))

    def wording(self, question: str) -> str:
        """What is looked for: the question, what papers write for its words (words as cut: 产检 is not in 生产检查), what
        its household words mean."""
        plain = fold(question)
        official = (form for forms in self.asked(question) for form in forms if form not in plain)
        extra = self.reading(question).extra
        return " ".join(dict.fromkeys([question, *official, *extra.split()]))

    def reading(self, question: str) -> Reading:
        """Unit, year, number and kind of the question; read once, though every step asks for it."""
        if question not in self._read:
            self._read[question] = read(question, self.names)
        return self._read[question]

    def asked(self, question: str) -> list[Forms]:
        """The words that say what it is about, in what people say and in what papers write; what is said in passing
        (领、办、家里……) does not count as long as anything else is asked. Taken apart once."""
        if question not in self._asked:
            self._asked[question] = self._forms(question)
        return self._asked[question]

    def analysed(self, question: str) -> Query:
        """The question as a query, its words cut as those of the records are. Analysed once."""
        if question not in self._analysed:
            cutter = self.tuning.cutter(index.terms(self.names))
            self._analysed[question] = analyse(
                question, cutter, agencies=self.names, synonyms=self.tuning.synonyms
            )
        return self._analysed[question]

    def _forms(self, question: str) -> list[Forms]:
        read_as = self.analysed(question)
        if read_as.tells_event:  # 别的词是随口说的,有没有都算
            return [read_as.written]
        forms: list[Forms] = []
        for word in read_as.words:
            if word in read_as.synonyms:
                forms.append((word, *read_as.synonyms[word]))
            else:  # 公文里的长词在文件里常是拆开的
                forms += [(part,) for part in content_words(word, self.cutter) or [word]]
        strong = [one for one in forms if len(one) > 1 or one[0] not in lay.weak_words()]
        return strong or forms or super().asked(question)

    def is_beside(self, question: str, shown: Sequence[Document]) -> bool:
        """Whether what is shown holds hardly anything of what is asked, and no unit, number or kind was named either."""
        if super().is_beside(question, shown):
            return True
        reading = self.reading(question)
        if reading.units or reading.numbers or reading.kinds:
            return False
        asked = [
            tuple(dict.fromkeys(part for form in forms for part in (form, *short_words(form, self.cutter))))
            for forms in self.asked(question)
        ]
        if covered(asked, shown, self.engine) < self.ranking.by.asked_beside:
            return True
        return self.names_a_stranger(question)

    def names_a_stranger(self, question: str) -> bool:
        """Whether the question names a thing, in a word of its own, that no paper here knows in any way of writing:
        then papers that share its other words are about something else (世界杯什么时候开始)."""
        named = [forms for forms in self.asked(question) if len(forms[0]) >= _NAME]
        # 说法表里的长词在库里是拆开的;有一截认得的(粮食产量),不算没听说过
        parts = {form: self.engine.cutter.words(form) for forms in named for form in forms}
        rarity = self.engine.rarity([part for cut in parts.values() for part in cut])
        nowhere = rareness(0, self.engine.count())
        return any(
            all(rarity[part] >= nowhere for form in forms for part in parts[form] if len(part) > 1)
            for forms in named
        )

    def ordered(self, question: str, quotes: Sequence[Quote]) -> list[Quote]:
        """As ranked: within a series what is in force came first already, and another subject in force is no answer."""
        return list(quotes)


def bonus(document: Document, reading: Reading) -> float:
    """What a document gains by being of the unit, the year, the number, the kind that is asked about."""
    by, gain = weights(), 0.0
    if reading.numbers & set(document.numbers):
        gain += by.asked_number
    if document.unit in reading.units:
        gain += by.asked_unit
    if document.kind in reading.kinds:
        gain += by.asked_kind
    if reading.years & years_of(document):
        gain += by.asked_year
    return gain


def years_of(document: Document) -> set[int]:
    """The years in the title; without any, the year in which it was made."""
    named = {int(year) for year in _YEAR.findall(fold(document.title))}
    return named or ({document.on.year} if document.on else set())


def series_of(document: Document) -> tuple[str, str, str]:
    """What the editions of one thing have in common: unit, kind, title without numbers and brackets."""
    return document.unit, document.kind, _VARYING.sub("", fold(document.title))


def thinned(
    scores: Mapping[int, float], documents: Mapping[int, Document], names: Mapping[str, str]
) -> dict[int, float]:
    """The scores, with but a few of each regular announcement (each town's and each month's 低保名单变动) kept whole: the
    rest stand behind what says much of the same, and before what only mentions it.

    Args:
        names: names and short names of the agencies → code.
    """
    known: dict[str, list[str]] = defaultdict(list)
    for name, code in sorted(aliases(names).items(), key=lambda alias: -len(alias[0])):
        known[code].append(name)

    def regular(document: Document) -> tuple[str, str]:
        _, kind, title = series_of(document)
        unit = next((name for name in known[document.unit] if name in title), "")
        return kind, title.replace(unit, "") if unit else title

    seen: Counter[tuple[str, str]] = Counter()
    moved = dict(scores)
    for key in sorted(scores, key=lambda key: -scores[key]):
        seen[series := regular(documents[key])] += 1
        if seen[series] > _OF_A_SERIES:
            moved[key] *= _SURPLUS
    return moved


def newest_first(scores: Mapping[int, float], documents: Mapping[int, Document]) -> dict[int, float]:
    """Within a series the best score goes to the newest that is in force, the next to the next, and so on."""
    best: dict[str, float] = defaultdict(lambda: float("-inf"))
    series: dict[tuple[str, str, str], dict[str, Document]] = defaultdict(dict)
    for key, score in scores.items():
        document = documents[key]
        best[document.group] = max(best[document.group], score)
        series[series_of(document)].setdefault(document.group, document)
    moved: dict[str, float] = {}
    for members in series.values():
        order = sorted(members.values(), key=_age)
        ranked = sorted((best[group] for group in members), reverse=True)
        for nth, (document, score) in enumerate(zip(order, ranked, strict=True)):
            moved[document.group] = score - best[document.group] + weights().older * min(nth, _STEPS)
    return {key: score + moved[documents[key].group] for key, score in scores.items()}


def _age(document: Document) -> tuple[bool, int]:
    return document.standing < 0 or document.weight < 1, -(document.on.toordinal() if document.on else 0)


def arranged(
    hits: Mapping[str, float], documents: Mapping[str, Document], reading: Reading, names: Mapping[str, str]
) -> list[str]:
    """The whole records of a search, by score, by what the query names, newer editions first; of what comes out regularly
    only a few before all else, unless the query says whose or which."""
    best = max(hits.values(), default=0.0) or 1.0
    scored = {key_of(hit): score / best + bonus(documents[hit], reading) for hit, score in hits.items()}
    known = {key_of(hit): documents[hit] for hit in hits}
    if not reading.names_a_time:
        scored = newest_first(scored, known)
        if not reading.units:
            scored = thinned(scored, known, names)
    return sorted(hits, key=lambda hit: -scored[key_of(hit)])


def spread(ranked: Sequence[Ranked]) -> list[Ranked]:
    """At most a few passages of one record among the first; the rest of them after all others."""
    seen: dict[int, int] = defaultdict(int)
    first, rest = [], []
    for hit in ranked:
        seen[hit.group] += 1
        (first if seen[hit.group] <= _PASSAGES else rest).append(hit)
    return [*first, *rest]
