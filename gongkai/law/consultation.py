"""公开征求意见:期限两种数法、够不够三十日、公告缺什么、各条意见的处理合不合计(重大行政决策条例第十五条)。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from . import calendar, params
from .errors import RuleBroken
from .sources import cite, implements
from .terms import Term


class Disposition(Term):
    """一条意见怎样处理。"""

    TAKEN = "taken", "采纳"
    PARTLY = "partly", "部分采纳"
    REJECTED = "rejected", "未采纳"
    OTHER = "other", "不属于本事项"

    @property
    def needs_reason(self) -> bool:
        """Whether the public is owed a reason."""
        return self is not Disposition.TAKEN


class Channel(Term):
    """意见从哪里来。"""

    WEB = "web", "网上"
    LETTER = "letter", "信函"
    EMAIL = "email", "电子邮件"
    PHONE = "phone", "电话"
    HOTLINE = "hotline", "热线"
    MEETING = "meeting", "座谈、走访"
    COUNTER = "counter", "现场"


class Sufficiency(Term):
    """期限够不够三十日。"""

    ENOUGH = "enough", "首日不计满三十日"
    BOUNDARY = "boundary", "首日计入才满三十日"
    SHORT = "short", "不足三十日"


_MAILBOX = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,100}")
_FOR_OR_AGAINST = ("支持", "赞成", "同意", "反对", "拥护", "点赞", "没有意见", "无意见", "没意见", "无异议")
#: What an opinion without a proposal is made of; the longer words first.
_ATTITUDES = tuple(
    sorted(
        (
            *_FOR_OR_AGAINST,
            *(
                "我",
                "我们",
                "本人",
                "我单位",
                "本单位",
                "我公司",
                "居民",
                "大家",
                "都",
                "坚决",
                "完全",
                "非常",
                "十分",
            ),
            *(
                "很",
                "表示",
                "举双手",
                "强烈",
                "这个",
                "该",
                "本",
                "此",
                "对",
                "征求意见稿",
                "草案",
                "方案",
                "办法",
                "规定",
            ),
            *("政策", "做法", "好", "的", "了", "一下", "政府", "谢谢", "好事", "好政策", "和", "也"),
        ),
        key=len,
        reverse=True,
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """一次征求意见的起止;``excluded`` 首日不计的天数,``included`` 首日计入的天数。到末日二十四时为止。"""

    start: date
    end: date

    @property
    def excluded(self) -> int:
        return (self.end - self.start).days

    @property
    def included(self) -> int:
        return self.excluded + 1


def period(start: date, end: date, published: date | None = None) -> Period:
    """The period that the public really has: from the later of its first day and the day the notice was put on line.

    Raises:
        RuleBroken: it ends before it begins.

    >>> period(date(2024, 5, 20), date(2024, 6, 15)).excluded
    26
    """
    begins = max(start, published) if published else start
    if end < begins:
        raise RuleBroken(
            f"截止日{end}早于开始日{begins}",
            source=cite("decision:15.1"),
            fix="请核对起止日期；一般不少于三十日。",
        )
    return Period(begins, end)


@implements("decision:15.1")
def sufficiency(found: Period) -> Sufficiency:
    """Whether a period reaches the days that the regulation asks for in general (一般不少于30日).

    The regulation does not say whether the first day counts; a period that reaches them only with it is a boundary.

    >>> sufficiency(Period(date(2024, 2, 22), date(2024, 3, 23))).label
    '首日不计满三十日'
    >>> sufficiency(Period(date(2024, 2, 23), date(2024, 3, 23))) is Sufficiency.BOUNDARY
    True
    """
    needed = params.at("decisions.consultation_days", found.start).value
    if found.excluded >= needed:
        return Sufficiency.ENOUGH
    return Sufficiency.BOUNDARY if found.included >= needed else Sufficiency.SHORT


def last_day(start: date) -> date:
    """The last day that a notice should name: the first day is not counted.

    >>> last_day(date(2026, 11, 2))
    datetime.date(2026, 12, 2)
    """
    return start + timedelta(days=params.at("decisions.consultation_days", start).value)


def holidays_in(found: Period) -> int:
    """How many days of the period are statutory holidays or days off in lieu, weekends apart."""
    days = (found.start + timedelta(days=n) for n in range(1, found.included))
    return sum(day.weekday() < 5 and not calendar.is_workday(day, provisional=True) for day in days)


def rest_days(found: Period) -> int:
    """How many days of the period, the first one included, nobody works: weekends and holidays."""
    days = (found.start + timedelta(days=n) for n in range(found.included))
    return sum(not calendar.is_workday(day, provisional=True) for day in days)


def ends_in_long_holiday(found: Period) -> bool:
    """Whether the last day lies in a run of days off that is longer than a weekend.

    >>> ends_in_long_holiday(Period(date(2025, 9, 5), date(2025, 10, 5)))
    True
    >>> ends_in_long_holiday(Period(date(2025, 10, 18), date(2025, 11, 22)))
    False
    """
    least, run = params.at("decisions.long_holiday_days", found.end).value, 0
    for day in (found.end + timedelta(days=n) for n in range(1 - least, least)):
        run = 0 if calendar.is_workday(day, provisional=True) else run + 1
        if run >= least and found.end > day - timedelta(days=run):
            return True
    return False


def private_mailboxes(ways: Iterable[str]) -> list[str]:
    """Addresses in the ways of sending opinions that are no mailboxes of government.

    >>> private_mailboxes(["邮件：mz@mh.gov.cn", "电子邮箱 abc@163.com（注明“意见”）"])
    ['abc@163.com']
    """
    found = [match for way in ways for match in _MAILBOX.findall(way)]
    return [box for box in found if not f".{box.rpartition('@')[2].lower()}".endswith(".gov.cn")]


def is_attitude(text: str) -> bool:
    """Whether an opinion only says that one is for it or against it, and proposes nothing.

    >>> is_attitude("坚决支持该方案！"), is_attitude("支持，建议再提高一百元。")
    (True, False)
    """
    left = "".join(sign for sign in text if sign.isalnum())
    if not left or not any(word in left for word in _FOR_OR_AGAINST):
        return False
    for word in _ATTITUDES:
        left = left.replace(word, "")
    return not left


def feedback_due(end: date) -> calendar.Count:
    """By when the result of a consultation should be published; a parameter, not law."""
    return calendar.count(end, params.at("decisions.feedback_days", end).value, provisional=True)


@dataclass(frozen=True, slots=True)
class Notice:
    """一份征求意见公告里有没有该有的五样。"""

    has_draft: bool
    has_explanation: bool
    ways: tuple[str, ...]
    media: tuple[str, ...]
    period: Period | None
    reason: str = ""


def missing(notice: Notice) -> list[str]:
    """What a notice lacks of draft, explanation, ways, period and media.

    >>> missing(Notice(True, False, ("网上",), (), None))
    ['草案的说明', '期限', '公布的途径']
    """
    parts = (
        ("草案", notice.has_draft),
        ("草案的说明", notice.has_explanation),
        ("提意见的方式", notice.ways),
        ("期限", notice.period),
        ("公布的途径", notice.media),
    )
    return [name for name, given in parts if not given]


def may_publish(notice: Notice, *, binding: bool = True) -> None:
    """Pass a notice on to be published.

    Raises:
        RuleBroken: it lacks one of the five parts, or is too short without saying why. Where the regulation is only
            followed by analogy (``binding`` false) the length is the office's own affair.
    """
    if lacking := missing(notice):
        raise RuleBroken(
            f"征求意见公告没有{'、'.join(lacking)}", source=cite("decision:15.1"), fix="请补齐以后再送审、签发。"
        )
    assert notice.period is not None
    if binding and sufficiency(notice.period) is Sufficiency.SHORT and not notice.reason.strip():
        raise RuleBroken(
            f"征求意见只有{notice.period.excluded}日，不足三十日，公告里没有说明理由",
            source=cite("decision:15.1"),
            fix="请延长，或者在公告里写明情况紧急等需要缩短的理由。",
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """一轮意见的数:收到多少条,各怎样处理,还有几条没有处理。"""

    received: int
    taken: int = 0
    partly: int = 0
    rejected: int = 0
    other: int = 0

    @property
    def unanswered(self) -> int:
        return self.received - self.taken - self.partly - self.rejected - self.other

    @property
    def sentence(self) -> str:
        """The figures in one sentence; zero opinions are said too.

        >>> Tally(3, taken=1, partly=1, rejected=1).sentence
        '共收到意见3条：采纳1条，部分采纳1条，未采纳1条，不属于本事项0条。'
        >>> Tally(0).sentence
        '征求意见期间没有收到意见。'
        """
        if not self.received:
            return "征求意见期间没有收到意见。"
        return (
            f"共收到意见{self.received}条：采纳{self.taken}条，部分采纳{self.partly}条，"
            f"未采纳{self.rejected}条，不属于本事项{self.other}条。"
        )


@dataclass(frozen=True, slots=True)
class Crowds:
    """相同、相近的意见:几组几条,其中集中提交(一组有那么多条)的几组几条。只说明,不影响条数。"""

    groups: int
    opinions: int
    campaigns: int
    in_campaigns: int

    @property
    def sentence(self) -> str:
        """The figures in one sentence; nothing where all differ.

        >>> Crowds(3, 45, 1, 40).sentence
        '其中内容相同或者相近的3组、45条（集中提交的1组、40条），逐条计数。'
        >>> Crowds(0, 0, 0, 0).sentence
        ''
        """
        if not self.groups:
            return ""
        campaigns = f"（集中提交的{self.campaigns}组、{self.in_campaigns}条）" if self.campaigns else ""
        return f"其中内容相同或者相近的{self.groups}组、{self.opinions}条{campaigns}，逐条计数。"


def crowds(sizes: Iterable[int], on: date) -> Crowds:
    """Count groups of like opinions by their sizes; one alone is no group."""
    several = [size for size in sizes if size > 1]
    least = params.at("decisions.campaign_least", on).value
    large = [size for size in several if size >= least]
    return Crowds(len(several), sum(several), len(large), sum(large))


def tally(dispositions: Iterable[str]) -> Tally:
    """Count dispositions; an empty one is an opinion that has no answer yet."""
    given = list(dispositions)
    return Tally(len(given), *(given.count(one.value) for one in Disposition))


@implements("decision:18")
def may_feed_back(found: Tally, *, ended: bool) -> None:
    """Pass the result of a round on to be published.

    Raises:
        RuleBroken: the round is still open, or an opinion has no answer.
    """
    if not ended:
        raise RuleBroken("征求意见还没有截止", fix="请在截止以后公布采纳情况。")
    if found.unanswered:
        raise RuleBroken(
            f"还有{found.unanswered}条意见没有写明怎样处理",
            source=cite("decision:18"),
            fix="请逐条写明采纳、部分采纳、未采纳或者不属于本事项；未全部采纳的写明理由。",
        )
