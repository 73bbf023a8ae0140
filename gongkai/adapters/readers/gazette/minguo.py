"""繁体的单件(令、公告、函):发文机关、字号、民国纪年的日期;几个机关会同发布的逐个列出。"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import takewhile

from ..numbers import counted

_KINDS = r"(?:聯合|會銜|會同)?(?:解釋令|令|公告|函|通告|布告|書函|公示|預告|通知)"
_TITLE = re.compile(rf"^(?P<issuers>[^:「」《》]{{2,80}}?){_KINDS}(?:\([^()]{{0,20}}\))?:")
_HEAD = re.compile(rf"^(?P<issuers>[^:「」]{{2,80}}?){_KINDS}$")
_SPLIT = re.compile(r"[、,;]|(?<=[部會署局院府處])及|(?<=[部會署局院府處])(?=行政院|內政部|財政部|教育部)")
_MARK = "0-9零〇○一二三四五六七八九十百"
_DATE = re.compile(rf"(?:中華)?民國(?P<y>[{_MARK}]{{1,6}})年(?P<m>[{_MARK}]{{1,3}})月(?P<d>[{_MARK}]{{1,4}})日")
_LABELLED = re.compile(r"^(?:發文)?日期:?(?P<y>\d{2,3})[年./](?P<m>\d{1,2})[月./](?P<d>\d{1,2})日?$")
_NUMBER = re.compile(rf"^(?:(?:發文)?字號:?)?(?P<n>[^\s:。,、「」]{{1,30}}?字第?[{_MARK}A-Z-]{{1,20}}號)")
#: 正文从这里开始;再往后的字号是引用的。
_BODY = re.compile(
    r"^(?:修正|訂定|廢止|核釋|主旨|依據|附|茲|公告事項|說明|增訂|刪除|發布|一、|指定|有關|預告|制定|公布|解釋|「)"
)
_MOST_LINES = 40


def read(title: str, text: str) -> dict[str, object]:
    """Issuers, numbers and date of one document; a list of one item, as of a contents list."""
    folded = [_fold(line) for line in text[:4000].splitlines()]
    head = list(takewhile(lambda line: not _BODY.match(line), [line for line in folded if line][:_MOST_LINES]))
    day, at = _date(head)
    return {
        "title": title or None,
        "issuer": _issuers(_fold(title), head[:at]) or None,
        "doc_no": _numbers(head) or None,
        "doc_date": day,
    }


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _issuers(title: str, head: list[str]) -> list[str]:
    match = _TITLE.match(title) or _HEAD.match("".join(head)[:120])
    return [part for part in _SPLIT.split(match["issuers"]) if len(part) > 1] if match else []


def _numbers(head: list[str]) -> list[str]:
    out: list[str] = []
    for line in head:
        rest = line
        while match := _NUMBER.match(rest):
            if match["n"] not in out:
                out.append(match["n"])
            rest = rest[match.end() :].lstrip("、,;")
    return out


def _date(head: list[str]) -> tuple[date | None, int]:
    """The date of the head and the line where it stands."""
    for place, line in enumerate(head):
        match = _DATE.search(line) or _LABELLED.match(line)
        if not match:
            continue
        year, month, day = (counted(match[name]) for name in ("y", "m", "d"))
        try:
            return date(year + 1911, month, day), place
        except ValueError:
            continue
    return None, len(head)
