"""公报里等这个人办的事(``desk.todo``):没有报送的、退回的、待审签的、编着的、脱期的。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.law import gazette as law
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import figures, register
from .models import Issue, Item, Masthead, Submission
from .terms import IssueStage


def panels(user: User, on: date) -> Iterator[Panel]:
    """What waits for this person."""
    maker = Masthead.objects.at(on)
    if maker is None:
        return
    if access.may(user, "gazette.report") and not access.is_district(user, "gazette.report"):
        yield _to_report(user, on)
        rows = Item.objects.filter(access.within(user, "gazette.report", "record__agency"), state="returned")
        yield _items("退回补正的公报报送", rows.select_related("record"))
    if access.may(user, "gazette.approve", maker.agency):
        rows = Issue.objects.filter(stage=IssueStage.REVIEW).exclude(composed_by=user).exclude(approvals__by=user)
        yield _issues("待审签的公报", "编的人以外的两个人先后审核、签发。", rows)
    if access.may(user, "gazette.compose", maker.agency):
        yield _issues(
            "编着的公报",
            "选入、排版、送审签；审签完的出刊。",
            Issue.objects.filter(stage__in=("preparing", "approved")),
        )
        yield _overdue(on)


def _to_report(user: User, on: date) -> Panel:
    month = law.months_on(law.month_of(on), -1)
    own = register.units(on).filter(access.within(user, "gazette.report", "pk"))
    rows = own.exclude(pk__in=Submission.objects.filter(month=month).values("agency"))
    due = law.report_due(month)
    url = reverse("desk:gazette_submissions") + f"?month={month:%Y-%m}"

    def task(agency: Agency) -> Task:
        address = reverse("desk:gazette_report", args=[agency.code, month.year, month.month])
        return Task(f"{agency}{month.year}年{month.month}月", address, "没有要登的零报告", due=due)

    return panel_of("待报送的公报文件", "勾选确认；没有的零报告。", rows, task, url)


def _items(label: str, rows: QuerySet[Item]) -> Panel:
    url = reverse("desk:gazette_submissions")
    return panel_of(
        label, "补正以后再报。", rows, lambda item: Task(str(item), url, item.note, "退回", "warn"), url
    )


def _issues(label: str, hint: str, rows: QuerySet[Issue]) -> Panel:
    def task(issue: Issue) -> Task:
        note = f"{issue.get_stage_display()}，最迟{issue.due_on}出刊"
        return Task(str(issue), reverse("desk:gazette_issue", args=[issue.pk]), note, due=issue.due_on)

    return panel_of(label, hint, rows, task, reverse("desk:gazette_issues"))


def _overdue(on: date) -> Panel:
    month = figures.overdue(on)
    url = reverse("desk:gazette_issues")
    if month is None:
        return Panel("脱期的公报", "", 0, url, ())
    text = f"{month.year}年{month.month}月的公报应在{law.issue_due(month)}以前出刊"
    kind = "stop" if law.is_long_overdue(month, on) else "warn"
    return Panel(
        "脱期的公报",
        "一月一期，次月末日以前出刊。",
        1,
        url,
        (Task(text, url, "请尽快出刊，或者出合刊、写说明", "脱期", kind, law.issue_due(month)),),
    )


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Issues under way at the agency that makes the gazette."""
    if agency is not None:
        for issue in Issue.objects.exclude(stage=IssueStage.PUBLISHED).filter(masthead__agency=agency):
            yield OpenItem(
                f"公报{issue}", issue.get_stage_display(), reverse("desk:gazette_issue", args=[issue.pk])
            )
