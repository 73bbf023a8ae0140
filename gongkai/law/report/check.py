"""一次校验:把各条规则依次用在一份报告上。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from .body import check_body
from .charges import check_charges
from .exchange import from_row
from .facts import Report, agency_key
from .finding import Finding, Severity, found, rules
from .narrative import check_growth, check_narrative
from .outside import check_published, check_share
from .tables import check_tables
from .text import check_text
from .years import check_years


def check(
    report: Report, previous: Report | None = None, *, charged: tuple[int, Decimal] | None = None
) -> list[Finding]:
    """Every finding on a report, errors first, else in the order of the report.

    Args:
        previous: the same agency's report on the year before, for E4, E6 and E13.
        charged: cases and yuan from the fee register, if there is one, for E10.
    """
    findings = [
        *report.remarks,
        *check_tables(report),
        *(_against(report, previous) if previous else ()),
        *check_narrative(report),
        *check_charges(report, charged),
        *check_body(report),
        *check_published(report),
        *check_text(report),
        *check_share(report),
    ]
    if report.form.basis != rules()["E1"].basis:
        findings = [_under(report, finding) for finding in findings]
    rank = list(Severity)
    return sorted(findings, key=lambda finding: rank.index(finding.severity))


def _against(report: Report, previous: Report) -> Iterator[Finding]:
    """What the year before brings to light; a report on any other year cannot serve."""
    if report.year is None or previous.year != report.year - 1:
        told = f"给出的上一年度报告是{previous.year or '不明'}年度的，不能与{report.year or '不明'}年度核对，跨年各项没有校验。"
        yield found("E4", "上一年度报告", told, severity=Severity.NOTICE, remedy="请给出紧邻的上一年度报告。")
        return
    yield from check_years(report, previous)
    yield from check_growth(report, previous)


def _under(report: Report, finding: Finding) -> Finding:
    """A finding on a report of an older form cites that form."""
    return replace(finding, basis=report.form.basis) if finding.basis == rules()["E1"].basis else finding


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether no error stands; warnings and notices may."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def check_rows(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Report, list[Finding]]]:
    """Check rows of exchanged data; a row of the same agency and the year before is its previous report."""
    yield from check_all([from_row(row) for row in rows])


def check_all(reports: Sequence[Report], previous: Report | None = None) -> Iterator[tuple[Report, list[Finding]]]:
    """Check reports that may be each other's previous ones; ``previous`` serves where none of them does."""
    fullest: dict[tuple[str, int], Report] = {}
    for report in reports:
        if report.year is None or not agency_key(report.org):
            continue
        key = (agency_key(report.org), report.year)
        if key not in fullest or len(report.table3) > len(fullest[key].table3):
            fullest[key] = report
    for report in reports:
        before = fullest.get((agency_key(report.org), report.year - 1)) if report.year else None
        yield report, check(report, before or previous)
