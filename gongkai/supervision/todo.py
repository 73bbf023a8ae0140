"""督查考核里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.moments import end_of
from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law import params
from gongkai.law.supervision import Light
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import standing
from .models import Candidate, Correction, Hearing, Objection, Piece, Plan, Progress
from .terms import OPEN_CORRECTIONS, CorrectionState, Escalation, PieceState, PlanState, RoundState

#: 灯和徽章的样子。
BADGES = {Light.OVERDUE: "stop", Light.DOUBTED: "warn", Light.OWING: "warn", Light.SOON: "warn", Light.DONE: "ok"}


def panels(user: User, on: date) -> Iterator[Panel]:
    """What this person's units owe, what waits to be verified, reviewed, looked at again."""
    if access.may(user, "supervision.report"):
        yield _owed(user, on)
        yield _corrections(
            "要整改的",
            "按期限排。",
            Correction.objects.filter(
                access.within(user, "supervision.report"),
                state__in=(CorrectionState.ISSUED, CorrectionState.RETURNED),
            ),
            on,
        )
        yield _self(user)
    if access.is_district(user, "supervision.verify"):
        yield _to_verify(user)
        answered = Correction.objects.filter(state=CorrectionState.ANSWERED).exclude(issued_by=user)
        yield _corrections("待复核的整改", "您自己下达的请别人复核。", answered, on)
    if access.is_district(user, "supervision.correct"):
        late = Correction.objects.filter(
            state__in=(CorrectionState.ISSUED, CorrectionState.RETURNED), due_on__lt=on
        ).exclude(level=list(Escalation)[-1])
        yield _corrections("逾期没有改好的整改", "一级一级往上提，或者催它报。", late.order_by("due_on"), on)
    if access.may(user, "supervision.assess"):
        yield _objections(user, on)
    if access.may(user, "supervision.register"):
        yield _hearing(user, on)


def pieces_of(user: User, on: date) -> list[tuple[standing.TaskView, standing.PieceView]]:
    """What the units of this person owe now, the worst first."""
    agencies = set(access.agencies_of(user, "supervision.report").values_list("pk", flat=True))
    plans = Plan.objects.running(on).filter(ends_on__gte=on, tasks__pieces__agency__in=agencies).distinct()
    found = [
        (view, piece)
        for view in standing.views(standing.tasks_of(plans), on=on, at=end_of(on))
        for piece in view.pieces
        if piece.piece.agency_id in agencies and (not piece.is_calm or piece.piece.state == PieceState.RETURNED)
    ]
    return sorted(
        found,
        key=lambda pair: (list(BADGES).index(pair[1].light) if pair[1].light in BADGES else 9, pair[0].task.order),
    )


def _owed(user: User, on: date) -> Panel:
    found = pieces_of(user, on)
    tasks = tuple(
        Task(
            str(view.task),
            view.task.get_absolute_url(),
            _why(piece),
            piece.light.label,
            BADGES.get(piece.light, ""),
            piece.due,
        )
        for view, piece in found[:PREVIEW]
    )
    return Panel(
        "督查任务", "逾期、欠报、快到期的，证据有疑的。", len(found), reverse("desk:supervision_unit"), tasks
    )


def _why(piece: standing.PieceView) -> str:
    if piece.doubts:
        return f"{piece.doubts[0][0]}：{piece.doubts[0][1]}"
    if piece.owing:
        return f"{piece.owing[-1].label}没有报"
    return ""


def _corrections(label: str, hint: str, rows: Iterable[Correction], on: date) -> Panel:
    found = list(rows.select_related("agency"))  # type: ignore[attr-defined]
    tasks = tuple(
        Task(
            str(one),
            one.get_absolute_url(),
            str(one.agency),
            due=one.due_on if one.state != CorrectionState.ANSWERED else None,
        )
        for one in found[:PREVIEW]
    )
    return Panel(label, hint, len(found), reverse("desk:supervision_corrections"), tasks)


def _self(user: User) -> Panel:
    rows = Candidate.objects.filter(
        access.within(user, "supervision.report"), round__state=RoundState.SELF, submitted_at=None
    ).select_related("round", "agency")

    def task(candidate: Candidate) -> Task:
        url = reverse("desk:supervision_candidate", args=[candidate.pk])
        return Task(f"{candidate.round}：{candidate}", url)

    return panel_of("待自评的考核", "填齐以后交上。", rows, task, reverse("desk:supervision_rounds"))


def _to_verify(user: User) -> Panel:
    rows = Progress.objects.filter(
        verdict="", claims_done=True, piece__task__plan__state=PlanState.CONFIRMED
    ).exclude(by=user)

    def task(progress: Progress) -> Task:
        claimed = progress.piece.task
        return Task(f"{progress.agency}：{claimed}", claimed.get_absolute_url(), "报完成")

    rows = rows.select_related("agency", "piece__task")
    return panel_of("待验证的任务", "按报的证据逐件看。", rows, task, reverse("desk:supervision_inspect"))


def _objections(user: User, on: date) -> Panel:
    rows = Objection.objects.filter(outcome="").exclude(line__by=user).exclude(line__second_by=user)

    def task(objection: Objection) -> Task:
        candidate = objection.line.candidate
        url = reverse("desk:supervision_candidate", args=[candidate.pk])
        return Task(f"{candidate}：{objection.get_kind_display()}", url, due=objection.due_on)

    rows = rows.select_related("line__candidate__agency")
    return panel_of("待复核的异议", "评过这一项的人不复核。", rows, task, reverse("desk:supervision_rounds"))


def _hearing(user: User, on: date) -> Panel:
    """From each reminding day on, who has not heard a report in the year."""
    days = params.at("supervision.hearing_reminders", on).value
    url = reverse("desk:supervision_hearings")
    if f"{on:%m-%d}" < min(days) or access.is_district(user, "supervision.register"):
        return Panel("听取汇报", "", 0, url, ())
    held = {one.agency_id for one in Hearing.objects.valid().filter(held_on__year=on.year) if not one.why_not}
    missing = [one for one in access.agencies_of(user, "supervision.register").current(on) if one.pk not in held]
    tasks = tuple(Task(f"{one}{on.year}年还没有听取", url) for one in missing[:PREVIEW])
    return Panel("主要负责人听取汇报", "每年至少一次，代听的不算。", len(missing), url, tasks)


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Tasks and corrections under way at an agency."""
    if agency is None:
        return
    pieces = Piece.objects.filter(agency=agency, task__plan__state=PlanState.CONFIRMED).exclude(
        state__in=(PieceState.DONE, PieceState.INAPPLICABLE)
    )
    for piece in pieces.select_related("task"):
        yield OpenItem(f"督查任务：{piece.task}", piece.get_state_display(), piece.task.get_absolute_url())
    for correction in Correction.objects.filter(agency=agency, state__in=OPEN_CORRECTIONS):
        yield OpenItem(f"整改：{correction}", correction.get_state_display(), correction.get_absolute_url())
