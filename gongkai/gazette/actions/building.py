"""排版:把成品按散列存进文件库,记下页码;撤下一篇以后旧成品当场作废,随后重排。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records import store
from gongkai.records.models import Record

from ..manuscript import imprint
from ..models import Approval, Article, Form, Issue
from ..terms import IssueStage, Step
from ..typeset import Typeset, faults, typeset
from .locking import locked, noted, touched
from .volumes import forget_volumes, unlink_after


def build(issue: Issue, *, by: User, at: datetime, seen: str | None = None) -> Typeset:
    """排版。排的时候别人改了稿子的,不存,请再排。"""
    access.require(by, "gazette.compose", issue.masthead.agency)
    issue = Issue.objects.select_related("masthead__agency").get(pk=issue.pk)
    if issue.stage != IssueStage.PREPARING:
        raise RuleBroken(f"{issue}{issue.get_stage_display()}，不能再排", fix="要改的请先退回修改。")
    revision = issue.revision
    issue.imprint = imprint(issue, issue.planned_on)
    made = typeset(issue, at, afresh=True)
    with transaction.atomic():
        now = locked(issue)
        if now.revision != revision:
            raise RuleBroken("排版的时候稿子改过了", fix="请再排一遍。")
        now.imprint = issue.imprint
        now.save(update_fields=["imprint"])
        _keep(now, made, at)
        pages = {one.position: one for one in made.placed}
        rows = list(now.articles.all())
        for article in rows:
            article.first_page, article.last_page = pages[article.position].first, pages[article.position].last
        Article.objects.bulk_update(rows, ["first_page", "last_page"])
        noted("build", now, f"排版，{made.page_count}页、{len(rows)}篇", at=at, by=by)
    return made


def _keep(issue: Issue, made: Typeset, at: datetime) -> None:
    """Store the files; the row of each form says which manuscript it was made of."""
    for kind, content in made.files.items():
        sha256 = store.keep(content)
        values = {
            "source": made.book.mark,
            "sha256": sha256,
            "size": len(content),
            "built_at": at,
            "faults": faults(made.book, kind, content),
            "page_count": made.page_count if kind == "pdf" else 0,
        }
        Form.objects.update_or_create(issue=issue, kind=kind, defaults=values)


def forget_forms(record: Record, *, by: User, at: datetime) -> int:
    """一件信息撤下了:登过它的各期,旧成品在同一个事务里作废、删去文件;在审签的退回修改。"""
    gone = 0
    for article in Article.objects.filter(record=record).select_related("issue"):
        issue = locked(article.issue)
        forms = list(issue.forms.all())
        issue.forms.all().delete()
        forget_volumes(issue.year)
        unlink_after(form.sha256 for form in forms)
        if issue.stage in (IssueStage.REVIEW, IssueStage.APPROVED):
            issue.stage = IssueStage.PREPARING
            Approval.objects.create(
                issue=issue,
                step=Step.RETURN,
                by=by,
                at=at,
                revision=issue.revision,
                opinion=f"第{article.position}篇登的信息已经撤下，自动退回。",
            )
        touched(issue, None, "stage")
        noted("withdrawn", issue, f"第{article.position}篇已经撤下，成品改成说明", at=at, by=by)
        gone += 1
    return gone


def rebuild(issue: Issue, *, at: datetime) -> bool:
    """撤下或者恢复以后重排已经出刊的一期;篇次和页码照旧。没有变的不动。"""
    if issue.stage != IssueStage.PUBLISHED:
        return False
    made = typeset(issue, at, afresh=False)
    with transaction.atomic():
        now = locked(issue)
        if now.revision != issue.revision:
            return False  # 排的时候又撤下了一篇:那一篇的后续再排,这一份里还有它的文字,不存
        issue = now
        old = list(issue.forms.all())
        if old and all(form.source == made.book.mark for form in old):
            return False
        unlink_after(form.sha256 for form in old)
        forget_volumes(issue.year)
        _keep(issue, made, at)
        noted("rebuild", issue, "重排，撤下的篇目印成说明", at=at)
    return True
