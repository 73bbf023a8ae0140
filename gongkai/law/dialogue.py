"""在线访谈和电视问政:预告该有什么、没有当场答的问题几天以内公开回复、问题怎样才算办完。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count

from . import calendar, params
from .errors import RuleBroken


def may_call(
    *, starts: datetime, ends: datetime, questions_until: datetime, topic: str, guests: Sequence[object]
) -> None:
    """Announce an interview and call for questions.

    Raises:
        RuleBroken: one of the five things that a notice tells is missing (时间、主题、嘉宾、提问入口、形式), or the
            moments contradict each other.
    """
    if ends <= starts:
        raise RuleBroken("访谈结束不晚于开始", fix="请核对时间。")
    if questions_until > ends:
        raise RuleBroken("提问截止晚于访谈结束", fix="截止填到访谈结束为止；以后的问题请写信。")
    if not topic.strip():
        raise RuleBroken("没有写谈什么", fix="预告要写明时间、主题、嘉宾、形式和怎样提问。")
    if not guests:
        raise RuleBroken("没有写嘉宾", fix="一行一位，写姓名和职务。")


def is_short_notice(published_on: date, held_on: date) -> bool:
    """Whether the public hears of an interview later than it should; a warning, not a refusal.

    >>> is_short_notice(date(2026, 9, 1), date(2026, 9, 3)), is_short_notice(date(2026, 9, 1), date(2026, 9, 4))
    (True, False)
    """
    return bool((held_on - published_on).days < params.at("engagement.interview_notice_days", held_on).value)


def answer_limit(held_on: date) -> params.Param:
    """The limit for questions left open, as it stood on the day of the interview, with its source and how sure it is."""
    return params.at("engagement.interview_days", held_on)


def answer_due(held_on: date) -> calendar.Count:
    """By when a question that was not answered on the spot gets its public answer; that day is not counted.

    >>> answer_due(date(2026, 9, 1)).due
    datetime.date(2026, 9, 8)
    """
    return calendar.count(held_on, answer_limit(held_on).value, provisional=True)


def may_promise(promise: str, promise_on: date | None, on: date) -> None:
    """Take a televised issue over with a promise and its day.

    Raises:
        RuleBroken: what will be done or by when is not said, the day is over already, or so far away that it is no promise (R).
    """
    if not promise.strip() or promise_on is None:
        raise RuleBroken("整改的承诺没有写全", fix="写明办成什么样、哪一天办到；到期会提醒复核。")
    if promise_on < on:
        raise RuleBroken(
            f"承诺的日子{promise_on}已经过了", fix="请填今天以后的日子；已经办好的，承诺填今天，再登记结果。"
        )
    longest = params.at("engagement.tv_keep_days", on)
    if (promise_on - on).days > longest.value:
        raise RuleBroken(
            f"承诺的日子在{longest.value}日以后（{longest.source}）",
            fix="要更久的，先承诺这段时间里办到哪一步，办到了再承诺下一步。",
        )


def promise_due(asked_on: date) -> date:
    """By when the responsible unit says what it will do and by which day; the day of the broadcast, or on which a
    revisit found it not done, is not counted.

    >>> promise_due(date(2026, 9, 1))
    datetime.date(2026, 9, 8)
    """
    return calendar.add(asked_on, params.at("engagement.tv_promise_days", asked_on).value, provisional=True)


def last_day_unpromised(on: date) -> date:
    """The last day of asking from which the time to promise is over on that day.

    >>> last_day_unpromised(date(2026, 9, 9))
    datetime.date(2026, 9, 1)
    """
    return next(day for back in count(1) if promise_due(day := on - timedelta(days=back)) < on)


def may_settle(*, promised: bool, result: str) -> None:
    """Say that a televised issue is put right.

    Raises:
        RuleBroken: nothing was promised, or the result is not told: a promise is not a solution.
    """
    if not promised:
        raise RuleBroken("还没有写整改的承诺", fix="请先写承诺和哪一天办到。")
    if not result.strip():
        raise RuleBroken("没有写整改的结果", fix="请写实际办成了什么，公众看得到。")


def revisit_due(settled_on: date) -> date:
    """By when whoever did not settle an issue goes and looks whether it is so.

    >>> revisit_due(date(2026, 9, 1))
    datetime.date(2026, 10, 1)
    """
    return settled_on + timedelta(days=params.at("engagement.tv_revisit_days", settled_on).value)
