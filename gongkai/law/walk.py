"""一步一步走完一件申请:每一步怎样改变时钟和环节,有什么不合规定。由 ``procedure`` 使用。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import clock, fees, params
from .errors import LawError, RuleBroken
from .sources import cite
from .steps import Finding, State, Step, allowed, table


@dataclass(frozen=True, slots=True)
class Inquiry:
    """一次没有结束的征求意见。``party`` 分清同时征求的几方,没有注明是空。"""

    kind: str
    party: str
    sent: date
    served: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """走到一半的案子:起算日、环节、征求意见的区间、延长、各种日期、发现的问题。"""

    start: date
    state: str
    days: int | None = None  # 复议决定、判决责令的期限;平常按条例
    pauses: tuple[clock.Pause, ...] = ()
    open: tuple[Inquiry, ...] = ()
    silent: tuple[Inquiry, ...] = ()  # 逾期没有提出意见的
    extension: int = 0
    corrections: int = 0
    fee_notified: date | None = None
    restarts: bool = False  # 补正、缴费通知在期限内发出的,收到补正、缴费后才重新计算
    answers: tuple[tuple[str, date], ...] = ()
    last: date | None = None
    findings: tuple[Finding, ...] = ()

    def found(self, code: str, message: str, basis: str = "", fix: str = "") -> Case:
        """The case with one more finding."""
        return replace(self, findings=(*self.findings, Finding(code, message, basis, fix)))


def walk(received: date, steps: Sequence[Step], *, provisional: bool) -> Case:
    """The case after all steps; what is wrong becomes findings."""
    case = Case(received, table().initial)
    for step in steps:
        case = until(case, step.on, provisional=provisional)
        try:
            in_state(case, step)
        except LawError as error:
            case = case.found("out_of_order", error.what + "。", error.source, error.fix)
        case = take_step(case, step, provisional=provisional)
    return case


def in_state(case: Case, step: Step) -> None:
    """Raise RuleBroken unless the table allows the step in the state of the case."""
    row = table().steps[step.kind]
    if case.state not in row["from"]:
        possible = "、".join(table().steps[kind]["label"] for kind in allowed(case.state)) or "无"
        raise RuleBroken(
            f"“{table().states[case.state]}”的申请不能“{row['label']}”", fix=f"可办的下一步:{possible}。"
        )


def take_step(case: Case, step: Step, *, provisional: bool) -> Case:
    """Take one step; what is wrong with it becomes a finding."""
    label = table().steps[step.kind]["label"]
    before = case.last or case.start
    if step.on < before:
        case = case.found("dates", f"“{label}”的日期{step.on}早于前一步的{before}。", fix="请核对日期。")
    to = table().steps[step.kind]["to"]
    case = replace(case, state=case.state if to == "same" else to)
    case = _EFFECTS.get(step.kind, _nothing)(case, step, provisional)
    return replace(case, last=max(before, step.on))


def until(case: Case, on: date, *, provisional: bool) -> Case:
    """Close the inquiries whose time had run out before ``on``: a silent third party does not stop the clock for ever
    (条例第三十二条、第三十四条)."""
    for inquiry in case.open:
        end = ends_on(inquiry, provisional=provisional)
        if end is not None and end < on:
            case = _close(case, inquiry, end)
            case = replace(case, silent=(*case.silent, inquiry))
    return case


def ends_on(inquiry: Inquiry, *, provisional: bool) -> date | None:
    """The day on which an unanswered inquiry ends at the latest; None where the law sets none (another agency's
    opinion; everything under the rules of 2008)."""
    if inquiry.kind == "agency":
        return None
    try:
        return clock.paused_until(inquiry.sent, inquiry.served, inquiry.kind, provisional=provisional)
    except LawError:
        return None


def due_of(case: Case, provisional: bool) -> clock.Deadline:
    """The due day by all that is known so far; open inquiries do not count yet."""
    ceiling = params.at("foi.extension_days_max", case.start).value
    extension = min(case.extension, ceiling)
    return clock.reply_deadline(case.start, case.pauses, extension, days=case.days, provisional=provisional)


def _close(case: Case, inquiry: Inquiry, end: date) -> Case:
    pauses = case.pauses
    if inquiry.kind in params.at("foi.excluded_inquiries", case.start).value:
        pauses = (*pauses, clock.Pause(inquiry.sent, end))
    left = tuple(other for other in case.open if other is not inquiry)
    state = case.state
    if state in (State.INQUIRING, State.HANDLING):
        state = State.INQUIRING if left else State.HANDLING
    return replace(case, pauses=pauses, open=left, state=state)


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
    in_time = step.on <= due_of(case, provisional).due and not case.corrections
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
    return replace(case, start=step.on, pauses=(), extension=0, open=())


def _sent(case: Case, step: Step, provisional: bool) -> Case:
    kind, party = step.kind.removesuffix("_sent"), str(step.extra.get("party", ""))
    return replace(case, open=(*case.open, Inquiry(kind, party, step.on)))


def _pick(inquiries: tuple[Inquiry, ...], step: Step, *, unserved: bool = False) -> Inquiry | None:
    """The inquiry that a later step speaks of: of the named party, else the earliest one."""
    party = str(step.extra.get("party", ""))
    for inquiry in inquiries:
        if (not party or inquiry.party == party) and not (unserved and inquiry.served):
            return inquiry
    return None


def _served(case: Case, step: Step, provisional: bool) -> Case:
    inquiry = _pick(case.open, step, unserved=True)
    if inquiry is None:
        return case
    served = tuple(replace(other, served=step.on) if other is inquiry else other for other in case.open)
    return replace(case, open=served)


def _inquiry_replied(case: Case, step: Step, provisional: bool) -> Case:
    if inquiry := _pick(case.open, step):
        return _close(case, inquiry, step.on)
    if inquiry := _pick(case.silent, step):  # 逾期才来的意见可以参考,时钟早已接着走了
        left = tuple(other for other in case.silent if other is not inquiry)
        return replace(case, silent=left, state="inquiring" if case.open else case.state)
    possible = "、".join(table().steps[kind]["label"] for kind in allowed(case.state))
    told = f"{step.on}收到意见,但是没有登记过征求这一方的意见。"
    return case.found("out_of_order", told, fix=f"请先登记征求意见;可办的下一步:{possible}。")


def _extended(case: Case, step: Step, provisional: bool) -> Case:
    ceiling = params.at("foi.extension_days_max", case.start)
    days = int(step.extra.get("days", ceiling.value))
    due = due_of(case, provisional).due
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
    told = step.extra.get("notified_on")
    told_on = date.fromisoformat(str(told)) if told else None
    if step.extra.get("notified") is False:
        case = case.found("extension_untold", "延长没有告知申请人。", cite("ogi:33.2"), "请立即告知。")
    elif told_on and told_on > due and case.state != "inquiring":
        return case.found(
            "extension_told_late",
            f"延长应在期限届满({due})前告知申请人,{told_on}才告知,不能算数。",
            cite("ogi:33.2"),
        )
    return replace(case, extension=min(days, ceiling.value))


def _fee_notice(case: Case, step: Step, provisional: bool) -> Case:
    due = due_of(case, provisional).due
    if step.on > due:
        case = case.found(
            "fee_notice_late", f"收费通知应在办理期限内({due}前)发出,{step.on}才发出。", cite("fee:6")
        )
    received = step.extra.get("received_on")
    notified = date.fromisoformat(str(received)) if received else step.on
    return replace(case, fee_notified=notified, restarts=step.on <= due)


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


def _reopened(case: Case, step: Step, provisional: bool) -> Case:
    """复议决定、判决责令重新答复:从收到之日另起算,天数依决定;原来的答复是否逾期,照原样留在问题里。"""
    answered = answered_of(case)
    due = due_of(case, provisional).due
    if answered and clock.is_late(due, answered):
        case = case.found("first_late", f"原答复应于{due}前作出,以{answered}为准,已经逾期。", cite("ogi:33.2"))
    days = step.extra.get("days")
    return replace(
        case,
        start=step.on,
        days=int(days) if days else None,
        pauses=(),
        open=(),
        silent=(),
        extension=0,
        corrections=0,
        fee_notified=None,
        restarts=False,
        answers=(),
    )


def answered_of(case: Case) -> date | None:
    """By which day the reply is judged; the day on the letter alone is no answer yet."""
    answers = dict(reversed(case.answers))
    return clock.answered_on(
        decided=answers.get("replied"), posted=answers.get("posted"), signed=answers.get("signed")
    )


_EFFECTS = {
    "correction_notice": _correction_notice,
    "corrected": _corrected,
    "third_party_sent": _sent,
    "agency_sent": _sent,
    "comaker_sent": _sent,
    "served": _served,
    "inquiry_replied": _inquiry_replied,
    "extended": _extended,
    "fee_notice": _fee_notice,
    "fee_paid": _fee_paid,
    "fee_lapsed": _fee_lapsed,
    "replied": _answer,
    "decided": _answer,
    "posted": _answer,
    "signed": _answer,
    "reopened": _reopened,
}
