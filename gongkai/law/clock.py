"""答复的时钟:从收到之日起数工作日,征求意见的时间不计,延长接着数;答复按交邮或者签收之日判断是否逾期。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import calendar, params
from .errors import RuleBroken
from .sources import implements

ON_HOLD = "征求意见,不计入期限"


@dataclass(frozen=True, slots=True)
class Pause:
    """征求意见的一段时间:发出之日的次日到收到意见之日,不计入期限。"""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start < day <= self.end


@dataclass(frozen=True, slots=True)
class Deadline:
    """应答复日。``original`` 是没有征求意见、没有延长时的那一天;``explanation`` 逐日说明。"""

    due: date
    original: date
    days: int
    source: str
    explanation: tuple[calendar.Day, ...]
    provisional: bool
    ignored: tuple[Pause, ...] = ()


@implements("ogi:33.2", "ogi:33.3")
def reply_deadline(
    received: date,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    *,
    days: int | None = None,
    provisional: bool = False,
) -> Deadline:
    """The last day to answer an application (答复期限届满日).

    Args:
        received: 收到申请之日; it is not counted.
        pauses: periods of inquiry, in any order, possibly overlapping: a day in several counts once.
        extension: 批准延长的工作日, 0 if none.
        days: the working days that a decision on review or a court ordered, instead of the statutory ones.

    Returns:
        The due day, always a working day. An inquiry sent on the due day itself still adds its days; one begun after the period had run out revives nothing; it is
        given back in ``ignored``.

    Raises:
        RuleBroken: the extension is longer than the law allows.
        NoCalendar: the count runs into a year without notice and no provisional answer was asked for.

    >>> reply_deadline(date(2021, 9, 26)).due
    datetime.date(2021, 10, 28)
    """
    allowed = params.at("foi.reply_days", received)
    ceiling = params.at("foi.extension_days_max", received)
    if not 0 <= extension <= ceiling.value:
        raise RuleBroken(
            f"延长答复期限最长{ceiling.value}个{ceiling.unit},本次填了{extension}个",
            source=ceiling.source,
            fix=f"请改为0至{ceiling.value}之间的整数。",
        )
    effective: list[Pause] = []
    ignored: list[Pause] = []
    whole = allowed.value if days is None else days
    original = calendar.count(received, whole, provisional=provisional).due
    for pause in sorted(pauses, key=lambda pause: (pause.start, pause.end)):
        now = _count(received, whole + extension, effective, provisional)[-1].on
        (effective if pause.start <= now else ignored).append(pause)
    counted = _count(received, whole + extension, effective, provisional)
    return Deadline(
        counted[-1].on,
        original,
        whole + extension,
        allowed.source,
        tuple(counted),
        any(day.notice == calendar.PROVISIONAL for day in counted),
        tuple(ignored),
    )


def _count(received: date, n: int, pauses: Sequence[Pause], provisional: bool) -> list[calendar.Day]:
    days: list[calendar.Day] = []
    on, nth = received, 0
    while nth < n or any(pause.start <= on < pause.end for pause in pauses):
        on = calendar.following(on)
        day = calendar.explain_day(on, provisional=provisional)
        if day.counted and any(pause.holds(on) for pause in pauses):
            day = calendar.Day(on, False, None, ON_HOLD, day.notice)
        elif day.counted:
            nth += 1
            day = calendar.Day(on, True, nth, day.reason, day.notice)
        days.append(day)
    # 期限最后一天才征求意见的,顺延所需的工作日,到其中最后一个工作日届满。
    while not days[-1].counted and days[-1].reason != ON_HOLD:
        days.pop()
    return days


@implements("delivery235")
def answered_on(
    *, decided: date | None = None, posted: date | None = None, signed: date | None = None
) -> date | None:
    """The day by which a reply is judged to be in time: the day of posting, else of signature, never the date
    on the letter while it has not gone out (国办公开办函〔2016〕235号)."""
    return posted or signed or decided


def is_late(due: date, answered: date) -> bool:
    """Whether a reply came after the due day; the due day itself is in time until its end (C06)."""
    return answered > due


def ran_out(on: date) -> tuple[date, date]:
    """The first and the last of the due days that ran out in the year of ``on`` by that day.

    A period ends at 24:00 of its last day (《民法典》第二百零三条): what is due on ``on`` has not run out yet, and what is
    due on 31 December runs out in the new year; so each due day runs out in one year and in no other.

    >>> [str(day) for day in ran_out(date(2026, 3, 1))]
    ['2025-12-31', '2026-02-28']
    """
    return date(on.year, 1, 1) - calendar.DAY, on - calendar.DAY


def paused_until(sent: date, served: date | None, kind: str, *, provisional: bool = False) -> date:
    """The day on which an unanswered inquiry ends at the latest (第三方、共同制作机关逾期未提出意见之日)."""
    name = "foi.comaker_days" if kind == "comaker" else "foi.third_party_days"
    start = served or sent
    return calendar.add(start, params.at(name, start).value, provisional=provisional)


@implements("ogi:30")
def correction_notice_due(received: date, *, provisional: bool = False) -> date:
    """The last day to ask for corrections, once and all together (补正告知期限届满日).

    >>> correction_notice_due(date(2021, 9, 30))
    datetime.date(2021, 10, 15)
    """
    return calendar.add(received, params.at("foi.correction_notice_days", received).value, provisional=provisional)
