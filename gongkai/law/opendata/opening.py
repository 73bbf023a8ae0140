"""能不能开放:目录写全没有,数据合不合适,检查的人签了没有。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .. import params
from ..errors import RuleBroken
from ..sources import implements
from .terms import Opening

_TAIL = re.compile(r"(?:[-_—]\d{0,2}|[（(]\d{1,2}[)）]|新建|副本|\d)\Z")
_YEARS = re.compile(r"(?:19|20)\d{2}年?度?\Z")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
MOST_TITLE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """目录里的一条,判断写得全不全要看的。"""

    title: str
    summary: str
    phone: str
    office: str
    fields: int
    levelled: int
    explained: int


def faults(entry: Entry, on: date) -> Iterator[str]:
    """What is wrong with a catalogue entry, each with what to do."""
    if len(entry.title) > MOST_TITLE:
        yield f"名称超过{MOST_TITLE}字，请写短"
    if _TAIL.search(entry.title) and not _YEARS.search(entry.title):
        yield f"名称“{entry.title}”带着编号或者“新建”一类的尾巴，请去掉"
    least = params.at("opendata.least_summary", on)
    if entry.summary.strip() == entry.title.strip():
        yield "摘要同名称一样，请写对象、范围、时间和用途"
    elif len(entry.summary.strip()) < least.value:
        yield f"摘要不到{least.value}{least.unit}，请写对象、范围、时间和用途"
    if not entry.office.strip():
        yield "没有填承办处室"
    if not entry.phone.strip():
        yield "没有填联系电话"
    elif _MOBILE.search(entry.phone):
        yield "联系电话填了手机号，请填办公室的座机"
    if entry.levelled < entry.fields:
        yield f"{entry.fields - entry.levelled}个字段没有定敏感级"
    if entry.explained < entry.fields:
        yield f"{entry.fields - entry.explained}个字段没有写说明"


@implements("opendata381:2")
def may_open(opening: Opening, entry: Entry, *, rows: int, personal: int, group: int | None, on: date) -> None:
    """Open a version to the public: original, machine-readable, fit for use, and nobody's privacy in it.

    Args:
        personal: places with personal data in it.
        group: the smallest group of rows alike in the chosen columns; None where none are chosen.

    Raises:
        RuleBroken: what stands in the way, all of it in one sentence.
    """
    wrong = list(faults(entry, on))
    if opening is Opening.PENDING:
        wrong.append("开放属性还没有判定")
    if opening is Opening.PROHIBITED:
        wrong.append("开放属性是禁止开放")
    if rows == 0:
        wrong.append("只有表头，没有数据，空的不得上架")
    if opening is Opening.UNCONDITIONAL:
        least = params.at("opendata.least_group", on).value
        if personal:
            wrong.append(f"数据里还有{personal}处个人信息")
        if group is not None and group < least:
            wrong.append(f"按选定的列最小的一组只有{group}行，少于{least}行，可能认得出是谁")
    if wrong:
        raise RuleBroken("不能开放：" + "；".join(wrong), fix="请逐项改正以后再开放。")
