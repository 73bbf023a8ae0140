"""档号(DA/T 13—2022、DA/T 22—2015 两式,按件、按卷,旧的四段式)和宁波 2007 年规则的索引号。

少一个分隔号、点写成别的、扫描认错的门类,补上并且标明;年份认不出、门类不明、没有件号的,交给人。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

#: 门类(DA/T 13—2022)。
CATEGORIES = {
    "WS": "文书",
    "KJ": "科技",
    "RS": "人事",
    "KU": "会计",
    "ZY": "专业",
    "ZP": "照片",
    "LY": "录音",
    "LX": "录像",
    "SJ": "业务数据",
    "YJ": "邮件",
    "WY": "网页",
    "MT": "社媒",
    "SW": "实物",
}
#: 按组、张编号的门类。
_GROUPED = frozenset({"ZP", "LY", "LX"})
#: 扫描最常认错的门类;一个字母之差,别的门类都不像。
_MISREAD = {
    "IS": "WS",
    "W5": "WS",
    "WSS": "WS",
    "VS": "WS",
    "VVS": "WS",
    "MS": "WS",
    "WG": "WS",
    "US": "WS",
    "K1": "KJ",
    "KI": "KJ",
    "2P": "ZP",
    "R5": "RS",
    "5J": "SJ",
    "5W": "SW",
    "2Y": "ZY",
    "1Y": "LY",
    "1X": "LX",
}
_SUFFIX = re.compile(r"\.(?:pdf|jpe?g|tiff?|png|docx?|ofd|xml|zip|wps|txt|bmp|mp[34])$", re.I)
_PAGE = re.compile(r"(?:_|/)(\d{1,4})$")
_DOTS = re.compile(r"[·•・‧∙⋅･.。.、,:;=→*﹒]+")
_DASHES = re.compile(r"[-－—–―‐‑−~_]+")
_DASH = re.compile(r"[-－—–―‐‑−~_]")
_FONDS = re.compile(r"[A-Z]{0,2}\d{1,5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARISH = re.compile(r"[12I|LZ][0-9OQSBILZGT]{3}")
_RETENTION = re.compile(r"Y|永久|长期|短期|定期\d{1,2}年|D\d{1,2}|\d{1,2}年")
_ORG = re.compile(r"[A-Z]{1,8}|\d{3}|[\u4e00-\u9fff]{2,20}|[A-Z]{1,6}\d{1,2}")
_NUMBER = re.compile(r"\d{1,6}")
#: 保管期限里认成字母的零和一。
_MISREAD_TERM = re.compile(r"D[1I|L3][0OQ]")
#: 保管期限 Y 认成的;件号开头的零认成的。
_MISREAD_Y = "V"
_MISREAD_ZERO = re.compile(r"[OQ][\dOQ]{1,5}")
#: 抄档号时带上的叫法、括号。
_LABEL = re.compile(r"^(?:(?:归档|文书)?档号|参见号|编号)[::]?")
_AROUND = "[]【】()〔〕“”\"'"
#: 只用它隔开的;年度后面的“年”;写成“第12件”的件号。
_APART = re.compile(r"[\s/]+")
_OF_YEAR = re.compile(r"(?<=[-·.](?:19|20)\d\d)年(?=[-·.])|(?<=[A-Za-z·.](?:19|20)\d\d)年(?=[-·.])")
_OF_ITEM = re.compile(r"第(\d{1,6})[件号]$")
#: 一格里写了几个号。
_SEVERAL = re.compile(r"\d[、;]\d")
_DAY = re.compile(r"(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])")
#: 少了分隔号的几种:WS2017、2017D10、2017永久、BGS0006。
_GLUED = (
    re.compile(rf"(?P<a>[A-Z]?\d{{2,4}})(?P<b>(?:{'|'.join(CATEGORIES)})(?:(?:19|20)\d\d)?)"),
    re.compile(r"(?P<a>[A-Z]{2})(?P<b>(?:19|20)\d\d(?:(?:Y|D\d0|永久)(?:[A-Z\u4e00-\u9fff]{1,20}\d{0,6})?)?)"),
    re.compile(r"(?P<a>(?:19|20)\d\d)(?P<b>(?:Y|D\d0|永久|长期|短期)(?:[A-Z\u4e00-\u9fff]{1,20}\d{0,6})?)"),
    re.compile(r"(?P<a>Y|D\d0|永久)(?P<b>[A-Z]{2,8}\d{0,6})"),
    re.compile(r"(?P<a>[A-Z]{1,8}|[\u4e00-\u9fff]{2,20})(?P<b>\d{3,6})"),
)
_INDEX_2007 = re.compile(
    r"(?P<region>\d{6,12})-(?P<dept>[0-9A-Z]{1,8})-(?P<category>[0-9A-Z]{1,8})-(?P<group>\d{0,6})-(?P<date>(?:19|20)\d{6})-(?P<serial>\d{1,12})"
)


#: 取走下一段:分隔号和规范的写法。
Take = Callable[..., str]


@dataclass(slots=True)
class Code:
    """读出的档号。没有的部分是 None;``canonical`` 只有全都认得的才有。"""

    fonds: str | None = None
    category: str | None = None
    second: str | None = None
    third: str | None = None
    year: int | None = None
    retention: str | None = None
    org_or_issue: str | None = None
    catalogue: str | None = None
    project: str | None = None
    group: str | None = None
    file: str | None = None
    item: str | None = None
    page: str | None = None
    canonical: str | None = None
    repaired: bool = False
    needs_person: bool = False
    reasons: list[str] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """The parts; ``repaired`` and ``needs_person`` null where they are not so."""
        parts = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return parts | {"repaired": self.repaired or None, "needs_person": self.needs_person or None}

    def ask(self, why: str) -> None:
        self.needs_person = True
        self.reasons.append(why)


def reference_code(raw: str) -> Code:
    """Read a reference code (档号) of an archive.

    >>> reference_code("001-WS2017-D10-BGS0006").canonical
    '001-WS·2017-D10-BGS-0006'
    >>> reference_code("1031-WS·200S-Y-0003").needs_person
    True
    """
    code = Code()
    text = unicodedata.normalize("NFKC", raw[:200]).strip()
    if not _DASHES.search(text) and not _DOTS.search(text) and len(_APART.findall(text)) >= 3:
        text = _APART.sub("-", text)  # 只用空格或者斜线隔开
    text = _OF_YEAR.sub("", _OF_ITEM.sub(r"\1", re.sub(r"\s+", "", text)))
    text = _LABEL.sub("", text.strip(_AROUND)).strip(_AROUND)
    text = _SUFFIX.sub("", text).upper()
    if _DAY.fullmatch(_DOTS.sub("-", text)):
        code.ask("这是日期")
        return code
    if _SEVERAL.search(text):
        code.ask("写了几个号")
    if page := _PAGE.search(text):
        code.page, text = page[1], text[: page.start()]
    tokens, marks = _tokens(text)
    if not tokens:
        code.ask("没有档号")
        return code
    if _FONDS.fullmatch(tokens[0]) and all(map(_NUMBER.fullmatch, tokens[1:])) and 3 <= len(tokens) <= 5:
        return _four_parts(code, tokens)
    _by_item(code, tokens, marks)
    return code


def _tokens(text: str) -> tuple[list[str], list[str]]:
    """The parts between the marks, and the mark before each (“”“-”“·”; “?” where one was lost)."""
    plain = _DASHES.sub("-", _DOTS.sub("·", text))
    parts, marks = [], []
    for found in re.finditer(r"([-·]{0,4})([^-·]+)", plain):
        mark, token = found[1][:1], found[2]
        parts.append(token)
        marks.append(mark)
    place = 0
    while place < len(parts):
        if place and _MISREAD_ZERO.fullmatch(parts[place]):
            place += 1
            continue
        for pattern in _GLUED:
            found_glued = pattern.fullmatch(parts[place])
            # 全宗号(J102、ZT40)不拆。
            if found_glued and not (place == 0 and pattern is _GLUED[-1]):
                parts[place : place + 1] = [found_glued["a"], found_glued["b"]]
                marks[place : place + 1] = [marks[place], "?"]
                break
        else:
            place += 1
    return parts, marks


def _four_parts(code: Code, tokens: list[str]) -> Code:
    """全宗号-目录号-案卷号-件号(DA/T 13—1994),没有门类。"""
    names = ("fonds", "catalogue", "file", "item", "page")
    for name, token in zip(names, tokens, strict=False):
        setattr(code, name, token)
    code.canonical = "-".join(tokens)
    return code


def _by_item(code: Code, tokens: list[str], marks: list[str]) -> None:
    rest, at = list(tokens), list(marks)
    out: list[tuple[str, str]] = []  # 分隔号和规范的写法

    def take_token(mark: str | None = None, written: str | None = None) -> str:
        token, before = rest.pop(0), at.pop(0)
        code.repaired = code.repaired or before == "?"
        out.append((mark if mark is not None else (before if before in "-·" else "-"), written or token))
        return token

    if _FONDS.fullmatch(rest[0]) and not (
        _YEAR.fullmatch(rest[0]) and len(rest) > 1 and _RETENTION.fullmatch(rest[1])
    ):
        code.fonds = take_token("")
    _category(code, rest, at, take_token)
    year_at = next((place for place, token in enumerate(rest) if _YEAR.fullmatch(token)), None)
    doubtful = next((place for place, token in enumerate(rest) if _YEARISH.fullmatch(token)), None)
    upto = year_at if year_at is not None else doubtful
    names = ["second", "project"] if code.category == "KJ" else ["second", "third"]
    # 类别号里的几级用点连着;没有年度的(科技),点后面的都是。
    while names and rest and code.category and (upto or (upto is None and at[0] == "·")):
        setattr(code, names.pop(0), take_token("·"))
        upto = upto - 1 if upto else None
    if year_at is not None and upto == 0:
        code.year = int(take_token("·" if code.category else None))
    elif doubtful is not None and upto == 0:
        take_token("·")
        code.ask("年份认不出")
    if rest and _RETENTION.fullmatch(rest[0]):
        code.retention = take_token()
    elif rest and code.category and _MISREAD_TERM.fullmatch(rest[0]):
        code.retention, code.repaired = "D30" if rest[0][1] == "3" else "D10", True
        take_token(None, code.retention)
    elif len(rest) > 1 and code.year and rest[0] == _MISREAD_Y:
        code.retention, code.repaired = "Y", True
        take_token(None, "Y")
    elif len(rest) > 1 and code.category == "WS" and code.year and rest[0] in {"10", "30"}:
        take_token()
        code.ask("保管期限少了字母")
    if code.category == "WS" and not code.year and not code.needs_person:
        code.ask("没有年度")
    if code.category == "WS" and code.year and not code.retention and not code.needs_person:
        code.ask("没有保管期限")
    if rest and _MISREAD_ZERO.fullmatch(rest[-1]):
        rest[-1], code.repaired = re.sub("[OQ]", "0", rest[-1]), True
    if code.category == "WS" and out[-1][0] == "-" and len(rest) == 2 and _is_range(*rest):
        code.ask("写了一段号")
    _numbers(code, rest, at, take_token)
    if rest:
        code.ask("有认不出的部分:" + "、".join(rest))
    if not code.item and not code.file:
        code.ask("没有件号")
    if not code.needs_person:
        code.canonical = "".join(mark + written for mark, written in out)


def _is_range(first: str, last: str) -> bool:
    """Whether two numbers are the first and the last of a run, and not a file and an item of it."""
    both = first.isdecimal() and last.isdecimal()
    return both and len(first) == len(last) == 4 and int(first) < int(last)


def _category(code: Code, rest: list[str], at: list[str], take: Take) -> None:
    if not rest or _YEAR.fullmatch(rest[0]):
        code.ask("没有门类")
        return
    if rest[0] in CATEGORIES:
        code.repaired = code.repaired or (bool(code.fonds) and at[0] == "·")
        code.category = take("-" if code.fonds else "")
    elif rest[0] in _MISREAD and len(rest) > 1:
        code.category, code.repaired = _MISREAD[rest[0]], True
        take("-" if code.fonds else "", code.category)
    elif re.fullmatch(r"[A-Z0-9]{1,3}", rest[0]) and not _RETENTION.fullmatch(rest[0]):
        take()
        code.ask("门类不明")


def _numbers(code: Code, rest: list[str], at: list[str], take: Take) -> None:
    """What stands after the retention period: office or issue, project, group, file, item, page."""
    dotted = len(rest) > 1 and at[0] == "·"
    threefold = len(rest) == 2 and len(rest[0]) == 3 < len(rest[1])
    if rest and code.category and not _NUMBER.fullmatch(rest[0]) and _ORG.fullmatch(rest[0]):
        code.org_or_issue = take()
    elif code.category == "KJ" and dotted:
        code.project = take()
    elif dotted or (threefold and code.category == "WS"):
        code.org_or_issue = take()
    count = next((place for place, token in enumerate(rest) if not _NUMBER.fullmatch(token)), len(rest))
    if code.category == "KJ":
        names = {1: ["file"], 2: ["file", "page"], 3: ["project", "file", "page"]}
    elif code.category in _GROUPED:
        names = {1: ["item"], 2: ["group", "item"]}
    else:
        names = {1: ["item"], 2: ["file", "item"], 3: ["file", "item", "page"]}
    for name in names.get(count, []):
        setattr(code, name, take("-"))


def index_number_2007(raw: str) -> dict[str, Any]:
    """An index number by the rule of 2007: region, office, category, group, date, running number.

    >>> index_number_2007("330211-01-0102-0102-20070101-1")["date"]
    datetime.date(2007, 1, 1)
    >>> index_number_2007("330211-01-0102--20070101-3")["serial"]
    3
    """
    found = _INDEX_2007.fullmatch(
        _DASH.sub("-", re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw[:200]))).upper()
    )
    if not found:
        return {"needs_person": True}
    day = found["date"]
    try:
        made = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return found.groupdict() | {"date": None, "needs_person": True}
    return found.groupdict() | {"date": made, "group": found["group"] or None, "serial": int(found["serial"])}
