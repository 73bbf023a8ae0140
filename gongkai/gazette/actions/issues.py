"""编一期:建立、选入、去掉、排次序、大事记。"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law import gazette as law
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.law.gazette import Duty, IssueKind
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.models import Record

from .. import register
from ..models import Article, ChronicleLine, HistoricIssue, Issue, Item, Masthead, Section
from ..terms import IssueStage, ItemState
from .locking import noted, open_to, touched

PREPARING = IssueStage.PREPARING
_LETTERS = {IssueKind.EXTRA: "z", IssueKind.SPECIAL: "s"}


@transaction.atomic
def open_issue(
    masthead: Masthead,
    month: date,
    planned_on: date,
    *,
    by: User,
    at: datetime,
    kind: IssueKind = IssueKind.REGULAR,
    month_to: date | None = None,
    year: int | None = None,
    counted: bool = False,
    propose: bool = True,
) -> Issue:
    """建立一期,期号接着上一期;正刊、合刊当场把应登的选进来。

    Args:
        year: the year of the issue; the year of its months if not given.
        counted: an extra or special issue that takes a running number.
        propose: take in what must and should be printed.
    """
    access.require(by, "gazette.compose", masthead.agency)
    Masthead.objects.select_for_update().get(pk=masthead.pk)
    month, month_to = law.month_of(month), law.month_of(month_to) if month_to else None
    if (kind is IssueKind.DOUBLE) != (month_to is not None):
        raise RuleBroken("合刊要有两个统计月，别的只有一个", fix="请改种类，或者填后一个统计月。")
    if month_to is not None and month_to <= month:
        raise RuleBroken("合刊的后一个统计月不晚于前一个", fix="请改统计月。")
    year = year or (month_to or month).year
    if kind.in_sequence:
        _not_twice(month, month_to or month)
        found = law.following(_before(), year)
        number_to = found.number + 1 if kind is IssueKind.DOUBLE else None
        number, code = found.number, f"{found.number}-{number_to}" if number_to else str(found.number)
    else:
        number = Issue.objects.filter(kind=kind, year=year).count() + 1
        number_to, code = None, f"{_LETTERS[kind]}{number}"
    issue = Issue.objects.create(
        masthead=masthead,
        kind=kind,
        year=year,
        number=number,
        number_to=number_to,
        code=code,
        month=month,
        month_to=month_to,
        planned_on=planned_on,
        composed_by=by,
        opened_at=at,
        running=_next_running(masthead) if kind.in_sequence or counted else None,
    )
    if propose and kind.in_sequence:
        _propose(issue, by, at)
    noted("open", issue, f"建立，收{issue.month_label}的文件", at=at, by=by)
    return issue


def _before() -> law.Number | None:
    """The last issue that takes a number, among those made here and the old ones."""
    new = Issue.objects.in_sequence().newest_first().first()
    old = HistoricIssue.objects.in_sequence().order_by("-year", "-number").first()
    facts = [issue.fact for issue in (old, new) if issue is not None]
    return max(facts, key=lambda number: (number.year, number.last), default=None)


def _next_running(masthead: Masthead) -> int:
    """One more than the highest so far; the first that the gazette was told to begin with where there is none."""
    highest = [table.objects.aggregate(last=Max("running"))["last"] for table in (Issue, HistoricIssue)]
    return max((number + 1 for number in highest if number), default=masthead.first_running)


def _not_twice(first: date, last: date) -> None:
    for other in Issue.objects.in_sequence().filter(month__lte=last):
        if (other.month_to or other.month) >= first:
            raise RuleBroken(f"{other}已经收了{other.month_label}的文件", fix="请选下一个统计月，或者出增刊。")


def _propose(issue: Issue, by: User, at: datetime) -> None:
    """What must and should be printed, and what was put off; it is sorted by the rule."""
    last = issue.month_to or issue.month
    owed = [
        entry.record
        for entry in register.entries(issue.month, at, last=last)
        if entry.is_owed and (entry.item is None or entry.item.state == ItemState.REPORTED)
    ]
    waiting = [item.record for item in register.put_off(issue.month) if item.record.is_public(at)]
    for record in [*waiting, *owed]:
        section = register.section_for(record, issue.year, issue.masthead)
        if section is None:
            raise RuleBroken(f"{issue.year}年还没有栏目", fix="请先立栏目。")
        _put(issue, record, section, by, at)
    _sorted(issue)


@transaction.atomic
def edit(issue: Issue, values: Mapping[str, Any], *, by: User, at: datetime, seen: str | None = None) -> Issue:
    """改出版日、印数、缺月跳号的说明。"""
    issue = open_to(issue, by, seen, PREPARING)
    fields = [name for name in ("planned_on", "print_run", "gap_note") if name in values]
    for name in fields:
        setattr(issue, name, values[name])
    touched(issue, by, *fields)
    noted("edit", issue, f"出版日{issue.planned_on}，印{issue.print_run}份", at=at, by=by)
    return issue


def _put(issue: Issue, record: Record, section: Section, by: User, at: datetime, *, remark: str = "") -> Article:
    live = record.live
    if live is None or not record.is_public(at):
        raise RuleBroken(f"“{record}”没有公开，不能登公报", fix="请等它公开，或者选别的。")
    article = Article.objects.create(
        issue=issue,
        record=record,
        edition=live,
        section=section,
        position=issue.articles.count() + 1,
        remark=remark,
    )
    item, _ = Item.objects.select_for_update().get_or_create(
        record=record,
        defaults={
            "month": law.month_of(local_day(record.published_at)),
            "duty": register.duty(record, issue.masthead),
        },
    )
    if not remark:
        _settle(item, ItemState.ADOPTED, issue, by, at)
    return article


def _settle(item: Item, state: ItemState, issue: Issue | None, by: User, at: datetime) -> None:
    item.state, item.issue, item.refusal, item.decided_by, item.decided_at = state, issue, "", by, at
    item.revision += 1
    item.save()


@transaction.atomic
def select_record(
    issue: Issue,
    record: Record,
    section: Section,
    *,
    by: User,
    at: datetime,
    remark: str = "",
    seen: str | None = None,
) -> Article:
    """选入一件。登过的要注明是更正还是重刊;不登的类型不能选。"""
    issue = open_to(issue, by, seen, PREPARING)
    if issue.articles.filter(record=record).exists():
        raise RuleBroken(f"“{record}”已经在这一期里", fix="请刷新页面。")
    if register.duty(record, issue.masthead) is Duty.NEVER:
        raise RuleBroken(f"“{record}”这一类信息不登公报", fix="请选规范性文件、公文、人事任免等。")
    if not Section.objects.valid_in(issue.year).filter(pk=section.pk).exists():
        raise RuleBroken(f"栏目“{section}”在{issue.year}年没有", fix="请选这一年的栏目。")
    earlier = (
        Article.objects.filter(register.same_paper(record)).exclude(issue=issue).select_related("issue").first()
    )
    if earlier and not remark:
        raise RuleBroken(f"“{record}”已经登在{earlier.issue}", fix="再登的请注明是更正还是重刊。")
    article = _put(issue, record, section, by, at, remark=remark)
    _sorted(issue)
    touched(issue, by)
    noted("take", issue, f"选入“{record}”", at=at, by=by, record=record.pk)
    return article


@transaction.atomic
def take_all(
    issue: Issue, records: Collection[int], *, by: User, at: datetime, seen: str | None = None
) -> list[Article]:
    """选入几件,各进各的栏目;有一件不行的,一件也不选。"""
    issue = open_to(issue, by, seen, PREPARING)
    rows = list(Record.objects.filter(pk__in=records).select_related("agency"))
    if not rows:
        raise RuleBroken("没有勾选文件", fix="请先勾选。")
    made = []
    for record in rows:
        section = register.section_for(record, issue.year, issue.masthead)
        if section is None:
            raise RuleBroken(f"{issue.year}年还没有栏目", fix="请先立栏目。")
        made.append(select_record(issue, record, section, by=by, at=at))
    return made


@transaction.atomic
def drop(article: Article, *, by: User, at: datetime, seen: str | None = None) -> Issue:
    """去掉一篇;它的去向回到“已报送”,要另定。"""
    issue = open_to(article.issue, by, seen, PREPARING)
    record = article.record
    issue.articles.filter(pk=article.pk).delete()
    for item in Item.objects.select_for_update().filter(record=record, issue=issue):
        _settle(item, ItemState.REPORTED, None, by, at)
    _numbered(list(issue.articles.order_by("position")))
    touched(issue, by)
    noted("drop", issue, f"去掉“{record}”", at=at, by=by, record=record.pk)
    return issue


@transaction.atomic
def refresh(article: Article, *, by: User, at: datetime, seen: str | None = None) -> Article:
    """信息出了新版:改登新的一版。"""
    issue = open_to(article.issue, by, seen, PREPARING)
    live = article.record.live
    if live is None:
        raise RuleBroken(f"“{article.record}”没有公开的版本", fix="请去掉这一篇。")
    article.edition = live
    article.save(update_fields=["edition"])
    touched(issue, by)
    noted("take", issue, f"“{article.record}”改登第{live.nth}版", at=at, by=by, record=article.record_id)
    return article


@transaction.atomic
def reorder(
    issue: Issue,
    order: Sequence[int],
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
    sections: Mapping[int, Section] | None = None,
) -> Issue:
    """照给的次序排;同一栏目的总排在一起。两个人同时排的,后交的要看过新的再排。

    Args:
        order: primary keys of all articles of the issue.
        sections: articles that change their section, by primary key.
    """
    issue = open_to(issue, by, seen, PREPARING)
    known = {article.pk: article for article in issue.articles.select_related("section")}
    if sorted(order) != sorted(known):
        raise RuleBroken("交来的篇目同库里的不一样，可能有人刚刚加了或者去掉了一篇", fix="请刷新页面再排。")
    valid = {one.pk for one in Section.objects.valid_in(issue.year)}
    for pk, section in (sections or {}).items():
        if section.pk not in valid:
            raise RuleBroken(f"栏目“{section}”在{issue.year}年没有", fix="请选这一年的栏目。")
        known[pk].section = section
    rows = sorted((known[pk] for pk in order), key=lambda article: (article.section.order, article.section_id))
    _numbered(rows)
    touched(issue, by)
    noted("order", issue, "排次序", at=at, by=by, order=[one.pk for one in rows])
    return issue


@transaction.atomic
def sort(issue: Issue, *, by: User, at: datetime, seen: str | None = None) -> Issue:
    """照规矩排:栏目的次序,同栏按文号升序,人事任免按日期。"""
    issue = open_to(issue, by, seen, PREPARING)
    _sorted(issue)
    touched(issue, by)
    noted("order", issue, "照规矩排次序", at=at, by=by)
    return issue


def _sorted(issue: Issue) -> None:
    rows = list(issue.articles.select_related("section", "record", "edition"))

    def key(article: Article) -> tuple[Any, ...]:
        record, made = article.record, article.edition.made_on or date.max
        number = (
            ()
            if article.section.by_day
            else (record.number_code or "~", record.number_year or 0, record.number_seq or 0)
        )
        return article.section.order, article.section_id, number, made, article.pk

    _numbered(sorted(rows, key=key))


def _numbered(rows: list[Article]) -> None:
    for position, article in enumerate(rows, 1):
        article.position, article.first_page, article.last_page = position, None, None
    Article.objects.bulk_update(rows, ["position", "section", "first_page", "last_page"])


@transaction.atomic
def add_line(
    issue: Issue,
    on: date,
    text: str,
    *,
    by: User,
    at: datetime,
    record: Record | None = None,
    seen: str | None = None,
) -> ChronicleLine:
    """大事记加一条。"""
    issue = open_to(issue, by, seen, PREPARING)
    text, most = line(text), params.at("gazette.chronicle_length", on)
    if not text:
        raise RuleBroken("没有写什么事", fix="请写一句话。")
    if len(text) > most.value:
        raise RuleBroken(f"大事记一条至多{most.value}字，写了{len(text)}字", source=most.source, fix="请写短些。")
    if not issue.month <= on <= issue.until:
        raise RuleBroken(f"{on}不在{issue.month_label}里", fix="请改日期，或者记到那个月的一期里。")
    made = ChronicleLine.objects.create(issue=issue, on=on, text=text, record=record)
    touched(issue, by)
    noted("chronicle", issue, f"大事记：{on} {text}", at=at, by=by)
    return made


@transaction.atomic
def drop_line(made: ChronicleLine, *, by: User, at: datetime, seen: str | None = None) -> Issue:
    """大事记去掉一条。"""
    issue = open_to(made.issue, by, seen, PREPARING)
    text = made.text
    issue.chronicle.filter(pk=made.pk).delete()
    touched(issue, by)
    noted("chronicle", issue, f"大事记去掉：{text}", at=at, by=by)
    return issue
