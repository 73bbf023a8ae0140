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
_SHARE = re.compile(
    r"(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)[^0-9,;。]{0,8}(?P<part>\d+)件[,(]?"
    r"(?:占[^0-9,;。]{0,10})?(?P<share>\d+(?:\.\d+)?)%"
)
_GROWTH = re.compile(
    r"(?:收办|办理|收到|受理|接收|新收)[^,;。0-9]{0,26}(?P<now>\d+)件,?(?:比上年|较上年|同比)"
    r"(?P<way>增长|上升|增加|下降|减少|降低|回落)了?(?P<percent>\d+(?:\.\d+)?)%"
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
    return [*findings.values(), *_shares(report, text), *_unfilled(text)]


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


def _shares(report: Report, text: str) -> Iterator[Finding]:
    """“不予公开5件，占6.17%”: the share must follow from the number and some total of the table."""
    totals = [count for count in _other_counts(report) if count]
    for hit in _SHARE.finditer(tidy(text)) if totals else ():
        part, share = Decimal(hit["part"]), Decimal(hit["share"])
        shares = [100 * part / total for total in totals]
        if min(abs(share - exact) for exact in shares) > _rounding(share):
            nearest = min(shares, key=lambda exact: abs(share - exact))
            yield found(
                "E9",
                "正文/占比",
                f"正文写“{hit[0]}”，按表三算约为{nearest:.2f}%，请核对。",
                expected=f"{nearest:.2f}%",
                actual=f"{share}%",
                severity=Severity.NOTICE,
            )


def _rounding(percent: Decimal) -> Decimal:
    """How far a rounded percentage may lie from the exact one: one in its last digit."""
    exponent = percent.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def check_growth(report: Report, previous: Report) -> list[Finding]:
    """“收到75件，同比增长12%”: the growth must follow from some total of both years."""
    findings = []
    before = [count for count in _other_counts(previous) if count]
    for hit in _GROWTH.finditer(tidy(report.sections.get("一") or report.brief)) if before else ():
        now, stated = Decimal(hit["now"]), Decimal(hit["percent"])
        growth = [100 * (now - count) / count for count in before]
        signed = -stated if hit["way"] in "下降减少降低回落" else stated
        if min(abs(signed - exact) for exact in growth) > _rounding(stated):
            nearest = min(growth, key=lambda exact: abs(signed - exact))
            findings.append(
                found(
                    "E9",
                    "正文/同比",
                    f"正文写“{hit[0]}”，按两年的表三算约为{nearest:.2f}%，请核对。",
                    expected=f"{nearest:.2f}%",
                    actual=f"{signed}%",
                    severity=Severity.NOTICE,
                )
            )
    return findings


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
