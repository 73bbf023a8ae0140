"""报告里的数:那句话在不在报告里,里面的数是不是这一版数据的行数、某一列的合计或者别的。只算不写库。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.adapters import files
from gongkai.records import source, store
from gongkai.records.models import Attachment, Record

from . import store as tables
from .models import Version

#: 报告的附件至多看几份。
_MOST_FILES = 3
_UNITS = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_NUMBER = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,6}))?(万|亿)?(?![\d%])")
#: 这样的数多半是年、月、日、序号,不拿去对。
_DATE = re.compile(r"\d{1,4}(?:年|月|日|号)|第\d{1,6}")


@dataclass(frozen=True, slots=True)
class Quoted:
    """报告里写的一个数:照写的、值、写到几位(``unit`` 是万、亿)。"""

    written: str
    places: int
    unit: str
    value: Decimal

    def is_said_of(self, value: Decimal) -> bool:
        """Whether this is the value, rounded as it is written."""
        scaled = (value / _UNITS[self.unit]).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        return scaled == self.value


def numbers(text: str) -> list[Quoted]:
    """The numbers that a sentence says; dates, ordinals and percentages are none.

    >>> [one.written for one in numbers("截至2026年6月，全区公共停车位1,260个，泊位费收入3.5万元，占12%")]
    ['1,260', '3.5万']
    """
    plain = _DATE.sub("", unicodedata.normalize("NFKC", text))
    found = []
    for match in _NUMBER.finditer(plain):
        decimals, unit = match[2] or "", match[3] or ""
        value = Decimal(match[1].replace(",", "") + (f".{decimals}" if decimals else ""))
        found.append(Quoted(match[0], len(decimals), unit, value))
    return found


def is_said(record: Record, text: str) -> bool:
    """Whether the report says so: in its title, in the text that is public, or in one of its first attachments."""
    edition = record.live
    if edition is None:
        return False
    wanted = source.normal(text)
    if wanted in source.normal(f"{edition.title}\n{edition.text}"):
        return True
    return any(wanted in source.normal(told) for told in _attached(edition.attachments.all()[:_MOST_FILES]))


def _attached(rows: Iterable[Attachment]) -> Iterator[str]:
    for file in rows:
        try:
            data = store.read(file.sha256)
        except OSError:
            continue
        yield "\n".join(page.text for page in files.pages(data, file.name))


def explained(text: str, version: Version) -> str:
    """What the numbers of a sentence are in the data: ``1,260是“车位数”的合计``; empty if none of them was found."""
    asked = numbers(text)
    if not asked:
        return ""
    measures = tables.table(version).measures()
    told = []
    for number in asked:
        what = next((name for name, value in measures if number.is_said_of(value)), "")
        if what:
            told.append(f"{number.written}是{what}")
    return "；".join(told)
