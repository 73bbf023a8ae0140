"""信息处理费说明(E10)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .facts import Report
from .finding import Finding, Severity, found, say
from .statements import tidy

_TELLS = re.compile(r"信息处理费|收费|收取.{0,12}费")
_SUM = re.compile(r"(?<![\d.])(\d++(?:\.\d++)?)元\([^()0-9]{0,6}(\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)+)\)?")
_UNPAID = re.compile(r"逾期[^。]{0,20}(?<!\d)[1-9]\d*件")
WHERE = "第六部分"


def check_charges(report: Report, charged: tuple[int, Decimal] | None = None) -> list[Finding]:
    """E10: part six must tell of processing fees where there were any; nothing if the text is not known.

    Args:
        charged: cases and yuan from the case register, if there is one.
    """
    if not report.sections:
        return list(_sums(tidy(report.brief)))
    return [*_told(report, charged), *_sums(tidy("。".join(report.sections.values())))]


def _told(report: Report, charged: tuple[int, Decimal] | None) -> Iterator[Finding]:
    text = tidy(report.sections.get("六", ""))
    tells = bool(_TELLS.search(text))
    cell = report.value("r6_2", "total")
    unpaid = cell.number if cell else None
    if unpaid and not tells:
        yield found(
            "E10",
            WHERE,
            f"表三有{say(unpaid)}件逾期不缴费的申请，第六部分没有说明信息处理费的收取情况。",
            expected="写明收费情况",
        )
    elif not tells:
        yield found("E10", WHERE, "第六部分没有说明信息处理费的收取情况。", severity=Severity.NOTICE)
    if charged and charged[0] and not (str(charged[0]) in text and say(charged[1]) in text):
        yield found(
            "E10",
            WHERE,
            f"收费台账有{charged[0]}件、{say(charged[1])}元，第六部分没有如数写明。",
            expected=f"{charged[0]}件{say(charged[1])}元",
        )
    if unpaid == 0 and (hit := _UNPAID.search(text)):
        yield found(
            "E10", WHERE, f"第六部分写“{hit[0]}”，表三“（六）2”为0，两处不一致。", expected=0, actual=hit[0]
        )


def _sums(text: str) -> Iterator[Finding]:
    """“共2230元（880+1080+270）”: the parts must make the sum."""
    for hit in _SUM.finditer(text):
        total = sum((Decimal(part) for part in hit[2].split("+")), Decimal(0))
        if total != Decimal(hit[1]):
            yield found(
                "E9",
                "正文/信息处理费",
                f"信息处理费写{hit[1]}元，括号内各项相加为{say(total)}元，不相等。",
                expected=total,
                actual=hit[1],
            )
