"""一份年报的数:由台账计出的、手工填报的、所属单位相加的,合成一张表;每个数知道自己从哪里来。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.law.money import digits
from gongkai.law.report import Form, Report, form_of, from_row, to_row
from gongkai.law.report.value import Value, number
from gongkai.law.terms import Term
from gongkai.org.models import Agency

from .counting import COLUMNS, RESULTS, Key, count
from .models import AnnualReport, ManualFigure
from .terms import Scope


class Origin(Term):
    """一个数从哪里来。"""

    COUNTED = "counted", "由台账计出"
    MANUAL = "manual", "手工填报"
    SUM = "sum", "由各分项相加"
    UNITS = "units", "由所属单位相加"
    NONE = "none", "没有台账，按0"


@dataclass(frozen=True, slots=True)
class Figure:
    """一格的数和来处;手工填报的带来源和说明,``counted`` 是台账计出的数。"""

    number: Decimal
    origin: Origin
    source: str = ""
    note: str = ""
    counted: int | None = None


Figures = dict[Key, Figure]
#: 机关 → 由台账计出的各格。
Registers = Mapping[int, Mapping[Key, int]]

#: 有台账的行;其余的表二各行没有台账,靠手工填报。
_HAS_REGISTER = frozenset({(2, "norm")})


def form_for(annual: AnnualReport) -> Form:
    """The form in force for its year."""
    return form_of(annual.year)


def agencies_of(annual: AnnualReport) -> list[int]:
    """The agency and those merged into it (撤并的单位由承继单位统计)."""
    found, edge = [annual.agency_id], [annual.agency_id]
    while edge:
        edge = list(Agency.objects.filter(successor__in=edge).exclude(pk__in=found).values_list("pk", flat=True))
        found += edge
    return found


def scope_of(annual: AnnualReport) -> list[int]:
    """Every agency that the report counts: all of the district for 全区汇总."""
    if annual.scope == Scope.WHOLE:
        return list(Agency.objects.values_list("pk", flat=True))
    return agencies_of(annual)


def registers(annual: AnnualReport) -> Registers:
    """What the registers give for each agency that the report counts."""
    return count(scope_of(annual), annual.year)


def figures(annual: AnnualReport, counted: Registers | None = None) -> Figures:
    """Every cell of the three tables, totals included.

    Args:
        counted: ``registers`` read before, so that they are not counted again.
    """
    counted = registers(annual) if counted is None else counted
    if annual.scope == Scope.WHOLE:
        return _rolled_up(annual, counted)
    return _complete(form_for(annual), added(counted.values()), _manual(annual))


def units_of(whole: AnnualReport, counted: Registers) -> list[Report]:
    """The reports that a roll-up must be the sum of: the sealed ones, else what the registers and the unit's own
    figures give today."""
    rows = AnnualReport.objects.filter(year=whole.year, agency__in=counted).exclude(pk=whole.pk)
    made = {one.agency_id: one for one in rows.prefetch_related("figures")}
    found = []
    for agency in Agency.objects.filter(pk__in=counted):
        unit = made.get(agency.pk)
        if unit is not None and unit.frozen:
            found.append(from_row(unit.frozen))
            continue
        part = _complete(form_for(whole), counted[agency.pk], _manual(unit) if unit else {})
        found.append(report_of(AnnualReport(agency=agency, year=whole.year), part))
    return found


def _manual(annual: AnnualReport) -> dict[Key, ManualFigure]:
    return {row_key(one): one for one in annual.figures.all()}


def row_key(manual_figure: ManualFigure) -> Key:
    """Where a manual figure stands."""
    return manual_figure.table, manual_figure.row, manual_figure.index


def added(parts: Iterable[Mapping[Key, int]]) -> dict[Key, int]:
    """The sum of several agencies, cell by cell."""
    total: dict[Key, int] = defaultdict(int)
    for part in parts:
        for key, n in part.items():
            total[key] += n
    return total


def _rolled_up(annual: AnnualReport, registers_: Registers) -> Figures:
    """The whole district: cells counted from every agency's registers, manual ones from the units' reports."""
    counted = {pk: dict(part) for pk, part in registers_.items()}
    notes: dict[Key, list[str]] = defaultdict(list)
    units = AnnualReport.objects.filter(year=annual.year, agency__in=counted).exclude(pk=annual.pk)
    total: dict[Key, Decimal] = defaultdict(Decimal)
    for manual_figure in ManualFigure.objects.filter(report__in=units).select_related("report__agency"):
        key = row_key(manual_figure)
        counted[manual_figure.report.agency_id].pop(key, None)
        total[key] += manual_figure.number
        notes[key].append(f"{manual_figure.report.agency}{digits(manual_figure.number)}")
    for key, n in added(counted.values()).items():
        total[key] += n
    used, own = form_for(annual), _manual(annual)
    found = _complete(used, {}, own)
    for key, n in total.items():
        if key in found and key not in own:
            found[key] = Figure(n, Origin.UNITS, note="、".join(notes[key][:5]))
    _totals(used, found)
    return found


def _complete(used: Form, counted: Mapping[Key, int], manual: Mapping[Key, ManualFigure]) -> Figures:
    found: Figures = {}
    for key in cells(used):
        n = _of_form(used, counted, key)
        if key in manual:
            manual_figure = manual[key]
            known = n if _has_register(key) else None
            found[key] = Figure(
                manual_figure.number, Origin.MANUAL, manual_figure.source, manual_figure.note, known
            )
        elif _has_register(key):
            found[key] = Figure(Decimal(n), Origin.COUNTED, counted=n)
        else:
            found[key] = Figure(Decimal(0), Origin.NONE)
    _totals(used, found)
    return found


def _has_register(key: Key) -> bool:
    return key[0] != 2 or (key[0], key[1]) in _HAS_REGISTER


def _of_form(used: Form, counted: Mapping[Key, int], key: Key) -> int:
    """The counted number; in an older form that has one row for a group, that of the whole group."""
    n = counted.get(key, 0)
    if used.merged.official and key[1] == used.merged.into:
        n += sum(counted.get((key[0], row, key[2]), 0) for row in used.merged.empty)
    return n


def cells(used: Form) -> list[Key]:
    """Every cell that is not a total; these a person may fill."""
    second = [(2, row.key, i) for block in used.blocks for row in block.rows for i in range(len(block.columns))]
    third = [(3, row.key, i) for row in used.rows if row.key != "tot" for i in range(len(COLUMNS))]
    fourth = [(4, row.key, i) for row in used.remedies for i in range(len(RESULTS))]
    return [*second, *third, *fourth]


def _totals(used: Form, found: Figures) -> None:
    """The sums: E1, E2 and E5 hold by construction."""
    for index in range(len(COLUMNS)):
        outcomes = [found[3, key, index].number for key in used.outcomes if (3, key, index) in found]
        found[3, "tot", index] = Figure(sum(outcomes, Decimal(0)), Origin.SUM)
    for row in used.rows:
        line = [found[3, row.key, index].number for index in range(len(COLUMNS))]
        found[3, row.key, len(COLUMNS)] = Figure(sum(line, Decimal(0)), Origin.SUM)
    for row in used.remedies:
        line = [found[4, row.key, index].number for index in range(len(RESULTS))]
        found[4, row.key, len(RESULTS)] = Figure(sum(line, Decimal(0)), Origin.SUM)


def report_of(
    annual: AnnualReport, known: Figures | None = None, sections: Mapping[str, str] | None = None
) -> Report:
    """The report as facts that the law checks, from the registers and the manual figures as they stand.

    Args:
        known: figures read before, so that they are not counted again.
        sections: the text with its numbers filled in.
    """
    found = known if known is not None else figures(annual)
    used = form_for(annual)

    def line(table: int, key: str, width: int) -> tuple[Value | None, ...]:
        return tuple(number(found[table, key, index].number) for index in range(width))

    return Report(
        org=str(annual.agency),
        year=annual.year,
        form=used,
        table2={row.key: line(2, row.key, len(block.columns)) for block in used.blocks for row in block.rows},
        table3={row.key: line(3, row.key, len(used.columns)) for row in used.rows},
        table4={row.key: line(4, row.key, len(used.remedy_columns)) for row in used.remedies},
        whole=frozenset({2, 3, 4}),
        sections=dict(sections or {}),
        headings={section.number: section.heading for section in used.sections},
        title=used.title.format(agency=annual.agency, year=annual.year),
        published_on=annual.published_on,
    )


def row_of(report: Report) -> dict[str, Any]:
    """The report as one row of exchanged data, text and headings too: what is sealed and what is given as JSON."""
    return to_row(report) | {"sections": dict(report.sections), "headings": dict(report.headings)}
