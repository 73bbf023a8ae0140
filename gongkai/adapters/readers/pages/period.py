"""征集、公示、报名的起止,和页面自己说的天数。没有写开始的,从公告之日起。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law import calendar

from .counting import NUMBER, count
from .days import Day, days, valid

_CLOCK = r"(?:\s?\(?(?:星期|周)[一二三四五六日天]\)?)?(?:\s?[上下中]午|\s?早上)?(?:\s?\d{1,2}[:时点](?:\d{2})?分?(?::\d\d)?整?)?(?:\s?下班)?"
_TO = re.compile(
    rf"{_CLOCK}[\]〕]?(?:\([^()]{{1,12}}\))?\s?(?:起|始|开始)?,?\s?(?:至|到|-|起至|止至|--)\s?[\[〔]?"
)
_LABELLED_TO = re.compile(
    rf"{_CLOCK}[^0-9。]{{0,16}}?[,;;。\s]{{0,3}}(?:结束|截止|终止|截至|到期)(?:时间|日期|日)?\s?[::]?\s?(?:为)?\s?"
)
#: “自11月1日开始,11月30日结束”。
_BEGINS = re.compile(rf"{_CLOCK}\s?(?:起|始|开始|启动|上线)[,、;\s]{{0,3}}(?:至|到|于)?\s?")
_ENDS = re.compile(rf"{_CLOCK}\s?(?:结束|截止|止|终止|下线)")
_LAST_DAY = re.compile(r"(\d{1,2})[日号]")
#: “2023.8.1-8.30”的后半。
_LAST_SHORT = re.compile(r"(\d{1,2})[./-](\d{1,2})(?![\d.:])")
_UNTIL = re.compile(r"(?:(?:截止|截至|结束)[^0-9。;]{0,8}|(?:至|到)(?:时间|日期|日)?\s?(?:为|是|于|[::])?\s?)\Z")
_BEFORE = re.compile(rf"{_CLOCK}\s?(?:\([^()]{{1,16}}\))?\s?(?:之前|以前|前|止|截止|结束)")
_DURING = re.compile(
    rf"(?:之日起|即日起|发布后|公布后|\d[日号]?起)\s?(?:为期|的)?({NUMBER})\s?个?(工作日|自然日|日历日|日|天)"
)
_CLAIM = re.compile(
    rf"(?:为期|(?:征求|征集)意见(?=\s?\d{{1,3}}\s?[天日])|共计?|历时|期限[为是::]?|时间[为是::]?|期[为是::]|期|时限[为是::]?|合计|总计|连续|公示|公告)\s?({NUMBER})\s?个?(工作日|自然日|日历日|日|天)(?!前|[^。;,]{{0,4}}公布)"
)
_CLAIM_DURING = re.compile(
    rf"(?:(?:之日|即日|\d日?)起|(?:发布|公布|公告|公示)后)\s?(?:为期|共)?({NUMBER})\s?个?(工作日|自然日|日历日|日|天)"
)
_CUT_TO = re.compile(
    rf"(?:缩短|压缩|调整)(?:期限|时间)?(?:为|至|到)\s?({NUMBER})\s?个?(工作日|自然日|日历日|日|天)"
)
#: 起止后面的括号:“9月1日至9月30日(30天)”。
_BRACKETED = re.compile(
    rf"(?<=[日号月\d])\s?[(,](?:共|计|共计)?\s?({NUMBER})\s?个?(工作日|自然日|日历日|日|天)[,。;\s)]"
)
_INSIDE = re.compile(r"书面征求|各级单位|部门意见|系统内|内部征求|相关单位|各部门|会签")
_PUBLIC = re.compile(r"社会|公众|官网|网站|公开征求|公开征集|公示|市民|群众|媒体|网上")
_ABOUT = re.compile(
    r"公示时间|公示期|公告时间|征[求集](?:意见)?时间|意见征集|征求意见|公开征|调查时间|时间|期限|期间|起止"
)
_NOT = re.compile(r"报名|听证会(?:定|拟|将)?于|规划期|有效期|施行|实施|完成")


@dataclass(frozen=True, slots=True)
class Span:
    """一段起止和它在文字里的位置;``start`` 没有写的是 None。"""

    at: int
    start: date | None
    end: date


def spans(text: str, near: date | None = None) -> list[Span]:
    """All periods of a folded text that give both days.

    >>> [(str(one.start), str(one.end)) for one in spans("2024年5月20日起至6月15日;开始时间:2024-09-04 结束时间:2024-09-27")]
    [('2024-05-20', '2024-06-15'), ('2024-09-04', '2024-09-27')]
    """
    found = []
    all_days = days(text, near)
    for number, day in enumerate(all_days):
        other = all_days[number + 1] if number + 1 < len(all_days) else None
        to = _TO.match(text, day.end)
        if to and other and other.start <= to.end() + 1:
            found.append(Span(day.start, day.on, other.on))
        elif to and (last := _LAST_DAY.match(text, to.end())):
            if end := valid(day.on.year, day.on.month, int(last[1])):
                found.append(Span(day.start, day.on, end))
        elif to and (short := _LAST_SHORT.match(text, to.end())):
            if end := _after(day.on, int(short[1]), int(short[2])):
                found.append(Span(day.start, day.on, end))
        elif other and _parted(text, day.end, other):
            found.append(Span(day.start, day.on, other.on))
    return [one for one in found if one.start and one.start <= one.end and (one.end - one.start).days < 400]


def _after(start: date, month: int, day: int) -> date | None:
    """The next such day on or after the start."""
    ends = (valid(start.year + step, month, day) for step in (0, 1))
    return next((end for end in ends if end and end >= start), None)


def _parted(text: str, end: int, other: Day) -> bool:
    """Whether words between two days say that one begins and the other ends a period."""
    label = _LABELLED_TO.match(text, end)
    if label and label.end() == other.start:
        return True
    return bool(_BEGINS.fullmatch(text, end, other.start) and _ENDS.match(text, other.end))


def public(text: str, noticed: date | None, *, opens: bool = True) -> Span | None:
    """The period in which the public may speak; a period within the offices is passed over.

    ``opens`` false: the day ``noticed`` only helps to complete years, the period did not begin with it.
    """
    found = spans(text, noticed)
    if found:
        # 公告之前就到期的,是上一轮的
        past = noticed if opens else None
        return max(
            found, key=lambda period: (_weight(text, period) - 6 * bool(past and period.end < past), -period.at)
        )
    return _open_ended(text, noticed, noticed if opens else None)


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。;\n") + 1
    ends = [end for mark in "。;\n" if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]


def _weight(text: str, span: Span) -> int:
    sentence = _sentence(text, span.at)
    before = text[max(0, span.at - 16) : span.at]
    return (
        2 * bool(_ABOUT.search(before))
        + bool(_ABOUT.search(sentence))
        + (2 if _PUBLIC.search(sentence) else 0)
        + (1 if "官网" in sentence or "社会公开" in sentence else 0)
        - (4 if _INSIDE.search(sentence) else 0)
        - (4 if _NOT.search(before) or _NOT.search(sentence) else 0)
        - _overall(text, span)
    )


def _overall(text: str, span: Span) -> int:
    """1 for a period that a later one within it makes more precise (分两部分)."""
    return int("部分" in text[span.at : span.at + 200] and span.at < 20)


def inside(text: str, span: Span) -> bool:
    """Whether the sentence of a period speaks of offices, not of the public."""
    return _INSIDE.search(_sentence(text, span.at)) is not None


def _open_ended(text: str, near: date | None, noticed: date | None) -> Span | None:
    """An end without a beginning: 截止…, …前; a number of days from the notice on."""
    for day in days(text, near):
        before = text[max(0, day.start - 12) : day.start]
        if _UNTIL.search(before) or _BEFORE.match(text, day.end):
            return Span(day.start, _begun(text, day, noticed), day.on)
    if noticed and (during := _DURING.search(text)):
        length = count(during[1])
        end = (
            calendar.add(noticed, length, provisional=True)
            if during[2] == "工作日"
            else noticed + calendar.DAY * length
        )
        return Span(during.start(), noticed, end)
    return None


def _begun(text: str, until: Day, noticed: date | None) -> date | None:
    """The day that a notice appeared, as the text tells it, else the day of the page if it is not after the end."""
    for day in days(text, noticed):
        if until.end <= day.start <= until.end + 4 and re.match(r"\s?起", text[day.end : day.end + 2]):
            return day.on
    for day in days(text[: until.start]):
        if re.match(r"[^。;]{0,40}(?:发布|公开|公示|征求|征集|开展)", text[day.end : until.start]):
            return day.on
    return noticed if noticed and noticed <= until.on else None


def claims(text: str) -> Iterator[tuple[int, bool, str]]:
    """Each number of days that the page gives for its period, whether these are working days, and the words."""
    for pattern in (_CLAIM, _CLAIM_DURING, _CUT_TO, _BRACKETED):
        for match in pattern.finditer(text):
            yield count(match[1]), match[2] == "工作日", match[0]
