"""六个部分的标题和正文,报告的标题、机关、年度。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_MARK = r"(?<![十百第（(一二三四五六七八九])\s*{n}\s*[、.．，]\s*"
_INLINE = {
    "一": r"(?:总体|基本|概述|工作)[^\n。，；：]{0,8}?(?:情况|概述|概况)|概述|概况",
    "二": r"[^\n。，；：]{0,6}?主动公开[^\n。，；：]{0,14}?情况",
    "三": r"[^\n。，；：]{0,10}?(?:收到|依申请|处理)[^\n。，；：]{0,20}?情况",
    "四": r"[^\n。；：]{0,30}?诉讼的?(?:有关)?情况",
    "五": r"[^\n。，；：]{0,18}?问题[^\n。，；：]{0,12}?(?:改进(?:的)?(?:情况|措施|方向|打算|意见|工作)?|措施|打算)|"
    r"[^\n。，；：]{0,12}?主要问题",
    "六": r"[^\n。，；：]{0,8}?其他[^\n。，；：]{0,12}?(?:事项|情况)",
}
_TITLE = (
    re.compile(
        r"(?P<org>[一-龥（）()·]{2,40}?)\s*(?P<year>20\d\d)\s*年?度?\s*政府信息公开(?:工作)?(?:年度)?(?:报告|年报)"
    ),
    re.compile(
        r"(?P<year>20\d\d)\s*年度?\s*(?P<org>[一-龥（）()·]{2,40}?)\s*政府信息公开(?:工作)?(?:年度)?(?:报告|年报)"
    ),
    re.compile(
        r"(?P<org>[一-龥（）()·]{2,40}?)\s*政府信息公开(?:工作)?(?:年度)?(?:报告|年报)\s*[（(]\s*(?P<year>20\d\d)\s*年?度?"
    ),
)
_PERIOD = re.compile(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日[^。]{0,12}?12\s*月\s*31\s*日")
_LEAD = re.compile(
    r"^(?:标题|名称|题名|关于|现将|现向社会|现|公布|公开|发布|印发|首页|正文|年报|政府信息公开年报)+"
)
_BY = re.compile(r"本(?:年度)?(?:报告|年报)(?:是)?由([一-龥]{3,30}?)(?:根据|依据|按照|依照|编制|负责|综合)")


@dataclass(frozen=True, slots=True)
class Part:
    """一个部分:原样标题、正文起止。"""

    number: str
    heading: str
    start: int
    end: int


def parts_of(text: str) -> list[Part]:
    """The six parts in a text, in the order of the text; a table of contents before them is passed over."""
    best: list[tuple[str, str, int, int]] = []
    starts = [hit.start() for hit in re.finditer(_MARK.format(n="一") + f"(?:{_INLINE['一']})", text)] or [0]
    for start in starts:
        found = _chain(text, start)
        if _body(text, found) >= _body(text, best):
            best = found
    parts = []
    for index, (number, heading, _, end) in enumerate(best):
        stop = best[index + 1][2] if index + 1 < len(best) else len(text)
        parts.append(Part(number, heading, end, stop))
    return parts


def _chain(text: str, start: int) -> list[tuple[str, str, int, int]]:
    found = []
    for number, pattern in _INLINE.items():
        hit = re.compile(_MARK.format(n=number) + f"(?P<title>{pattern})").search(text, start)
        if hit:
            found.append((number, re.sub(r"\s+", "", f"{number}、{hit['title']}"), hit.start(), hit.end()))
    return sorted(found, key=lambda entry: entry[2])


def _body(text: str, found: Sequence[tuple[str, str, int, int]]) -> tuple[int, int]:
    """How many parts were found and how much text the shortest gap between headings leaves."""
    gaps = [after[2] - before[3] for before, after in pairwise(found)]
    return len(found), min(gaps, default=0)


@dataclass(frozen=True, slots=True)
class Name:
    """报告的标题和从中读出的机关、年度;读不出为空。"""

    title: str
    org: str
    year: int | None


def name_of(declared: str, lines: Sequence[str]) -> Name:
    """The title of a report: as the file declares it, or on its first lines (perhaps broken over two)."""
    head = [re.sub(r"[-—\s]*\d{1,3}[-—\s]*$", "", line.strip()) for line in lines[:40]]
    joined = ["".join(pair) for pair in pairwise(head)]
    for text in (declared, *head, *joined):
        flat = re.sub(r"\s+", "", text) if len(text) < 80 else text
        for pattern in _TITLE:
            hit = pattern.search(flat[:2000])
            if hit and (org := _LEAD.sub("", hit["org"].strip("（）()"))):
                return Name(_title(hit[0]), org, int(hit["year"]))
    text = "\n".join(lines)[:6000]
    period = _PERIOD.search(text)
    by = _BY.search(re.sub(r"\s+", "", text))
    return Name("", by[1] if by else "", int(period[1]) if period else None)


def _title(text: str) -> str:
    return _LEAD.sub("", re.sub(r"\s+", "", text))
