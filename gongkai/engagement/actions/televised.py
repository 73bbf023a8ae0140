"""电视问政:一场、场上的问题、公布清单、承诺、结果、回访。写出来的公众都看得到,不能有个人信息。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.personal import personal_data
from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import dialogue
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Broadcast, IssueStep, TelevisedIssue
from ..terms import IssueSource, IssueState, IssueStepKind

BROADCAST_FIELDS = ("title", "held_on", "video", "pleased", "displeased")


def _plain(text: str, what: str, most: int = 2000) -> str:
    text = clean(text).strip()[:most]
    if not text:
        raise RuleBroken(f"没有写{what}", fix="请写明，公众看得到。")
    if found := personal_data(text):
        raise RuleBroken(f"{what}里有{found[0].label}", fix="公众看得到，请隐去以后再写。")
    return text


def _put(broadcast: Broadcast, values: Mapping[str, Any]) -> None:
    for name in BROADCAST_FIELDS:
        if name in values:
            setattr(broadcast, name, values[name])
    broadcast.title = _plain(line(broadcast.title), "主题", 120)
    broadcast.save()


@transaction.atomic
def hold_broadcast(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Broadcast:
    """登记一场。"""
    access.require(by, "engagement.tv", agency)
    broadcast = Broadcast(agency=agency)
    _put(broadcast, values)
    log("engagement.broadcast", f"登记电视问政“{broadcast}”", at=at, by=by, agency=agency, about=broadcast)
    return broadcast


@transaction.atomic
def save_broadcast(broadcast: Broadcast, values: Mapping[str, Any], *, by: User, at: datetime) -> Broadcast:
    """改:视频、现场满意的人数随时补。"""
    broadcast = Broadcast.objects.select_for_update(of=("self",)).select_related("agency").get(pk=broadcast.pk)
    access.require(by, "engagement.tv", broadcast.agency)
    _put(broadcast, values)
    log(
        "engagement.broadcast",
        f"修改电视问政“{broadcast}”",
        at=at,
        by=by,
        agency=broadcast.agency,
        about=broadcast,
    )
    return broadcast


@transaction.atomic
def add_issue(
    broadcast: Broadcast, source: IssueSource, title: str, text: str, owner: Agency, *, by: User, at: datetime
) -> TelevisedIssue:
    """场上的一个问题,定责任单位。"""
    access.require(by, "engagement.tv", broadcast.agency)
    if owner.ended_on is not None and owner.ended_on <= local_day(at):
        raise RuleBroken(f"{owner}已经撤并", fix="请选承继它职责的单位。")
    issue = TelevisedIssue.objects.create(
        broadcast=broadcast,
        source=source,
        title=_plain(line(title), "问题", 100),
        text=_plain(text, "情况") if text.strip() else "",
        owner=owner,
    )
    _noted("issue", issue, f"登记，{owner}负责", at=at, by=by)
    return issue


@transaction.atomic
def list_issues(broadcast: Broadcast, *, by: User, at: datetime) -> Broadcast:
    """公布清单;以后每一步公众都看得到。"""
    broadcast = Broadcast.objects.select_for_update(of=("self",)).select_related("agency").get(pk=broadcast.pk)
    access.require(by, "engagement.tv", broadcast.agency)
    if broadcast.listed_at is not None:
        raise RuleBroken("清单已经公布", fix="请刷新页面。")
    if broadcast.held_on > local_day(at):
        raise RuleBroken("这一场还没有办", fix="请在办过以后公布。")
    if not broadcast.issues.exists():
        raise RuleBroken("一个问题也没有登记", fix="请先登记场上的问题。")
    broadcast.listed_at, broadcast.listed_by = at, by
    broadcast.save(update_fields=["listed_at", "listed_by"])
    log(
        "engagement.list",
        f"公布电视问政“{broadcast}”的问题清单",
        at=at,
        by=by,
        agency=broadcast.agency,
        about=broadcast,
    )
    return broadcast


def _noted(action: str, issue: TelevisedIssue, what: str, *, at: datetime, by: User) -> None:
    log(f"engagement.{action}", f"问政“{issue}”：{what}", at=at, by=by, agency=issue.owner, about=issue)


def _in(issue: TelevisedIssue, seen: str | None, *states: IssueState) -> TelevisedIssue:
    rows = TelevisedIssue.objects.select_for_update(of=("self",)).select_related("owner", "broadcast__agency")
    issue = rows.get(pk=issue.pk)
    check(seen, issue.mark)
    if issue.state not in states:
        raise RuleBroken(f"这个问题{issue.get_state_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return issue


def _stepped(
    issue: TelevisedIssue, kind: IssueStepKind, text: str, day: date | None, by: User, at: datetime
) -> None:
    issue.revision += 1
    issue.save(update_fields=["state", "promise_on", "revisit_on", "revision"])
    IssueStep.objects.create(issue=issue, kind=kind, text=text, day=day, at=at, by=by)


@transaction.atomic
def promise_issue(
    issue: TelevisedIssue,
    promise: str,
    promise_on: date | None,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> TelevisedIssue:
    """责任单位承诺:办成什么样、哪一天办到;到期在首页提醒,没有报结果的公众看得到逾期。"""
    issue = _in(issue, seen, IssueState.FOUND)
    access.require(by, "engagement.handle", issue.owner)
    dialogue.may_promise(promise, promise_on, local_day(at))
    issue.state, issue.promise_on = IssueState.PROMISED, promise_on
    _stepped(issue, IssueStepKind.PROMISE, _plain(promise, "承诺"), promise_on, by, at)
    _noted("promise", issue, f"承诺{promise_on}办到", at=at, by=by)
    return issue


@transaction.atomic
def settle_issue(
    issue: TelevisedIssue, result: str, *, by: User, at: datetime, seen: str | None = None
) -> TelevisedIssue:
    """责任单位报结果;回访属实才算办结。"""
    issue = _in(issue, seen, IssueState.FOUND, IssueState.PROMISED)
    access.require(by, "engagement.handle", issue.owner)
    dialogue.may_settle(promised=issue.state == IssueState.PROMISED, result=result)
    issue.state, issue.revisit_on = IssueState.SETTLED, dialogue.revisit_due(local_day(at))
    _stepped(issue, IssueStepKind.RESULT, _plain(result, "整改的结果"), None, by, at)
    _noted("settle", issue, "报整改结果", at=at, by=by)
    return issue


@transaction.atomic
def revisit_issue(
    issue: TelevisedIssue, kept: bool, note: str, *, by: User, at: datetime, seen: str | None = None
) -> TelevisedIssue:
    """主办单位回访:属实的办结;没有办到的退回,责任单位重新承诺。报结果的人自己不回访。"""
    issue = _in(issue, seen, IssueState.SETTLED)
    access.require(by, "engagement.tv", issue.broadcast.agency)
    last = issue.steps.filter(kind=IssueStepKind.RESULT).last()
    if last is not None and last.by_id == by.pk:
        raise RuleBroken("不能回访自己报的结果", fix="请另一个人回访。")
    text = _plain(note, "回访看到的情况")
    issue.state = IssueState.CLOSED if kept else IssueState.FOUND
    issue.promise_on = issue.promise_on if kept else None
    issue.revisit_on = issue.revisit_on if kept else None
    _stepped(issue, IssueStepKind.KEPT if kept else IssueStepKind.BROKEN, text, None, by, at)
    _noted("look", issue, "回访属实，办结" if kept else "回访没有办到，退回", at=at, by=by)
    return issue
