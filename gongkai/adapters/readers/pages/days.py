"""一页里的日期:每一个日期和它的位置;没有写年的,补上年;发布日期、落款日期。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .text import Page

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)\s?[年/.-]\s?(?P<m>\d{1,2})\s?[月/.-]\s?(?P<d>\d{1,2})(?!\d)(?:\s?[日号])?"
    r"|(?P<sm>\d{1,2})月(?P<sd>\d{1,2})(?:[日号]|(?=[至到起前-])))"
)
_PUBLISHED = re.compile(
    r"(?:发布|发表|公布|公告|公示|公开|推送|挂网|上传|上网|发稿|刊登|刊发|文章)(?:日期|时间)[::\s]{0,4}|发布于[::\s]{0,4}|(?<![一-龥])(?:发布|刊发|公布)[::]\s?"
)
#: 没有别的标签,只写“时间”的。
_BARE_TIME = re.compile(
    r"(?:^|[\s|;。(])时间:(?=20\d\d-(?!\d\d?-\d\d?(?:\s\d\d?:\d\d)?\s?(?:地点|议题|主题|嘉宾|主持|发布人)))"
)
_OWN = re.compile(
    r"(?:发布|发表|公布|公告|公示|公开|推送|挂网|上传|上网|刊登|成文|印发|发文|签发|制发|落款|更新|创建|生成|录入)(?:日期|时间|日)?[::\s]{1,4}\Z"
)
_UPDATED = re.compile(r"(?:更新|创建|生成|录入)(?:日期|时间)[::\s]{0,4}")
_ISSUED = re.compile(r"(?:成文|印发|发文|签发|制发|落款|生成)(?:日期|时间|日)?[::\s]{0,4}")
_RANGE = re.compile(r"\s?(?:起|始)?(?:至|到|-)\s?[\d本]")
_SIGNED_BEFORE = re.compile(
    r"(?:^|[。;!?)>》\n]|\.{3}|[局府会室院厅委办乡镇道处心部社署组团]|落款|特此公告|特此通知|\.(?:pdf|docx?|xlsx?|wps|rar|zip))\s{0,4}\Z"
)
_SIGNED_AFTER = re.compile(
    r"\s{0,4}(?:\d{1,2}时(?:\d{1,2}分)?)?\s{0,2}(?:\Z|[。;\n(]|附件?(?:[::\d一二\s]|\Z)|附表|抄送|主办|来源|表头|表:|序号|联系人)"
)
#: 后面至多还有几点几分。
_ENDS_HERE = re.compile(r"(?:\s{1,3}\d{1,2}[:时]\d{0,2}(?::\d\d)?分?)?[ )。]{0,6}")
_PUT_ON = re.compile(r"\s?(?:发布|公布|挂网|上网|公告|刊发)\s?(?=[。;)\n]|\Z)")
_CLOSED = re.compile(r"[^()]{0,10}\)(?:\Z|[。\s])")
_LEADS_ON = ("至", "到", "-", "截止", "截至", "为", ":")
_STAMP_AFTER = re.compile(r"(?:\s\d{1,2}:\d\d(?::\d\d)?)?\s{0,4}(?:[。;\n]|来源|浏览|字号|点击|\Z)")
#: 只有年月的目录(/202506/)不算日期。
_IN_ADDRESS = (
    re.compile(r"[/_]t?((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.])"),
    re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})/"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)/(\d\d)/"),
    re.compile(r"/((?:19|20)\d\d)/(\d\d)-?(\d\d)/"),
)
#: 离前面写了年的日期这么近,没有写年的是同一年。
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Day:
    """一个日期和它在文字里的位置;``whole`` 年也写了。"""

    start: int
    end: int
    on: date
    whole: bool


def valid(year: int, month: int, day: int) -> date | None:
    """The day, None if there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(text: str, near: date | None = None) -> list[Day]:
    """All dates of a folded text. One without a year takes that of a date just before it, else the year nearest to ``near``.

    >>> [str(day.on) for day in days("2023年12月20日至1月19日,请于1月5日前报名", date(2023, 12, 18))]
    ['2023-12-20', '2024-01-19', '2024-01-05']
    """
    found: list[Day] = []
    for match in _DAY.finditer(text):
        if match["y"]:
            on = valid(int(match["y"]), int(match["m"]), int(match["d"]))
        else:
            on = _completed(int(match["sm"]), int(match["sd"]), match.start(), found, near)
        if on:
            found.append(Day(match.start(), match.end(), on, bool(match["y"])))
    return found


def _completed(month: int, day: int, at: int, before: list[Day], near: date | None) -> date | None:
    last = before[-1] if before else None
    if last and (at - last.end <= _NEAR or near is None):
        on = valid(last.on.year, month, day)
        # 跨年的期间:前面十二月,后面一月
        return valid(last.on.year + 1, month, day) if on and (last.on - on).days > 180 else on
    if near is None:
        return None
    years = (valid(near.year + step, month, day) for step in (-1, 0, 1))
    return min((on for on in years if on), key=lambda on: abs((on - near).days), default=None)


def _after(pattern: re.Pattern[str], text: str) -> date | None:
    for match in pattern.finditer(text):
        day = _DAY.match(text, match.end())
        if (
            day
            and day["y"]
            and not _RANGE.match(text, day.end())
            and (on := valid(int(day["y"]), int(day["m"]), int(day["d"])))
        ):
            return on
    return None


def of_page(text: str, day: Day) -> bool:
    """Whether a label says that a date is the page's own: 发布日期、成文日期、更新时间."""
    return _OWN.search(text[max(0, day.start - 12) : day.start]) is not None


def put_online(page: Page) -> date | None:
    """The day the page was put on line: a label, a stamp at its head, its address."""
    return (
        _after(_PUBLISHED, page.text)
        or _after(_BARE_TIME, page.text)
        or _told(page.text)
        or _stamp(page.text)
        or _of_address(page.url)
        or _after(_UPDATED, page.text)
    )


def _told(text: str) -> date | None:
    """“2023年9月5日发布” where a sentence ends with it."""
    for day in days(text):
        if (
            day.whole
            and _PUT_ON.match(text, day.end)
            and re.search(r"(?:^|[。;\n(\s])\s?\Z", text[: day.start][-2:])
        ):
            return day.on
    return None


def _of_address(url: str) -> date | None:
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(url[:600]):
            if on := valid(int(match[1]), int(match[2]), int(match[3])):
                return on
    return None


def _stamp(text: str) -> date | None:
    day = _DAY.match(text.lstrip("( "))
    if day and day["y"] and _STAMP_AFTER.match(text.lstrip("( "), day.end()):
        return valid(int(day["y"]), int(day["m"]), int(day["d"]))
    return None


def signed(page: Page) -> date | None:
    """The date of the signature (落款) or what is labelled 成文日期; the last date that stands alone."""
    if labelled := _after(_ISSUED, page.text):
        return labelled
    return max(_alone(page.text), default=(0, None), key=lambda found: found[0])[1]


def _alone(text: str) -> Iterator[tuple[int, date]]:
    for day in days(text):
        before, after = text[max(0, day.start - 8) : day.start], text[day.end : day.end + 12]
        if not day.whole or _RANGE.match(after):
            continue
        bracketed = before.rstrip(" ").endswith("(") and _CLOSED.match(after)
        last = _ENDS_HERE.fullmatch(text, day.end) is not None and not before.rstrip().endswith(_LEADS_ON)
        if bracketed or last or (_SIGNED_BEFORE.search(before) and _SIGNED_AFTER.match(after)):
            yield day.start, day.on


def published(page: Page) -> date | None:
    """The day a page was put on line, else its signature."""
    return put_online(page) or signed(page)


def near(page: Page) -> date | None:
    """A day to complete dates without a year by: that of the page, else the middle of the only year it names."""
    named = set(re.findall(r"(?<!\d)(20\d\d)(?=年)", page.whole))
    return published(page) or (date(int(named.pop()), 7, 1) if len(named) == 1 else None)


def shown(day: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return day.isoformat() if day else None
