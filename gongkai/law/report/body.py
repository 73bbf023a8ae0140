"""正文和表里一眼看得出不对的:收费金额的单位、不可能的信息处理费、年度写错、分项数与表不符(B15)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .body_figures import check_figures
from .facts import Report
from .finding import Finding, Severity, found, say
from .statements import tidy

#: 表二收费金额大到这么多万元,多半是把元填成了万元:县一级不会有。
_IMPLAUSIBLE = Decimal(1_000_000)
_FEE = re.compile(r"信息处理费[^。;0-9]{0,20}(?<![\d.])(\d{1,9}(?:\.\d{1,4})?)(万?)元")
_YEAR = re.compile(
    r"(?<!\d)(20\d\d)年(?:度|,|全年|，|以来|明|[^\d月]{0,12}(?:共|累计|新收|收到|主动公开)|1月1日(?:起|以来)?至)"
)
_PARTS = re.compile(r"新收[^。;0-9]{0,20}\d{1,7}件[,(]{0,2}其中[^。;]{0,80}")
_SORTS = (
    (re.compile(r"自然人(?:申请)?(\d{1,7})件"), "自然人", (0,)),
    (re.compile(r"(?:法人|法人或者?其他组织)(?:申请)?(\d{1,7})件"), "法人或其他组织", (1, 2, 3, 4, 5)),
    (re.compile(r"商业企业(?:申请)?(\d{1,7})件"), "商业企业", (1,)),
)


def check_body(report: Report) -> list[Finding]:
    """What is plainly wrong between the lines: units, amounts, the year, the parts of a sum."""
    return [*_charge(report), *_fees(report), *_year(report), *_parts(report), *check_figures(report)]


def _charge(report: Report) -> Iterator[Finding]:
    for cell in report.table2.get("charge", ()):
        raw = cell.raw if cell else ""
        if "元" in raw and "万元" not in raw:
            yield found(
                "E7",
                "表二/行政事业性收费",
                f"表二“行政事业性收费”填的是“{raw}”，这一格的单位是万元。",
                actual=raw,
                remedy="请换算成万元，只填数字。",
            )
        elif cell and cell.number is not None and cell.number >= _IMPLAUSIBLE:
            yield found(
                "E7",
                "表二/行政事业性收费",
                f"表二“行政事业性收费”填的是{say(cell.number)}万元，大得少见，可能把元填成了万元。",
                actual=cell.number,
                severity=Severity.WARNING,
                remedy="请核对单位。",
            )


def _fees(report: Report) -> Iterator[Finding]:
    """By piece it is 100 or 200 yuan each, by page 10, 20 or 40: every sum is a multiple of ten."""
    if (report.year or 0) < 2021:
        return  # 数额由 ``law.fees`` 算;这里只看加起来可不可能
    for hit in _FEE.finditer(tidy("。".join(report.sections.values()) or report.brief)):
        amount = Decimal(hit[1]) * (10_000 if hit[2] else 1)
        if amount % 10:
            yield found(
                "E10",
                "正文/信息处理费",
                f"信息处理费写{hit[1]}{hit[2]}元：按件每件100元、200元，按页每页10元、20元、40元，合计应当是10的倍数。",
                actual=amount,
                severity=Severity.WARNING,
                basis="《信息处理费办法》第四条、第五条",
                remedy="请与收费通知核对。",
            )


def _year(report: Report) -> Iterator[Finding]:
    text = tidy(report.sections.get("一", ""))
    told = {int(hit[1]) for hit in _YEAR.finditer(text)}
    if report.year and told and f"{report.year}年" not in text:
        wrong = max(told)
        yield found(
            "E14",
            "第一部分/年度",
            f"第一部分写的是{wrong}年，报告的年度是{report.year}年，不一致。",
            expected=report.year,
            actual=wrong,
            severity=Severity.WARNING,
            remedy="请核对是不是抄了别的年度的文字。",
        )


def _parts(report: Report) -> Iterator[Finding]:
    """“新收12件，其中自然人11件” against the columns of table three."""
    line = report.table3.get("new", ())
    if len(line) < 6:
        return
    for clause in _PARTS.finditer(tidy(report.sections.get("一", ""))):
        for pattern, name, columns in _SORTS:
            hit = pattern.search(clause[0])
            cells = [line[column] for column in columns]
            amounts = [cell.number for cell in cells if cell and cell.number is not None]
            if hit and len(amounts) == len(columns) and sum(amounts) != int(hit[1]):
                yield found(
                    "E9",
                    f"正文/本年新收/{name}",
                    f"正文写新收申请“{hit[0]}”，表三“本年新收”的{name}为{say(sum(amounts, Decimal(0)))}，不相等。",
                    expected=sum(amounts, Decimal(0)),
                    actual=int(hit[1]),
                    severity=Severity.WARNING,
                )
