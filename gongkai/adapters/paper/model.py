"""读出来的要素装在哪里;几处共用的小判断。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from opencc import OpenCC

from gongkai.law import docnumber

from . import labels

#: 归一的标签名 → 页上的各个值。
Fields = dict[str, list[labels.Value]]
NOTHING = re.compile(r"\A[\s无無/—\-－–―空]*\Z")
INDEX = re.compile(r"(?<![0-9A-Za-z\-])[0-9A-Za-z\-]{0,60}[0-9A-Za-z]-?[/\-][0-9A-Za-z\-]{0,60}\d{2,30}")
#: 前面带着地方的简称的:“云010/2008-00077”。
INDEX_WITH_PLACE = re.compile(
    r"\s{0,4}[\u3400-\u9fff]{2,10}/(?:19|20)\d{2}-\d{3,8}(?=\s|\Z)|\s{0,4}[\u3400-\u9fff]{1,3}[0-9A-Za-z\-]{2,30}/(?:19|20)\d{2}-?\d{2,10}(?=\s|\Z)"
)
#: 写在“索引号”后面、没有斜线的:“NL00101202000087”。
INDEX_WHOLE = re.compile(r"\s{0,4}(?=[0-9A-Za-z_/.\-]{0,40}\d)[0-9A-Za-z][0-9A-Za-z_/.\-]{5,60}(?=[\s；;,，|]|\Z)")
EDGE = " \t\u3000•·●▪◆■-|"
#: 标题前面标着的效力:“(已废止)微政办字……”。
MARKED = re.compile(r"^[（(\[【〔]\s*(已废止|已失效|废止|失效|已修改|现行有效|有效)\s*[）)\]】〕]")
FILE_NAME = re.compile(r"\S{1,120}\.(?:docx?|wps|pdf|xlsx?|zip|rar|ofd)\s*$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Found:
    """一个值、从哪里读到、原文怎么写。"""

    value: str
    where: str
    raw: str = ""


@dataclass(slots=True)
class Paper:
    """一份公文的要素和正文。没有的要素不在 ``found`` 里,``absent`` 说为什么空着。``other_title`` 是标题拿不准时的另一种读法。"""

    title: str
    other_title: str = ""
    found: dict[str, Found] = field(default_factory=dict)
    issuers: tuple[str, ...] = ()
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    blocks: tuple[object, ...] = ()
    text: str = ""
    warnings: tuple[str, ...] = ()
    absent: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """A value by its Chinese name, None if it was not found."""
        element = self.found.get(name)
        return element.value if element else None

    def day(self, name: str) -> date | None:
        """A value that is a date."""
        value = self.get(name)
        return date.fromisoformat(value) if value else None

    def doubts(self) -> list[str]:
        """Elements left empty although something stands in their place, with why: for a person to judge."""
        return [f"{name}空着：{why}" for name, why in self.absent.items() if why.endswith("没有采用")]

    def row(self) -> dict[str, object]:
        """The JSON of one paper: Chinese field names, null where absent, where each was found."""
        names = (
            "索引号",
            "主题分类",
            "发布机构",
            "文号",
            "成文日期",
            "发文日期",
            "发布日期",
            "有效性",
            "施行日期",
            "废止日期",
        )
        row: dict[str, object] = {"title": self.title} | {name: self.get(name) for name in names}
        if len(self.issuers) > 1:
            row["发布机构"] = row["联合发文"] = list(self.issuers)
        row["标题也可能是"] = self.other_title or None
        row["主送"] = self.addressee or None
        row["附件"] = list(self.attachments)
        row["来历"] = {name: one.where for name, one in self.found.items()}
        row["空着的原因"] = self.absent
        row["提示"] = list(self.warnings)
        return row


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """The text in simplified characters, character for character, so that positions stay."""
    converted = _simplifier().convert(text)
    if len(converted) == len(text):
        return str(converted)
    return "".join(one if len(one := _simplifier().convert(mark)) == 1 else mark for mark in text)


def filled_values(fields: Fields, name: str) -> Iterable[str]:
    """Values of a label that say something."""
    for value in fields.get(name, ()):
        if value.text and not NOTHING.match(value.text):
            yield value.text


def below_style(fields: Fields) -> bool:
    """Whether this page puts values on the line below their labels (the index number shows it)."""
    return any(not value.same_line and INDEX.search(value.text) for value in fields.get("索引号", ())) or any(
        not value.same_line and docnumber.find(value.text) for value in fields.get("文号", ())
    )
