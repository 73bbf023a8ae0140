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
    + rf"(?:(?P<half>半)(?P<halved>年|个?月)|(?P<n>{_NUMBER})(?P<more>多|余)?(?:个?(?P<unit>天|日|周|星期|礼拜|季度|季|年)|个[多余]?(?P<months>月))(?P<plus>半)?)"
    + _AFTER
    + r"(?![月日\d])"
)
#: 说不出几的:至少两个。
_SEVERAL = re.compile(r"(?:数|几|好几|多)个?(?P<unit>天|日|周|星期|月|年|季度)(?!.{0,4}[前初底末])")
_QUOTED = re.compile(r"[“\"《][^”\"》]{0,40}[”\"》]")
_RANGE = re.compile(
    r"(?P<m>1[0-2]|0?[1-9])月(?P<d>[1-3]?\d)日?(?:至|到|[-—~])(?:(?P<n>1[0-2]|0?[1-9])月)?(?P<e>[1-3]?\d)日"
)
_AMONG = re.compile(rf"中,?(?:有|的)?(?P<n>{_NUMBER})(?:个|项|件|条)")
_COUNTED = re.compile(_BEFORE + rf"(?P<n>{_NUMBER})(?P<more>多|余)?[个条项家处封件份篇]{_AFTER}")
#: 几类要素。
_KINDS = re.compile(_BEFORE + rf"(?P<n>{_NUMBER})(?P<more>多|余)?类{_AFTER}")
#: 检查指标说的八类重点要素。
_ELEMENTS = (
    ("事项名称",),
    ("设定依据", "法律依据", "办理依据"),
    ("申请条件", "受理条件", "办理条件"),
    ("办理材料", "申请材料", "申报材料", "所需材料"),
    ("办理地点", "受理地点", "办公地址", "办理地址"),
    ("办理时间", "办公时间", "受理时间"),
    ("联系电话", "咨询电话", "联系方式"),
    ("办理流程", "办事流程", "流程图"),
)
_PERCENT = re.compile(_BEFORE + rf"(?:百分之(?P<han>{_NUMBER})|(?P<n>\d{{1,3}}(?:\.\d{{1,4}})?)%)" + _AFTER)
_SHORT = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月([1-3]?\d)日")
_DATED = re.compile(
    r"(?:20|19)\d\d年第?[一二三四1-4]季度|第[一二三四1-4]季度|(?:(?:20|19)\d\d年)?\d{1,2}月(?:\d{1,2}日)?"
)
_YEARS_AGO = {"今年": 0, "本年": 0, "当年": 0, "去年": 1, "上年": 1, "前年": 2}
_RELATIVE = re.compile(r"(今年|本年|当年|去年|上年|前年)(?=1?\d月)")
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
    for match in _LASTING.finditer(_DATED.sub("", text.replace("百日", "100日").replace("百天", "100天"))):
        if match["half"]:
            days = Decimal(180 if match["halved"] == "年" else 15)
        else:
            number = numeral(match["n"])
            if match["unit"] == "年" and number > 99:
                continue
            days = (number + (Decimal("0.5") if match["plus"] else 0)) * _DAYS[match["unit"] or match["months"]]
        found.append(Amount(days, _bound(match)))
    between = _RANGE.search(text)
    if not found and between:
        months = (int(between["n"] or between["m"]) - int(between["m"])) % 12
        spent = months * MONTH_DAYS + int(between["e"]) - int(between["d"])
        found.append(Amount(Decimal(spent)))
    several = _SEVERAL.search(text)
    if not found and several:
        found.append(Amount(Decimal(2 * _DAYS[several["unit"]]), "least"))
    return max(found, key=lambda amount: amount.value, default=None)


def counted(text: str) -> Amount | None:
    """How many things the text names, the first one with a measure word; None where it gives no number.

    >>> counted("空白栏目12个"), counted("空白栏目数超过5个"), counted("多个栏目")
    (Amount(value=Decimal('12'), bound='exact'), Amount(value=Decimal('5'), bound='over'), None)
    """
    text = _QUOTED.sub("", text)
    among = _AMONG.search(text)
    if among:
        return Amount(numeral(among["n"]))
    for match in _COUNTED.finditer(text):
        if text[match.end() : match.end() + 1] not in ("月", "工", "星", "季", "周", "自"):
            return Amount(numeral(match["n"]), _bound(match))
    return None


def kinds(text: str) -> Amount | None:
    """How many kinds (类) of elements the text counts, or names one by one.

    >>> kinds("缺少5类要素"), kinds("缺少设定依据、办理流程等")
    (Amount(value=Decimal('5'), bound='exact'), Amount(value=Decimal('2'), bound='least'))
    """
    match = _KINDS.search(text)
    if match:
        return Amount(numeral(match["n"]), _bound(match))
    named = sum(any(word in text for word in words) for words in _ELEMENTS)
    return Amount(Decimal(named), "least" if "等" in text else "exact") if named > 1 else None


def percent(text: str) -> Amount | None:
    """The first share in percent.

    >>> percent("打不开次数占比达6.5%"), percent("百分之五以上")
    (Amount(value=Decimal('6.5'), bound='exact'), Amount(value=Decimal('5'), bound='least'))
    """
    match = _PERCENT.search(text)
    return Amount(numeral(match["n"] or match["han"]), _bound(match)) if match else None


def day(value: object, *, last: bool = False, on: date | None = None) -> date | None:
    """A day as printed, also 去年3月 where ``on`` says which year is this one; a month or a year alone gives its first day, or its last one with ``last``; None if it is none.

    >>> day("2021-10", last=True), day("2020年7月16日"), day("上月")
    (datetime.date(2021, 10, 31), datetime.date(2020, 7, 16), None)
    """
    text = str(value or "")
    if on:
        text = _RELATIVE.sub(lambda found: f"{on.year - _YEARS_AGO[found[1]]}年", text)
    match = _DAY.search(text)
    if not match:
        return _without_year(text, on) if on else None
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


def _without_year(text: str, on: date) -> date | None:
    """The latest such day before ``on`` of a day and month alone."""
    match = _SHORT.search(text)
    if not match:
        return None
    for year in (on.year, on.year - 1):
        try:
            found = date(year, int(match[1]), int(match[2]))
        except ValueError:
            return None
        if found < on:
            return found
    return None


def _bound(match: re.Match[str]) -> Bound:
    words = {match["before"], match["after"], match.groupdict().get("more")}
    if words & _UNDER:
        return "under"
    if words & _OVER:
        return "over"
    return "least" if words & _LEAST else "exact"
