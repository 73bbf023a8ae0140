"""报送刊登情况的数:按单位,一段时间里的报送率、应登刊登率、时滞、退回、零报告不实。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from statistics import median
from typing import Any

from gongkai.desk.moments import local_day
from gongkai.law import gazette as law
from gongkai.org.models import Agency
from gongkai.records.models import Record

from . import register
from .models import Article, Issue, Submission
from .terms import IssueStage


def months(year: int, quarter: int) -> tuple[date, date]:
    """The first and last month of a quarter; of the whole year for 0."""
    if not quarter:
        return date(year, 1, 1), date(year, 12, 1)
    return date(year, quarter * 3 - 2, 1), date(year, quarter * 3, 1)


def closing_day(last: date) -> date:
    """The day by which the last month of the span is reported."""
    return law.report_due(last)


@dataclass(slots=True)
class Row:
    """一个单位的数。``waits`` 是各篇由成文到刊登的天数。"""

    code: str
    name: str
    due: int = 0
    in_time: int = 0
    late: int = 0
    zero: int = 0
    untrue: int = 0
    owed: int = 0
    printed: int = 0
    returns: int = 0
    median_wait: float | None = None
    longest_wait: int | None = None

    @property
    def missing(self) -> int:
        """Months without any report."""
        return self.due - self.in_time - self.late

    @property
    def report_rate(self) -> str:
        return _percent(self.in_time, self.due)

    @property
    def print_rate(self) -> str:
        return _percent(self.printed, self.owed)


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.0f}%" if whole else "—"


def rows(first: date, last: date, at: datetime) -> list[Row]:
    """A row for each unit that reports, and one for each other that had something to print; in their order.

    Months before the first report of any unit are not owed: the duty to report had not been set up.
    """
    on = local_day(at)
    agencies = {agency.pk: agency for agency in register.units(on)}
    begun = Submission.objects.order_by("month").values_list("month", flat=True).first() or first
    due = [month for month in register.months_between(max(first, begun), last) if law.report_due(month) < on]
    found = {pk: Row(agency.code, str(agency), due=len(due)) for pk, agency in agencies.items()}
    said = {(one.agency_id, one.month): one for one in Submission.objects.filter(month__in=due)}
    owed: dict[tuple[int, date], int] = {}
    records = register.entries(first, at, last=last)
    out = dict(
        Article.objects.filter(
            issue__stage=IssueStage.PUBLISHED,
            issue__published_at__lte=at,
            record__in=[one.record for one in records],
        )
        .order_by("-issue__planned_on")
        .values_list("record", "issue__planned_on")
    )
    waits: dict[int, list[int]] = {}
    for entry in records:
        record = entry.record
        row = found.setdefault(record.agency_id, Row(record.agency.code, str(record.agency)))
        if entry.item:
            row.returns += entry.item.returns
        if entry.is_owed and not (entry.item and entry.item.state == "refused"):
            row.owed += 1
            row.printed += record.pk in out
            key = record.agency_id, law.month_of(local_day(record.published_at))
            owed[key] = owed.get(key, 0) + 1
        if record.pk in out and record.made_on:
            waits.setdefault(record.agency_id, []).append((out[record.pk] - record.made_on).days)
    for (pk, month), one in said.items():
        if pk in found:
            late = local_day(one.reported_at) > one.due_on
            found[pk].late += late
            found[pk].in_time += not late
            found[pk].zero += one.kind == "zero"
            found[pk].untrue += one.kind == "zero" and bool(owed.get((pk, month)))
    for pk, row in found.items():
        if waits.get(pk):
            row.median_wait, row.longest_wait = median(waits[pk]), max(waits[pk])
    order = {code: number for number, code in enumerate(Agency.objects.values_list("code", flat=True))}
    return sorted(found.values(), key=lambda row: order[row.code])


@dataclass(frozen=True, slots=True)
class Month:
    """一个单位一个月的报送。"""

    month: date
    due_on: date
    reported_on: date | None
    is_zero: bool
    is_untrue: bool

    @property
    def is_late(self) -> bool:
        return self.reported_on is not None and self.reported_on > self.due_on


@dataclass(frozen=True, slots=True)
class Paper:
    """一个单位的一件:登不登、去向、由成文到刊登的天数。"""

    record: Record
    duty: law.Duty
    outcome: str
    wait: int | None
    returns: int


def of_unit(agency: Agency, first: date, last: date, at: datetime) -> tuple[list[Month], list[Paper]]:
    """What the figures of one unit are made of: its months, and each paper with what became of it."""
    on = local_day(at)
    found = register.entries(first, at, last=last, agencies=[agency])
    printed = Article.objects.filter(
        issue__stage=IssueStage.PUBLISHED, issue__published_at__lte=at, record__in=[one.record for one in found]
    )
    out = {
        row.record_id: row.issue
        for row in printed.select_related("issue__masthead").order_by("-issue__planned_on")
    }
    papers = []
    for entry in found:
        record, item, issue = entry.record, entry.item, out.get(entry.record.pk)
        wait = (issue.planned_on - record.made_on).days if issue and record.made_on else None
        papers.append(Paper(record, entry.duty, _outcome(entry, issue), wait, item.returns if item else 0))
    owed = {
        law.month_of(local_day(one.record.published_at)) for one in found if one.is_owed and not _is_refused(one)
    }
    said = {one.month: one for one in Submission.objects.filter(agency=agency, month__gte=first, month__lte=last)}
    begun = Submission.objects.order_by("month").values_list("month", flat=True).first() or first
    months: list[Month] = []
    if not register.units(on).filter(pk=agency.pk).exists():
        return months, papers
    for month in register.months_between(max(first, begun), last):
        if law.report_due(month) < on or month in said:
            one = said.get(month)
            is_zero = one is not None and one.kind == "zero"
            reported = local_day(one.reported_at) if one else None
            months.append(Month(month, law.report_due(month), reported, is_zero, is_zero and month in owed))
    return months, papers


def _is_refused(entry: register.Entry) -> bool:
    return entry.item is not None and entry.item.state == "refused"


def _outcome(entry: register.Entry, issue: Issue | None) -> str:
    if issue is not None:
        return f"登在{issue}"
    if entry.item is None:
        return "还没有登"
    told = str(entry.item.get_state_display())
    return f"{told}：{entry.item.get_refusal_display()}" if entry.item.refusal else told


def total(every: Iterable[Row]) -> Row:
    """The sums; the median of the units' medians is not one, so no median is given."""
    whole = Row("", "合计")
    for row in every:
        for field in fields(Row)[2:10]:
            setattr(whole, field.name, getattr(whole, field.name) + getattr(row, field.name))
        if row.longest_wait is not None:
            whole.longest_wait = max(whole.longest_wait or 0, row.longest_wait)
    return whole


def sealed(every: Iterable[Row]) -> dict[str, Any]:
    """As it is kept with a notice."""
    return {"rows": [asdict(row) for row in every]}


def unsealed(figures: dict[str, Any]) -> list[Row]:
    """What ``sealed`` kept."""
    return [Row(**row) for row in figures.get("rows", [])]


def overdue(on: date) -> date | None:
    """The oldest month whose issue should be out by now and is not; None if all are, or no issue was ever made."""
    issues = list(Issue.objects.in_sequence())
    if not issues:
        return None
    covered = {
        month
        for one in issues
        if one.stage == IssueStage.PUBLISHED
        for month in register.months_between(one.month, one.month_to or one.month)
    }
    first = min(one.month for one in issues)
    for month in register.months_between(first, law.months_on(law.month_of(on), -1)):
        if month not in covered:
            return month if law.issue_due(month) < on else None
    return None


def unreported(month: date, on: date) -> list[Agency]:
    """Units that have not reported a month."""
    done = Submission.objects.filter(month=month).values("agency")
    return list(register.units(on).exclude(pk__in=done))
