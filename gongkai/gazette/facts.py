"""出刊检查要的事实:从库里一次取齐,交给 ``checks`` 判断。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from lxml import html

from gongkai.desk.moments import local_day
from gongkai.law import gazette as law
from gongkai.law.gazette import IssueKind
from gongkai.org import site
from gongkai.records import source, store, validity
from gongkai.records.models import Record
from gongkai.records.terms import Stage

from . import register
from .manuscript import book
from .models import Article, Correction, HistoricIssue, Issue, historic_label
from .terms import FormKind, IssueStage


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """一篇的事实。``differs`` 是登的一版同现在公开的一版不同的句子;``elsewhere`` 是登过它的别的期。"""

    position: int
    title: str
    text: str
    links: tuple[str, ...]
    doc_number: str
    number_year: int | None
    made_on: date | None
    effective_on: date | None
    is_public: bool
    ended: str
    differs: tuple[str, ...]
    elsewhere: tuple[str, ...]
    remark: str
    is_personnel: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """一期的事实。"""

    number: law.Number
    kind: IssueKind
    planned_on: date
    on: date
    month: date
    month_to: date
    gap_note: str
    before: law.Number | None
    last_month: date | None
    same_year: tuple[law.Number, ...]
    articles: tuple[ArticleFacts, ...]
    undecided: tuple[str, ...]
    built: str
    proof: tuple[str, ...]
    own_domain: str
    altered: bool
    unprinted: tuple[str, ...]
    gaps: tuple[str, ...] = field(default=())


def gather(issue: Issue, at: datetime) -> Facts:
    """Everything that the checks of an issue ask."""
    others = Issue.objects.in_sequence().exclude(pk=issue.pk)
    earlier = [one for one in others if (one.year, one.number) < (issue.year, issue.number)]
    before = max(earlier, key=lambda issue: (issue.year, issue.number), default=None)
    old = HistoricIssue.objects.in_sequence().order_by("-year", "-number").first() if before is None else before
    built, faults = _built(issue, at)
    last = issue.month_to or issue.month
    return Facts(
        number=issue.fact,
        kind=IssueKind(issue.kind),
        planned_on=issue.planned_on,
        on=local_day(at),
        month=issue.month,
        month_to=last,
        gap_note=issue.gap_note,
        before=old.fact if old else None,
        last_month=(before.month_to or before.month) if before else None,
        same_year=tuple(one.fact for one in others if one.year == issue.year),
        articles=tuple(_article(one, at) for one in issue.articles.with_all()),
        undecided=tuple(_undecided(issue, last, at)),
        built=built,
        proof=tuple(faults),
        own_domain=site.current().domain,
        altered=_altered(issue),
        unprinted=tuple(
            str(one.article)
            for one in Correction.objects.filter(printed_in=None).select_related("article__edition")
        ),
        gaps=tuple(gap.text for gap in gaps()),
    )


def _article(article: Article, at: datetime) -> ArticleFacts:
    record, edition = article.record, article.edition
    live = edition if edition.stage == Stage.LIVE else record.live
    differs: tuple[str, ...] = ()
    if live is not None and source.fingerprint(live.text) != source.fingerprint(edition.text):
        differs = source.compare(live.text, edition.text).missing[:3] or ("次序不同",)
    state = validity.validity_on(record, local_day(at))
    elsewhere = Article.objects.filter(register.same_paper(record)).exclude(issue=article.issue_id)
    return ArticleFacts(
        position=article.position,
        title=edition.title,
        text=edition.text,
        links=_links(edition.body),
        doc_number=edition.doc_number,
        number_year=record.number_year,
        made_on=edition.made_on,
        effective_on=edition.effective_on,
        is_public=record.is_public(at),
        ended="" if state.binds or state.value == "pending" else state.label,
        differs=differs,
        elsewhere=tuple(str(one.issue) for one in elsewhere.select_related("issue")),
        remark=article.remark,
        is_personnel=record.type == "personnel",
    )


def _links(body: str) -> tuple[str, ...]:
    if "href" not in body:
        return ()
    return tuple(
        link.get("href")
        for link in html.fragment_fromstring(body, create_parent="div").iter("a")
        if link.get("href")
    )


def _undecided(issue: Issue, last: date, at: datetime) -> Iterable[str]:
    """What must be printed of these months and is neither in an issue nor put off nor refused."""
    if not IssueKind(issue.kind).in_sequence:
        return
    for entry in register.entries(issue.month, at, last=last):
        if entry.duty is law.Duty.MUST and not entry.is_decided:
            yield str(entry.record)


def _built(issue: Issue, at: datetime) -> tuple[str, list[str]]:
    """Whether the forms are of this very manuscript (``missing``, ``stale``, ``ready``), and where they, read back when
    they were made, differ from it."""
    forms = list(issue.forms.all())
    if {form.kind for form in forms} != set(FormKind):
        return "missing", []
    mark = book(issue, at).mark
    if any(form.source != mark for form in forms):
        return "stale", []
    if not all(store.path_of(form.sha256).is_file() for form in forms):
        return "missing", []
    return "ready", [fault for form in forms for fault in form.faults]


def _altered(issue: Issue) -> bool:
    """Whether a form of a published issue is another than the one that came out, and nothing was withdrawn."""
    if issue.stage != IssueStage.PUBLISHED:
        return False
    gone = Record.objects.filter(gazette_articles__issue=issue).exclude(withdrawn__in=("", "repealed")).exists()
    return not gone and any(form.first_sha256 and form.first_sha256 != form.sha256 for form in issue.forms.all())


@dataclass(frozen=True, slots=True)
class Past:
    """一期旧公报在清单里的一格。"""

    label: str
    url: str


def years(at: datetime) -> list[int]:
    """The years of which there are issues or old contents at ``at``, the newest first."""
    here = Issue.objects.public(at).values_list("year", flat=True)
    return sorted({*here, *HistoricIssue.objects.values_list("year", flat=True)}, reverse=True)


def past_issues() -> tuple[dict[int, list[Past]], list[law.Number]]:
    """The old issues by year, the newest first, and the numbers of those in sequence: one narrow query, no rows of the
    model, because the home page lists a thousand of them."""
    old: dict[int, list[Past]] = {}
    numbered = []
    first = reverse("public:gazette_historic", args=[0])
    rows = HistoricIssue.objects.values_list("pk", "kind", *_NUMBERS)
    for pk, kind, year, number, running, number_to in rows:
        url = first.replace("/0/", f"/{pk}/")
        old.setdefault(year, []).append(Past(historic_label(year, number, number_to, kind), url))
        if number and IssueKind(kind).in_sequence:
            numbered.append(law.Number(year, number, running, number_to))
    return old, numbered


_NUMBERS = ("year", "number", "running", "number_to")


def gaps(old: Iterable[law.Number] | None = None) -> list[law.Gap]:
    """What the whole run of issues lacks since the first, old and new together; ``old`` if it was read already."""
    if old is None:
        old = (law.Number(*row) for row in HistoricIssue.objects.in_sequence().values_list(*_NUMBERS))
    new = (law.Number(*row) for row in Issue.objects.in_sequence().values_list(*_NUMBERS))
    return list(law.gaps([*old, *new]))
