"""回应社会关切:来信的期限(工作日)、政务舆情的时限(自然小时,昼夜节假日不停)、活动报名、满意度。"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from . import calendar, params
from .errors import RuleBroken
from .sources import cite, implements
from .terms import Term


class LetterKind(Term):
    """来信的种类。"""

    CONSULT = "consult", "咨询"
    ADVICE = "advice", "建议"
    HELP = "help", "求助"
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    ERROR = "error", "网站找错"

    @property
    def is_countable_only(self) -> bool:
        """Reports of wrongdoing are counted, never shown."""
        return self is LetterKind.REPORT


_DAYS = {
    LetterKind.CONSULT: "engagement.letter_consult_days",
    LetterKind.ADVICE: "engagement.letter_advice_days",
    LetterKind.HELP: "engagement.letter_advice_days",
    LetterKind.COMPLAINT: "engagement.letter_complaint_days",
    LetterKind.REPORT: "engagement.letter_complaint_days",
    LetterKind.ERROR: "engagement.letter_error_days",
}


def letter_limit(kind: LetterKind, received_on: date) -> params.Param:
    """The limit for a reply as it stood on the day of receipt, with its source and how sure it is."""
    return params.at(_DAYS[kind], received_on)


def letter_due(kind: LetterKind, received_on: date) -> calendar.Count:
    """By when a letter is answered; the day of receipt is not counted, so a letter of a holiday waits by itself.

    >>> letter_due(LetterKind.CONSULT, date(2026, 9, 1)).due
    datetime.date(2026, 9, 8)
    """
    return calendar.count(received_on, letter_limit(kind, received_on).value, provisional=True)


def extended(due: date, days: int, on: date) -> date:
    """The new last day of a letter whose reply takes longer.

    Raises:
        RuleBroken: the limit is over already, or the extension is longer than allowed.
    """
    most = params.at("engagement.letter_extension_days", on)
    if on > due:
        raise RuleBroken(f"答复期限{due}已经过了", fix="请尽快答复，逾期照实记。")
    if not 0 < days <= most.value:
        raise RuleBroken(
            f"延长要在1到{most.value}个{most.unit}之间", source=most.source, fix="请改天数，写明理由告知来信人。"
        )
    return calendar.add(due, days, provisional=True)


class Grade(Term):
    """政务舆情涉及的突发事件的级别。"""

    GRAVEST = "gravest", "特别重大"
    GRAVE = "grave", "重大"
    LARGER = "larger", "较大"
    COMMON = "common", "一般"
    NONE = "none", "不是突发事件"

    @property
    def is_grave(self) -> bool:
        """Whether the first word is owed within hours, and a briefing within a day."""
        return self in (Grade.GRAVEST, Grade.GRAVE)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """一件舆情的时限:首次发布(回应)、新闻发布会(没有的是 None)、起点取自哪里。"""

    start: datetime
    first: datetime
    briefing: datetime | None


@implements("response61")
def deadlines(
    grade: Grade, *, happened: datetime | None, detected: datetime, ordered: datetime | None
) -> Deadlines:
    """When the first word and the briefing are due: natural hours from the earliest of what started the matter.

    Nights and holidays count. 较大、一般 have no number of their own; the general one holds for them.
    """
    start = min(moment for moment in (happened, detected, ordered) if moment is not None)
    on = start.date()
    if grade.is_grave:
        first = params.at("engagement.first_word_hours", on).value
        briefing = params.at("engagement.briefing_hours", on).value
        return Deadlines(start, start + timedelta(hours=first), start + timedelta(hours=briefing))
    return Deadlines(start, start + timedelta(hours=params.at("engagement.response_hours", on).value), None)


def may_tell(when: datetime, *, start: datetime, now: datetime, public_since: datetime | None) -> None:
    """Enter what was said or done about a case at ``when``; the limits are counted to what is entered here.

    Args:
        start: where the clock of the case begins.
        now: the moment of entering.
        public_since: when the record in which it was said came out; None for what was not said in a record.

    Raises:
        RuleBroken: it lies ahead, before the case began, or before the public could read it (to the minute).
    """
    if when > now:
        raise RuleBroken("时刻还没有到", fix="请在办过以后登记。")
    if when < start.replace(second=0, microsecond=0):
        raise RuleBroken(
            f"登记的时刻{when:%Y-%m-%d %H:%M}早于这件舆情的起点{start:%Y-%m-%d %H:%M}",
            fix="请核对时刻，或者核对起点。",
        )
    if public_since is not None and when < public_since.replace(second=0, microsecond=0):
        raise RuleBroken(
            f"登记的时刻{when:%Y-%m-%d %H:%M}早于那件信息公开的{public_since:%Y-%m-%d %H:%M}",
            source=cite("response61"),
            fix="时限算到公众看得到为止，请填公开的时刻。",
        )


def may_close(*, responded: bool, acted: bool) -> None:
    """Close a case of public opinion.

    Raises:
        RuleBroken: nothing was said, or nothing was done: a reply is not a solution (回应不等于解决).
    """
    if not responded:
        raise RuleBroken("还没有回应", fix="请先登记首次发布的信息。")
    if not acted:
        raise RuleBroken("没有登记实际做了什么，不能办结", fix="请登记处置结果；回应不等于解决。")


class Selection(Term):
    """报名的多于名额怎样定。"""

    FIRST = "first", "先到先得"
    DRAW = "draw", "公开抽选"
    INVITED = "invited", "定向邀请"


def may_announce(
    *,
    starts: datetime,
    ends: datetime,
    signup_until: datetime | None,
    seats: int,
    selection: Selection,
    signup_from: datetime | None = None,
) -> None:
    """Announce an event to which people sign up.

    Raises:
        RuleBroken: it ends before it starts, the sign-up ends after it starts or before it begins, or there are no
            seats.
    """
    if ends <= starts:
        raise RuleBroken("活动结束不晚于开始", fix="请核对时间。")
    if selection is Selection.INVITED:
        return
    if seats <= 0:
        raise RuleBroken("没有写名额", fix="公开报名的活动写明名额。")
    if signup_until is None or signup_until >= starts:
        raise RuleBroken("报名截止不早于活动开始", fix="请填活动开始以前的时刻。")
    if signup_from is not None and signup_from >= signup_until:
        raise RuleBroken("报名开始不早于报名截止", fix="请核对报名的起止，写到分。")


class Step(Term):
    """一个系列里隔多久一场。"""

    WEEK = "week", "每周"
    MONTH = "month", "每月"


def session_times(first: Sequence[datetime | None], step: Step, number: int) -> list[datetime | None]:
    """The moments of the session so many steps after the first, each at the same time of its day.

    A day that a month does not have becomes its last one.

    >>> session_times([datetime(2026, 1, 31, 9, 0), None], Step.MONTH, 1)
    [datetime.datetime(2026, 2, 28, 9, 0), None]
    """
    return [None if moment is None else _later(moment, step, number) for moment in first]


def _later(moment: datetime, step: Step, number: int) -> datetime:
    if step is Step.WEEK:
        return moment + timedelta(weeks=number)
    years, month = divmod(moment.month - 1 + number, 12)
    year = moment.year + years
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


#: 五级评价里的后两级是差评。
BAD = 2


def is_bad(grade: int) -> bool:
    """Whether a grade from one to five asks for a follow-up (不满意、非常不满意)."""
    return grade <= BAD


def revisit_due(rated_on: date) -> date:
    """By when the writer of a bad rating is asked why.

    >>> revisit_due(date(2026, 9, 1))
    datetime.date(2026, 9, 8)
    """
    return calendar.add(rated_on, params.at("engagement.revisit_days", rated_on).value, provisional=True)


def average(ratings: Sequence[int], on: date) -> float | None:
    """The mean of ratings from one to five; None where there are too few to show."""
    least = params.at("engagement.least_ratings", on).value
    return round(sum(ratings) / len(ratings), 2) if len(ratings) >= least else None
