"""依申请公开的办理程序。

同一张表回答两个问题:“现在可以办这一步吗”(``may``,不可以就抛 ``LawError``),
“这样办对不对”(``review``,给出应答复日、环节和发现的问题,从不抛错)。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import calendar, clock
from .errors import RuleBroken
from .sources import cite
from .steps import Finding, Step, Table, allowed, kind_of, load, table
from .walk import Case, answered_of, due_of, ends_on, in_state, take_step, until, walk

__all__ = ["Finding", "Review", "Step", "Table", "allowed", "kind_of", "load", "may", "review", "table"]

#: 这些环节里时钟在走:还没有答复,或者作出了还没有送达。
RUNNING = frozenset({"handling", "decided"})
#: 这些环节显示应答复日;撤回、视为放弃、转送以后不再显示(C14)。
SHOWN = RUNNING | {"replied"}


@dataclass(frozen=True, slots=True)
class Review:
    """判断的结果。``due`` 在待补正、待缴费、征求意见没有结束时是 None;``late`` 不知道时是 None。

    ``start`` 是现在这一段期限的起算日,``explanation`` 逐日说明怎样数到应答复日。
    """

    due: date | None
    original_due: date | None
    latest_due: date | None
    state: str
    state_label: str
    answered_on: date | None
    late: bool | None
    provisional: bool
    findings: tuple[Finding, ...]
    start: date
    explanation: tuple[calendar.Day, ...]


def may(received: date, steps: Sequence[Step], step: Step) -> None:
    """Raise unless the step may lawfully be taken now, after ``steps``.

    Raises:
        RuleBroken: what is wrong, by which article, and what to do.
    """
    case = until(walk(received, steps, provisional=True), step.on, provisional=True)
    in_state(case, step)
    after = take_step(replace(case, findings=()), step, provisional=True)
    # 原来的答复逾期是已有的事实,不是这一步的错:逾期的案子一样可以责令重新办理。
    wrong = [finding for finding in after.findings if finding.code != "first_late"]
    if wrong:
        first = wrong[0]
        raise RuleBroken(first.message.rstrip("。"), source=first.basis, fix=first.fix or "请核对后再办。")


def review(
    received: date, steps: Sequence[Step], *, as_of: date | None = None, provisional: bool = True
) -> Review:
    """Judge a case as it was handled; never raises for what was done wrong.

    Args:
        received: 收到申请之日.
        as_of: the day on which one looks; an open case past its due day is then late, and an inquiry whose time has
            run out has ended.
    """
    case = walk(received, steps, provisional=provisional)
    if as_of:
        case = until(case, as_of, provisional=provisional)
    due = due_of(case, provisional)
    shown = case.state in SHOWN
    answered = answered_of(case)
    late = clock.is_late(due.due, answered) if answered else None
    if answered is None and as_of and case.state in RUNNING:
        late = clock.is_late(due.due, as_of)
    if late:
        what = f"答复以{answered}为准" if answered else f"到{as_of}还没有答复"
        case = case.found(
            "late",
            f"应于{due.due}前答复，{what}，已经逾期。",
            due.source,
            _LATE.get(case.state, _LATE[""]),
        )
    for pause in due.ignored:
        case = case.found(
            "inquiry_after_due", f"{pause.start}征求意见时期限已经届满,不能延长期限。", cite("ogi:33.3")
        )
    return Review(
        due.due if shown else None,
        due.original,
        _latest(case, provisional),
        case.state,
        table().states[case.state],
        answered,
        late,
        due.provisional,
        case.findings,
        case.start,
        due.explanation,
    )


#: 逾期以后该做什么,按办到哪一步说:已经答复的不再催答复。
_LATE = {
    "decided": "答复已经作出，请立即送达并登记交邮或者签收的日期。",
    "replied": "逾期的事实不能补救，请如实写明原因。",
    "": "逾期的事实不能补救，请如实登记并尽快答复。",
}


def _latest(case: Case, provisional: bool) -> date | None:
    """The due day if every open inquiry ends at its last day; None where one has no last day, or none is open."""
    if case.state != "inquiring" or not case.open:
        return None
    ends = [ends_on(one, provisional=provisional) for one in case.open]
    if None in ends:
        return None
    pauses = tuple(clock.Pause(one.sent, end) for one, end in zip(case.open, ends, strict=True) if end)
    return due_of(replace(case, pauses=(*case.pauses, *pauses)), provisional).due
