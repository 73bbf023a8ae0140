"""报送系统、平台的导出表(CSV、XLSX)读成推文;读在另一个进程里,见 ``adapters.apart``。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gongkai.adapters import apart
from gongkai.adapters.files.errors import Unreadable
from gongkai.adapters.paper.dates import first_date
from gongkai.adapters.plaintext import line
from gongkai.adapters.readers.opendata.table import read_table
from gongkai.law.errors import RuleBroken

from .terms import PostKind

LARGEST = 20 * 1024 * 1024
#: Our name → the heads under which it comes.
HEADS = {
    "name": ("名称", "账号", "账号名称", "公众号", "公众号名称", "新媒体名称"),
    "platform": ("平台", "类型", "平台类型"),
    "on": ("日期", "时间", "发布时间", "发布日期", "发表时间"),
    "title": ("标题", "内容标题", "文章标题", "内容", "微博内容"),
    "url": ("链接", "网址", "内容链接", "url"),
    "kind": ("种类", "分类", "栏目"),
    "source": ("来源", "转载来源"),
}
_KINDS = {
    PostKind.SERVICE: ("便民", "服务", "办事"),
    PostKind.INTERPRETATION: ("解读", "政策"),
    PostKind.RELAY: ("转载", "转发"),
    PostKind.NEWS: ("动态", "要闻", "新闻"),
}
#: Day 0 of the dates in workbooks.
_BOOK = date(1899, 12, 30)


def read(data: bytes, name: str) -> list[dict[str, Any]]:
    """The posts of one table, each with its line.

    Raises:
        RuleBroken: it is no table, or a column is missing.
    """
    if len(data) > LARGEST:
        raise RuleBroken("文件太大", fix="请按月分开导出。")
    try:
        rows = apart.run(apart.DESK, read_table, data, name).rows
    except (apart.Stopped, Unreadable) as error:
        raise RuleBroken(str(error).rstrip("。"), fix="请用 CSV 或者 XLSX 再试。") from None
    top = next((number for number, row in enumerate(rows[:10]) if len(_heads(row)) >= 3), None)
    if top is None:
        raise RuleBroken("没有找到列名那一行", fix="第一行写列名，至少有名称、日期、标题。")
    heads = _heads(rows[top])
    if lost := [label for key, label in (("name", "名称"), ("on", "日期"), ("title", "标题")) if key not in heads]:
        raise RuleBroken(f"缺少{'、'.join(lost)}一列", fix="请补上列名再试。")
    return [_post(row, heads, number) for number, row in enumerate(rows[top + 1 :], top + 2) if any(row)]


def _heads(row: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        for key, names in HEADS.items():
            if cell.strip().lower() in names:
                found.setdefault(key, number)
    return found


def _post(row: list[str], heads: Mapping[str, int], number: int) -> dict[str, Any]:
    cells = {key: line(row[at]) if at < len(row) else "" for key, at in heads.items()}
    source, title = cells.get("source", ""), cells.get("title", "")
    return {
        "line": number,
        "name": cells["name"],
        "platform": cells.get("platform", ""),
        "on": day(cells["on"]),
        "title": title,
        "url": cells.get("url", ""),
        "kind": kind_of(cells.get("kind", ""), source),
        "source": source,
    }


def kind_of(word: str, source: str) -> PostKind:
    """The kind of a post by its column; whatever names a source was taken from elsewhere.

    >>> kind_of("便民服务", "").label, kind_of("", "新华社").label
    ('便民服务', '转载')
    """
    found = next((kind for kind, marks in _KINDS.items() if any(mark in word for mark in marks)), None)
    return found or (PostKind.RELAY if source and source != "原创" else PostKind.OTHER)


def day(text: str) -> date | None:
    """A day as an export writes it: 2026-09-01 08:30, 2026/9/1, 2026年9月1日, 45901 (a workbook's own).

    >>> day("2026/9/1 08:30"), day("46266"), day("昨天")
    (datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), None)
    """
    if text.replace(".", "", 1).isdigit() and 30_000 < float(text) < 60_000:
        return _BOOK + timedelta(int(float(text)))
    return first_date(text.replace("/", "-"))
