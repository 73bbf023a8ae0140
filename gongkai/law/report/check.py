"""一次校验:把各条规则依次用在一份报告上。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .charges import check_charges
from .exchange import from_row
from .facts import Report, same_agency
from .finding import Finding, Severity
from .narrative import check_narrative
from .outside import check_published, check_share
from .tables import check_tables
from .text import check_text
from .years import check_years


def check(report: Report, previous: Report | None = None) -> list[Finding]:
    """Every finding on a report, errors first, else in the order of the report.

    Args:
        previous: the same agency's report on the year before, for E4, E6 and E13.
    """
    findings = [
        *report.remarks,
        *check_tables(report),
        *(check_years(report, previous) if previous else ()),
        *check_narrative(report),
        *check_charges(report),
        *check_published(report),
        *check_text(report),
        *check_share(report),
    ]
    rank = list(Severity)
    return sorted(findings, key=lambda finding: rank.index(finding.severity))


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether no error stands; warnings and notices may."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def check_rows(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Report, list[Finding]]]:
    """Check rows of exchanged data; a row of the same agency and the year before is its previous report."""
    reports = [from_row(row) for row in rows]
    for report in reports:
        yield report, check(report, previous_of(report, reports))


def previous_of(report: Report, reports: Iterable[Report]) -> Report | None:
    """The fullest report of the same agency on the year before, if it is among ``reports``."""
    if report.year is None:
        return None
    found = [r for r in reports if r.year == report.year - 1 and same_agency(r.org, report.org)]
    return max(found, key=lambda r: sum(len(line) for line in r.table3.values()), default=None)
