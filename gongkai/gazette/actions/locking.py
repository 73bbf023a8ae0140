"""各动作共用的:锁住一期、核权限和看到的一稿、记一条。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Issue
from ..terms import IssueStage


def locked(issue: Issue) -> Issue:
    """The issue's row, locked until the transaction ends."""
    rows = Issue.objects.select_for_update(of=("self",)).select_related("masthead__agency")
    return rows.get(pk=issue.pk)


def open_to(
    issue: Issue, by: User, seen: str | None, *stages: IssueStage, right: str = "gazette.compose"
) -> Issue:
    """The locked issue, if this person may do that now.

    Raises:
        RuleBroken: another stage, or the page showed an older state.
    """
    issue = locked(issue)
    access.require(by, right, issue.masthead.agency)
    check(seen, issue.mark)
    if issue.stage not in stages:
        fix = "出刊以后只许发更正。" if issue.stage == IssueStage.PUBLISHED else "要改的请先退回修改。"
        raise RuleBroken(f"{issue}{issue.get_stage_display()}，不能再这样办", fix=fix)
    return issue


def touched(issue: Issue, by: User | None, *fields: str) -> None:
    """Save the fields and count the change up: who had the old page open is told."""
    issue.revision += 1
    if by is not None:
        issue.composed_by = by
    issue.save(update_fields=[*fields, "revision", "composed_by"])


def noted(action: str, issue: Issue, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    """One line of the log about an issue."""
    log(
        f"gazette.{action}",
        f"公报{issue}：{what}"[:300],
        at=at,
        by=by,
        agency=issue.masthead.agency,
        about=issue,
        **more,
    )
