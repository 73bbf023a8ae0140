"""文字里的数:``{本年新收}`` 一类排出时才换成表里的数,所以文字和表格不会两样(E9)。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.foi.models import Fee
from gongkai.law.errors import RuleBroken
from gongkai.law.money import digits
from gongkai.law.report import Form

from .counting import Year
from .figures import Figures, form_for, scope_of
from .models import AnnualReport

WRITTEN = ("一", "五", "六")
_SLOT = re.compile(r"\{([^{}]*)\}")
#: 名称 → (表, 各行, 第几个数;-1 是总计)。
_CELLS: dict[str, tuple[int, tuple[str, ...], int]] = {
    "本年新收": (3, ("new",), -1),
    "上年结转": (3, ("old",), -1),
    "办结": (3, ("tot",), -1),
    "结转下年度": (3, ("car",), -1),
    "予以公开": (3, ("r1",), -1),
    "部分公开": (3, ("r2",), -1),
    "自然人新收": (3, ("new",), 0),
    "行政复议": (4, ("review",), -1),
    "行政诉讼": (4, ("direct", "after"), -1),
    "复议纠正": (4, ("review",), 1),
    "诉讼纠正": (4, ("direct", "after"), 1),
    "规范性文件制发": (2, ("norm",), 0),
    "规范性文件废止": (2, ("norm",), 1),
    "规范性文件现行有效": (2, ("norm",), 2),
    "行政许可": (2, ("licence",), 0),
    "行政处罚": (2, ("penalty",), 0),
    "行政强制": (2, ("coercion",), 0),
    "行政事业性收费": (2, ("charge",), 0),
}
_GROUPS = {"不予公开": "r3_", "无法提供": "r4_", "不予处理": "r5_", "其他处理": "r6_"}

#: 新建时给的底稿;编制人在上面写。
OUTLINE = {
    "一": (
        "{年度}年，{机关}认真执行《中华人民共和国政府信息公开条例》。\n"
        "主动公开方面，本年制发行政规范性文件{规范性文件制发}件，废止{规范性文件废止}件，现行有效{规范性文件现行有效}件。\n"
        "依申请公开方面，本年新收政府信息公开申请{本年新收}件，上年结转{上年结转}件，办结{办结}件，结转下年度{结转下年度}件。"
        "办结的申请中，予以公开{予以公开}件，部分公开{部分公开}件，不予公开{不予公开}件，无法提供{无法提供}件，不予处理{不予处理}件，其他处理{其他处理}件。"
        "因政府信息公开引起行政复议{行政复议}件，行政诉讼{行政诉讼}件。\n"
        "政府信息管理方面，\n平台建设方面，\n监督保障方面，"
    ),
    "五": "",
    "六": "本年发出信息处理费收费通知{收费件数}件，收取信息处理费{收费金额}元。",
}


#: 可以写在花括号里的名称。
NAMES = frozenset({"年度", "机关", "收费件数", "收费金额", *_CELLS, *_GROUPS})


def texts(annual: AnnualReport, found: Figures) -> dict[str, str]:
    """The text of each part with its numbers filled in."""
    values = slots(annual, found)
    return {number: fill(text, values) for number, text in annual.sections.items()}


def slots(annual: AnnualReport, found: Figures) -> dict[str, str]:
    """Every name that may stand in braces, with what it gives."""
    used = form_for(annual)
    values = {"年度": str(annual.year), "机关": str(annual.agency)}
    values |= {name: _number(found, used, *cell) for name, cell in _CELLS.items()}
    for name, prefix in _GROUPS.items():
        rows = tuple(key for key in used.outcomes if key.startswith(prefix))
        values[name] = _number(found, used, 3, rows, -1)
    count, yuan = charged(annual)
    return values | {"收费件数": str(count), "收费金额": digits(yuan)}


def _number(found: Figures, used: Form, table: int, rows: tuple[str, ...], index: int) -> str:
    widths = {3: len(used.columns), 4: len(used.remedy_columns)}
    at = index if index >= 0 else widths[table] - 1
    return digits(sum((found[table, row, at].number for row in rows if (table, row, at) in found), Decimal(0)))


def charged(annual: AnnualReport) -> tuple[int, Decimal]:
    """(件数, 元) of the fee notices of the year in the register, for E10."""
    span = Year(annual.year)
    rows = Fee.objects.filter(application__agency__in=scope_of(annual), notified_on__range=(span.first, span.last))
    got = rows.aggregate(count=Count("pk"), yuan=Sum("yuan"))
    return got["count"], got["yuan"] or Decimal(0)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its numbers. Raises RuleBroken where a name is unknown."""
    known_only(text)
    return _SLOT.sub(lambda slot: values[slot[1].strip()], text)


def known_only(text: str) -> None:
    """RuleBroken if a name in braces is not one of ``NAMES``."""
    if wrong := [name for name in _SLOT.findall(text) if name.strip() not in NAMES]:
        raise RuleBroken(
            f"文字里的{'、'.join('{' + name + '}' for name in wrong)}不是可以引用的数",
            fix="请从页面列出的名称里选，或者去掉花括号。",
        )
