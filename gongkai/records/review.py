"""审核的规矩:三审一查的流程表、谁可以办哪一步、两版对照。表在载入时核对,写错就停下(C39)。"""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongkai.law.disclosure import secrecy_review_source
from gongkai.law.errors import RuleBroken
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import User

from . import types
from .models import Edition, Invitation, Record
from .terms import EDITABLE_STAGES, SUBMITTED_STAGES, ReviewKind, Stage, Verdict

#: 哪一道审核在哪个环节办。
AT: dict[ReviewKind, frozenset[Stage]] = {
    ReviewKind.FIRST: frozenset({Stage.FIRST}),
    ReviewKind.SECOND: frozenset({Stage.SECOND}),
    ReviewKind.FINAL: frozenset({Stage.FINAL}),
    ReviewKind.SECRECY: SUBMITTED_STAGES,
    ReviewKind.LEGAL: SUBMITTED_STAGES,
}
#: 同意以后到哪个环节;终审同意就是签发。
NEXT: dict[ReviewKind, Stage] = {ReviewKind.FIRST: Stage.SECOND, ReviewKind.SECOND: Stage.FINAL}
IN_TURN = (ReviewKind.FIRST, ReviewKind.SECOND, ReviewKind.FINAL)
GATES = (ReviewKind.SECRECY, ReviewKind.LEGAL)


def check_table() -> None:
    """Every submitted stage has a review that is held there, and every step leads to another such stage."""
    reached = {Stage.FIRST, *NEXT.values()}
    if reached != set(SUBMITTED_STAGES) or {stage for kind in IN_TURN for stage in AT[kind]} != reached:
        raise ValueError("审核流程表有走不到或者走不出的环节")
    if missing := [kind for kind in AT if f"records.{kind.value}" not in access.RIGHTS]:
        raise ValueError(f"审核流程表里的{missing}没有权限规定")


check_table()


def may_judge(edition: Edition, kind: ReviewKind, by: User) -> None:
    """Raise unless this person may give this review of the edition now (rights are checked apart).

    Raises:
        RuleBroken: wrong stage (C43), the writer or an editor judging (C45), or one person at two of the three stages.
    """
    if kind not in AT:
        raise RuleBroken(f"“{kind.label}”不是可以办的审核", fix="请从页面上列出的步骤里选。")
    if edition.stage not in AT[kind]:
        raise RuleBroken(
            f"这一版是“{edition.get_stage_display()}”，不能{kind.label}", fix="请刷新页面看最新的环节。"
        )
    if by.pk == edition.author_id or edition.editors.filter(pk=by.pk).exists():
        raise RuleBroken("起草、改过这份稿子的人不能审核它", fix="请由另一位审核人办理。")
    passed = edition.reviews.filter(valid=True, verdict=Verdict.PASS)
    if kind in IN_TURN and passed.filter(kind__in=IN_TURN, by=by).exists():
        raise RuleBroken("您已经审过这份稿子的前一道，三审须由三个不同的人办", fix="请由另一位审核人办理。")
    if kind in GATES and passed.filter(kind=kind).exists():
        raise RuleBroken(f"这一版已经有{kind.label}的结论", fix="请刷新页面。")


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


def steps_for(record: Record, draft: Edition | None, user: User) -> list[Step]:
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
    add("discard", "作废草稿", "records.write", editable, "没有可以作废的草稿。", danger=True)
    add("invite", "邀请外部审核", "records.invite", submitted, "只有审核中的稿子才能请外部人员看。")
    add("relate", "建立关系", "records.write", True, "")
    published = record.published_at is not None
    add("withdraw", "撤下", "records.withdraw", published and record.withdrawn in ("", "repealed"),
        "没有公开过，或者已经撤下。", danger=True)  # fmt: skip
    add("lift", "恢复公开", "records.withdraw", bool(record.withdrawn), "没有撤下。")
    add("reassess", "年度评估", "records.reassess", record.openness != Openness.ACTIVE, "主动公开的信息不用评估。")
    return steps


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


@dataclass(frozen=True, slots=True)
class Block:
    """对照的一段:改前、改后各是若干 (种类, 文字),种类是 same、del、ins。"""

    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]

    @property
    def changed(self) -> bool:
        return any(kind != "same" for kind, _ in (*self.old, *self.new))


_WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.S)


def compare(old: Edition, new: Edition) -> list[Block]:
    """Two editions side by side, paragraph by paragraph, with the changed words marked (版本对照)."""
    before, after = _lines(old), _lines(new)
    blocks: list[Block] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks += [Block((("same", line),), (("same", line),)) for line in before[i1:i2]]
            continue
        left, right = before[i1:i2], after[j1:j2]
        for n in range(max(len(left), len(right))):
            blocks.append(_words(left[n] if n < len(left) else "", right[n] if n < len(right) else ""))
    return blocks


def _lines(edition: Edition) -> list[str]:
    head = [f"标题：{edition.title}", f"文号：{edition.doc_number or '无'}"]
    head += [f"{label}：{value}" for label, value in (
        ("成文日期", edition.made_on), ("施行日期", edition.effective_on), ("有效期至", edition.expires_on)) if value]  # fmt: skip
    return head + edition.text.split("\n")


def _words(old: str, new: str) -> Block:
    a, b = _WORD.findall(old), _WORD.findall(new)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(("same", "".join(a[i1:i2])))
            right.append(("same", "".join(b[j1:j2])))
            continue
        if i1 < i2:
            left.append(("del", "".join(a[i1:i2])))
        if j1 < j2:
            right.append(("ins", "".join(b[j1:j2])))
    return Block(tuple(left), tuple(right))
