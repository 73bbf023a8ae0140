"""正文第一部分说的处理决定、收费金额、复议诉讼结果,同表二、表四不相等的(B15)。都是警告:正文可能另有口径。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .facts import Report
from .finding import Finding, Severity, found, say
from .statements import tidy

_KINDS = {"行政许可": "licence", "行政处罚": "penalty", "行政强制": "coercion"}
_DECIDED = re.compile(
    r"(?<!双公示)(行政许可|行政处罚|行政强制)(?:处理)?(?:决定|案件)?(?:数量)?(?:共|共计|为|:)?(\d{1,9})(?:件|宗|起)(?!事)"
)
_CHARGED = re.compile(r"行政事业性收费(?:总?金?额)?(?:共|共计|合计|为|:)?(\d{1,12}(?:\.\d{1,6})?)(亿|万)?元")
_UNITS = {"亿": Decimal(10_000), "万": Decimal(1), "": Decimal("0.0001")}
#: 说的是一部分,或者别的年份的,不比。
_NARROWER = re.compile(r"本级|其中|同比|上年|去年|网上|公示|公开|新增|累计|简易|当场|某|领域")
_DISPUTED = re.compile(r"(行政复议|行政诉讼)(?:案件)?(?:共|为|:)?\d{1,6}(?:件|起|宗)[,(]{0,2}其中([^。;]{0,60})")
_RESULTS = (
    (re.compile(r"维持(?:的|原行政行为|决定)?(\d{1,6})(?:件|起|宗)"), 0, "结果维持"),
    (re.compile(r"(?:纠正|撤销|纠错)(?:的)?(\d{1,6})(?:件|起|宗)"), 1, "结果纠正"),
    (re.compile(r"尚未审结(?:的)?(\d{1,6})(?:件|起|宗)"), 3, "尚未审结"),
)


def check_figures(report: Report) -> Iterator[Finding]:
    """Warnings where part one contradicts tables two and four."""
    text = tidy(report.sections.get("一", ""))
    for sentence in re.split(r"[。;\n]", text):
        if not (hit := _NARROWER.search(sentence)) or "其中" in hit[0]:
            yield from _decided(report, sentence)
            yield from _charged(report, sentence)
        yield from _disputed(report, sentence)


def _decided(report: Report, sentence: str) -> Iterator[Finding]:
    for hit in _DECIDED.finditer(sentence):
        number = _amount(report, _KINDS[hit[1]])
        if number is not None and number != int(hit[2]):
            yield _unequal(hit[0], f"表二“{hit[1]}”", number, hit[1])


def _charged(report: Report, sentence: str) -> Iterator[Finding]:
    for hit in _CHARGED.finditer(sentence):
        number = _amount(report, "charge")
        told = Decimal(hit[1]) * _UNITS[hit[2] or ""]
        # 正文写的位数少,差半个末位不算
        if number is not None and abs(told - number) > Decimal("0.005") * max(number, Decimal(1)):
            yield _unequal(hit[0], "表二“行政事业性收费”（万元）", number, "行政事业性收费")


def _disputed(report: Report, sentence: str) -> Iterator[Finding]:
    for clause in _DISPUTED.finditer(sentence):
        keys = ("review",) if clause[1] == "行政复议" else ("direct", "after")
        for pattern, column, name in _RESULTS:
            hit = pattern.search(clause[2])
            amounts = [_result(report, key, column) for key in keys]
            known = [amount for amount in amounts if amount is not None]
            total = sum(known, Decimal(0))
            if hit and len(known) == len(keys) and total != int(hit[1]):
                told = f"{clause[1]}其中{hit[0]}"
                yield _unequal(told, f"表四{clause[1]}“{name}”", total, f"{clause[1]}/{name}")


def _result(report: Report, key: str, column: int) -> Decimal | None:
    line = report.table4.get(key, ())
    cell = line[column] if len(line) > column else None
    return cell.number if cell else None


def _amount(report: Report, key: str) -> Decimal | None:
    line = report.table2.get(key, ())
    return line[0].number if len(line) == 1 and line[0] else None


def _unequal(told: str, table: str, number: Decimal, where: str) -> Finding:
    return found(
        "E9",
        f"正文/{where}",
        f"正文写“{told}”，{table}为{say(number)}，不相等。",
        expected=number,
        actual=told,
        severity=Severity.WARNING,
    )
