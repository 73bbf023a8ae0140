"""方案和任务:录入、随软件的、改一项、对单位、确认、公开进展、结束、经批准调整。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.desk.figures import figures
from gongkai.law.errors import RuleBroken
from gongkai.law.supervision import TaskKind, UnitRole, check_due
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import points, shipped
from ..models import Piece, Plan, Task
from ..shipped import Draft
from ..terms import Group, PlanState
from ..units import Directory
from .common import locked, needed, noted, seen_as, touch

TASK_FIELDS = (
    "clause",
    "heading",
    "text",
    "kind",
    "due_written",
    "due_on",
    "starts_on",
    "standard",
    "proof",
    "figures",
)


@transaction.atomic
def enter_plan(
    agency: Agency,
    title: str,
    issued_on: date,
    drafts: Iterable[Draft],
    *,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    number: str = "",
    source: str = "",
    key: str = "",
    before: Plan | None = None,
    record: Record | None = None,
) -> Plan:
    """录入读出来的一份;任务照原文,单位对得到的对上,其余留给人。"""
    access.require(by, "supervision.plan", agency)
    title = needed(title, "方案的名称")
    if ends_on < starts_on:
        raise RuleBroken(f"结束之日{ends_on}早于开始之日{starts_on}", fix="请核对起止的日子。")
    if key and Plan.objects.filter(key=key, agency=agency).exists():
        raise RuleBroken("这份方案已经录入过", fix="请在清单里打开它。")
    rows = list(drafts)
    if not rows:
        raise RuleBroken("这份文件里没有读出任务", fix="请核对文件，或者建立以后逐项添加。")
    plan = Plan.objects.create(
        title=title[:200],
        number=number.strip()[:80],
        agency=agency,
        issued_on=issued_on,
        starts_on=starts_on,
        ends_on=ends_on,
        key=key,
        source=source,
        before=before,
        record=record,
        entered_by=by,
        entered_at=at,
    )
    directory = Directory(issued_on)
    tasks = Task.objects.bulk_create(
        Task(
            plan=plan,
            order=order,
            clause=row.clause,
            section=row.section,
            heading=row.heading[:80],
            text=row.text,
            kind=row.kind,
            due_written=row.due_written[:100],
            due_on=row.due,
            starts_on=row.start,
            milestones=list(row.steps),
        )
        for order, row in enumerate(rows, 1)
    )
    pieces = [piece for task, row in zip(tasks, rows, strict=True) for piece in _pieces(task, row, directory)]
    Piece.objects.bulk_create(pieces)
    noted("plan", f"录入《{plan}》，{len(tasks)}项任务", plan, at=at, by=by, agency=agency)
    return plan


def _pieces(task: Task, row: Draft, directory: Directory) -> Iterable[Piece]:
    """One piece for each unit; a unit that leads is not asked a second time as responsible."""
    taken: set[int] = set()
    for role, names in (
        (UnitRole.LEAD, row.lead),
        (UnitRole.RESPONSIBLE, row.responsible),
        (UnitRole.HELPING, row.helping),
    ):
        for name in names:
            found = directory.find(name)
            if found.agency and found.agency.pk in taken:
                continue
            if found.agency:
                taken.add(found.agency.pk)
            yield Piece(task=task, role=role, written=name[:100], agency=found.agency, group=found.group or "")


def adopt_plan(agency: Agency, key: str, *, by: User, at: datetime) -> Plan:
    """用随软件的一份方案。"""
    head = shipped.head(key)
    return enter_plan(
        agency,
        head["title"],
        head["issued_on"],
        shipped.drafts(key),
        starts_on=head["starts_on"],
        ends_on=head["ends_on"],
        key=key,
        by=by,
        at=at,
    )


def _open_task(task: Task, by: User) -> Task:
    task = locked(task, "plan__agency")
    access.require(by, "supervision.plan", task.plan.agency)
    if task.plan.state != PlanState.READ:
        raise RuleBroken("方案已经确认，任务不能再改", fix="确有变动的，凭批准的文件“调整”。")
    return task


@transaction.atomic
def save_task(task: Task, values: Mapping[str, Any], *, by: User, at: datetime) -> Task:
    """改一项任务;时限不早于文件。"""
    task = _open_task(task, by)
    needed(str(values.get("text", "")), "任务的内容")
    check_due(task.plan.issued_on, values.get("due_on"), values.get("starts_on"))
    if unknown := set(values.get("figures") or ()) - set(figures()):
        raise RuleBroken(f"没有“{'、'.join(sorted(unknown))}”这样的数", fix="请照清单选。")
    for name in TASK_FIELDS:
        if name in values:
            setattr(task, name, values[name])
    if "gatherer" in values:
        task.gatherer = values["gatherer"]
    task.save()
    noted("task", f"改任务：{task}", task, at=at, by=by, agency=task.plan.agency)
    return task


@transaction.atomic
def add_task(plan: Plan, text: str, *, by: User, at: datetime) -> Task:
    """补一项漏读的。"""
    plan = locked(plan, "agency")
    access.require(by, "supervision.plan", plan.agency)
    if plan.state != PlanState.READ:
        raise RuleBroken("方案已经确认，不能再添任务", fix="请另录一份。")
    last = plan.tasks.order_by("-order").first()
    task = Task.objects.create(plan=plan, order=(last.order if last else 0) + 1, text=needed(text, "任务的内容"))
    noted("task", f"补任务：{task}", task, at=at, by=by, agency=plan.agency)
    return task


@transaction.atomic
def drop_task(task: Task, *, by: User, at: datetime) -> None:
    """去掉一项读错的(总体要求、落款一类)。"""
    task = _open_task(task, by)
    noted("task", f"去掉任务：{task}", task.plan, at=at, by=by, agency=task.plan.agency, text=task.text)
    task.delete()


@transaction.atomic
def set_piece(
    task: Task,
    piece: Piece | None,
    role: UnitRole,
    *,
    agency: Agency | None = None,
    group: Group | None = None,
    outside: str = "",
    by: User,
    at: datetime,
) -> Piece:
    """把一个名称对到单位、一类单位,或者写明是本区以外的;没有 ``piece`` 的是添一个。"""
    task = _open_task(task, by)
    if sum(map(bool, (agency, group, outside.strip()))) != 1:
        raise RuleBroken("没有选清是哪个单位", fix="单位、一类单位、区外单位三样选一样。")
    if agency is not None and agency.ended_on:
        raise RuleBroken(
            f"{agency}已于{agency.ended_on}撤并", fix=f"请选{agency.successor or '承继它职责的单位'}。"
        )
    if agency is not None and task.pieces.filter(agency=agency).exclude(pk=piece.pk if piece else None).exists():
        raise RuleBroken(
            f"{agency}在这项任务里已经有一份", fix="一个单位在一项任务里只有一个角色，请先去掉另一份。"
        )
    written = (
        (piece.written if piece else "") or str(agency or "") or (group.label if group else "") or outside.strip()
    )
    if piece is None:
        piece = Piece(task=task)
    piece.role, piece.agency, piece.group = role, agency, group or ""
    piece.outside, piece.written = bool(outside.strip()), written[:100]
    piece.save()
    noted("piece", f"{role.label}：{piece}（{task}）", task, at=at, by=by, agency=agency or task.plan.agency)
    return piece


@transaction.atomic
def drop_piece(piece: Piece, *, by: User, at: datetime) -> None:
    """去掉任务里的一个单位。"""
    task = _open_task(piece.task, by)
    noted("piece", f"去掉{piece}（{task}）", task, at=at, by=by, agency=piece.agency or task.plan.agency)
    piece.delete()


@transaction.atomic
def confirm_plan(plan: Plan, *, on: date, by: User, at: datetime, seen: str | None = None) -> Plan:
    """确认、派下去:单位都认得,两个牵头的说清由谁汇总,没有早于文件的时限。没有写时限的照列,不拦。"""
    plan = locked(plan, "agency")
    access.require(by, "supervision.plan", plan.agency)
    seen_as(plan, seen)
    if plan.state != PlanState.READ:
        raise RuleBroken("方案已经确认过", fix="请刷新页面。")
    blocking = [point for point in points.points(plan, on) if point.blocks]
    if blocking:
        first = "；".join(f"第{point.task.order}项{point.text}" for point in blocking[:3])
        more = f"，另有{len(blocking) - 3}处" if len(blocking) > 3 else ""
        raise RuleBroken(f"还有没说清的：{first}{more}", fix="请逐处定好再确认。")
    plan.state, plan.confirmed_by, plan.confirmed_at = PlanState.CONFIRMED, by, at
    touch(plan, "state", "confirmed_by", "confirmed_at")
    noted("confirm", f"确认《{plan}》，派下任务", plan, at=at, by=by, agency=plan.agency)
    return plan


@transaction.atomic
def show_plan(plan: Plan, shown: bool, *, by: User, at: datetime) -> Plan:
    """向社会公开进展,或者不再公开。"""
    plan = locked(plan, "agency")
    access.require(by, "supervision.plan", plan.agency)
    if plan.state == PlanState.READ:
        raise RuleBroken("方案还没有确认", fix="请先确认。")
    plan.is_shown = shown
    touch(plan, "is_shown")
    said = "公开" if shown else "不再公开"
    noted("show", f"{said}《{plan}》的进展", plan, at=at, by=by, agency=plan.agency)
    return plan


@transaction.atomic
def close_plan(plan: Plan, *, on: date, by: User, at: datetime) -> Plan:
    """到期结束:没有验证完成的照样留着,不改成完成。"""
    plan = locked(plan, "agency")
    access.require(by, "supervision.plan", plan.agency)
    if plan.state != PlanState.CONFIRMED:
        raise RuleBroken("方案没有在执行", fix="请刷新页面。")
    if on <= plan.ends_on:
        raise RuleBroken(f"方案到{plan.ends_on}才到期", fix="请在到期以后结束。")
    plan.state = PlanState.CLOSED
    touch(plan, "state")
    noted("close", f"《{plan}》到期结束", plan, at=at, by=by, agency=plan.agency)
    return plan


@transaction.atomic
def adjust_task(task: Task, due_on: date | None, approval: str, reason: str, *, by: User, at: datetime) -> Task:
    """已经派下去的任务,凭批准的文件改时限;原来的留在操作记录里。"""
    task = locked(task, "plan__agency")
    access.require(by, "supervision.plan", task.plan.agency)
    if task.plan.state != PlanState.CONFIRMED:
        raise RuleBroken("方案没有在执行", fix="没有确认的请直接改任务。")
    approval, reason = needed(approval, "批准的文号、会议"), needed(reason, "为什么调整")
    check_due(task.plan.issued_on, due_on, task.starts_on)
    before, task.due_on = task.due_on, due_on
    if task.kind == TaskKind.CONTINUING and due_on:
        task.kind = TaskKind.ONCE
    task.save(update_fields=["due_on", "kind"])
    said = f"时限由{before or '没有'}改为{due_on or '没有'}（{approval}；{reason[:100]}）"
    noted(
        "adjust",
        f"调整任务“{task}”：{said}",
        task,
        at=at,
        by=by,
        agency=task.plan.agency,
        before=str(before or ""),
    )
    return task
