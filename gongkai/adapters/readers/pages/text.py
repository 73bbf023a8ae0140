"""折算一页的文字:全角半角、连接号、汉字日期归成一种;分句。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.adapters.paper import dates
from gongkai.law.marks import long_day

#: 一页至多读这么多字;再长的不是公告。
LIMIT = 60_000
_DASHES = str.maketrans("—–―─~﹣−‐‑", "-" * 9)
_WRITTEN = re.compile(
    r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十元]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3}){1,3}(?=\s?(?:[件条份人次元名个万封张票家户]|余))")
#: 括起来的标签:“【来信日期】2024/03/04”。
_LABEL = re.compile(
    r"[【\[〔]([一-龥]{0,6}(?:时间|日期|单位|部门|机构|内容|情况|结果|类型|类别|主题|方式|状态|对象|地点|编号))[】\]〕][::]?"
)
#: 括起来的一头:“【来信】……【回信】……”。
_SIDE = re.compile(
    r"[【\[〔]((?:来信|来电|留言|提问|问题|诉求|投诉|咨询|求助|回信|回复|答复|复信|处理|处置|办理|官方回复|部门回复|部门答复|问|答))[】\]〕][::]?"
)
_SENTENCE = re.compile(r"[。;!?\n]")


@dataclass(frozen=True, slots=True)
class Page:
    """别的单位的一页:标题、正文(都已折算)、网址。"""

    title: str
    text: str
    url: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}"


def page(row: Mapping[str, Any]) -> Page:
    """The page of a row (``title``, ``text``, ``url``).

    Raises:
        TypeError: the row has no text.
    """
    if not isinstance(row.get("text"), str):
        raise TypeError("没有 text")
    return Page(fold(row.get("title")), fold(row["text"]), str(row.get("url") or ""))


def fold(value: object) -> str:
    """One width, one dash, dates in digits; spaces stay, since a blank left open shows by them.

    >>> fold("二〇二三年五月六日~6月5日(共30天)")
    '2023年5月6日-6月5日(共30天)'
    """
    text = unicodedata.normalize("NFKC", str(value or "")[:LIMIT]).translate(_DASHES)
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = _LABEL.sub(r"\1:", text)
    text = _SIDE.sub(r"。\1:", text)
    return _WRITTEN.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    day = dates.first_date(match[0])
    return long_day(day) if day else match[0]


def sentences(text: str) -> list[str]:
    """The sentences of a folded text, also those parted by semicolons."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
