"""编制中的年报随时校验:表内和文字、与上年、与台账重算、与所属单位之和、收费。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.law.report import Finding, Report, Severity, check, check_recount, check_rollup, from_row
from gongkai.law.report.charges import check_charges

from .counting import COLUMNS, count
from .figures import Figures, figures, form_for, report_of, scope_of, units_of
from .models import AnnualReport
from .narrative import charged, fill, slots
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


def key_of(one: Finding) -> str:
    """What an explanation is kept under."""
    return f"{one.id} {one.where}"


def previous_of(annual: AnnualReport) -> Report | None:
    """The same agency's report on the year before, as it was sealed; None if there is none here."""
    before = AnnualReport.objects.filter(agency=annual.agency, year=annual.year - 1).exclude(frozen={}).first()
    return from_row(before.frozen) if before else None


def checked(annual: AnnualReport) -> Checked:
    """Check the report as it stands now, with its numbers filled into the text."""
    found = figures(annual)
    values = slots(annual, found)
    texts = {number: fill(text, values) for number, text in annual.sections.items()}
    report = report_of(annual, found, texts)
    findings = [
        *check(report, previous_of(annual)),
        *check_recount(report, recounted(annual)),
        *_charges(annual, report),
        *_rollup(annual, report),
    ]
    return Checked(report, found, tuple(_once(findings)), dict(annual.explained))


def recounted(annual: AnnualReport) -> dict[tuple[str, str], int]:
    """Table 3 counted anew, (row key, column key) → cases, for E16."""
    found: dict[tuple[str, str], int] = {}
    used = {row.key for row in form_for(annual).rows}
    pks = scope_of(annual)
    for part in count(pks, annual.year).values():
        for (table, row, index), n in part.items():
            if table == 3 and row in used:
                key = (row, COLUMNS[index])
                found[key] = found.get(key, 0) + n
    return {(row, column): found.get((row, column), 0) for row in sorted(used - {"tot"}) for column in COLUMNS}


def _charges(annual: AnnualReport, report: Report) -> list[Finding]:
    """E10 against the fee register; what ``check`` already said of part six is not said twice."""
    return [one for one in check_charges(report, charged(annual)) if "台账" in one.message]


def _rollup(annual: AnnualReport, report: Report) -> list[Finding]:
    """E12: against the units' sealed reports, and their registers where nothing is sealed yet."""
    if annual.scope != Scope.WHOLE:
        return []
    return check_rollup(report, units_of(annual))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    known: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        known.setdefault((one.id, one.where, one.message), one)
    return list(known.values())
