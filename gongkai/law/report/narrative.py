"""文字与表格核对(E9),漏填的数(E14)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .agency import clean, kind_of
from .facts import Report
from .finding import Finding, Severity, found, say
from .statements import Statement, statements, tidy
from .wording import Figure

DIGEST = 400  # 不足这些字、又不分部分的叙述是摘要,口径不全,只给警告

_CASES = {
    Figure.NEW: ("new",),
    Figure.RECEIVED: ("new",),
    Figure.HANDLED: ("new",),
    Figure.OLD: ("old",),
    Figure.CARRY: ("old",),
    Figure.CARRIED: ("car",),
    Figure.DONE: ("tot",),
    Figure.OPEN: ("r1",),
    Figure.PART: ("r2",),
    Figure.OPEN_PART: ("r1", "r2"),
}
_GROUPS = {Figure.REFUSED: "r3_", Figure.UNABLE: "r4_", Figure.UNTREATED: "r5_", Figure.OTHERWISE: "r6_"}
_REMEDIES = {
    Figure.REVIEW: ("review",),
    Figure.SUIT: ("direct", "after"),
    Figure.DIRECT: ("direct",),
    Figure.AFTER: ("after",),
    Figure.DISPUTES: ("review", "direct", "after"),
}
_NORMS = {Figure.MADE: 0, Figure.ENDED: 1, Figure.VALID: 2}
_NAMES = {Figure.RECEIVED: "本年新收", Figure.HANDLED: "本年新收", Figure.CARRY: "上年结转"}
_UNFILLED = re.compile(
    r"[^,，。；;、：:\s]{0,12}(?:公开|收到|受理|答复|办结|发布|制发|废止|新收)(?:政府信息|信息|各类信息|申请)?"
    r"[ _×ＸX＿]*(?:条|件)(?=[,，。；;、”\"数]|$)"
)
_NOT_UNFILLED = re.compile(r"(逐|每|急|要|文|密|案|信|来|稿|答复)(条|件)$|公开件$")


def check_narrative(report: Report) -> list[Finding]:
    """E9: each figure that the text states against the tables; nothing where the table is not known."""
    text = report.sections.get("一") or report.brief
    if not text:
        return []
    brief = not report.sections and len(text) < DIGEST
    told = statements(text, report.year, brief=brief)
    right = {statement.figure for statement in told if statement.number == table_number(report, statement.figure)}
    findings: dict[tuple[str, int], Finding] = {}
    for statement in told:
        finding = _compare(report, statement, brief, also_right=statement.figure in right)
        if finding:
            findings.setdefault((finding.where, statement.number), finding)
    return [*findings.values(), *_unfilled(text)]


def table_number(report: Report, figure: Figure) -> Decimal | None:
    """What the tables give for a figure; ``None`` if they do not tell."""
    if figure in _CASES:
        return _total(report, _CASES[figure])
    if figure in _GROUPS:
        return _total(report, tuple(key for key in report.form.outcomes if key.startswith(_GROUPS[figure])))
    if figure in _REMEDIES:
        lines = [report.table4.get(key) for key in _REMEDIES[figure]]
        return _add([line[-1].sum if line and line[-1] else None for line in lines])
    norms = report.table2.get("norm")
    if report.form.key == "2019" or not norms:
        return None
    cell = norms[_NORMS[figure]]
    return cell.number if cell else None


def _total(report: Report, keys: tuple[str, ...]) -> Decimal | None:
    """Totals of rows; a blank total is made good from its row, since that gap is E1's to report."""
    amounts: list[Decimal | None] = []
    for key in keys:
        line = report.table3.get(key) or (None,)
        total = line[-1]
        if total is not None and total.number is not None:
            amounts.append(total.number)
        else:
            amounts.append(_add([cell.sum if cell else None for cell in line[:-1]]) if line[:-1] else None)
    return _add(amounts)


def _add(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _compare(report: Report, told: Statement, brief: bool, *, also_right: bool) -> Finding | None:
    expected = table_number(report, told.figure)
    if expected is None or expected == told.number or told.part:
        return None
    others = _other_counts(report)
    if told.figure is Figure.HANDLED and told.number in others:
        return None
    if told.figure is Figure.CARRY and told.number == table_number(report, Figure.CARRIED):
        return None
    label = _NAMES.get(told.figure, told.figure.label)
    table = "表二" if told.figure in _NORMS else "表四" if told.figure in _REMEDIES else "表三"
    message = f"正文写“{told.quote}”，{table}“{label}”为{say(expected)}，不相等。"
    loose = told.figure in (Figure.RECEIVED, Figure.HANDLED)
    severity = Severity.ERROR if told.exact or loose else Severity.WARNING
    if (loose or told.figure is Figure.DONE) and told.number in others:
        severity = Severity.WARNING
        message += f"{told.number}是{others[Decimal(told.number)]}，请写明口径。"
    elif told.number == 0 and told.figure in (Figure.REVIEW, Figure.SUIT):
        severity = Severity.ERROR
    if (also_right or brief) and severity is Severity.ERROR:
        severity = Severity.WARNING
    if scope := _narrower(report, told):
        severity = Severity.NOTICE
        message = (
            f"正文写“{told.quote}”（口径似为“{scope}”），{table}“{label}”为{say(expected)}，"
            "两处口径可能不同，请核对并写明。"
        )
    return found("E9", f"正文/{label}", message, expected=expected, actual=told.number, severity=severity)


def _other_counts(report: Report) -> dict[Decimal, str]:
    """Numbers of applications that a text may mean by 收到、办理、答复, with what they are."""
    new, old, done = (table_number(report, figure) for figure in (Figure.NEW, Figure.OLD, Figure.DONE))
    counts: dict[Decimal, str] = {}
    if new is not None:
        counts[new] = "新收数"
    if done is not None:
        counts[done] = "办结总计"
    if new is not None and old is not None:
        counts[new + old] = "新收与上年结转之和"
    return counts


def _narrower(report: Report, told: Statement) -> str:
    """The narrower scope that the text names, unless it is the reporting agency's own name."""
    own = clean(report.org)
    if re.search(r"办公室|办公厅|政府办|府办$", own) and re.search(r"办|代表|名义", told.scope):
        return ""
    if kind_of(report.org) is not None and "本机关" in told.scope:
        return ""
    return told.scope


def _unfilled(text: str) -> Iterator[Finding]:
    """A sentence whose number was never filled in (“共主动公开条”)."""
    for hit in _UNFILLED.finditer(tidy(text)):
        words = hit[0].strip("“”")
        if not _NOT_UNFILLED.search(words):
            yield found(
                "E14",
                "正文/漏填",
                f"正文“{words}”处没有填数。",
                actual=words,
                remedy="请补填数字；没有发生的写0。",
            )
