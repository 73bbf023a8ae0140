"""年报自己会数的数(``desk.figures``):各机关上一年度的年度报告按时公布。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, of_things
from gongkai.desk.moments import local_day
from gongkai.law.agencies import AgencyKind
from gongkai.law.report import due_on
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .jobs import REPORTING
from .models import AnnualReport


def _reports(agencies: Sequence[int], on: date) -> list[Shown]:
    """The units that must report on the year before and whose day has come or whose report is out; those in time
    count. A report that was withdrawn counts as none."""
    year, found = on.year - 1, []
    reports = {
        report.agency_id: report
        for report in AnnualReport.objects.filter(agency__in=agencies, year=year).select_related("record")
    }
    for agency in Agency.objects.current(on).filter(pk__in=agencies, kind__in=REPORTING):
        report, due = reports.get(agency.pk), due_on(AgencyKind(agency.kind), year)
        day = _published(report.record, on) if report else None
        if day is None and on <= due:
            continue
        url = reverse("desk:reports_one", args=[report.pk]) if report else reverse("desk:reports_list")
        note = f"{day}公布" if day else "没有公布"
        found.append(Shown(f"{agency}{year}年度报告", url, agency.pk, bool(day and day <= due), note))
    return found


def _published(record: Record | None, on: date) -> date | None:
    if record is None or record.published_at is None or record.withdrawn:
        return None
    day = local_day(record.published_at)
    return day if day <= on else None


FIGURES: tuple[Figure, ...] = (
    of_things(
        _reports,
        key="reports.published",
        label="年度报告按时公布率",
        above="按时公布的机关",
        below="应当公布上一年度报告、已经到期或者已经公布的机关",
        clauses=("10.1",),
        follows=("reports", "records", "org"),
    ),
)
