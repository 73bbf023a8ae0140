"""公报自己会数的数(``desk.figures``):按月报送、历史各期入库、纸质投放。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, first_day, of_rows, of_things
from gongkai.desk.moments import end_of, local_day, start_of
from gongkai.law import gazette as law

from . import register
from .models import Delivery, HistoricIssue, Issue, Masthead, Submission
from .terms import IssueStage


def _reports(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every month whose report fell due in the year by that day, for each unit that reports; those in time count.

    Months before the first report of any unit are not owed.
    """
    begun = Submission.objects.order_by("month").values_list("month", flat=True).first()
    if begun is None:
        return []
    months = [
        month
        for month in register.months_between(max(begun, law.months_on(first_day(on), -1)), on)
        if first_day(on) <= law.report_due(month) < on
    ]
    units = {unit.pk: unit for unit in register.units(on).filter(pk__in=agencies)}
    reported = {
        (submission.agency_id, submission.month): local_day(submission.reported_at)
        for submission in Submission.objects.filter(month__in=months, agency__in=units)
    }
    return [
        Shown(
            f"{unit}{month.year}年{month.month}月",
            reverse("desk:gazette_report", args=[unit.code, month.year, month.month]),
            pk,
            (pk, month) in reported and reported[pk, month] <= law.report_due(month),
            str(reported.get((pk, month), "没有报")),
        )
        for pk, unit in units.items()
        for month in months
    ]


#: 期号的这两种毛病是缺期:缺一期的,和两年接不上的。
_LACKING = ("missing", "turn")


def _issues(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every issue that must be in the base by its numbers, of the office that publishes it; those that are count."""
    masthead = Masthead.objects.at(on)
    if masthead is None or masthead.agency_id not in agencies:
        return []
    owner, at = masthead.agency_id, end_of(on)
    old = list(HistoricIssue.objects.in_sequence().filter(imported_at__lte=at))
    new = Issue.objects.filter(stage=IssueStage.PUBLISHED, published_at__lte=at, number__gt=0)
    new = new.filter(kind__in=(law.IssueKind.REGULAR, law.IssueKind.DOUBLE))
    taken = {(row.year, row.number) for row in old}
    fresh = [row for row in new.select_related("masthead") if (row.year, row.number) not in taken]
    lacking = [gap for gap in law.gaps(row.fact for row in (*old, *fresh)) if gap.kind in _LACKING]
    history = reverse("desk:gazette_history")
    return [
        *(Shown(str(row), history, owner, True, f"{row.article_count}篇") for row in old),
        *(Shown(str(row), reverse("desk:gazette_issue", args=[row.pk]), owner, True) for row in fresh),
        *(Shown(gap.text, history, owner, False, "库里没有") for gap in lacking),
    ]


def _deliveries(agencies: Sequence[int], on: date) -> QuerySet[Delivery]:
    """What was to be delivered of the issues that came out in the year by that day."""
    rows = Delivery.objects.filter(
        issue__masthead__agency__in=agencies,
        issue__stage=IssueStage.PUBLISHED,
        issue__published_at__range=(start_of(on.year), end_of(on)),
        planned__gt=0,
    )
    return rows.select_related("issue__masthead", "place")


def _delivery(row: Delivery, counts: bool) -> Shown:
    said = f"应投{row.planned}份，" + (
        f"{row.delivered_on}投{row.delivered}份" if row.delivered_on else "没有登记投放"
    )
    url = reverse("desk:gazette_deliveries", args=[row.issue_id])
    return Shown(str(row), url, row.issue.masthead.agency_id, counts, said)


FIGURES: tuple[Figure, ...] = (
    of_things(
        _reports,
        key="gazette.reports",
        label="公报按月报送率",
        above="按时报送的（含如实的零报告）",
        below="当年已到期的各单位各月",
        clauses=("9.1", "9.2"),
        follows=("gazette",),
    ),
    of_things(
        _issues,
        key="gazette.base",
        label="公报数据库期次完整率",
        above="库里有的期次",
        below="按期号应当有的期次",
        clauses=("9.4",),
        span=Span.STATE,
        follows=("gazette",),
        note="自库里最早的一期起算；两年总期号接不上的按缺一处算。增刊、专辑不占期号，不算。",
    ),
    of_rows(
        rows=_deliveries,
        meeting=lambda rows, on: rows.filter(delivered_on__lte=on, delivered__gte=F("planned")),
        owner="issue__masthead__agency",
        show=_delivery,
        key="gazette.delivered",
        label="纸质公报投放到位率",
        above="投足了的",
        below="当年出刊的各期、各点位应当投放的",
        clauses=("9.3",),
        follows=("gazette",),
    ),
)
