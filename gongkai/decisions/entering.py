"""成批录入的意见:贴来的清单、CSV、XLSX 读成一行一条,认列名、渠道、日期;认不得的记下为什么,一行也不悄悄丢。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.adapters import apart
from gongkai.adapters.files.errors import Unreadable
from gongkai.adapters.paper.dates import first_date
from gongkai.adapters.plaintext import clean, line
from gongkai.adapters.readers.opendata.table import read_table
from gongkai.law.consultation import Channel
from gongkai.law.errors import RuleBroken

LARGEST = 20 * 1024 * 1024
#: Our name → the heads under which it comes.
HEADS = {
    "text": ("意见", "意见内容", "意见建议", "意见和建议", "具体意见", "建议", "内容"),
    "channel": ("渠道", "途径", "来源", "方式"),
    "on": ("收到日期", "收到时间", "收到的日子", "日期", "时间"),
    "article": ("针对", "针对哪一条", "条款", "条文"),
    "name": ("称呼", "姓名", "意见人", "提出人", "联系人"),
    "phone": ("电话", "联系电话", "手机"),
    "email": ("邮箱", "电子邮箱", "电子邮件"),
}
CONTACT = ("name", "phone", "email")
_CHANNELS = {
    Channel.LETTER: ("信函", "信件", "来信", "书面", "纸质", "邮寄"),
    Channel.EMAIL: ("邮件", "邮箱"),
    Channel.HOTLINE: ("热线", "12345"),
    Channel.PHONE: ("电话", "来电"),
    Channel.MEETING: ("座谈", "走访", "会议", "调研"),
    Channel.COUNTER: ("现场", "窗口", "当面", "来访"),
}
#: “1、”“（2）”“3.”放在一条前面的序号;“3.5元”不是。
_NUMBER = re.compile(r"^\s{0,4}(?:[(（]\d{1,5}[)）]|\d{1,5}(?:[、)）]|[.．](?!\d)))\s{0,4}")
#: Day 0 of the dates in workbooks.
_BOOK = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """一条:在第几行,说了什么;渠道、日期没有写的是 None,照表单上填的;``why`` 是认不得的原因。"""

    line: int
    text: str
    article: str = ""
    channel: Channel | None = None
    on: date | None = None
    contact: dict[str, str] = field(default_factory=dict)
    why: str = ""
    #: 表里的一行照原样,没有收的放回框里改。
    cells: dict[str, str] = field(default_factory=dict)


def pasted(text: str) -> list[Row]:
    """What was pasted: a table with its heads (copied out of a workbook), else one opinion a line — or, where blank
    lines stand between, one a block. Numbers before them go."""
    lines = clean(text).split("\n")
    cells = [one.split("\t") for one in lines]
    top = next((place for place, row in enumerate(cells[:10]) if len(row) > 1 and "text" in _heads(row)), None)
    if top is not None:
        return _rows(cells, top)
    blocks: list[tuple[int, list[str]]] = []
    apart_by_blanks = any(not one.strip() for one in "\n".join(lines).strip().split("\n"))
    fresh = True
    for number, one in enumerate(lines, 1):
        if not one.strip():
            fresh = True
            continue
        if fresh or not apart_by_blanks:
            blocks.append((number, []))
        blocks[-1][1].append(one.strip())
        fresh = False
    return [Row(number, _NUMBER.sub("", "\n".join(block), count=1)) for number, block in blocks]


def listed(content: bytes, name: str) -> list[Row]:
    """The opinions of a CSV or XLSX file, read in a limited process.

    Raises:
        RuleBroken: too large, no table, or no column of opinions.
    """
    if len(content) > LARGEST:
        raise RuleBroken(f"《{name}》超过{LARGEST // 1024 // 1024} MB", fix="请分成几份再录。")
    try:
        rows = apart.run(apart.DESK, read_table, content, name).rows
    except (apart.Stopped, Unreadable) as error:
        raise RuleBroken(str(error).rstrip("。"), fix="请存成 CSV 或者 XLSX 再试。") from None
    top = next((place for place, row in enumerate(rows[:10]) if "text" in _heads(row)), None)
    if top is None:
        raise RuleBroken(
            "没有找到“意见”这一列", fix="请在第一行写列名：意见，另可有渠道、收到日期、针对、称呼、电话、邮箱。"
        )
    return _rows(rows, top)


def again(rows: Sequence[Row]) -> str:
    """Rows as they can be pasted once more: with all their columns where they came from a table."""
    known = [key for key in HEADS if any(row.cells.get(key) for row in rows)]
    if not known:
        return "\n\n".join(row.text for row in rows)
    lines = [[HEADS[key][0] for key in known]]
    lines += [[line(row.cells.get(key, "")) for key in known] for row in rows]
    return "\n".join("\t".join(cells) for cells in lines)


def _heads(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        for key, names in HEADS.items():
            if cell.strip() in names:
                found.setdefault(key, place)
    return found


def _rows(rows: Sequence[Sequence[str]], top: int) -> list[Row]:
    heads = _heads(rows[top])
    return [
        _row(row, heads, number) for number, row in enumerate(rows[top + 1 :], top + 2) if any(map(str.strip, row))
    ]


def _row(row: Sequence[str], heads: dict[str, int], number: int) -> Row:
    cells = {key: row[at].strip() if at < len(row) else "" for key, at in heads.items()}
    channel, on = channel_of(cells.get("channel", "")), day(cells.get("on", ""))
    why = ""
    if cells.get("channel") and channel is None:
        why = f"渠道“{cells['channel'][:20]}”认不得"
    elif cells.get("on") and on is None:
        why = f"日期“{cells['on'][:20]}”认不得"
    contact = {key: line(cells[key]) for key in CONTACT if cells.get(key)}
    return Row(number, clean(cells["text"]), line(cells.get("article", "")), channel, on, contact, why, cells)


def channel_of(word: str) -> Channel | None:
    """The channel that a word means; None for an unknown one.

    >>> channel_of("12345热线").label, channel_of("座谈会").label, channel_of("托梦")
    ('热线', '座谈、走访', None)
    """
    exact = next((one for one in Channel if one.label == word and one is not Channel.WEB), None)
    return exact or next((one for one, marks in _CHANNELS.items() if any(mark in word for mark in marks)), None)


def day(text: str) -> date | None:
    """A day as people and workbooks write it: 2026-09-01, 2026/9/1, 2026年9月1日, 46266.

    >>> day("2026/9/1 08:30"), day("46266"), day("上周")
    (datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), None)
    """
    if text.replace(".", "", 1).isdigit() and 30_000 < float(text) < 60_000:
        return _BOOK + timedelta(int(float(text)))
    return first_date(text.replace("/", "-"))
