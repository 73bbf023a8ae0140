"""任务现在怎样:一次取齐方案的任务、各单位的一份、进展和证据,算出该看的、该报的、有疑的;正常的不打扰。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY
from gongkai.law.sources import numeral
from gongkai.law.supervision import ORDER, Light, Quarter, TaskKind, UnitRole, light, reports_due, worst
from gongkai.org.models import Agency

from .models import Evidence, Piece, Plan, Progress, Task
from .shipped import FIVE_YEAR
from .terms import PieceState, Verdict

#: 五年方案到期以后,还有这么多天在第一屏。
BEYOND = 366
#: 五年方案的任务数(“十二项任务”);总体目标、工作要求不编号。
ITEMS = 12
#: 只按季报的任务。
QUARTERLY = (TaskKind.CONTINUING, TaskKind.MONTHLY, TaskKind.INDICATOR)


@dataclass(frozen=True, slots=True)
class PieceView:
    """一个单位的一份:灯、应报的季度、有疑的证据、最近一次进展。"""

    piece: Piece
    light: Light
    due: date | None
    owing: tuple[Quarter, ...]
    doubts: tuple[tuple[Evidence, str], ...]
    last: Progress | None

    @property
    def is_calm(self) -> bool:
        return self.light in (Light.DONE, Light.WELL)


@dataclass(frozen=True, slots=True)
class TaskView:
    """一项任务和它的各份。"""

    task: Task
    light: Light
    due: date | None
    pieces: tuple[PieceView, ...]

    @property
    def lead(self) -> list[PieceView]:
        return [one for one in self.pieces if one.piece.role == UnitRole.LEAD]

    @property
    def responsible(self) -> list[PieceView]:
        return [one for one in self.pieces if one.piece.role == UnitRole.RESPONSIBLE]

    @property
    def helping(self) -> list[PieceView]:
        return [one for one in self.pieces if one.piece.role == UnitRole.HELPING]

    @property
    def done(self) -> int:
        return sum(one.piece.state == PieceState.DONE for one in self.pieces if one.piece.agency_id)

    @property
    def named(self) -> int:
        """How many units answer for it by name."""
        return sum(bool(one.piece.agency_id) for one in self.pieces)


def tasks_of(plans: Iterable[Plan] | QuerySet[Plan]) -> QuerySet[Task]:
    """The tasks of some plans with everything that tells how they stand, in five queries however many there are."""
    reports = Progress.objects.select_related("agency", "by", "judged_by").order_by("at", "pk")
    evidence = Evidence.objects.select_related("record__agency")
    pieces = Piece.objects.select_related("agency", "verified_by").order_by("pk")
    return (
        Task.objects.filter(plan__in=plans)
        .select_related("plan__agency", "gatherer")
        .prefetch_related(
            Prefetch("pieces", pieces),
            Prefetch("pieces__reports", reports),
            Prefetch("pieces__reports__evidence", evidence),
        )
        .order_by("plan", "order")
    )


def views(tasks: Iterable[Task], *, on: date, at: datetime) -> list[TaskView]:
    """How each task stands on a day."""
    return [view(task, on=on, at=at) for task in tasks]


def view(task: Task, *, on: date, at: datetime) -> TaskView:
    """How one task stands: as the worst of its units that answer by name."""
    due = due_of(task, on)
    pieces = tuple(_piece(task, piece, due, on, at) for piece in task.pieces.all())
    lights = [one.light for one in pieces if one.piece.agency_id and one.piece.state not in _ASIDE]
    whole = worst(lights)
    if whole is None:
        whole = Light.WELL
    return TaskView(task, whole, due, pieces)


_ASIDE = (PieceState.SUSPENDED, PieceState.INAPPLICABLE)


def due_of(task: Task, on: date) -> date | None:
    """The day by which it is to be done, for what has one; a yearly task is due each year's end, or the plan's."""
    if task.kind == TaskKind.YEARLY:
        year = min(max(on.year, task.plan.starts_on.year), task.plan.ends_on.year)
        return min(task.due_on or date(year, 12, 31), task.plan.ends_on)
    return task.due_on


def _piece(task: Task, piece: Piece, due: date | None, on: date, at: datetime) -> PieceView:
    reports = list(piece.reports.all())
    last = reports[-1] if reports else None
    if piece.agency_id is None or piece.state in _ASIDE or piece.role == UnitRole.HELPING:
        return PieceView(piece, Light.DONE if piece.state == PieceState.DONE else Light.WELL, due, (), (), last)
    # 文件写给一类单位的、每年的、持续的,各算各的;证据只看最近一次没有退回的进展
    doubts = tuple(_doubts(reports, on, at))
    owing = tuple(_owing(task, reports, on))
    done = _is_done(task, piece, reports, on)
    # 期限以内报了完成、还没有人验证的,不是单位逾期
    waits = (
        piece.state == PieceState.CLAIMED and last is not None and due is not None and local_day(last.at) <= due
    )
    return PieceView(
        piece,
        light(due=None if waits else due, done=done, doubted=bool(doubts), owing=bool(owing), on=on),
        due,
        owing,
        doubts,
        last,
    )


def _doubts(reports: Sequence[Progress], on: date, at: datetime) -> Iterable[tuple[Evidence, str]]:
    good = [report for report in reports if report.verdict != Verdict.RETURNED]
    for evidence in good[-1].evidence.all() if good else ():
        if why := evidence.doubt(at, on):
            yield evidence, why


def _owing(task: Task, reports: Sequence[Progress], on: date) -> list[Quarter]:
    """The quarters of the year on which nothing was reported; only continuing tasks of a running plan owe any."""
    plan = task.plan
    if task.kind not in QUARTERLY or plan.confirmed_at is None:
        return []
    start = max(
        task.starts_on or plan.starts_on,
        local_day(plan.confirmed_at),
        date(on.year, 1, 1) if on <= plan.ends_on else plan.ends_on,
    )
    told = {report.period for report in reports}
    due = [quarter for quarter in reports_due(start, min(on, plan.ends_on)) if quarter.first <= plan.ends_on]
    return [quarter for quarter in due if quarter.key not in told]


def _is_done(task: Task, piece: Piece, reports: Sequence[Progress], on: date) -> bool:
    if task.kind != TaskKind.YEARLY:
        return piece.state == PieceState.DONE
    year = min(on.year, task.plan.ends_on.year)
    return any(
        report.claims_done and report.verdict == Verdict.PASSED and local_day(report.at).year == year
        for report in reports
    )


def matching(found: Iterable[TaskView], agency: Agency | None, light: str) -> list[TaskView]:
    """The tasks that name a unit, and that stand as told: one light, or ``troubles`` for all that want a look."""
    wanted = (
        set(Light) - {Light.DONE, Light.WELL} if light == "troubles" else {Light(light)} if light else set(Light)
    )
    return [
        one
        for one in found
        if one.light in wanted
        and (agency is None or any(piece.piece.agency_id == agency.pk for piece in one.pieces))
    ]


def unfinished(plan: Plan, on: date, at: datetime) -> list[TaskView]:
    """What an earlier plan left undone (回头看): tasks with a day that were not verified as done."""
    return [one for one in views(tasks_of([plan]), on=on, at=at) if one.light is Light.OVERDUE]


def main_plan(rows: QuerySet[Plan], on: date) -> Plan | None:
    """The plan to show first: the five-year plan, for a year beyond its end; else the one that runs and ends last."""
    program = rows.filter(key=FIVE_YEAR, starts_on__lte=on, ends_on__gte=on - DAY * BEYOND).first()
    running = rows.filter(starts_on__lte=on, ends_on__gte=on).order_by("-ends_on", "pk").first()
    return program or running or rows.filter(starts_on__lte=on).order_by("-ends_on", "pk").first()


@dataclass(frozen=True, slots=True)
class Section:
    """方案里的一项(“十二项任务”之一):它的条款、灯、该看的几条。"""

    no: int
    heading: str
    tasks: tuple[TaskView, ...]

    @property
    def numeral(self) -> str:
        """Which of the twelve it is, in Chinese numerals; empty for the general goal and the requirements of work."""
        return numeral(self.no) if 0 < self.no <= ITEMS else ""

    @property
    def light(self) -> Light:
        return worst(one.light for one in self.tasks) or Light.WELL

    @property
    def overdue(self) -> int:
        return sum(one.light is Light.OVERDUE for one in self.tasks)

    @property
    def troubles(self) -> list[TaskView]:
        """What needs a look, the worst first; nothing where all is well."""
        found = [one for one in self.tasks if one.light not in (Light.DONE, Light.WELL)]
        return sorted(found, key=lambda view: -ORDER.index(view.light))

    @property
    def done(self) -> int:
        return sum(one.light is Light.DONE for one in self.tasks)


@dataclass(frozen=True, slots=True)
class Tally:
    """一个方案的任务一共几条,验证完成、正在推进、到期没有完成的各几条;三样相加就是全部。

    ``lasting`` 是正在推进的里面没有写完成期限的:长期坚持,按季报告。
    """

    plan: Plan
    on: date
    total: int
    done: int
    overdue: int
    lasting: int

    @property
    def going(self) -> int:
        return self.total - self.done - self.overdue


def tallied(plan: Plan, found: Sequence[TaskView], on: date) -> Tally:
    """The tasks of a plan counted by how they stand on a day."""
    lights = [view.light for view in found]
    lasting = sum(view.due is None and view.light not in (Light.DONE, Light.OVERDUE) for view in found)
    return Tally(plan, on, len(lights), lights.count(Light.DONE), lights.count(Light.OVERDUE), lasting)


def tally(on: date, at: datetime) -> Tally | None:
    """How far the plan is whose progress is public and that comes first; None while there is none."""
    plan = main_plan(Plan.objects.shown(), on)
    return tallied(plan, views(tasks_of([plan]), on=on, at=at), on) if plan else None


def sections(found: Sequence[TaskView]) -> list[Section]:
    """The tasks of one plan by the items of the plan, in their order."""
    by_number: dict[tuple[int, str], list[TaskView]] = {}
    for task_view in found:
        by_number.setdefault((task_view.task.section, task_view.task.heading), []).append(task_view)
    return [Section(no, heading, tuple(rows)) for (no, heading), rows in by_number.items()]
