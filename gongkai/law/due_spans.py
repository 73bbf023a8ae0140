"""“公开时限”一格里的数:多少个工作日、每季、每年几月几日。"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .numerals import number

_NUM = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,5}|半)"
_SIMPLE = str.maketrans(
    "內個開變無從規條實時發佈項產製後於應當間與對題號週兩壹贰叁肆伍陆柒捌玖拾佰貳參",
    "内个开变无从规条实时发布项产制后于应当间与对题号周两一二三四五六七八九十百二三",
)
_CIRCLED = re.compile(r"[①-⑳⓪❶-❿➀-➓]")
#: 2O个工作日:数字后面的字母 O 是零。
_LETTER_ZERO = re.compile(r"(?<=[1-9])[OoО〇○](?=个|工|日|天)")
# 书名号里的不是时限;留下一样长的空位。
_TITLE = re.compile(r"《[^《》]{0,80}》")
_LISTED = re.compile(r"(?<![\d.第])(?:\d[.、](?!\d)|[①-⑩]|\(\d\)|\([一二三四五六七八九]\))")
_BREAK = re.compile(r"[;。!|]|(?=其中)")

_SPAN = re.compile(
    rf"(?<![\d.第—-])(?:(?P<low>{_NUM})个?(?:工作日|日|天)?[-~至到—–])?(?P<n>{_NUM})(?:\({_NUM}\))?"
    r"(?P<unit>个?(?:法定|有效)?工作[日天曰]|个作日|个工日|工作内|个?工作(?!日)|个?工(?=$|[内内,)])|个?(?:自然|日历)[日天]|个?日(?!期|报|志|常)|个?天|个月|月(?=(?:之|以)?内)|个?星期|周(?!年|岁|边|期)|个?季度|年(?!度|级|代|报|鉴)|个?小时)"
)
_NO_UNIT = re.compile(r"(?:不(?:得)?(?:少于|低于)|起)(?P<n>\d{2,3})个?(?:$|(?=[,)]))")
_ORDINAL = re.compile(r"第(?P<n>\d{1,2})个工作日")
_UNITS = (
    ("工", "workday"),
    ("作日", "workday"),
    ("小时", "hour"),
    ("季度", "quarter"),
    ("月", "month"),
    ("星期", "week"),
    ("周", "week"),
    ("年", "year"),
    ("日", "day"),
    ("天", "day"),
)
_NEXT = re.compile(r"(?:次|下一?个?|翌)(?P<unit>工作日|日|天)(?=内|前|公|起|予|及|$|,)")

_LENGTH = {
    "工作日": "day",
    "日": "day",
    "天": "day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "月份": "month",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half_year",
    "半年度": "half_year",
    "学期": "half_year",
    "年": "year",
    "年度": "year",
    "学年": "year",
    "自然年": "year",
}
_WORD = r"(?P<word>工作日|月份|日|天|周|星期|月|季度|季|半年度|半年|学期|学年|年度|自然年|年)"
_DATE = r"(?:首个?月|首月|末月|第[一二三]个?月|月)?(?:的)?第?(?:\d{1,2}|[一二三十]{1,3})[日号](?:之?前|以前)?"
# 每季度首月20日、每月10日前、每季度结束后15日内:后面的日子是公布的那一天,不是另一条时限。
_ON = rf"(?P<on>(?:的|第)?(?:[初底末]?{_DATE}|(?:首个?月|末月|首月|月初|月末|月底|季末|年初|年末|年底)(?:的)?(?:\d{{1,2}}[日号])?(?:之?前)?|(?:结束|终了|末|度末|底)后?(?:的)?(?:次月)?\d{{0,2}}个?(?:工作)?[日号]?(?:之?[前内])?))?"
_EVERY = re.compile(
    rf"(?:每隔|每一个?|每个|每|逐|按)(?P<n>{_NUM})?个?{_WORD}(?!期间|期限|代|计|程|份证)(?:度)?{_ON}"
)
_ONCE = re.compile(
    rf"(?<![\d第])(?P<n>{_NUM})?个?(?P<word>周|星期|月|季度|季|半年度|半年|学期|学年|年度|年)(?:内|之内)?(?:至少|不少于|最少|应|公[布开示]|更新|集中|定期)?(?P<times>[一二两三四1-4])[次公更]"
)
_NOUN = re.compile(
    r"(?<!本)(?<![\d二〇])(?P<word>月度|季度|年度|半年度)(?=公[开布示]|更新|发布|$|,)|(?P<half>半年)(?=至少|更新|公|一)"
)
_TERMLY = re.compile(r"(?<!不)定期|周期性")
#: 整格只有一个周期。
_ALONE = re.compile(r"^(?:按)?(?P<word>日|周|月|季|年|月度|季度|年度|半年|半年度)(?:报|度)?(?:公[开布示])?$")
#: 每年1、4、7、10月。
_LISTED_MONTHS = re.compile(
    r"(?:每年)?(?:的)?\d{1,2}月?份?(?:[、,和及]\d{1,2}月?份?){1,11}月(?:份)?(?:的)?(?:\d{1,2}[日号])?(?:之?前|以前)?"
)
_INTERVAL = re.compile(rf"(?:最长|间隔|周期)?(?:时间)?不(?:得)?超过(?P<n>{_NUM})(?P<unit>个月|个?季度|年|周)")
_TIMES = re.compile(r"[^,;。]{0,8}?(?P<times>[一二两三四\d]{1,2})次")
_OFTEN = {2: "half_year", 4: "quarter", 12: "month"}
_BY_MONTHS = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}

_YEARLY = re.compile(
    r"(?:(?<!\d)|(?<=\D))(?P<year>\d{4}年)?(?:每年|次年|翌年|下一?年度?|当年|本年度?|年度)?(?:的)?(?P<m>\d{1,2}|十[一二]|[一二三四五六七八九十])月"
    r"(?:份)?(?:(?P<d>\d{1,2})[日号]|(?P<end>底|末|份)|(?P<part>中旬|上旬|下旬))?(?:之?前|以前|内|公|发|向)?"
)
_YEAR_END = re.compile(r"(?<!\d)(?:每年|次年|当年|年度)?(?:的)?年(?:底|末)(?:之?前|以前)")
_QUARTER = re.compile(r"(?:每年|次年|翌年|下一年度?)(?:的)?第?(?P<q>[一二三四1-4])季度")
_EACH_YEAR = re.compile(r"每年|次年|翌年|下一?年")


@dataclass(frozen=True, slots=True)
class Span:
    """一段时间:在哪里、原文、多少、单位(看不出是 None)。"""

    at: int
    end: int
    text: str
    n: int
    unit: str | None


def fold(text: str) -> str:
    """One width, no white space, simplified characters of the words that matter here."""
    # 带圈的编号(①)归一以后会和后面的数字连成一个数,先换成分号。
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", _CIRCLED.sub(";", text))).translate(_SIMPLE)
    return _LETTER_ZERO.sub("0", plain)


def sentences(text: str) -> list[str]:
    """The sentences of a cell; numbered ones and what begins with 其中 stand by themselves."""
    parts = (part.strip(",、") for part in _BREAK.split(_LISTED.sub(";", text)))
    return [part for part in parts if part]


def _bare(text: str) -> str:
    return _TITLE.sub(lambda found: "※" * len(found[0]), text)


def spans(sentence: str) -> list[Span]:
    """The lengths of time in a sentence, in their order; a day of the calendar (1月31日) is none."""
    bare, out = _bare(sentence), []
    for found in _SPAN.finditer(bare):
        if found["unit"] in {"日", "号"} and bare[: found.start()].endswith("月"):
            continue
        n: int | None = number(found["n"])
        unit: str | None = next(name for sign, name in _UNITS if sign in found["unit"])
        if found["n"] == "半":
            halves: dict[str | None, tuple[int | None, str]] = {
                "year": (6, "month"),
                "month": (15, "day"),
                "day": (None, "day"),
            }
            n, unit = halves.get(unit, (None, ""))
        if unit == "quarter" and n is not None:
            n, unit = n * 3, "month"
        if n is not None and not (unit == "year" and n > 100):
            out.append(Span(found.start(), found.end(), found[0], n, unit))
    for pattern, unit in ((_NO_UNIT, None), (_ORDINAL, "workday"), (_NEXT, "")):
        for found in pattern.finditer(bare):
            if any(one.at < found.end() and found.start() < one.end for one in out):
                continue
            if unit == "":
                span = Span(
                    found.start(), found.end(), found[0], 1, "workday" if "工作" in found["unit"] else "day"
                )
            else:
                span = Span(found.start("n"), found.end(), found[0], int(found["n"]), unit)
            out.append(span)
    return sorted(out, key=lambda span: span.at)


def periods(sentence: str) -> Iterator[tuple[int, int, str | None, str]]:
    """What is published again and again: where, the period (None where it is not said), the day."""
    bare, seen = _bare(sentence), [(0, 0)]
    for pattern in (_LISTED_MONTHS, _ALONE, _EVERY, _ONCE, _NOUN, _INTERVAL, _TERMLY):
        for found in pattern.finditer(bare):
            if any(at < found.end() and found.start() < end for at, end in seen):
                continue
            groups = found.groupdict()
            if pattern is _INTERVAL and not _TERMLY.search(bare):
                continue
            if pattern is _TERMLY and len(seen) > 1:
                continue
            seen.append((found.start(), found.end()))
            period = _period(pattern, groups)
            if pattern is _LISTED_MONTHS:
                period = _OFTEN.get(len(re.findall(r"\d{1,2}(?=月|份|[、,和及])", found[0])))
                groups = {"on": found[0]}
            if pattern is _EVERY and period == "year" and (times := _TIMES.match(bare, found.end())):
                period = _OFTEN.get(number(times["times"]) or 1, period)
            yield found.start(), found.end(), period, groups.get("on") or ""


def _period(pattern: re.Pattern[str], groups: dict[str, str | None]) -> str | None:
    if pattern in {_TERMLY, _LISTED_MONTHS}:
        return None
    if pattern is _INTERVAL:
        unit, n = groups["unit"] or "", number(groups["n"] or "") or 0
        months = n * (12 if "年" in unit else 3 if "季" in unit else 1)
        return ("week" if n == 1 else None) if "周" in unit else _BY_MONTHS.get(months)
    if groups.get("half"):
        return "half_year"
    word = groups["word"] or ""
    period = _LENGTH.get(word) or _LENGTH.get(word.removesuffix("度"))
    if groups.get("n") == "半":
        return "half_year" if period == "year" else None
    n = number(groups.get("n") or "一") or 1
    times = number(groups.get("times") or "一") or 1
    if period == "year" and times > 1:
        return _OFTEN.get(times, period)
    if n == 1:
        return period
    return _BY_MONTHS.get(n * {"month": 1, "quarter": 3, "year": 12}.get(period or "", 0))


def yearly(sentence: str) -> Iterator[tuple[int, int, int, int]]:
    """Days by which something is published every year: where, month, day; a day of one single year is none."""
    bare = _bare(sentence)
    for found in _YEARLY.finditer(bare):
        month = number(found["m"]) or 0
        said = bool(_EACH_YEAR.search(found[0])) or found[0].endswith("前")
        if (
            found["year"]
            or not 1 <= month <= 12
            or not said
            or not (found["d"] or found["end"] or _EACH_YEAR.search(found[0]))
        ):
            continue
        last = calendar.monthrange(2023, month)[1]
        day = int(found["d"]) if found["d"] else {"上旬": 10, "中旬": 20}.get(found["part"] or "", last)
        if 1 <= day <= last:
            yield found.start(), found.end(), month, day
    for found in _YEAR_END.finditer(bare):
        yield found.start(), found.end(), 12, 31
    for found in _QUARTER.finditer(bare):
        month = 3 * (number(found["q"]) or 1)
        yield found.start(), found.end(), month, calendar.monthrange(2023, month)[1]
