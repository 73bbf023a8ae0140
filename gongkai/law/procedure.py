"""依申请公开的办理程序。

同一张表回答两个问题:“现在可以办这一步吗”(``may``,不可以就抛 ``LawError``),
“这样办对不对”(``review``,给出应答复日、环节和发现的问题,从不抛错)。
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from . import clock, fees, params
from .errors import LawError, RuleBroken
from .sources import cite


@dataclass(frozen=True, slots=True)
class Step:
    """办理中的一步:种类、日期,延长的工作日、批准人、是否告知等另写在 ``extra``。"""

    kind: str
    on: date
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """一处不合规定:代码、说了什么、依据、怎么办。"""

    code: str
    message: str
    basis: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """流程表。"""

    initial: str
    final: frozenset[str]
    states: dict[str, str]
    steps: dict[str, dict[str, Any]]
    aliases: dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """走到一半的案子:起算日、环节、征求意见的区间、延长、各种日期、发现的问题。"""

    start: date
    state: str
    pauses: tuple[clock.Pause, ...] = ()
    open_inquiry: tuple[date, date | None, str] | None = None
    extension: int = 0
    corrections: int = 0
    fee_notified: date | None = None
    restarts: bool = False  # 补正、缴费通知在期限内发出的,收到补正、缴费后才重新计算
    answers: tuple[tuple[str, date], ...] = ()
    last: date | None = None
    findings: tuple[Finding, ...] = ()

    def found(self, code: str, message: str, basis: str = "", fix: str = "") -> Case:
        return replace(self, findings=(*self.findings, Finding(code, message, basis, fix)))


@dataclass(frozen=True, slots=True)
class Review:
    """判断的结果。``due`` 在待补正、待缴费、征求意见没有结束时是 None;``late`` 不知道时是 None。"""

    due: date | None
    original_due: date | None
    latest_due: date | None
    state: str
    state_label: str
    answered_on: date | None
    late: bool | None
    provisional: bool
    findings: tuple[Finding, ...]


@cache
def table() -> Table:
    """The procedure, checked (C39): unknown states, double names, states that nothing reaches stop the start."""
    return load(files("gongkai.law").joinpath("data/procedure.toml").read_text("utf-8"))


def load(text: str) -> Table:
    """Read and check a procedure table. Raises ValueError with what is wrong."""
    data = tomllib.loads(text)
    states, steps, final = data["states"], data["steps"], frozenset(data["final"])
    aliases: dict[str, str] = {}
    for kind, row in steps.items():
        if set(row) != {"label", "aliases", "from", "to"}:
            raise ValueError(f"步骤 {kind} 的项目不对")
        if wrong := {*row["from"], row["to"]} - {*states, "same"}:
            raise ValueError(f"步骤 {kind} 里有不认得的环节:{'、'.join(sorted(wrong))}")
        for name in {kind, row["label"], *row["aliases"]}:
            if name in aliases:
                raise ValueError(f"“{name}”指两个步骤")
            aliases[name] = kind
    if wrong := {data["initial"], *final} - set(states):
        raise ValueError(f"起点、终点里有不认得的环节:{'、'.join(sorted(wrong))}")
    reached, grown = {data["initial"]}, True
    while grown:
        more = {row["to"] for row in steps.values() if row["to"] != "same" and reached & set(row["from"])}
        grown = not more <= reached
        reached |= more
    if wrong := set(states) - reached:
        raise ValueError(f"走不到这些环节:{'、'.join(sorted(wrong))}")
    return Table(data["initial"], final, states, steps, aliases)


def kind_of(name: str) -> str:
    """The key of a step given by key, Chinese label or another usual name.

    Raises:
        RuleBroken: no step has that name.
    """
    found = table().aliases.get(name.strip())
    if found is None:
        labels = "、".join(row["label"] for row in table().steps.values())
        raise RuleBroken(f"不认得“{name}”这一步", fix=f"可用的步骤:{labels}。")
    return found


def allowed(state: str) -> list[str]:
    """The keys of the steps that may be taken in a state, in the order of the table."""
    return [kind for kind, row in table().steps.items() if state in row["from"]]


def may(received: date, steps: Sequence[Step], step: Step) -> None:
    """Raise unless the step may lawfully be taken now, after ``steps``.

    Raises:
        RuleBroken: what is wrong, by which article, and what to do.
    """
    case = _walk(received, steps, provisional=True)
    _in_state(case, step)
    after = _take(replace(case, findings=()), step, provisional=True)
    if after.findings:
        first = after.findings[0]
        raise RuleBroken(first.message.rstrip("。"), source=first.basis, fix=first.fix or "请核对后再办。")


def _in_state(case: Case, step: Step) -> None:
    row = table().steps[step.kind]
    if case.state not in row["from"]:
        possible = "、".join(table().steps[kind]["label"] for kind in allowed(case.state)) or "无"
        raise RuleBroken(
            f"“{table().states[case.state]}”的申请不能“{row['label']}”", fix=f"可办的下一步:{possible}。"
        )


def review(
    received: date, steps: Sequence[Step], *, as_of: date | None = None, provisional: bool = True
) -> Review:
    """Judge a case as it was handled; never raises for what was done wrong.

    Args:
        received: 收到申请之日.
        as_of: the day on which one looks; an open case past its due day is then late.
    """
    case = _walk(received, steps, provisional=provisional)
    due = _due(case, provisional)
    running = case.state in ("handling", "replied")  # 撤回、视为放弃、转送以后不再显示期限(C14)
    latest = None
    if case.state == "inquiring":
        latest = _latest(case, provisional)
    answers = dict(reversed(case.answers))
    answered = clock.answered_on(
        decided=answers.get("decided"), posted=answers.get("posted"), signed=answers.get("signed")
    )
    late = clock.is_late(due.due, answered) if answered else None
    if answered is None and as_of and running and case.state == "handling":
        late = clock.is_late(due.due, as_of)
    if late:
        what = f"答复以{answered}为准" if answered else f"到{as_of}还没有答复"
        case = case.found(
            "late",
            f"应于{due.due}前答复,{what},已经逾期。",
            due.source,
            "逾期的事实不能补救,请如实登记并尽快答复。",
        )
    for pause in due.ignored:
        case = case.found(
            "inquiry_after_due", f"{pause.start}征求意见时期限已经届满,不能延长期限。", cite("ogi:33.3")
        )
    return Review(
        due.due if running else None, due.original, latest, case.state, table().states[case.state], answered, late,
        due.provisional, case.findings,
    )  # fmt: skip


def _latest(case: Case, provisional: bool) -> date | None:
    """The due day if the open inquiry ends at its last day; None where the law of the day set none (2008)."""
    if case.open_inquiry is None:
        return None
    try:
        end = clock.paused_until(*case.open_inquiry, provisional=provisional)
    except LawError:
        return None
    return _due(replace(case, pauses=(*case.pauses, clock.Pause(case.open_inquiry[0], end))), provisional).due


def _due(case: Case, provisional: bool) -> clock.Deadline:
    ceiling = params.at("foi.extension_days_max", case.start).value
    return clock.reply_deadline(case.start, case.pauses, min(case.extension, ceiling), provisional=provisional)


def _walk(received: date, steps: Sequence[Step], *, provisional: bool) -> Case:
    case = Case(received, table().initial)
    for step in steps:
        try:
            _in_state(case, step)
        except LawError as error:
            case = case.found("out_of_order", error.what + "。", error.source, error.fix)
        case = _take(case, step, provisional=provisional)
    return case


def _take(case: Case, step: Step, *, provisional: bool) -> Case:
    """Take one step; what is wrong with it becomes a finding."""
    label = table().steps[step.kind]["label"]
    before = case.last or case.start
    if step.on < before:
        case = case.found("dates", f"“{label}”的日期{step.on}早于前一步的{before}。", fix="请核对日期。")
    case = _EFFECTS.get(step.kind, _nothing)(case, step, provisional)
    to = table().steps[step.kind]["to"]
    return replace(case, state=case.state if to == "same" else to, last=max(before, step.on))


def _nothing(case: Case, step: Step, provisional: bool) -> Case:
    return case


def _correction_notice(case: Case, step: Step, provisional: bool) -> Case:
    if case.corrections:
        case = case.found(
            "second_correction",
            "补正应当一次性告知,这是第二次。",
            cite("ogi:30"),
            "请核对第一次告知是否已经列全。",
        )
    # 期限届满以后才告知的、第二次告知的,都不能使时钟重新开始。
    in_time = step.on <= _due(case, provisional).due and not case.corrections
    case = replace(case, restarts=in_time)
    try:
        due = clock.correction_notice_due(case.start, provisional=provisional)
    except LawError:
        return replace(case, corrections=case.corrections + 1)  # 2008年条例没有规定
    if step.on > due:
        case = case.found("correction_late", f"补正告知应于{due}前作出,{step.on}才告知。", cite("ogi:30"))
    return replace(case, corrections=case.corrections + 1)


def _corrected(case: Case, step: Step, provisional: bool) -> Case:
    """收到补正之日起重新计算,此前的征求意见和延长都不再算;没有及时告知过补正的,不重新计算。"""
    if not case.restarts:
        return case
    return replace(case, start=step.on, pauses=(), extension=0, open_inquiry=None)


def _sent(case: Case, step: Step, provisional: bool) -> Case:
    return replace(case, open_inquiry=case.open_inquiry or (step.on, None, step.kind.removesuffix("_sent")))


def _served(case: Case, step: Step, provisional: bool) -> Case:
    if case.open_inquiry is None:
        return case
    sent, _, kind = case.open_inquiry
    return replace(case, open_inquiry=(sent, step.on, kind))


def _inquiry_replied(case: Case, step: Step, provisional: bool) -> Case:
    if case.open_inquiry is None:
        return case
    sent, _, kind = case.open_inquiry
    pauses = case.pauses
    if kind in params.at("foi.excluded_inquiries", case.start).value:
        pauses = (*pauses, clock.Pause(sent, step.on))
    return replace(case, pauses=pauses, open_inquiry=None)


def _extended(case: Case, step: Step, provisional: bool) -> Case:
    ceiling = params.at("foi.extension_days_max", case.start)
    days = int(step.extra.get("days", ceiling.value))
    due = _due(case, provisional).due
    if case.extension:
        return case.found("second_extension", "延长答复期限只能一次。", cite("ogi:33.2"))
    if days > ceiling.value:
        case = case.found(
            "extension_too_long", f"延长最长{ceiling.value}个{ceiling.unit},本次延长{days}个。", ceiling.source
        )
    if step.on > due and case.state != "inquiring":
        return case.found(
            "extension_late", f"延长应在期限届满({due})前作出,{step.on}才作出,不能算数。", cite("ogi:33.2")
        )
    if step.extra.get("approver") == "":
        case = case.found("extension_unapproved", "延长没有经政府信息公开工作机构负责人同意。", cite("ogi:33.2"))
    if step.extra.get("notified") is False:
        case = case.found("extension_untold", "延长没有告知申请人。", cite("ogi:33.2"), "请立即告知。")
    return replace(case, extension=min(days, ceiling.value))


def _fee_notice(case: Case, step: Step, provisional: bool) -> Case:
    due = _due(case, provisional).due
    if step.on > due:
        case = case.found(
            "fee_notice_late", f"收费通知应在办理期限内({due}前)发出,{step.on}才发出。", cite("fee:6")
        )
    return replace(case, fee_notified=step.on, restarts=step.on <= due)


def _fee_paid(case: Case, step: Step, provisional: bool) -> Case:
    """完成缴费次日起重新计算(此项凭记忆,机关可以另定)。"""
    if case.fee_notified:
        last = fees.payment_due(case.fee_notified, provisional=provisional)
        if step.on > last:
            case = case.found("paid_late", f"缴费应于{last}前完成,{step.on}才完成,逾期视为放弃。", cite("fee:6"))
    if case.restarts and params.at("fee.restart_on_payment", step.on).value:
        return replace(case, start=step.on, pauses=(), extension=0)
    return case


def _fee_lapsed(case: Case, step: Step, provisional: bool) -> Case:
    if case.fee_notified:
        last = fees.payment_due(case.fee_notified, provisional=provisional)
        if step.on <= last:
            return case.found("lapse_early", f"缴费期限到{last},{step.on}还没有届满。", cite("fee:6"))
    return case


def _answer(case: Case, step: Step, provisional: bool) -> Case:
    return replace(case, answers=(*case.answers, (step.kind, step.on)))


_EFFECTS = {
    "correction_notice": _correction_notice, "corrected": _corrected, "third_party_sent": _sent, "agency_sent": _sent,
    "comaker_sent": _sent, "served": _served, "inquiry_replied": _inquiry_replied, "extended": _extended,
    "fee_notice": _fee_notice, "fee_paid": _fee_paid, "fee_lapsed": _fee_lapsed, "decided": _answer, "posted": _answer,
    "signed": _answer,
}  # fmt: skip
