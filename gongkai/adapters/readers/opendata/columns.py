"""各列:哪些数字是代码、哪一列标识一行、哪些是个人的、写法有什么毛病。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ...personal import is_card_number, is_id_number, is_mobile
from .layout import is_number
from .terms import TABLE, choice

_CODE = re.compile(f"(?:{choice(TABLE['codes'])})")
_CODE_NAME = re.compile(rf"(?:\w{{0,40}}_)?(?:{choice(TABLE['code_names'])})\Z", re.IGNORECASE)
_SENSITIVE = re.compile(choice(TABLE["sensitive"]), re.IGNORECASE)
_REGISTERED = re.compile(choice(TABLE["registered"]))
_STATISTICS = re.compile(choice(TABLE["statistics"]))
_COUNT_NAME = re.compile(r"(?:数|数量|额)(?:[（(][^（）()]{1,12}[)）])?\Z")
_PERSON_ANYWAY = re.compile("姓名|身份证|证件号|手机")
_PHONE_NAME = re.compile("电话|手机|联系方式|传真|热线", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?86-?)?1[3-9]\d{1,9}[*xX×]{1,8}\d{0,4}(?![\d.])|(?<![\d.])1[3-9]\d{9}(?![\d.])"
)
_MASKED = re.compile(r"\*{2,}|[xX×]{3,}|＊{2,}")
_OFFICE_PHONE = re.compile(
    r"(?:0\d{2,3}[-—－ ]?)?[2-8]\d{6,7}(?:[-转]\d{1,6})?\Z|0\d{9,11}\Z|1\d{2,4}\Z|[48]00-?\d{3}-?\d{4}\Z"
)
_YEAR = re.compile(r"(?:19|20)\d{2}\s?年度?\Z")
_DECIMAL = re.compile(r"-?\d{1,15}\.0{1,3}\Z")
_WITH_UNIT = re.compile(rf"-?\d[\d,]{{0,15}}(?:\.\d{{1,8}})?\s?(?:{choice(TABLE['units'])})\Z")
_BARE = re.compile(r"-?\d[\d,]{0,15}(?:\.\d{1,12})?\Z")
_GLUED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{3,4}:\d{2}|\d{4}年\d{1,2}月\d{1,2}日\d{1,2}[:时]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_DAY_NAME = re.compile("日期|时间|年月|日$|date|time", re.IGNORECASE)
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d{1,10})?\Z")
_LIST = re.compile(r"[,，、;；|]")
_YES = (
    {"是", "否"},
    {"有", "无"},
    {"y", "n"},
    {"yes", "no"},
    {"1", "0"},
    {"true", "false"},
    {"√", "×"},
    {"t", "f"},
)
HALF = 0.5
_MOST = 0.9
_LONG_CODE = 12  # 这么长的数字不会是数量:区划、信用代码、证件
_START, _END = "|".join(TABLE["starts"]), "|".join(TABLE["ends"])
_START_NAME, _END_NAME = re.compile(_START), re.compile(_END)


@dataclass(frozen=True, slots=True)
class Column:
    """一列:名称(空的也是)、序号(从 0 起)、各行的格(空的也在)。"""

    name: str
    place: int
    cells: tuple[str, ...]

    @property
    def values(self) -> list[str]:
        return [cell for cell in self.cells if cell]

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of the filled cells that match from their beginning, 0 to 1."""
        values = self.values
        return sum(bool(pattern.match(value)) for value in values) / len(values) if values else 0.0


def is_code(column: Column) -> bool:
    """Digits that must stay text: a leading nought, twelve digits and more, or a name that says code."""
    values = column.values
    digits = [value for value in values if value.isascii() and value.isdigit()]
    if not digits or len(digits) < len(values) * HALF:
        return False
    named = _CODE.search(column.name) or _CODE_NAME.match(column.name)
    return bool(
        named
        or any(len(value) > 1 and value[0] == "0" for value in digits)
        or sum(len(value) >= _LONG_CODE for value in digits) >= len(digits) * _MOST
    )


def key_of(columns: list[Column]) -> str | None:
    """The column that identifies a row: filled and different in every row; codes first, then names, then the first."""
    full = [
        column
        for column in columns
        if column.cells and all(column.cells) and len(set(column.cells)) == len(column.cells)
    ]
    codes = re.compile(choice(TABLE["keys"]))
    own = [c for c in full if c.name.lower() in ("id", "uuid", "主键", "标识")]
    coded = [c for c in full if codes.search(c.name) or _CODE_NAME.match(c.name)]
    named = [c for c in full if re.search(choice(TABLE["names"]), c.name)]
    numbered = [c for c in full if c.name in ("序号", "编号", "行号")]
    first = [c for c in full[:1] if c.place == 0 and not all(is_number(v) and "." in v for v in c.values)]
    best = next(iter(own or coded or named or numbered or first), None)
    return best.name or None if best else None


def is_sensitive(column: Column, organisations: bool) -> bool:
    """Personal, by its name or by its values; statistics about persons and phones of offices are not.

    Args:
        organisations: the table is one of organisations; their legal representatives are published anyway.
    """
    values = column.values
    amounts = all(is_number(value) and "." in value for value in values)
    if not amounts and any(_PHONE.search(v) or is_id_number(v) or is_card_number(v) for v in values):
        return True
    name = column.name
    counted = _STATISTICS.search(name) or (_COUNT_NAME.search(name) and column.share(_BARE) >= _MOST)
    if counted and not _PERSON_ANYWAY.search(name):
        return False
    if _PHONE_NAME.search(name) and values and column.share(_OFFICE_PHONE) >= _MOST:
        return False
    return bool(_SENSITIVE.search(name) or (not organisations and _REGISTERED.search(name)))


def column_quirks(column: Column) -> Iterator[str]:
    """What is odd in how a column is written."""
    values = column.values
    if not column.name and values:
        yield "EMPTY_HEADER"
    if column.cells and len(values) <= len(column.cells) * HALF:
        yield "LOW_COMPLETENESS"
    if not values:
        return
    if column.share(_YEAR) >= HALF:
        yield "YEAR_TEXT"
    if column.share(_DECIMAL) >= HALF and column.share(_BARE) >= _MOST:
        yield "INTEGER_AS_DECIMAL"
    if is_code(column):
        yield "CODE_AS_TEXT"
    with_unit = column.share(_WITH_UNIT)
    if with_unit and with_unit + column.share(_BARE) >= HALF:
        yield "UNIT_IN_CELL"
    lists = sum(len(_LIST.findall(value)) >= 2 and "。" not in value for value in values)
    if lists >= max(1, len(values) * 0.3) and not column.share(_BARE):
        yield "LIST_IN_CELL"
    yield from _phones(column)
    yield from _days(column)
    answers = {value.lower() for value in values}
    kinds = [pair for pair in _YES if answers & pair]
    if len(kinds) > 1 and answers <= set().union(*_YES):
        yield "MIXED_YES_NO"


def _phones(column: Column) -> Iterator[str]:
    phones = [value for value in column.values if _PHONE.search(value)]
    elsewhere = not _PHONE_NAME.search(column.name) and len(phones) < len(column.values)
    if elsewhere and any(is_mobile(value) or _MASKED.search(value) for value in phones):
        yield "PHONE_IN_OTHER_COLUMN"
    masks = {tuple(len(part) for part in _MASKED.findall(value)) for value in column.values}
    if len(masks) > 1 and any(masks):
        yield "MASK_UNEVEN"


def _days(column: Column) -> Iterator[str]:
    values = column.values
    if any(_GLUED.match(value) for value in values):
        yield "DATETIME_GLUED"
    serials = sum(bool(_SERIAL.match(value)) for value in values)
    days = sum(bool(_DAY.match(value)) for value in values)
    if serials and (days or (_DAY_NAME.search(column.name) and serials >= len(values) * HALF)):
        yield "EXCEL_SERIAL_DATE"


def end_before_start(columns: list[Column]) -> Iterator[tuple[str, int]]:
    """(name of the end column, row) of each pair of day columns whose end lies before its start."""
    days = [column for column in columns if column.share(_DAY) >= HALF]
    for start, end in pairwise(days):
        if _START_NAME.search(start.name) and _END_NAME.search(end.name):
            for row, (first, last) in enumerate(zip(start.cells, end.cells, strict=True)):
                if (one := _day(first)) and (two := _day(last)) and two < one:
                    yield end.name, row
                    break


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
