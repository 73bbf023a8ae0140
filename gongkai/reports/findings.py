"""编制中的年报随时校验:表内和文字、与上年、与台账重算、与所属单位之和、收费。"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.report import Finding, Report, Severity, check, check_recount, check_rollup, from_row

from .counting import COLUMNS
from .figures import Figures, Registers, added, figures, form_for, registers, report_of, units_of
from .models import AnnualReport
from .narrative import charged, texts
from .terms import Scope

#: 事实造成的不一致,写明原因就可以;其余的错误必须改。
EXPLAINABLE = frozenset({"E4", "E12", "E16"})


@dataclass(frozen=True, slots=True)
class Checked:
    """一次校验:发现、已经说明的和还挡着送审的。"""

    report: Report
    figures: Figures
    findings: tuple[Finding, ...]
    explained: dict[str, str]

    @property
    def blocking(self) -> list[Finding]:
        """Errors that neither were mended nor may be explained and were."""
        return [
            one
            for one in self.findings
            if one.severity is Severity.ERROR and not (one.id in EXPLAINABLE and self.explained.get(key_of(one)))
        ]


def key_of(finding: Finding) -> str:
    """What an explanation is kept under."""
    return f"{finding.id} {finding.where}"


def previous_of(annual: AnnualReport) -> Report | None:
    """The same agency's report on the year before, as it was sealed; None if there is none here."""
    before = AnnualReport.objects.filter(agency=annual.agency, year=annual.year - 1).exclude(frozen={}).first()
    return from_row(before.frozen) if before else None


def checked(annual: AnnualReport) -> Checked:
    """Check the report as it stands now, with its numbers filled into the text."""
    counted = registers(annual)
    found = figures(annual, counted)
    report = report_of(annual, found, texts(annual, found))
    findings = [
        *check(report, previous_of(annual), charged=charged(annual)),
        *check_recount(report, recounted(annual, counted)),
        *(check_rollup(report, units_of(annual, counted)) if annual.scope == Scope.WHOLE else ()),
    ]
    return Checked(report, found, tuple(findings), dict(annual.explained))


def recounted(annual: AnnualReport, counted: Registers) -> dict[tuple[str, str], int]:
    """Table 3 by the registers alone, (row key, column key) → cases, for E16."""
    total = added(counted.values())
    rows = sorted(row.key for row in form_for(annual).rows if row.key != "tot")
    return {(row, column): total.get((3, row, i), 0) for row in rows for i, column in enumerate(COLUMNS)}
