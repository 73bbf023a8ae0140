"""全工作台检索里的年度报告(``desk.finding``),和我编制的年报的变动(``org.news``)。"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User
from gongkai.org.news import Source

from .models import AnnualReport


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Reports by the agency's name and the year: 司法局 2025, 2025年度报告."""
    if not access.may(user, "reports.view"):
        return
    asked = [left for word in words if (left := word.removesuffix("年度报告").removesuffix("年"))]
    rows = AnnualReport.objects.visible_to(user).annotate(year_written=Cast("year", CharField()))
    rows = (
        rows.filter(bearing(asked, "agency__name", "agency__short_name", "year_written")) if asked else rows.none()
    )
    yield Panel("年度报告", "机关、年度。", rows.count(), reverse("desk:reports_list"), _tasks(rows))


def _tasks(rows: QuerySet[AnnualReport]) -> tuple[Task, ...]:
    return tuple(
        Task(str(one), reverse("desk:reports_one", args=[one.pk]), "", one.get_stage_display())
        for one in rows.select_related("agency")[:PREVIEW]
    )


def _own(user: User, ids: Collection[int]) -> Collection[int]:
    return AnnualReport.objects.visible_to(user).filter(pk__in=ids, author=user).values_list("pk", flat=True)


NEWS = Source(
    kind="reports.annualreport",
    actions=frozenset(
        f"reports.{verb}" for verb in ("unit", "office", "back", "publish", "correct", "remind", "drift")
    ),
    own=_own,
    url=lambda pk: reverse("desk:reports_one", args=[pk]),
)
