"""审核的规矩:谁可以办哪一道、签发前要过哪些关口、一件信息上眼下能办什么。流程表在 ``data/workflow.toml``。"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from django.urls import reverse

from gongkai.desk.moments import minute
from gongkai.law.disclosure import secrecy_review_source
from gongkai.law.errors import RuleBroken
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import User

from . import types, workflow
from .compare import Block, compare
from .models import Edition, Invitation, Record, Review
from .on_record import declared
from .terms import EDITABLE_STAGES, SUBMITTED_STAGES, ReviewKind, Stage, Verdict, WithdrawalKind

__all__ = ["Block", "Step", "compare", "gates_of", "invitation", "may_judge", "next_sentence", "steps_for"]


def not_the_writer(edition: Edition, kind: ReviewKind, by: User) -> None:
    """起草的人、改过的人不审自己的稿子(C45)。"""
    if by.pk == edition.author_id or edition.editors.filter(pk=by.pk).exists():
        raise RuleBroken("起草、改过这份稿子的人不能审核它", fix="请由另一位审核人办理。")


def not_twice_in_turn(edition: Edition, kind: ReviewKind, by: User) -> None:
    """初审、复审、终审是三个不同的人。"""
    if edition.reviews.filter(valid=True, verdict=Verdict.PASS, kind__in=IN_TURN, by=by).exists():
        raise RuleBroken("您已经审过这份稿子的前一道，三审须由三个不同的人办", fix="请由另一位审核人办理。")


def not_given_yet(edition: Edition, kind: ReviewKind, by: User) -> None:
    """同一道关口不办两遍;已经办过的说是谁、什么时候(C46)。"""
    if given := edition.reviews.filter(valid=True, verdict=Verdict.PASS, kind=kind).select_related("by").first():
        raise RuleBroken(
            f"{given.by}已于{minute(given.at)}办过{kind.label}", fix="结论有变的，请退回修改后重新审查。"
        )


CONDITIONS: dict[str, Callable[[Edition, ReviewKind, User], None]] = {
    condition.__name__: condition for condition in (not_the_writer, not_twice_in_turn, not_given_yet)
}
TABLE = workflow.load(files("gongkai.records").joinpath("data/workflow.toml").read_text("utf-8"), CONDITIONS)
IN_TURN = tuple(kind for kind, step in TABLE.items() if not step.is_gate)
GATES = tuple(kind for kind, step in TABLE.items() if step.is_gate)


def may_judge(edition: Edition, kind: ReviewKind, by: User) -> None:
    """Raise unless this person may give this review of the edition now (rights are checked apart).

    Raises:
        RuleBroken: no such review, the wrong stage (C43), or a condition of the table does not hold.
    """
    if kind not in TABLE:
        raise RuleBroken(f"“{kind.label}”不是可以办的审核", fix="请从页面上列出的步骤里选。")
    if edition.stage not in TABLE[kind].at:
        raise RuleBroken(
            f"这一版是“{edition.get_stage_display()}”，不能{kind.label}", fix="请刷新页面看最新的环节。"
        )
    for name in TABLE[kind].needs:
        CONDITIONS[name](edition, kind, by)


def gates_of(edition: Edition) -> tuple[ReviewKind, ...]:
    """The gates that the edition must pass before it is signed."""
    needed = (ReviewKind.SECRECY,)
    return (*needed, ReviewKind.LEGAL) if types.get(edition.record.type).legal_review else needed


def gates_passed(edition: Edition) -> None:
    """Raise unless every gate has a valid judgement of the present revision (先审查、后公开)."""
    for gate in gates_of(edition):
        if not edition.reviews.filter(
            kind=gate, verdict=Verdict.PASS, valid=True, revision=edition.revision
        ).exists():
            source = secrecy_review_source() if gate is ReviewKind.SECRECY else ""
            raise RuleBroken(
                f"还没有{gate.label}的结论，不能签发", source=source, fix=f"请先由{gate.label}人员逐项审查。"
            )


@dataclass(frozen=True, slots=True)
class Step:
    """一件信息上的一步:名称、去处、能不能办、为什么不能。"""

    key: str
    label: str
    url: str
    allowed: bool
    why_not: str = ""
    post: bool = False
    main: bool = False
    danger: bool = False


def steps_for(record: Record, draft: Edition | None, user: User, at: datetime) -> list[Step]:
    """Every step that the person's roles could ever take on this record, and whether it is possible now."""
    steps: list[Step] = []

    def add(key: str, label: str, right: str, possible: bool, why_not: str, **look: bool) -> None:
        if access.may(user, right, record.agency):
            steps.append(Step(key, label, reverse(f"desk:{key}", args=[record.pk]), possible, why_not, **look))

    editable = draft is not None and draft.stage in EDITABLE_STAGES
    submitted = draft is not None and draft.stage in SUBMITTED_STAGES
    for kind in (*IN_TURN, *GATES):
        if draft is None or not access.may(user, f"records.{kind.value}", record.agency):
            continue
        if kind in GATES and kind not in gates_of(draft):
            continue
        try:
            may_judge(draft, kind, user)
            why_not = ""
        except RuleBroken as error:
            why_not = str(error)
        label = "终审签发" if kind is ReviewKind.FINAL else kind.label
        url = reverse("desk:judge", args=[record.pk, kind.value])
        steps.append(Step(kind.value, label, url, not why_not, why_not, main=kind in IN_TURN))
    add("edit", "编辑", "records.write", editable, "没有可以修改的草稿。", main=True)
    add("submit", "送审", "records.write", editable, "没有可以送审的草稿。", post=True)
    add("recall", "撤回送审", "records.write", submitted, "这一版不在审核中。", post=True)
    add(
        "revise",
        "更正",
        "records.write",
        draft is None and record.live is not None,
        "已有在办的版本，或者还没有签发过。",
    )
    waits = record.published_at is not None and record.published_at > at and not record.withdrawn
    add("reschedule", "改发布时刻", "records.final", waits, "没有定时发布，或者时刻已经过了。")
    add("discard", "作废草稿", "records.write", editable, "没有可以作废的草稿。", danger=True)
    add("invite", "邀请外部审核", "records.invite", submitted, "只有审核中的稿子才能请外部人员看。")
    add("relate", "建立关系", "records.write", True, "")
    can_withdraw = record.published_at is not None and record.withdrawn != WithdrawalKind.CONFIDENTIAL
    add("withdraw", "撤下", "records.withdraw", can_withdraw, "没有公开过，或者已经撤下。", danger=True)
    add("lift", "恢复公开", "records.withdraw", bool(record.withdrawn), "没有撤下。")
    add("reassess", "年度评估", "records.reassess", record.openness != Openness.ACTIVE, "主动公开的信息不用评估。")
    return steps + [step for part in declared() for provide in part.steps for step in provide(record, user)]


def handed_in(draft: Edition) -> Review | None:
    """The submission under review (送审), with what whoever handed it in had confirmed."""
    return draft.reviews.filter(kind=ReviewKind.SUBMIT, valid=True).select_related("by").last()


def next_sentence(record: Record) -> str:
    """What comes next, for the message after a review."""
    draft = Record.objects.get(pk=record.pk).draft
    if draft is None:
        fresh = Record.objects.get(pk=record.pk)
        return "已经签发。" if fresh.published_at else "已经签发，按公开属性不对公众显示。"
    if draft.stage == Stage.RETURNED:
        return f"已经退回，{draft.author}会在待办里看到。"
    return f"意见已经记下，现在是“{draft.get_stage_display()}”。"


def invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation that a link's token opens, if it is still good (C104)."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return (
        Invitation.objects.select_related("edition__record__agency")
        .filter(digest=digest, used_at=None, expires_at__gt=at, edition__stage__in=SUBMITTED_STAGES)
        .first()
    )
