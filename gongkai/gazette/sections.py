"""公众看一件信息时:它登在公报哪一期、第几页;以及公报有哪些网页、什么会使它们变样。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister
from gongkai.records.models import Record
from gongkai.records.on_record import rare
from gongkai.records.pages import Section

from .models import Article, HistoricArticle, HistoricIssue, Issue

ISSUE = "gazette.issue"
HISTORY = ("gazette.intake", "gazette.historicissue")
#: What the log tells of an issue that the public can see.
_SEEN = frozenset({"gazette.publish", "gazette.out", "gazette.withdrawn", "gazette.rebuild", "gazette.correct"})


def blocks(record: Record, at: datetime) -> Iterator[Section]:
    """Where it was printed, in issues of now and of old."""
    articles = rare(Article.objects.public(at).filter(record=record).with_all().order_by("issue__planned_on"))
    old = rare(HistoricArticle.objects.filter(record=record).select_related("issue"))
    if articles or old:
        yield Section("登在公报", "gazette/public/_printed.html", {"articles": articles, "old": old})


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def by_records(pks: set[int]) -> set[str]:
    """An article that is withdrawn, amended or begins to bind changes its page, its issue and the year."""
    rows = Article.objects.filter(record__in=pks, issue__stage="published").select_related("issue")
    return {address for one in rows for address in (one.get_absolute_url(), *_of_issue(one.issue))}


def _of_issue(issue: Issue) -> tuple[str, ...]:
    return (issue.get_absolute_url(), reverse("public:gazette_year", args=[issue.year]), reverse("public:gazette"))


def by_entry(entry: LogEntry) -> set[str]:
    """What came out, was corrected, imported; and a document whose validity was registered anew."""
    if entry.object_type == ISSUE and entry.action in _SEEN:
        issue = Issue.objects.filter(pk=entry.object_id).first()
        return _everything(issue) if issue else set()
    if entry.object_type in HISTORY:
        return {reverse("public:gazette"), *_historic()}
    if entry.object_type == "policies.document":
        pks = Record.objects.filter(normative=entry.object_id).values_list("pk", flat=True)
        return by_records(set(pks))
    if entry.object_type == "gazette.masthead":
        return {reverse("public:gazette")}
    return set()


def _everything(issue: Issue) -> set[str]:
    rows = list(issue.articles.select_related("issue", "record"))
    own = {address for one in rows for address in (one.get_absolute_url(), one.record.get_absolute_url())}
    return own | set(_of_issue(issue))


def _historic() -> set[str]:
    rows = HistoricIssue.objects.values_list("pk", flat=True)
    years = HistoricIssue.objects.values_list("year", flat=True).distinct().order_by("year")
    linked = HistoricArticle.objects.exclude(record=None).values_list("record", flat=True).distinct()
    pages = {reverse("public:gazette_historic", args=[pk]) for pk in rows}
    pages |= {reverse("public:gazette_year", args=[year]) for year in years}
    return pages | {reverse("public:record", args=[pk]) for pk in linked}


def standing() -> set[str]:
    """Every page that there is now."""
    found = {reverse("public:gazette"), *_historic()}
    for issue in Issue.objects.filter(stage="published").prefetch_related("articles"):
        found |= {issue.get_absolute_url(), reverse("public:gazette_year", args=[issue.year])}
        found |= {
            reverse("public:gazette_article", args=[issue.year, issue.code, one.position])
            for one in issue.articles.all()
        }
    return found


LISTER = Lister(by_spots, by_records, by_entry, standing)
