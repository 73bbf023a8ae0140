"""表内校验:横向合计、办理结果合计、收结平衡、复议诉讼合计、填数规范、规章制定权(E1 E2 E3 E5 E7 E8)。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .agency import clean, makes_rules
from .facts import Line, Report
from .finding import Finding, Severity, found, say
from .form import Identity, Row
from .value import Kind, Value

TOGETHER = 3  # 同一毛病达到这么多处就并成一条
Gap = tuple[str, Decimal, Decimal, Value | None]


def check_tables(report: Report) -> list[Finding]:
    """Every finding that the tables alone give, in the order of the form."""
    findings = [*_fills(report), *_missing(report)]
    for identity in report.form.identities:
        if identity.table == 4:
            findings += _remedies(report, identity)
        elif identity.along == "row":
            findings += _rows(report, identity)
        else:
            findings += _columns(report, identity)
    return [*findings, *_rules(report)]


def gaps(report: Report, identity: Identity) -> Iterator[Gap]:
    """Where an identity of table 3 fails: (row or column key, left sum, right sum, the single right cell).

    Cells that are not known, or hold unreadable text, leave the identity undecided there.
    """
    if identity.along == "row":
        for key, line in report.table3.items():
            by_column = dict(zip((c.key for c in report.form.columns), line, strict=True))
            if gap := _gap(key, identity, by_column):
                yield gap
        return
    for index, column in enumerate(report.form.columns):
        by_row = {key: line[index] for key, line in report.table3.items()}
        if gap := _gap(column.key, identity, by_row):
            yield gap


def _gap(key: str, identity: Identity, cells: dict[str, Value | None]) -> Gap | None:
    sums = []
    for side in (identity.left, identity.right):
        total = Decimal(0)
        for name in side:
            value = cells.get(name)
            amount = value.sum if value else None
            if amount is None:
                return None
            total += amount
        sums.append(total)
    left, right = sums
    if left == right:
        return None
    return key, left, right, cells[identity.right[0]] if len(identity.right) == 1 else None


def _rows(report: Report, identity: Identity) -> Iterator[Finding]:
    for key, left, right, cell in gaps(report, identity):
        row = report.form.row(key)
        hint = _suspect(report, row=key)
        yield found(
            identity.id,
            f"表三/{row.short}/总计",
            f"表三“{name(row)}”一行，各类申请人相加为{say(left)}，“总计”{_written(cell, right)}，不相等。{hint}",
            expected=left,
            actual=cell,
        )


def _columns(report: Report, identity: Identity) -> Iterator[Finding]:
    for key, left, right, cell in gaps(report, identity):
        label = next(c.label for c in report.form.columns if c.key == key)
        hint = _suspect(report, column=key)
        if identity.id == "E2":
            yield found(
                identity.id,
                f"表三/(七)总计/{label}",
                f"表三“{label}”一列，办理结果各行相加为{say(left)}，“（七）总计”{_written(cell, right)}，"
                f"不相等。{hint}",
                expected=left,
                actual=cell,
            )
        else:
            yield found(
                identity.id,
                f"表三/收结平衡/{label}",
                f"表三“{label}”一列，新收与上年结转之和为{say(left)}，办结总计与结转下年度之和为{say(right)}，"
                f"不相等。{hint}",
                expected=left,
                actual=right,
            )


def _remedies(report: Report, identity: Identity) -> Iterator[Finding]:
    for row in report.form.remedies:
        line = report.table4.get(row.key)
        if not line:
            continue
        if gap := _gap(row.key, identity, dict(zip((*identity.left, *identity.right), line, strict=True))):
            _, left, right, cell = gap
            yield found(
                identity.id,
                f"表四/{row.short}/总计",
                f"表四“{row.label}”，维持、纠正、其他结果和尚未审结相加为{say(left)}，"
                f"“总计”{_written(cell, right)}，不相等。",
                expected=left,
                actual=cell,
            )


def _written(cell: Value | None, total: Decimal) -> str:
    if cell and cell.kind is Kind.EMPTY:
        return "是空白"
    return f"填的是{cell.shown if cell else say(total)}"


def name(row: Row) -> str:
    """A row's name in a sentence: the group before an item, no note in brackets, inner quotes single.

    >>> from .form import form
    >>> name(form("2021").row("r3_3")), name(form("2021").row("r2"))
    ('（三）3.危及‘三安全一稳定’', '（二）部分公开')
    """
    group = row.path[1][:3] if len(row.path) > 1 else ""
    label = row.label.replace("“", "‘").replace("”", "’")
    return group + label.split("（区分")[0]


# --- 填错的是哪一格:一行、一列都差同一个数,交叉处最可疑 ---


def suspects(report: Report) -> dict[tuple[str, str], Decimal]:
    """Cells whose correction alone would mend both a row and a column: (row, column) → the number it should be.

    Only when the evidence names one cell and no other.
    """
    rows = {key: left - right for key, left, right, _ in gaps(report, _identity(report, "E1"))}
    columns: dict[str, dict[str, Decimal]] = {}
    for identity_id in ("E2", "E3"):
        for key, left, right, _ in gaps(report, _identity(report, identity_id)):
            columns.setdefault(key, {})[identity_id] = left - right
    named: dict[tuple[str, str], Decimal] = {}
    for row, off in rows.items():
        cells = []
        for column, gap in columns.items():
            too_much = off if column != "total" else -off
            value = report.value(row, column)
            if value is not None and value.sum is not None and _explains(report, row, too_much, gap):
                cells.append((column, value.sum - too_much))
        if len(cells) == 1 and cells[0][1] >= 0:
            named[row, cells[0][0]] = cells[0][1]
    return named


def _explains(report: Report, row: str, too_much: Decimal, gap: dict[str, Decimal]) -> bool:
    """Whether ``too_much`` in this row is exactly what throws the column's identities off."""
    if row in report.form.outcomes:
        expected = {"E2": too_much}
    elif row == "tot":
        expected = {"E2": -too_much, "E3": -too_much}
    else:
        expected = {"E3": too_much if row in ("new", "old") else -too_much}
    return gap == expected


def _suspect(report: Report, row: str = "", column: str = "") -> str:
    for (bad_row, bad_column), right in suspects(report).items():
        if bad_row == row or bad_column == column:
            label = next(c.label for c in report.form.columns if c.key == bad_column)
            return f"最可能填错的是“{report.form.row(bad_row).short}”的“{label}”一格，应为{say(right)}。"
    return ""


def _identity(report: Report, identity_id: str) -> Identity:
    return next(identity for identity in report.form.identities if identity.id == identity_id)


# --- 填数规范 ---


def _fills(report: Report) -> Iterator[Finding]:
    form = report.form
    for row in form.disclosures:
        if row.key in report.table2:
            block = form.block_of(row.key)
            yield from _line("表二", row, report.table2[row.key], block.columns, block.kinds)
    columns = tuple(column.label for column in form.columns)
    for row in form.rows:
        if row.key in report.table3:
            yield from _line("表三", row, report.table3[row.key], columns, ("count",) * len(columns))
    results = form.remedy_columns
    for row in form.remedies:
        if row.key in report.table4:
            yield from _line("表四", row, report.table4[row.key], results, ("count",) * len(results))


def _line(table: str, row: Row, line: Line, columns: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[Finding]:
    """What is wrong in the cells of one row; several cells with one trouble make one finding."""
    troubles: dict[str, list[tuple[str, Value]]] = {}
    for column, kind, value in zip(columns, kinds, line, strict=True):
        trouble = _trouble(value, kind) if value else ""
        if value and trouble:
            troubles.setdefault(trouble, []).append((column, value))
        elif value and value.odd:
            yield found(
                "E7",
                f"{table}/{row.short}/{column}",
                f"{table}“{name(row)}”的“{column}”用了全角数字“{value.raw}”。",
                expected=value.number,
                actual=value.raw,
                severity=Severity.WARNING,
                remedy="请改用半角阿拉伯数字。",
            )
    due = "非负数" if "money" in kinds else "非负整数"
    for trouble, cells in troubles.items():
        groups = [cells] if len(cells) >= TOGETHER else [[cell] for cell in cells]
        for group in groups:
            labels = "、".join(column for column, _ in group)
            where, title = f"{table}/{row.short}", f"{table}“{name(row)}”"
            if len(columns) > 1:
                where, title = f"{where}/{labels}", f"{title}的“{labels}”{len(group)}格"
            yield found("E7", where, f"{title}{trouble}", expected=due, actual=group[0][1])


def _trouble(value: Value, kind: str) -> str:
    if value.kind is Kind.EMPTY:
        return "是空白，没有发生的应当填0。"
    if value.kind is Kind.NOT_APPLICABLE:
        return f"填的是“{value.raw}”，没有发生的应当填0。"
    if value.kind is Kind.TEXT:
        if kind in ("money", "signed") and value.number is not None:
            return ""
        return f"填的是文字“{value.raw}”，应当只填数字。"
    if value.number is None or kind == "signed":
        return ""
    if value.number < 0:
        return f"填的是负数{value.raw}，应当是非负数。"
    if kind == "count" and value.number != value.number.to_integral_value():
        return f"填的是小数{value.raw}，件数应当是整数。"
    return ""


def _missing(report: Report) -> Iterator[Finding]:
    """Rows that a table claimed complete does not have."""
    form = report.form
    for number, title, rows, there in (
        (2, "表二", form.disclosures, report.table2),
        (3, "表三", form.rows, report.table3),
        (4, "表四", form.remedies, report.table4),
    ):
        gone = [row for row in rows if row.key not in there] if number in report.whole else []
        groups = [gone] if len(gone) >= TOGETHER else [[row] for row in gone]
        for group in groups:
            named = "、".join(row.short for row in group)
            yield found(
                "E7",
                f"{title}/{named}",
                f"{title}缺少“{named}”{len(group)}行。",
                expected=named,
                remedy="请补上缺行，没有发生的填0。",
            )


# --- 规章 ---


def _rules(report: Report) -> Iterator[Finding]:
    line = report.table2.get("rule")
    if not line or makes_rules(report.org) is not False:
        return
    block = report.form.block_of("rule")
    for column, value in zip(block.columns, line, strict=True):
        if value and value.number:
            yield found(
                "E8",
                f"表二/规章/{column}",
                f"{clean(report.org)}没有规章制定权（依据{makes_rules.source}），"  # type: ignore[attr-defined]
                f"表二“规章”的“{column}”应为0，填的是{value.shown}。",
                expected=0,
                actual=value,
            )
