"""要靠表外事实的校验:公布期限、汇总、其他占比、台账重算(E11 E12 E15 E16)。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from .. import params
from ..agencies import AgencyKind
from ..marks import long_day
from ..sources import implements
from .agency import kind_of
from .facts import Report
from .finding import Finding, Severity, found, say
from .tables import name


@implements("ogi:49.1", "ogi:49.2")
def due_on(kind: AgencyKind | None, year: int) -> date:
    """The last day to publish the report on a year (年度报告公布期限).

    Departments and towns by their own day; governments, and agencies whose kind is not known, by the later one.

    >>> due_on(AgencyKind.DEPARTMENT, 2024), due_on(AgencyKind.GOVERNMENT, 2024)
    (datetime.date(2025, 1, 31), datetime.date(2025, 3, 31))
    """
    early = kind in (AgencyKind.DEPARTMENT, AgencyKind.TOWN, AgencyKind.AUTHORISED)
    key = "report.department_due" if early else "report.government_due"
    month, day = params.at(key, date(year + 1, 1, 1)).value.split("-")
    return date(year + 1, int(month), int(day))


def check_published(report: Report) -> list[Finding]:
    """E11, if the day of publication is known. For a town the law does not name the day: only a warning."""
    if report.published_on is None or report.year is None or not 2008 <= report.year <= 9000:
        return []
    kind = kind_of(report.org)
    due = due_on(kind, report.year)
    if report.published_on <= due:
        return []
    return [
        found(
            "E11",
            "公布日期",
            f"{report.year}年度报告应当在{long_day(due)}以前公布，"
            f"实际公布于{report.published_on:%Y-%m-%d}，已经逾期。",
            expected=due.isoformat(),
            actual=report.published_on.isoformat(),
            severity=Severity.WARNING if kind is AgencyKind.TOWN else None,
        )
    ]


def check_share(report: Report) -> list[Finding]:
    """E15: too many cases under 其他."""
    other, total = report.value("r6_3", "total"), report.value("tot", "total")
    if not other or not total or other.number is None or total.number is None:
        return []
    limit = Decimal(params.at("report.other_share", report.on).value)
    if total.number < params.at("report.other_floor", report.on).value or other.number <= limit * total.number:
        return []
    share = other.number / total.number
    return [
        found(
            "E15",
            "表三/(六)3其他/总计",
            f"记入“（六）3.其他”的有{say(other.number)}件，占办结总计{say(total.number)}件的{share:.0%}，偏高。",
            expected=f"不超过{limit:.0%}",
            actual=f"{share:.0%}",
        )
    ]


def check_rollup(whole: Report, units: Iterable[Report]) -> list[Finding]:
    """E12: a report for the whole district against the sum of its agencies, cell by cell.

    A unit whose cell is not known leaves that cell undecided.
    """
    parts = list(units)
    findings: list[Finding] = []
    if not parts:
        return findings
    for row in whole.form.rows:
        for column in whole.form.columns:
            value = whole.value(row.key, column.key)
            amounts = [part.value(row.key, column.key) for part in parts]
            sums = [amount.sum if amount else None for amount in amounts]
            if value is None or value.sum is None or any(amount is None for amount in sums):
                continue
            total = sum((amount for amount in sums if amount is not None), Decimal(0))
            if total != value.sum:
                findings.append(
                    found(
                        "E12",
                        f"表三/{row.short}/{column.label}",
                        f"所属{len(parts)}个单位“{name(row)}”的“{column.label}”相加为{say(total)}，"
                        f"汇总表填的是{say(value.sum)}，不相等。",
                        expected=total,
                        actual=value.sum,
                    )
                )
    return findings


def check_recount(report: Report, counted: Mapping[tuple[str, str], int]) -> list[Finding]:
    """E16: cells of table 3 against a recount from the case register, (row key, column key) → cases."""
    findings = []
    for (row_key, column_key), cases in counted.items():
        value = report.value(row_key, column_key)
        if value is None or value.number is None or value.number == cases:
            continue
        row = report.form.row(row_key)
        label = next(c.label for c in report.form.columns if c.key == column_key)
        findings.append(
            found(
                "E16",
                f"表三/{row.short}/{label}",
                f"由办件台账重算，“{name(row)}”的“{label}”为{cases}件，填报的是{value.shown}。",
                expected=cases,
                actual=value,
            )
        )
    return findings
