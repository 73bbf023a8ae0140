"""档案目录里的日期:八位数字,只知道年、月的后面补零(20110000、20110300);认不准的问人。"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from gongkai.adapters.paper import dates

from ..numbers import counted

_FIRST, _LAST = 1850, 2100
_EXCEL = date(1899, 12, 30)
#: 表格的日期序数:1957年6月到2078年;19、20开头的五位数,多半是写坏了的年份。
_SERIALS = range(21000, 65381)
_NOTHING = re.compile(r"0*|[-—/\\]{1,3}|无|空|不详|不明|缺|暂无|(?:19|20)\d0{6,10}")
_TIME = re.compile(r"(?:T|\s)?\d{1,2}[:时]\d{1,2}.{0,12}$")
_PARTS = re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})[日号]?|月)?")
_MINGUO = re.compile(
    r"(?:中华|中華)?民[国國](?P<y>[\d一二三四五六七八九十]{1,4})年(?P<m>[\d一二三四五六七八九十]{1,3})月(?P<d>[\d一二三四五六七八九十]{1,3})[日号]"
)


def archive_date(raw: str | int | float | None) -> dict[str, str | None]:
    """The date of a cell and what is to be done: ``keep``, ``convert``, ``empty``, or ``ask`` a person.

    >>> archive_date("20110300"), archive_date("43101")
    ({'date': '2011-03', 'action': 'keep'}, {'date': '2018-01-01', 'action': 'convert'})
    >>> archive_date("20188927")["action"], archive_date("201000000")["action"]
    ('ask', 'empty')
    """
    printed = "" if raw is None else str(raw).strip()
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed[:60]))
    # 方括号里的是考证出来的日期(DA/T 18)。
    found = re.fullmatch(r"[\[〔【](.{1,20})[\]〕】]", text)
    inner = found[1] if found else text
    if inner.isdecimal() and len(inner) == 8 and (known := _eight(inner)):
        return _answer(known, "keep" if text == printed else "convert")
    if _NOTHING.fullmatch(inner):
        return _answer(None, "empty")
    if inner.isdecimal() and len(inner) == 4 and _FIRST <= int(inner) <= _LAST:
        return _answer(inner, "convert")
    if inner.isdecimal() and len(inner) == 6:
        return _six(inner)
    if re.fullmatch(r"\d{5}(?:\.\d{1,12})?", inner) and int(inner[:5]) in _SERIALS:
        return _answer(str(_EXCEL + timedelta(int(inner[:5]))), "convert")
    if re.fullmatch(r"\d{14}", inner) and (known := _eight(inner[:8])):
        return _answer(known, "convert")
    return _written(inner)


def _answer(day: str | None, action: str) -> dict[str, str | None]:
    return {"date": day, "action": action}


def _eight(text: str) -> str | None:
    """YYYYMMDD with zeros for what is not known."""
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if not _FIRST <= year <= _LAST:
        return None
    if not month:
        return None if day else str(year)
    try:
        made = date(year, month, day or 1)
    except ValueError:
        return None
    return made.isoformat() if day else f"{year}-{month:02}"


def _six(text: str) -> dict[str, str | None]:
    """YYYYMM, unless it may as well be YYMMDD."""
    known = _eight(text + "00")
    short = [year for century in ("19", "20") if (year := _eight(century + text)) and text[2:4] != "00"]
    # 000000 和 2010年00月都不成月。
    if known and len(known) == 7 and not short:
        return _answer(known, "convert")
    return _answer(None, "ask")


def _written(text: str) -> dict[str, str | None]:
    plain = _TIME.sub("", text)
    if match := _PARTS.fullmatch(plain):
        known = _eight(f"{match['y']}{int(match['m']):02}{int(match['d'] or 0):02}")
        return _answer(known, "convert") if known and int(match["m"]) else _answer(None, "ask")
    if match := re.fullmatch(r"(\d{4})年(?:度)?", plain):
        known = _eight(match[1] + "0000")
        return _answer(known, "convert" if known else "ask")
    if (match := dates.DATE.fullmatch(plain)) and (made := dates.of_match(match)):
        return _answer(made.isoformat(), "convert")
    if match := _MINGUO.fullmatch(plain):
        year, month, day = (counted(match[name]) for name in ("y", "m", "d"))
        known = _eight(f"{year + 1911}{month:02}{day:02}") if max(month, day) < 32 else None
        return _answer(known, "convert" if known else "ask")
    return _answer(None, "ask")
