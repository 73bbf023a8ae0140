"""审签和出刊:编的人以外的两个人先后审核、签发,到时刻出刊;出刊以后只发更正。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import User

from .. import checks, facts
from ..models import Approval, Article, Correction, Issue
from ..terms import IssueStage, Step
from .deliveries import plan_for
from .locking import locked, noted, open_to, touched
from .volumes import forget_volumes

PREPARING, REVIEW, APPROVED, PUBLISHED = IssueStage


def _findings(issue: Issue, at: datetime) -> list[checks.Finding]:
    return checks.run(facts.gather(issue, at))


def _no_blocks(issue: Issue, at: datetime) -> list[checks.Finding]:
    found = _findings(issue, at)
    blocking = [one for one in found if one.blocks]
    if blocking:
        told = "；".join(f"{one.code}：{one.text}" for one in blocking[:6])
        raise RuleBroken(f"有{len(blocking)}处要先改：{told}", fix="请逐条改好、重新排版。")
    return found


@transaction.atomic
def submit(
    issue: Issue, *, by: User, at: datetime, reasons: Mapping[str, str] | None = None, seen: str | None = None
) -> Issue:
    """送审签:阻断的检查一条不剩,提醒的每一条写明为什么仍然照出。"""
    issue = open_to(issue, by, seen, PREPARING)
    warnings = _no_blocks(issue, at)
    given = {code: line(text)[:200] for code, text in (reasons or {}).items() if text.strip()}
    warned = {one.code for one in warnings}
    silent = sorted(warned - set(given))
    if silent:
        raise RuleBroken(f"{'、'.join(silent)}的提醒没有写理由", fix="请改好，或者逐条写明为什么仍然照出。")
    issue.stage, issue.waived = REVIEW, {code: given[code] for code in sorted(warned)}
    touched(issue, None, "stage", "waived")
    noted("submit", issue, "送审签", at=at, by=by)
    return issue


def _round(issue: Issue) -> list[Approval]:
    """The approvals given since it was last returned."""
    found: list[Approval] = []
    for approval in issue.approvals.select_related("by"):
        found = [] if approval.step == Step.RETURN else [*found, approval]
    return found


@transaction.atomic
def approve(issue: Issue, *, by: User, at: datetime, opinion: str = "", seen: str | None = None) -> Issue:
    """审核,再签发;编的人不审,两道不是同一个人。送审签时查过的不再查一遍:稿子变了的会自动退回,出刊时全部重查。"""
    issue = open_to(issue, by, seen, REVIEW, right="gazette.approve")
    if by.pk == issue.composed_by_id:
        raise RuleBroken("编这一期的人不能审签它", fix="请由另一位审签。")
    given = _round(issue)
    if any(one.by_id == by.pk for one in given):
        raise RuleBroken("您已经审核过这一期，签发要由另一个人办", fix="请由另一位签发。")
    step = Step.SIGN if given else Step.REVIEW
    Approval.objects.create(
        issue=issue, step=step, by=by, at=at, opinion=line(opinion)[:300], revision=issue.revision
    )
    if step is Step.SIGN:
        issue.stage = APPROVED
    touched(issue, None, "stage")
    noted("approve", issue, step.label, at=at, by=by)
    return issue


@transaction.atomic
def send_back(issue: Issue, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Issue:
    """退回修改。"""
    issue = open_to(issue, by, seen, REVIEW, APPROVED, right="gazette.approve")
    if not reason.strip():
        raise RuleBroken("没有写哪里要改", fix="请写明。")
    Approval.objects.create(
        issue=issue, step=Step.RETURN, by=by, at=at, opinion=line(reason)[:300], revision=issue.revision
    )
    issue.stage = PREPARING
    touched(issue, None, "stage")
    noted("return", issue, f"退回（{line(reason)[:150]}）", at=at, by=by)
    return issue


@transaction.atomic
def publish(issue: Issue, moment: datetime, *, by: User, at: datetime, seen: str | None = None) -> Issue:
    """到 ``moment`` 出刊;那一天要同封面上印的出版日一样。审签以后文件撤下了的,这里挡住。"""
    issue = open_to(issue, by, seen, APPROVED)
    if moment < at:
        raise RuleBroken("出刊的时刻已经过去", fix="请填现在或者以后。")
    if local_day(moment) != issue.planned_on:
        raise RuleBroken(
            f"封面上印的出版日是{issue.planned_on}，不能在{local_day(moment)}出刊",
            fix="请改时刻；要改出版日的，退回修改、重新排版。",
        )
    _no_blocks(issue, at)
    for form in issue.forms.select_for_update():
        form.first_sha256 = form.sha256
        form.save(update_fields=["first_sha256"])
    issue.stage, issue.published_at, issue.published_by, issue.announced = PUBLISHED, moment, by, moment <= at
    touched(issue, None, "stage", "published_at", "published_by", "announced")
    if issue.print_run:
        plan_for(issue)
    forget_volumes(issue.year)
    noted("publish", issue, f"出刊，{issue.articles.count()}篇", at=at, by=by, moment=moment.isoformat())
    return issue


@transaction.atomic
def announce(issue: Issue, *, at: datetime) -> bool:
    """到了定时的时刻:记一条,好让清单上有它。"""
    issue = locked(issue)
    if issue.announced or not issue.is_public(at):
        return False
    issue.announced = True
    issue.save(update_fields=["announced"])
    forget_volumes(issue.year)
    noted("out", issue, "到时刻出刊", at=at)
    return True


@transaction.atomic
def correct(
    article: Article, was: str, now: str, *, by: User, at: datetime, printed_in: Issue | None = None
) -> Correction:
    """出刊以后更正:旧的一页上写明,印在编着的一期里。印出去的一份不改。"""
    issue = locked(article.issue)
    access.require(by, "gazette.compose", issue.masthead.agency)
    if not issue.is_public(at):
        raise RuleBroken(f"{issue}还没有出刊，不用更正", fix="请直接改。")
    was, now = line(was)[:500], line(now)[:500]
    if not was or not now or was == now:
        raise RuleBroken("没有写清原来印的是什么、更正为什么", fix="请两样都写。")
    if printed_in is not None:
        printed_in = open_to(printed_in, by, None, PREPARING)
        touched(printed_in, by)
    made = Correction.objects.create(article=article, was=was, now=now, printed_in=printed_in, by=by, at=at)
    noted("correct", issue, f"第{article.position}篇更正：“{was[:60]}”应为“{now[:60]}”", at=at, by=by)
    return made
