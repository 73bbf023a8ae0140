"""与上一年度报告核对:结转、规范性文件、突变、文字雷同(E4 E6 E13,以及同比突变 W1)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .. import params
from ..sources import implements
from .facts import Report
from .finding import Finding, Severity, found, say
from .tables import name
from .value import Value

SHINGLE = 6  # 比较文字时一次看几个字
SHORTEST = 120  # 去掉数字、套语后不足这些字的部分不比


def check_years(report: Report, previous: Report) -> list[Finding]:
    """Findings against ``previous``, the same agency's report on the year before."""
    return [
        *_carried(report, previous),
        *_norms(report, previous),
        *_sudden(report, previous),
        *_same(report, previous),
    ]


def _carried(report: Report, previous: Report) -> Iterator[Finding]:
    for column in report.form.columns:
        now, before = report.value("old", column.key), previous.value("car", column.key)
        left, right = (before.sum if before else None), (now.sum if now else None)
        if left is None or right is None or left == right:
            continue
        yield found(
            "E4",
            f"表三/二、上年结转/{column.label}",
            f"{previous.year}年度报告“{column.label}”结转下年度{say(left)}件，"
            f"{report.year}年度报告“二、上年结转”填的是{say(right)}件，不相等。",
            expected=left,
            actual=right,
        )


def _norms(report: Report, previous: Report) -> Iterator[Finding]:
    if report.form is not previous.form or report.form.key == "2019":
        return
    for key in ("rule", "norm"):
        now, before = report.table2.get(key), previous.table2.get(key)
        cells = (*(now or (None,) * 3), before[2] if before else None)
        amounts = [cell.number if cell else None for cell in cells]
        made, ended, valid, earlier = amounts
        if made is None or ended is None or valid is None or earlier is None:
            continue
        due = earlier + made - ended
        if due != valid:
            row = next(row for row in report.form.disclosures if row.key == key)
            yield found(
                "E6",
                f"表二/{row.short}/现行有效件数",
                f"上年现行有效{say(earlier)}件，本年制发{say(made)}件、废止{say(ended)}件，现行有效应为{say(due)}件，"
                f"“{row.label}”填的是{say(valid)}件。",
                expected=due,
                actual=valid,
            )


def _sudden(report: Report, previous: Report) -> Iterator[Finding]:
    """A jump is a warning, never an error (behaviour C88)."""
    times = Decimal(params.at("report.sudden_times", report.on).value)
    floor = Decimal(params.at("report.sudden_floor", report.on).value)
    pairs: list[tuple[str, str, Decimal | None, Decimal | None]] = []
    for key in ("new", "tot", "car"):
        now, before = report.value(key, "total"), previous.value(key, "total")
        row = report.form.row(key)
        pairs.append((f"表三/{row.short}/总计", name(row), _sum(now), _sum(before)))
    if report.form is previous.form and report.form.key != "2019":
        for row in report.form.disclosures:
            new, old = report.table2.get(row.key), previous.table2.get(row.key)
            if new and old and len(new) == 1:
                pairs.append((f"表二/{row.short}", row.label, _sum(new[0]), _sum(old[0])))
    for where, label, now_n, before_n in pairs:
        if now_n is None or before_n is None or max(now_n, before_n) < floor:
            continue
        if max(now_n, before_n) > times * max(min(now_n, before_n), Decimal(1)):
            yield found(
                "W1",
                where,
                f"“{label}”上年为{say(before_n)}，本年为{say(now_n)}，变化很大（限值{times}倍），请核对是否填错行列或者单位。",
                expected=before_n,
                actual=now_n,
                severity=Severity.WARNING,
            )


def _sum(value: Value | None) -> Decimal | None:
    return value.sum if value else None


@implements("ogi:47")
def similarity(a: str, b: str) -> float:
    """How much of the shorter text stands in the longer one, 0 to 1; numbers, years and spaces do not count.

    >>> similarity("甲区2023年公开信息1200条，组织培训3次。" * 9, "甲区2024年公开信息900条，组织培训2次。" * 9)
    1.0
    """
    first, second = _shingles(a), _shingles(b)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def _bare(text: str) -> str:
    return re.sub(r"[\d\s.,%，。、；：（）()“”《》〔〕年月日件条次项]+", "", text)


def _shingles(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[i : i + SHINGLE] for i in range(len(bare) - SHINGLE + 1)}


def _same(report: Report, previous: Report) -> Iterator[Finding]:
    limit = float(params.at("report.similarity", report.on).value)
    for section in report.form.sections:
        if section.number not in ("一", "五"):
            continue
        now, before = report.sections.get(section.number, ""), previous.sections.get(section.number, "")
        if min(len(_bare(now)), len(_bare(before))) < SHORTEST:
            continue
        share = similarity(now, before)
        if share > limit:
            yield found(
                "E13",
                f"第{section.number}部分",
                f"第{section.number}部分与{previous.year}年度报告的文字有{share:.0%}相同，涉嫌照抄上年。",
                expected=f"不超过{limit:.0%}",
                actual=f"{share:.0%}",
            )
