"""规范性文件库:公众按年份、制定机关、体裁、有效性找;变动经过写成句子;某日的文本。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.http import QueryDict

from gongkai.law.marks import long_day, titled
from gongkai.law.normative import EffectKind
from gongkai.law.validity import Validity
from gongkai.org.models import Agency
from gongkai.records import browse
from gongkai.records.actions.derived import published_on
from gongkai.records.gist import READ, gist
from gongkai.records.models import Edition
from gongkai.records.terms import Stage
from gongkai.records.validity import tone_of

from .jobs import expiring
from .models import Document, Effect

#: 有效性一栏里能选的:信息共有的三种,和库里另外看得出的两种(都算在“有效”里)。
STATES = {
    "in_force": browse.VALIDITY["in_force"],
    "closing": "其中有效期将满",
    "amended": "其中修改过",
    "pending": browse.VALIDITY["pending"],
    "ended": browse.VALIDITY["ended"],
}
#: 库里的列,网页、CSV、XLSX 同一套。
HEAD = ["统一编号", "标题", "文号", "制定机关", "成文日期", "施行日期", "有效期至", "有效性", "公布日期"]


@dataclass(frozen=True, slots=True)
class Filters:
    """从网址读出的筛选;认不出的值一律当没有。"""

    year: int | None = None
    agency: str = ""
    genre: str = ""
    validity: str = ""
    words: str = ""
    current: bool = False

    @classmethod
    def read(cls, params: QueryDict, *, by_default: bool = False) -> Filters:
        """``by_default`` leaves out what has ended, unless validity or words are asked for."""
        validity = params.get("validity", "")
        return cls(
            year=browse.year_of(params.get("year", "")),
            agency=params.get("agency", "")[:20],
            genre=params.get("genre", "").replace("\x00", "")[:20],
            validity=validity if validity in STATES else "",
            words=(words := browse.words_of(params.get("q", ""))),
            current=by_default and not words and validity not in (*STATES, "all"),
        )

    def apply(self, rows: QuerySet[Document], on: date, *, without: str = "") -> QuerySet[Document]:
        """Narrow the rows by every filter but ``without``."""
        if self.year and without != "year":
            rows = rows.filter(record__year=self.year)
        if self.agency and without != "agency":
            rows = rows.filter(maker__code=self.agency)
        if self.genre and without != "genre":
            rows = rows.filter(record__genre=self.genre)
        if self.validity and without != "validity":
            rows = rows.filter(in_state(self.validity, on))
        elif self.current and without != "validity":
            rows = rows.exclude(browse.in_state("ended", on, "record__"))
        for word in self.words.split()[: browse.TITLE_WORDS]:
            rows = rows.filter(
                Q(record__title__icontains=word) | Q(record__doc_number__icontains=word) | Q(number=word)
            )
        return rows

    @property
    def is_set(self) -> bool:
        """Whether any filter is set."""
        return any((self.year, self.agency, self.genre, self.validity, self.words))


def in_state(name: str, on: date) -> Q:
    """The condition of one of ``STATES``."""
    if name == "closing":
        _, furthest = expiring(on)
        return browse.in_state("in_force", on, "record__") & Q(record__expires_on__lte=furthest)
    if name == "amended":
        begun = Q(on__lte=on) | Q(on=None, by_day__lte=on)
        changed = Effect.objects.filter(begun, kind__in=(EffectKind.AMEND, EffectKind.REPEAL_PART))
        return browse.in_state("in_force", on, "record__") & Q(pk__in=changed.values("document"))
    return browse.in_state(name, on, "record__")


def facets(filters: Filters, at: datetime, on: date) -> list[browse.Facet]:
    """Year, maker, kind and validity with the number of documents behind each."""
    return browse.remembered(f"library|{filters}", at, lambda: _facets(filters, at, on))


def _facets(filters: Filters, at: datetime, on: date) -> list[browse.Facet]:
    public = Document.objects.public(at)

    def counts(name: str, column: str) -> dict[str, int]:
        rows = filters.apply(public, on, without=name).order_by().values_list(column).annotate(n=Count("pk"))
        return {value: n for value, n in rows if value not in (None, "")}

    def facet(name: str, label: str, found: dict[str, str], n: dict[str, int], chosen: object) -> browse.Facet:
        options = (
            browse.Option(str(key), words, n[key], key == chosen) for key, words in found.items() if n.get(key)
        )
        return browse.Facet(name, label, tuple(options))

    years = counts("year", "record__year")
    makers = counts("agency", "maker__code")
    genres = counts("genre", "record__genre")
    base = filters.apply(public, on, without="validity").order_by()
    states = base.aggregate(**{name: Count("pk", filter=in_state(name, on)) for name in STATES})
    names = {one.code: one.short_name or one.name for one in Agency.objects.filter(code__in=makers)}
    return [
        facet("validity", "有效性", STATES, states, filters.validity),
        facet(
            "year", "制定年份", {year: f"{year}年" for year in sorted(years, reverse=True)}, years, filters.year
        ),
        facet("agency", "制定机关", names, makers, filters.agency),
        facet("genre", "体裁", {genre: genre for genre in sorted(genres)}, genres, filters.genre),
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """文件库网页上的一行:文件、效力、标记的轻重和说法、一句话内容。"""

    document: Document
    tone: str
    label: str
    certain: bool
    gist: str


def rows(documents: Iterable[Document], on: date) -> list[Row]:
    """The documents as the library shows them on a day; each page reads the texts of its rows at once."""
    documents = list(documents)
    texts = dict(
        Edition.objects.filter(record__in=[one.record_id for one in documents], stage=Stage.LIVE)
        .annotate(head=Left("text", READ))
        .values_list("record_id", "head")
    )
    _, furthest = expiring(on)
    found = []
    for document in documents:
        state = document.state(on)
        last = document.record.expires_on
        tone, label = tone_of(state.validity), state.validity.label
        if state.validity is Validity.PENDING and document.record.effective_on:
            label = f"{document.record.effective_on}起施行"
        elif state.validity.binds and last and last <= furthest:
            tone, label = "warn", "有效期将满"
        found.append(
            Row(
                document,
                tone,
                label,
                state.certain,
                gist(texts.get(document.record_id, ""), document.record.summary),
            )
        )
    return found


def cells(document: Document, on: date) -> list[object]:
    """A row of the library, in the order of ``HEAD``."""
    record = document.record
    day = published_on(record)
    return [
        document.number,
        record.title,
        record.doc_number,
        document.maker.name,
        record.made_on or "",
        record.effective_on or "",
        record.expires_on or "",
        document.state(on).validity.label,
        day or "",
    ]


def history(document: Document, on: date) -> Iterator[tuple[date | None, str, Effect | None]]:
    """What happened to a document, as whole sentences, oldest first; what is still to come is told as such."""
    record = document.record
    facts = [f"由{document.maker}制定"]
    if record.doc_number:
        facts[0] = f"由{document.maker}以{record.doc_number}制定"
    own_end = document.own_expires_on or record.expires_on
    rows = sorted(document.effects.all(), key=lambda effect: (effect.on or effect.by_day or date.max, effect.pk))
    if record.effective_on and not any(one.kind == EffectKind.COMMENCE for one in rows):
        facts.append(f"自{long_day(record.effective_on)}起施行")
    if own_end:
        facts.append(f"有效期至{long_day(own_end)}")
    start = f"{long_day(record.made_on)}，" if record.made_on else ""
    yield record.made_on, f"{start}本文件{'，'.join(facts)}。", None
    for row in rows:
        yield row.on or row.by_day, sentence(row, on), row
    if document.keeper != document.maker and document.maker.ended_on:
        day = document.maker.ended_on
        yield day, f"{long_day(day)}，{document.maker}撤并，本文件由{document.keeper}承继。", None
    state = document.state(on)
    last = record.expires_on
    if last and last < on and state.validity.value == "expired" and not any(one.fact().kind.ends for one in rows):
        yield last, f"{long_day(last)}，本文件有效期届满，自次日起失效。", None


def sentence(effect: Effect, on: date) -> str:
    """One row as a sentence."""
    kind = EffectKind(effect.kind)
    if effect.on:
        when = f"{'将' if effect.on > on else ''}自{long_day(effect.on)}起"
    else:
        when = f"日期不明、最迟不晚于{long_day(effect.by_day or on)}"
    if effect.source:
        number = f"（{effect.source.doc_number}）" if effect.source.doc_number else ""
        by = f"{titled(effect.source.title)}{number}"
    else:
        by = effect.source_note
    articles = effect.articles.rstrip("。")
    verb = {
        EffectKind.COMMENCE: f"依据{by}施行",
        EffectKind.COMMENCE_PART: f"依据{by}，{articles or '部分条款'}施行",
        EffectKind.AMEND: f"被{by}修改",
        EffectKind.REPEAL_PART: f"被{by}废止{articles or '部分条款'}",
        EffectKind.REPEAL: f"被{by}废止",
        EffectKind.LAPSE: f"被{by}宣布失效",
        EffectKind.SUSPEND: f"依据{by}暂停执行",
        EffectKind.RESUME: f"依据{by}恢复执行",
        EffectKind.EXTEND: f"依据{by}延长有效期",
        EffectKind.KEEP: f"经{by}确认继续有效",
    }[kind]
    tail = f"，到{long_day(effect.until)}" if effect.until else ""
    if kind is EffectKind.AMEND:
        tail += f"，修改{articles}" if articles else ""
        tail += "" if effect.edition_id else "，修改以后的文本尚未整理"
    return f"{when}，本文件{verb}{tail}。"
