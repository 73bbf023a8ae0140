"""折算一页的文字:全角半角、连接号、汉字日期归成一种;分句。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.adapters.paper import dates
from gongkai.law.marks import long_day
from gongkai.law.numerals import number

#: 一页至多读这么多字;再长的不是公告。
LIMIT = 60_000
_DASHES = str.maketrans("—–―─~﹣−‐‑", "-" * 9)
_WRITTEN = re.compile(
    r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十元]{1,2}月[一二三四五六七八九十]{1,3}日"
)
#: 没有写年的:“十二月五日”“一月二日至十二日”。
_WRITTEN_DAY = re.compile(
    r"(?<![一二三四五六七八九十\d])(十[一二]?|[一二三四五六七八九])月([一二三四五六七八九十]{1,3})(?=[日号])"
)
#: 两个字以上的数,后面是量词:“十七件”“二十名”。一个字的不动(“一件事”)。
_WRITTEN_COUNT = re.compile(
    r"(?<![一二三四五六七八九十百千两\d第])((?:[一二三四五六七八九]百零?)?[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]百(?:零[一二三四五六七八九])?)"
    r"(?=\s?(?:个?(?:工作日|自然日|小时|月)|分钟|[天日名人位件条份封项宗户票期场]))"
)
#: 日期后面的星期,说了等于没说。
_WEEKDAY = re.compile(r"(?<=[日\d])\s?[(（](?:星期|周|礼拜)[一二三四五六日天][)）]")
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3}){1,3}(?=\s?(?:[件条份人次元名个万封张票家户]|余))")
#: 括起来的标签:“【来信日期】2024/03/04”。
_LABEL = re.compile(
    r"[【\[〔]([一-龥]{0,6}(?:时间|日期|单位|部门|机构|内容|情况|结果|类型|类别|主题|方式|状态|对象|地点|编号))[】\]〕][::]?"
)
#: 括起来的一头:“【来信】……【回信】……”。
_SIDE = re.compile(
    r"[【\[〔]((?:来信|来电|留言|提问|问题|诉求|投诉|咨询|求助|回信|回复|答复|复信|处理|处置|办理|官方回复|部门回复|部门答复|问|答))[】\]〕][::]?"
)
#: 排版排出来的空格:“2025 年 5 月 6 日”;空着没填的“ 年 月 日”不动。
_SPREAD = re.compile(r"(?<=\d)[ \t]{1,2}(?=[年月日])|(?<=[年月])[ \t]{1,2}(?=\d{1,2}[ \t]{0,2}[月日号])")
#: 网页自己的零碎,不是正文:所在位置、字号、打印、分享。
_BUTTON = (
    r"(?:打印(?:本页|此页|本文|页面)?|(?:我要)?收藏(?:本页)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|上一页|列表)?|复制链接|分享到?|纠错"
    r"|微信|微博|新浪微博|QQ空间|QQ|扫一扫(?:在手机打开当前页)?|字号|字体(?:大小)?|[大中小特]|默认|超大)"
)
_PLACE_LINE = re.compile(
    r"(?m)^[ \t]*(?:(?:您|你)?(?:当前|现在|目前)?的?(?:所在)?(?:的)?位置)[:： ][^\n]{0,120}\n"
)
_BUTTONS = re.compile(rf"(?m)(?:^|(?<=[。;\d日)]))[ \t]*(?:[|【\[(]?{_BUTTON}[|】\])]?[ \t:,、|/]*){{2,}}+$")
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
    return Page(fold(row.get("title")).strip(), _body(fold(row["text"])), str(row.get("url") or ""))


def _body(text: str) -> str:
    """A folded text without the odds and ends of the web page around it, and without the indents of its lines.

    >>> _body("当前位置:首页>互动交流\\n  2024-05-20 来源:某局\\n打印 关闭 分享到:微信 微博")
    '2024-05-20 来源:某局'
    """
    text = re.sub(r"[ \t]+\|[ \t]*|(?<=\S)\|[ \t]+(?=\S)", "|", bare(text))
    return re.sub(r"\n[ \t]+(?=\S)", "\n", text).strip()


def bare(text: str) -> str:
    """A text without the lines that say where on the site one is, and without buttons."""
    return _BUTTONS.sub("", _PLACE_LINE.sub("", text))


def fold(value: object) -> str:
    """One width, one dash, dates in digits; spaces stay, since a blank left open shows by them.

    >>> fold("二〇二三年五月六日~6月5日(共30天)")
    '2023年5月6日-6月5日(共30天)'
    """
    text = unicodedata.normalize("NFKC", str(value or "")[:LIMIT]).translate(_DASHES)
    text = unspread(text)
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = labelled(text)
    text = _SIDE.sub(r"。\1:", text)
    return figures(without_weekdays(text))


def without_weekdays(text: str) -> str:
    """Dates without the day of the week behind them.

    >>> without_weekdays("2024年5月8日(星期三)17:00前"), without_weekdays("2024-05-08(周三)17:00前")
    ('2024年5月8日17:00前', '2024-05-08 17:00前')
    """
    return _WEEKDAY.sub(lambda match: " " if text[match.start() - 1].isdigit() else "", text)


def figures(text: str) -> str:
    """Days and counts written in Chinese, in digits; a count of one character stays, since it may be a word (一件事).

    >>> figures("收到来信二百零六件,十二月一日前选出代表十五名,一件事一次办")
    '收到来信206件,12月1日前选出代表15名,一件事一次办'
    """
    return _WRITTEN_COUNT.sub(lambda match: str(number(match[1])), in_digits(text))


def in_digits(text: str) -> str:
    """Days written in Chinese, with or without the year, in digits.

    >>> in_digits("二〇二五年五月六日前报送,十二月一日开始"), in_digits("六月份开展")
    ('2025年5月6日前报送,12月1日开始', '六月份开展')
    """
    text = _WRITTEN.sub(_digits, text)
    return _WRITTEN_DAY.sub(lambda match: f"{number(match[1])}月{number(match[2])}", text)


def _digits(match: re.Match[str]) -> str:
    day = dates.first_date(match[0])
    return long_day(day) if day else match[0]


#: 全角的数字和字母、网页里的几种空格,一字换一字,位置不变。
_ONE_FOR_ONE = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2009, 0x202F), 0x20),
}


def labelled(text: str) -> str:
    """“【责任单位】某局” as “责任单位:某局”.

    >>> labelled("【牵头单位】区司法局")
    '牵头单位:区司法局'
    """
    return _LABEL.sub(r"\1:", text)


def narrow(text: str) -> str:
    """Digits and letters in half width, every kind of blank a plain one, buttons of the web page blanked: the length stays.

    >>> narrow("\uff12\uff10件\xa0来信")
    '20件 来信'
    """
    return _BUTTONS.sub(lambda match: " " * len(match[0]), text.translate(_ONE_FOR_ONE))


def unspread(text: str) -> str:
    """Dates without the blanks that typesetting put into them.

    >>> unspread("2025 年 5 月 6 日,  年 月 日")
    '2025年5月6日,  年 月 日'
    """
    return _SPREAD.sub("", text)


def sentences(text: str) -> list[str]:
    """The sentences of a folded text, also those parted by semicolons."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
