"""各动作共用的:锁住案卷、由经过算出派生列、记一步。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gongkai.desk.moments import local_day
from gongkai.desk.seen import mark
from gongkai.law import procedure, replies
from gongkai.law.errors import RuleBroken
from gongkai.law.procedure import Review
from gongkai.org import access
from gongkai.org.models import User

from ..models import Application, Step
from ..terms import FileRole, State
from .journal import log

#: 不经答复就办结的环节,各对应一种处理结果。
_CLOSED_AS = {"withdrawn": "withdrawn", "transferred": "otherwise"}


def locked(application: Application | int) -> Application:
    """The case's row, locked until the transaction ends; every action begins here."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("agency", "handler")
    return rows.get(pk=getattr(application, "pk", application))


def law_steps(application: Application) -> list[procedure.Step]:
    """What was done, as the law core takes it."""
    steps = [step for step in application.steps.all() if not step.void]
    return [procedure.Step(step.kind, step.on, step.extra | _received(application, step)) for step in steps]


def _received(application: Application, step: Step) -> dict[str, Any]:
    """The day on which a fee notice was received, from which its period runs."""
    fee = getattr(application, "fee", None) if step.kind == "fee_notice" else None
    return {"received_on": fee.notified_on.isoformat()} if fee else {}


def judged(application: Application, on: date) -> Review:
    """The state, the due day and the findings as they stand on the day ``on``."""
    return procedure.review(application.received_on, law_steps(application), as_of=on)


def derive(application: Application, on: date) -> Review:
    """Set the derived columns from the steps and the items; the caller saves."""
    found = judged(application, on)
    application.state, application.start_on = found.state, found.start
    application.due_on, application.original_due_on = found.due, found.original_due
    application.due_provisional, application.answered_on = found.provisional, found.answered_on
    application.late = bool(found.late) if found.answered_on else False
    steps = [step for step in application.steps.all() if not step.void]
    decided = [step.on for step in steps if step.kind == "decided"]
    application.decided_on = decided[-1] if decided and found.state in (State.DECIDED, State.REPLIED) else None
    application.closed_on, application.outcome = None, ""
    if application.is_open:
        application.archived_at = None
    if not application.is_open:
        application.closed_on = found.answered_on or steps[-1].on
        application.outcome = _outcome(application, steps)
    if application.closed_on and application.counted_on is None:
        application.counted_on, application.counted_outcome = application.closed_on, application.outcome
    return found


def _outcome(application: Application, steps: list[Step]) -> str:
    if application.state in _CLOSED_AS:
        return _CLOSED_AS[application.state]
    if application.state == State.LAPSED:
        kinds = [step.kind for step in steps]
        return "fee_lapsed" if "fee_lapsed" in kinds else "correction_lapsed"
    chosen = next((step.extra.get("outcome", "") for step in reversed(steps) if step.extra.get("outcome")), "")
    items = [item.outcome for item in application.items.all() if item.outcome]
    return replies.overall(items, chosen if chosen in items or chosen == "partial" else "") if items else chosen


def save(application: Application, at: datetime) -> Review:
    """Derive and write; a row that is new as well."""
    found = derive(application, local_day(at))
    application.save()
    return found


def record(
    application: Application,
    kind: str,
    on: date,
    *,
    by: User | None,
    at: datetime,
    extra: dict[str, Any] | None = None,
    note: str = "",
    lawful: bool = True,
) -> Step:
    """Write one step, after asking the law whether it may be taken now; then derive, save and log.

    Args:
        lawful: False for facts that others made (an applicant's act, a court's): they are recorded as they are.

    Raises:
        RuleBroken: the law does not allow the step, or its day is impossible.
    """
    step = procedure.Step(kind, on, extra or {})
    label = procedure.table().steps[kind]["label"]
    if on > local_day(at):
        raise RuleBroken(f"“{label}”的日期{on}在今天以后", fix="请填实际发生的日期。")
    if on < application.received_on:
        raise RuleBroken(f"“{label}”的日期{on}早于收到申请之日{application.received_on}", fix="请核对日期。")
    if lawful:
        procedure.may(application.received_on, law_steps(application), step)
    old = (application.get_state_display(), application.due_on)
    row = Step.objects.create(
        application=application, kind=kind, on=on, at=at, by=by, extra=extra or {}, note=note.strip()[:2000]
    )
    save(application, at)
    new = (application.get_state_display(), application.due_on)
    log(
        f"foi.{kind}",
        application,
        f"{label}（{on}）",
        by=by,
        at=at,
        state=[old[0], new[0]],
        due=[str(old[1] or ""), str(new[1] or "")],
    )
    return row


def void_reviews(application: Application) -> None:
    """What will be given to the applicant is another than was reviewed: the reviews hold no more (C44)."""
    application.opinions.filter(valid=True, kind__in=replies.GATES).update(valid=False)


def may_change_given(application: Application) -> None:
    """LawError once the reply is signed: what goes out with it is what the signer saw."""
    open_case(application)
    if application.state == State.DECIDED:
        raise RuleBroken(
            "答复已经签发，随它给出的文件不能再增减",
            fix="确实有误的，请先作废签发的这一步，重新审查、签发。",
        )


def given_mark(application: Application) -> str:
    """Tells what will be given to the applicant, decisions and files, from anything else (``desk.seen``)."""
    decided = ("pk", "text", "outcome", "ground", "facts", "answers", "record_id", "earlier_id")
    files = application.files.filter(role=FileRole.REPLY).order_by("pk")
    return mark(
        list(application.items.order_by("pk").values(*decided)),
        list(files.values("pk", "sha256")),
        application.manner,
    )


def open_case(application: Application) -> None:
    """LawError unless the case is still under way."""
    if not application.is_open:
        raise RuleBroken(
            f"这件申请{application.get_state_display()}，已经办结",
            fix="要改的请先登记“重新办理”，原来的记录都保留。",
        )


def handled(application: Application, by: User) -> Application:
    """The case locked, for its handler: an open case of an agency where the person may handle."""
    application = locked(application)
    in_hand(application, by)
    return application


def in_hand(application: Application, by: User) -> None:
    """The same for a case that is locked already. PermissionDenied or RuleBroken unless it is this person's."""
    access.require(by, "foi.handle", application.agency)
    open_case(application)
    if application.handler_id != by.pk:
        who = f"由{application.handler}承办" if application.handler else "还没有人承办"
        raise RuleBroken(f"这件申请{who}", fix="请先接手，或者请单位负责人改交给您。")
