"""读通报里的数:多少个、多久、百分之几;“超过”“余”“以上”“不足”决定是哪一种界。"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from gongkai.law.inspection import MONTH_DAYS, Amount, Bound
from gongkai.law.numerals import number

_NUMBER = r"(?:\d{1,6}(?:\.\d{1,4})?|[一二两三四五六七八九十]{1,3})"
_BEFORE = (
    r"(?P<before>超过|超出|大于|多于|高于|逾|超|至少|不少于|不低于|多达|达到|达|近|不足|不到|少于|小于|低于|未满)?"
)
_AFTER = r"(?P<after>以上|之久|及以上|有余|余|多|以内|以下)?"
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": MONTH_DAYS, "季度": 90, "季": 90, "年": 365}
_LASTING = re.compile(
    _BEFORE
    + rf"(?:(?P<half>半)(?P<halved>年|个?月)|(?P<n>{_NUMBER})(?P<more>多|余)?(?:个?(?P<unit>天|日|周|星期|礼拜|季度|季|年)|个(?P<months>月))(?P<plus>半)?)"
    + _AFTER
    + r"(?![月日\d])"
)
_COUNTED = re.compile(_BEFORE + rf"(?P<n>{_NUMBER})(?P<more>多|余)?[个条项家处]{_AFTER}")
#: 几类要素。
_KINDS = re.compile(_BEFORE + rf"(?P<n>{_NUMBER})(?P<more>多|余)?类{_AFTER}")
_PERCENT = re.compile(_BEFORE + rf"(?:百分之(?P<han>{_NUMBER})|(?P<n>\d{{1,3}}(?:\.\d{{1,4}})?)%)" + _AFTER)
_DATED = re.compile(r"(?:(?:20|19)\d\d年)?\d{1,2}月(?:\d{1,2}日)?")
_DAY = re.compile(r"(20\d\d|19\d\d)(?:[年\-./](\d{1,2})(?:[月\-./](\d{1,2}))?)?")

_OVER = {"超过", "超出", "大于", "多于", "高于", "逾", "超"}
_LEAST = {"至少", "不少于", "不低于", "以上", "及以上", "有余", "余", "多"}
_UNDER = {"不足", "不到", "少于", "小于", "低于", "未满", "以下"}


def numeral(text: str) -> Decimal:
    """A number in digits or in Chinese up to ninety-nine.

    >>> numeral("12.5"), numeral("十五"), numeral("二十"), numeral("两")
    (Decimal('12.5'), Decimal('15'), Decimal('20'), Decimal('2'))
    """
    if text[0].isdigit():
        return Decimal(text)
    return Decimal(number(text) or 0)


def lasting(text: str) -> Amount | None:
    """The longest time named, in days; a month counts thirty, a year 365. None where none is named.

    >>> lasting("超过两周未更新"), lasting("近半年"), lasting("2023年5月")
    (Amount(value=Decimal('14'), bound='over'), Amount(value=Decimal('180'), bound='exact'), None)
    """
    found = []
    for match in _LASTING.finditer(_DATED.sub("", text)):
        if match["half"]:
            days = Decimal(180 if match["halved"] == "年" else 15)
        else:
            number = numeral(match["n"])
            if match["unit"] == "年" and number > 99:
                continue
            days = (number + (Decimal("0.5") if match["plus"] else 0)) * _DAYS[match["unit"] or match["months"]]
        found.append(Amount(days, _bound(match)))
    return max(found, key=lambda amount: amount.value, default=None)


def counted(text: str) -> Amount | None:
    """How many things the text names, the first one with a measure word; None where it gives no number.

    >>> counted("空白栏目12个"), counted("空白栏目数超过5个"), counted("多个栏目")
    (Amount(value=Decimal('12'), bound='exact'), Amount(value=Decimal('5'), bound='over'), None)
    """
    for match in _COUNTED.finditer(text):
        if text[match.end() : match.end() + 1] not in ("月", "工", "星", "季", "周", "自"):
            return Amount(numeral(match["n"]), _bound(match))
    return None


def kinds(text: str) -> Amount | None:
    """How many kinds (类) of elements the text names."""
    match = _KINDS.search(text)
    return Amount(numeral(match["n"]), _bound(match)) if match else None


def percent(text: str) -> Amount | None:
    """The first share in percent.

    >>> percent("打不开次数占比达6.5%"), percent("百分之五以上")
    (Amount(value=Decimal('6.5'), bound='exact'), Amount(value=Decimal('5'), bound='least'))
    """
    match = _PERCENT.search(text)
    return Amount(numeral(match["n"] or match["han"]), _bound(match)) if match else None


def day(value: object, *, last: bool = False) -> date | None:
    """A day as printed; a month or a year alone gives its first day, or its last one with ``last``; None if it is none.

    >>> day("2021-10", last=True), day("2020年7月16日"), day("上月")
    (datetime.date(2021, 10, 31), datetime.date(2020, 7, 16), None)
    """
    match = _DAY.search(str(value or ""))
    if not match:
        return None
    year, month, number = int(match[1]), int(match[2] or (12 if last else 1)), match[3]
    try:
        if number:
            return date(year, month, int(number))
        if not last:
            return date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except ValueError:
        return None


def _bound(match: re.Match[str]) -> Bound:
    words = {match["before"], match["after"], match.groupdict().get("more")}
    if words & _UNDER:
        return "under"
    if words & _OVER:
        return "over"
    return "least" if words & _LEAST else "exact"
