"""年报里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law import params
from gongkai.law.agencies import AgencyKind
from gongkai.law.report import due_on
from gongkai.org import access
from gongkai.org.models import User

from .jobs import unpublished
from .models import AnnualReport
from .terms import Stage


def panels(user: User, on: date) -> Iterator[Panel]:
    """Reports to write or to publish by the writer, to review by the head and the district office."""
    if access.may(user, "reports.write"):
        yield _unpublished(user, on)
    for stage, action, label in (
        (Stage.UNIT, "reports.unit", "待审核的年度报告"),
        (Stage.OFFICE, "reports.office", "待核定的年度报告"),
    ):
        if access.may(user, action):
            rows = AnnualReport.objects.filter(access.within(user, action), stage=stage)
            yield _panel(label, rows.exclude(author=user), "审核以后才能公布。")


def _panel(label: str, rows: QuerySet[AnnualReport], hint: str) -> Panel:
    def task(report: AnnualReport) -> Task:
        return Task(str(report), reverse("desk:reports_one", args=[report.pk]), report.get_scope_display())

    return panel_of(label, hint, rows.select_related("agency"), task, reverse("desk:reports_list"))


def _unpublished(user: User, on: date) -> Panel:
    """The reports on last year that the person's units have not published, from some time before the last day."""
    year, ahead = on.year - 1, params.at("management.report_ahead_days", on).value
    mine = set(access.agencies_of(user, "reports.write").values_list("pk", flat=True))
    made = {one.agency_id: one for one in AnnualReport.objects.filter(year=year, agency__in=mine)}
    tasks = []
    for agency in unpublished(year):
        due = due_on(AgencyKind(agency.kind), year)
        if agency.pk not in mine or (due - on).days > ahead:
            continue
        one = made.get(agency.pk)
        url = reverse("desk:reports_one", args=[one.pk]) if one else reverse("desk:reports_list") + f"?year={year}"
        state = one.get_stage_display() if one else "没有开始编制"
        tasks.append(Task(f"{agency}{year}年度报告", url, state, due=due))
    hint = "《条例》第四十九条。"
    return Panel(
        "要公布的年度报告",
        hint,
        len(tasks),
        reverse("desk:reports_list") + f"?year={year}",
        tuple(tasks[:PREVIEW]),
    )
