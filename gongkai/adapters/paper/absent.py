"""空着的要素说出为什么空着:页上没有这一栏、栏里是空的、栏里写的不像、文中的都是引用的。"""

from __future__ import annotations

from gongkai.law import docnumber

from . import dates
from .model import NOTHING, Fields, Paper

FIELDS = ("索引号", "主题分类", "发布机构", "文号", "成文日期", "发文日期", "发布日期", "有效性")
_LONGEST_QUOTE = 30
_MOST = 20_000  # 找引用的文号、日期,看这么多字就够
_NO_COLUMN = {
    "主题分类": "页上没有主题分类",
    "发布机构": "没有发布机构一栏，来源、落款、标题里也认不出机关",
    "发文日期": "页上没有发文日期",
    "发布日期": "页上没有发布日期，网址里也没有",
    "有效性": "页上没有写有效性",
    "索引号": "页上没有索引号",
}


def reasons(paper: Paper, fields: Fields, text: str) -> dict[str, str]:
    """Why each element that was not found is empty, by its name; a found one is not in it."""
    return {name: _reason(name, fields, text) for name in FIELDS if not paper.get(name)}


def _reason(name: str, fields: Fields, text: str) -> str:
    values = [value.text.strip() if value.same_line else "" for value in fields.get(name, ())]
    written = next((value for value in values if value and not NOTHING.match(value)), "")
    if written:
        short = written if len(written) <= _LONGEST_QUOTE else f"{written[:_LONGEST_QUOTE]}…"
        return f"“{name}”一栏写的是“{short}”，不像{name}，没有采用"
    if name == "文号":
        cited = docnumber.find(text[:_MOST])
        if cited:
            number = cited[0].number.text
            return f"文中的文号（如{number}）不在本件自己的位置，当作引用的，没有采用"
        return "“文号”一栏是空的，正文里也没有" if values else "页上没有文号"
    if name == "成文日期":
        return "文中有日期，没有一个是落款的" if dates.first_date(text[:_MOST]) else "没有落款日期"
    return f"“{name}”一栏是空的" if values else _NO_COLUMN[name]
