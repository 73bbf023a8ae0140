"""文件没有说的:读出来的任务里没有牵头、没有时限、认不出的单位,一条条列出来给人;不替它猜。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.errors import RuleBroken
from gongkai.law.supervision import TaskKind, UnitRole, check_due

from .models import Plan, Task


@dataclass(frozen=True, slots=True)
class Point:
    """一处没有说清的;``blocks`` 的定了才能派下去。"""

    task: Task
    text: str
    blocks: bool


def points(plan: Plan, on: date) -> list[Point]:
    """Everything open in a plan, what blocks first."""
    rows = plan.tasks.prefetch_related("pieces__agency__successor").select_related("gatherer", "plan")
    found = [point for task in rows for point in of_task(task, on)]
    return sorted(found, key=lambda finding: not finding.blocks)


def of_task(task: Task, on: date) -> Iterable[Point]:
    """What is open in one task."""
    pieces = list(task.pieces.all())
    if not pieces:
        yield Point(task, "没有写哪个单位办", True)
    for piece in pieces:
        if not piece.is_known:
            yield Point(task, f"“{piece.written}”没有对到本区的单位", True)
        if piece.agency and piece.agency.ended_on and piece.agency.ended_on <= on:
            yield Point(
                task,
                f"{piece.agency}已于{piece.agency.ended_on}撤并，请改为{piece.agency.successor or '承继单位'}",
                True,
            )
    leads = [piece for piece in pieces if piece.role == UnitRole.LEAD]
    if len(leads) > 1 and task.gatherer is None:
        names = "、".join(map(str, leads))
        yield Point(task, f"写了{len(leads)}个牵头单位（{names}），没有说由谁汇总", True)
    if pieces and not leads:
        yield Point(task, "没有写牵头单位，责任单位不当作牵头", False)
    if task.kind in (TaskKind.ONCE, TaskKind.INDICATOR) and task.due_on is None:
        yield Point(task, "没有写哪天以前", False)
    try:
        check_due(task.plan.issued_on, task.due_on, task.starts_on)
    except RuleBroken as error:
        yield Point(task, error.what, True)
