"""标准目录一行的十列:按列名认,不按位置;两行表头的父列、子列合起来认。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

#: 列名 → 各地印成的写法(去了空白和括号里的说明)。
NAMES = {
    "序号": ("序号", "编号", "序列", "NO", "NO."),
    "一级事项": ("一级事项", "一级", "公开类别", "一级公开事项", "事项类别", "一级指标", "公开事项(一级)"),
    "二级事项": ("二级事项", "二级", "二级公开事项", "事项名称", "二级指标"),
    "三级事项": ("三级事项", "三级", "三级公开事项"),
    "公开内容": ("公开内容", "内容", "公开要素", "内容标准", "公开内容及要素", "公开内容要素", "具体内容"),
    "公开依据": ("公开依据", "依据", "法律依据", "政策依据", "公开的依据", "依据文件", "设定依据"),
    "公开时限": ("公开时限", "时限", "公开时间", "公开期限", "时限要求", "公开时限要求", "公开频次"),
    "公开主体": (
        "公开主体",
        "主体",
        "公开责任主体",
        "责任主体",
        "公开单位",
        "责任部门",
        "责任单位",
        "公开部门",
        "公开责任单位",
        "公开责任部门",
    ),
    "公开渠道和载体": (
        "公开渠道和载体",
        "公开渠道及载体",
        "公开渠道与载体",
        "公开渠道、载体",
        "公开渠道",
        "公开载体",
        "渠道和载体",
        "渠道",
        "载体",
        "公开载体和渠道",
        "公开平台",
    ),
    "公开对象": ("公开对象", "对象"),
    "公开方式": ("公开方式", "方式"),
    "公开层级": ("公开层级", "层级", "公开级别", "公开层次"),
}
#: 打勾的列下面的子列,和各地印成的写法。
UNDER: dict[str, dict[str, tuple[str, ...]]] = {
    "公开对象": {
        "全社会": ("全社会", "社会公众", "全体社会", "面向社会"),
        "特定群体": ("特定群体", "特定群众", "特定人群", "特定对象"),
    },
    "公开方式": {
        "主动": ("主动", "主动公开"),
        "依申请": ("依申请", "依申请公开", "申请公开"),
    },
    "公开层级": {
        name: (name, name.removesuffix("级"))
        for name in (
            "国家级",
            "省级",
            "市级",
            "州级",
            "县级",
            "区级",
            "区县级",
            "县区级",
            "市县级",
            "乡级",
            "镇级",
            "乡镇级",
            "街道级",
            "镇街级",
            "镇街道级",
            "乡镇街道级",
            "村级",
            "乡、村级",
            "乡村级",
            "社区级",
            "村居级",
            "村社区级",
        )
    },
}
#: 公开事项下面只有一列的,那一列就是一级事项。
_MATTERS = ("公开事项", "事项", "公开目录", "主动公开事项")

_TICK = re.compile(r"[√✓✔☑☒✅■●◆▲▄◼⬛þüRPtVv是有Y]")
_EMPTY = re.compile(r"[□☐○〇◯口£o/\\—–\-×否无N]?")
#: 一格里写了父列和子列的:公开对象（全社会）、公开方式-主动。
_BOTH = re.compile(r"(?P<parent>[^()（）/\-—–_:：\n]{2,12})[(（/\-—–_:：\n](?P<child>[^()（）/:：]{2,12})[)）]?")
_NOTE = re.compile(r"\([^()]{0,60}\)?|[:*]|\s+")

_BY_NAME = {variant: name for name, variants in NAMES.items() for variant in variants}
_BY_CHILD = {
    variant: (parent, name)
    for parent, children in UNDER.items()
    for name, variants in children.items()
    for variant in variants
}


def columns(table: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The columns of the first row of cells of a sheet, by their names.

    A column that is not in the sheet is not in the answer. Columns of ticks give an object with what is ticked:
    true, or the words that stand there instead of a tick.

    >>> columns([["序号", "公开事项", "", "公开对象", ""], ["", "一级事项", "二级事项", "全社会", "特定群众"], ["1", "监测", "预警", "√", ""]])
    {'序号': '1', '一级事项': '监测', '二级事项': '预警', '公开对象': {'全社会': True}}
    """
    rows = [["" if cell is None else str(cell) for cell in row] for row in table]
    if len(rows) < 2:
        return {}
    heads = 2 if len(rows) > 2 else 1
    cells = rows[heads]
    return cells_of(layout(rows[:heads], len(cells)), cells)


def layout(heads: Sequence[Sequence[str]], width: int) -> list[tuple[str | None, str | None]]:
    """For each place of a row: the column it belongs to, and what is under it; None for a column of no known name."""
    return [_column(parent, child) for parent, child in _paths(heads, width)]


def cells_of(places: Sequence[tuple[str | None, str | None]], cells: Sequence[str]) -> dict[str, Any]:
    """The columns of one row of cells."""
    out: dict[str, Any] = {}
    for (column, under), cell in zip(places, cells, strict=False):
        if column in UNDER:
            ticked = out.setdefault(column, {})
            value = _ticked(cell)
            if value and under:
                ticked[under] = value
            elif value and not under:
                ticked.update((name, True) for name in _named(column, cell))
        elif column and cell.strip():
            # 同名的两列(渠道常拆成左右两列)合起来。
            out[column] = f"{out[column]}\n{cell}" if out.get(column) else cell
        elif column:
            out.setdefault(column, "")
    return out


def printed(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row that comes by name, under the usual names."""
    out: dict[str, Any] = {}
    for name, value in row.items():
        column, under = _column(str(name), "")
        if column in UNDER and isinstance(value, dict):
            children = ((_column(column, str(child))[1] or str(child), cell) for child, cell in value.items())
            out[column] = {child: cell for child, cell in children if cell}
        elif column and not under:
            out[column] = value
        else:
            out[str(name)] = value
    return out


def _paths(heads: Sequence[Sequence[str]], width: int) -> Iterable[tuple[str, str]]:
    """Parent and child name of each column; an empty parent is that of the column to the left (合并的格)."""
    parent = ""
    for place in range(width):
        above = heads[0][place] if place < len(heads[0]) else ""
        below = heads[1][place] if len(heads) > 1 and place < len(heads[1]) else ""
        parent = above or parent
        if not below and (both := _BOTH.fullmatch(above.strip())):
            column = _BY_NAME.get(_name(both["parent"]))
            if _BY_CHILD.get(_name(both["child"]), ("", ""))[0] == column:
                yield both["parent"], both["child"]
                continue
        yield parent, below if _name(below) != _name(parent) else ""


def _name(text: str) -> str:
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return folded if folded in _BY_NAME or folded in _BY_CHILD else _NOTE.sub("", folded)


def _column(parent: str, child: str) -> tuple[str | None, str | None]:
    above, below = _name(parent), _name(child)
    column = _BY_NAME.get(above)
    if column in UNDER:
        known = {variant: name for name, variants in UNDER[column].items() for variant in variants}
        other = _BY_CHILD.get(below)
        if below not in known and other and other[0] != column:
            return other  # 对象、方式、层级合在一个父列下面的
        return column, known.get(below, below or None)
    for row in (below, above):
        if row in _BY_CHILD and row not in _BY_NAME:
            return _BY_CHILD[row]
    if below in _BY_NAME:
        return _BY_NAME[below], None
    if column is None and above in _MATTERS:
        return "一级事项", None
    return column, None


def _ticked(cell: str) -> str | bool:
    """True for a tick, the words for words, "" for nothing."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))
    if _EMPTY.fullmatch(text):
        return ""
    return True if _TICK.fullmatch(text) else cell.strip()


def _named(column: str, cell: str) -> Iterable[str]:
    """Of a column of ticks that is printed without sub-columns, what its cell names (“全社会”“主动”)."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))
    for name in UNDER[column]:
        if name in text and not re.search(rf"[□☐]{name}", text):
            yield name
