"""六个部分的标题和正文,报告的标题、机关、年度。"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_MARK = r"(?<![十百第（(一二三四五六七八九]){n}\s*[、.．，]\s*"
_INLINE = {
    "一": r"(?:总体|基本|概述|工作)[^\n。，；：]{0,8}?(?:情况|概述|概况)|概述|概况",
    "二": r"[^\n。，；：]{0,6}?主动公开[^\n。，；：]{0,14}?情况",
    "三": r"[^\n。，；：]{0,10}?(?:收到|依申请|处理)[^\n。，；：]{0,20}?情况",
    "四": r"[^\n。；：]{0,30}?诉讼的?(?:有关)?情况",
    "五": r"[^\n。，；：]{0,18}?问题[^\n。，；：]{0,12}?(?:改进(?:的)?(?:情况|措施|方向|打算|意见|工作)?|措施|打算)|"
    r"[^\n。，；：]{0,12}?主要问题",
    "六": r"[^\n。，；：]{0,8}?其他[^\n。，；：]{0,12}?(?:事项|情况)",
}
_HEADINGS = {number: re.compile(_MARK.format(n=number) + f"(?:{pattern})") for number, pattern in _INLINE.items()}
_CHAINS = 200  # 目录、正文之外再多的“一、”不看
_WHITE = re.compile(r"\s+")
_BEFORE = re.compile(r"\A[一二三四五六][、.．，,]")
_TRAILING = re.compile(r"(?<![-—\s\d])[-—\s]*\d{1,3}[-—\s]*\Z")
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
    every = {number: [hit.span() for hit in pattern.finditer(text)] for number, pattern in _HEADINGS.items()}
    begins = {number: [start for start, _ in spans] for number, spans in every.items()}
    best: list[tuple[str, str, int, int]] = []
    for start in begins["一"][:_CHAINS] or [0]:
        found = []
        for number, spans in every.items():
            place = bisect_left(begins[number], start)
            if place < len(spans):
                left, right = spans[place]
                found.append((number, _heading(number, text[left:right]), left, right))
        found.sort(key=lambda entry: entry[2])
        if _body(text, found) >= _body(text, best):
            best = found
    parts = []
    for index, (number, heading, _, end) in enumerate(best):
        stop = best[index + 1][2] if index + 1 < len(best) else len(text)
        parts.append(Part(number, heading, end, stop))
    return parts


def _heading(number: str, text: str) -> str:
    """The heading as written, its number in the usual form."""
    return f"{number}、{_BEFORE.sub('', _WHITE.sub('', text))}"


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
    head = [_TRAILING.sub("", line.strip()[:2000]) for line in lines[:40]]
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
