"""由 ``read`` 和 ``said`` 合成各列;只改对象,不写库(写在 ``actions``)。"""

from __future__ import annotations

import re
from datetime import date

from gongkai.adapters.readers.backfile.codes import reference_code
from gongkai.adapters.readers.backfile.days import archive_date
from gongkai.law import docnumber
from gongkai.law.errors import LawError

from .models import Item
from .models.items import FIELDS
from .terms import Kind, Precision

#: 合成出来的列,``save(update_fields=…)`` 用。
COLUMNS = (
    *FIELDS,
    "number_code",
    "number_year",
    "number_seq",
    "precision",
    "formed_on",
    "year",
    "kind",
    "fonds",
)
_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
#: 题名像规范性文件的;是不是由人核对。
_NORMATIVE = re.compile(r"(?:办法|规定|细则|规则|实施意见|若干意见|暂行规定)(?:的通知)?[》）)]?(?:的通知)?$")


def settle(item: Item) -> Item:
    """Fill the columns: what a person said comes first."""
    for name in FIELDS:
        longest = Item._meta.get_field(name).max_length or 300
        setattr(item, name, item.value(name).strip()[:longest])
    _number(item)
    item.precision, item.formed_on, item.year = read_date(item.date_text)
    item.year = item.year or item.number_year
    item.kind = item.said.get("kind") or _kind_of(item)
    code = reference_code(item.reference_code) if item.reference_code else None
    if code and code.canonical:
        item.reference_code = code.canonical[:80]
    item.fonds = ((code and code.fonds) or item.intake.fonds)[:10]
    return item


def _number(item: Item) -> None:
    item.number_code, item.number_year, item.number_seq = "", None, None
    try:
        number = docnumber.normalise(item.doc_number) if item.doc_number else None
    except LawError:
        number = None
    if number:
        item.doc_number = number.text[:80]
        item.number_code, item.number_year, item.number_seq = number.code[:40], number.year, number.seq


def _kind_of(item: Item) -> Kind:
    if not item.doc_number:
        return Kind.PLAIN
    return Kind.NORMATIVE if _NORMATIVE.search(item.title) else Kind.NUMBERED


def read_date(text: str) -> tuple[Precision, date | None, int | None]:
    """How far a date is known, its day if known to the day, its year; a month or a year alone stays so.

    >>> read_date("20110300")[0].label, read_date("2006年3月5日")[1]
    ('只知道年、月', datetime.date(2006, 3, 5))
    """
    known = archive_date(text)["date"] if text else None
    if not known:
        return Precision.NONE, None, None
    day = date.fromisoformat(known) if len(known) == 10 else None
    return _PRECISION[len(known)], day, int(known[:4])


def is_understood(text: str) -> bool:
    """Whether a date is blank, or can be read without asking anybody."""
    return not text or archive_date(text)["action"] != "ask"
