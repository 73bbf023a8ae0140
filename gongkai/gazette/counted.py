"""公报自己会数的数(``desk.figures``):按月报送。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, first_day, of_things
from gongkai.desk.moments import local_day
from gongkai.law import gazette as law

from . import register
from .models import Submission


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
)
