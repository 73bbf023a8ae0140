"""工作台上能对一件申请办的事:一件事一项,带权限、表单和现在能不能办(不能办的说为什么)。

文书(``papers``)以外的事都在这里;页面的按钮、办理页和权限都由这张表来。
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from gongkai.law import procedure
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.models import User

from . import actions, papers
from . import forms as fields
from .actions.keeping import lacking
from .models import Application
from .terms import OPEN_STATES, RUNNING, OpinionKind, State, Verdict

Run = Callable[[Application, dict[str, Any], User, datetime], object]


@dataclass(frozen=True, slots=True)
class Act:
    """一件事。``step`` 是对应的法律步骤,没有是空;``states`` 是可办的环节,空的不论。"""

    key: str
    label: str
    right: str
    form: type[forms.Form]
    run: Run
    hint: str = ""
    step: str = ""
    states: tuple[str, ...] = ()
    danger: bool = False


_CLOSED = tuple(sorted(procedure.table().final))


def _opine(kind: OpinionKind) -> Run:
    return lambda case, data, by, at: actions.opine(
        case,
        kind,
        Verdict.from_value(data.get("verdict") or "note"),
        data["text"],
        by=by,
        at=at,
        parties=data.get("parties", ""),
        seen=data.get("seen"),
    )


ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        Act(
            "accept",
            "接手",
            "foi.handle",
            fields.EmptyForm,
            lambda case, data, by, at: actions.accept(case, by=by, at=at),
            "接手以后由您办到答复。",
            states=OPEN_STATES,
        ),
        Act(
            "assign",
            "交办",
            "foi.assign",
            fields.AssignForm,
            lambda case, data, by, at: actions.assign(
                case, data["to"], by=by, at=at, due_on=data["due_on"], note=data["note"]
            ),
            "交给本单位的信息员承办；已经有人承办的改交。",
            states=OPEN_STATES,
        ),
        Act(
            "send_back",
            "退回交办",
            "foi.handle",
            fields.ReasonForm,
            lambda case, data, by, at: actions.send_back(case, data["reason"], by=by, at=at),
            "退回要说明理由。",
            states=OPEN_STATES,
        ),
        Act(
            "chase",
            "催办",
            "foi.assign",
            fields.EmptyForm,
            lambda case, data, by, at: actions.chase(case, by=by, at=at),
            "催办会记入经过，并提醒承办人。",
            states=RUNNING,
        ),
        Act(
            "split",
            "分项",
            "foi.handle",
            fields.SplitForm,
            lambda case, data, by, at: actions.split(case, data["items"].splitlines(), by=by, at=at),
            "申请要几项信息就分几项，各定处理结果。",
            states=(State.HANDLING, State.INQUIRING),
        ),
        Act(
            "corrected",
            "登记收到补正",
            "foi.handle",
            fields.CorrectedForm,
            lambda case, data, by, at: actions.corrected(
                case, data["on"], by=by, at=at, note=data["note"], description=data["description"]
            ),
            "答复期限从收到补正之日起重新计算。",
            step="corrected",
            states=(State.CORRECTING,),
        ),
        Act(
            "redescribe",
            "照补正改描述",
            "foi.handle",
            fields.DescriptionForm,
            lambda case, data, by, at: actions.redescribe(case, data["description"], by=by, at=at),
            "申请人补正了所要的信息、描述还没有改的，照补正的内容改。",
            states=(State.HANDLING,),
        ),
        Act(
            "correction_lapsed",
            "逾期不补正",
            "foi.handle",
            fields.DayForm,
            lambda case, data, by, at: actions.lapse(case, "correction_lapsed", data["on"], by=by, at=at),
            "补正期限届满、没有正当理由的，视为放弃申请，不再处理。",
            step="correction_lapsed",
            states=(State.CORRECTING,),
            danger=True,
        ),
        Act(
            "heard",
            "登记收到的意见",
            "foi.handle",
            fields.HeardForm,
            lambda case, data, by, at: actions.heard(
                case, data["party"], data["on"], data["agrees"], data["reason"], by=by, at=at
            ),
            "征求意见的时间到收到意见之日为止不计入期限。",
            step="inquiry_replied",
            states=(State.INQUIRING, State.HANDLING),
        ),
        Act(
            "paid",
            "登记缴费",
            "foi.handle",
            fields.PaidForm,
            lambda case, data, by, at: actions.paid(case, data["on"], data["receipt"], by=by, at=at),
            "期限自完成缴费次日起重新计算。",
            step="fee_paid",
            states=(State.PAYING,),
        ),
        Act(
            "fee_lapsed",
            "逾期不缴费",
            "foi.handle",
            fields.DayForm,
            lambda case, data, by, at: actions.lapse(case, "fee_lapsed", data["on"], by=by, at=at),
            "缴费期限届满没有缴的，视为放弃申请，不再处理。",
            step="fee_lapsed",
            states=(State.PAYING,),
            danger=True,
        ),
        Act(
            "secrecy",
            "保密审查",
            "foi.secrecy",
            fields.OpinionForm,
            _opine(OpinionKind.SECRECY),
            "先审查、后公开，逐项写明结论和依据。",
            states=(State.HANDLING, State.INQUIRING),
        ),
        Act(
            "legal",
            "法制审核",
            "foi.legal",
            fields.OpinionForm,
            _opine(OpinionKind.LEGAL),
            "审查处理结果的依据、理由和救济告知。",
            states=(State.HANDLING, State.INQUIRING),
        ),
        Act(
            "counsel",
            "记录法律顾问意见",
            "foi.handle",
            fields.CounselForm,
            _opine(OpinionKind.COUNSEL),
            states=(State.HANDLING, State.INQUIRING),
        ),
        Act(
            "consultation",
            "记录联合会商",
            "foi.handle",
            fields.ConsultationForm,
            _opine(OpinionKind.CONSULTATION),
            "写明参加单位和一致意见。",
            states=tuple(state for state in OPEN_STATES if state != State.DECIDED),
        ),
        Act(
            "withdraw",
            "登记申请人撤回",
            "foi.handle",
            fields.DayNoteForm,
            lambda case, data, by, at: actions.withdraw(case, data["on"], by=by, at=at, note=data["note"]),
            "凭申请人的书面材料登记。",
            step="withdrawn",
            states=OPEN_STATES,
            danger=True,
        ),
        Act(
            "reopen",
            "重新办理",
            "foi.remedy",
            fields.ReopenForm,
            lambda case, data, by, at: actions.reopen(
                case, data["on"], data["reason"], by=by, at=at, days=data["days"]
            ),
            "复议决定、判决责令重新答复，或者自行纠正。原来的答复和年报口径都保留。",
            step="reopened",
            states=_CLOSED,
        ),
        Act(
            "late",
            "写明逾期原因",
            "foi.handle",
            fields.ReasonForm,
            lambda case, data, by, at: actions.explain_late(case, data["reason"], by=by, at=at),
            states=_CLOSED,
        ),
        Act(
            "archive",
            "归档",
            "foi.handle",
            fields.EmptyForm,
            lambda case, data, by, at: actions.archive(case, by=by, at=at),
            "材料齐了的案卷封起来，不再放进、拿掉什么；以后责令重新办理的自动打开。",
            states=_CLOSED,
        ),
        Act(
            "unarchive",
            "取消归档",
            "foi.handle",
            fields.ReasonForm,
            lambda case, data, by, at: actions.unarchive(case, data["reason"], by=by, at=at),
            "漏了材料的，写明漏了什么，补齐以后再归档。",
            states=_CLOSED,
            danger=True,
        ),
        Act(
            "propose",
            "建议转为主动公开",
            "foi.handle",
            fields.ProposeForm,
            lambda case, data, by, at: actions.propose(case, data["title"], data["why"], by=by, at=at),
            "多个申请人就相同信息申请、该信息可以公开的，可以转为主动公开（《条例》第四十四条）。",
        ),
        Act(
            "hold",
            "限制查看",
            "foi.restricted",
            fields.EmptyForm,
            lambda case, data, by, at: actions.hold(case, not case.restricted, by=by, at=at),
            "限制以后只有承办人、负责人和区政府办看得见；再办一次就解除。",
        ),
        Act(
            "file",
            "放入文件",
            "foi.handle",
            fields.FileForm,
            lambda case, data, by, at: actions.add_file(
                case, data["role"], data["file"].name, data["file"].read(), by=by, at=at
            ),
            "提供给申请人的文件，放进来以前就要遮盖好不能公开的内容。",
        ),
        Act(
            "erase",
            "清除个人信息",
            "foi.erase",
            fields.EmptyForm,
            lambda case, data, by, at: actions.erase(case, by=by, at=at),
            "保管期满的才能清除：姓名、证件、文件、文书、来件都不再留，编号、日期和结果留着。清除以后不能恢复。",
            states=_CLOSED,
            danger=True,
        ),
        Act(
            "annul",
            "作废登记有误的一步",
            "foi.handle",
            fields.ReasonForm,
            lambda case, data, by, at: actions.annul(
                case.steps.filter(void=False).last(), data["reason"], by=by, at=at
            ),
            "只能作废最后登记的一步；这一步仍留在经过里，注明作废。",
            danger=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Choice:
    """现在可以办的一件事,或者为什么不能办。"""

    key: str
    label: str
    kind: str
    why_not: str = ""
    danger: bool = False


def choices(application: Application, user: User, on: date) -> list[Choice]:
    """Everything that this person's roles allow in this case, each with the reason if it cannot be done now."""
    steps = actions.steps_of(application)
    found = [
        Choice(
            act.key,
            act.label,
            "act",
            refusal(application, user, act, on) or _unlawful(application, steps, act, on),
            act.danger,
        )
        for act in ACTS.values()
        if access.may(user, act.right, application.agency)
    ]
    if access.may(user, "foi.handle", application.agency):
        found += [
            Choice(paper.key, f"拟《{paper.label}》", "letter", _no_letter(application, user, paper, steps, on))
            for paper in papers.all().values()
        ]
    return found


def refusal(application: Application, user: User, act: Act, on: date) -> str:
    """Why this person, who has the right, cannot do it to this case now; empty if the form may be shown and sent.

    The buttons, the form and what is sent all ask here, so that nothing hidden can be sent all the same (C38)."""
    if act.states and application.state not in act.states:
        return f"现在是“{application.get_state_display()}”。"
    if act.key == "accept":
        given = application.assignments.filter(to=user, returned_at=None, accepted_at=None).exists()
        return f"已经由{application.handler}承办。" if application.handler_id and not given else ""
    if act.key == "send_back" and application.handler_id != user.pk:
        return "不在您名下。"
    if act.key == "erase":
        last = actions.keep_until(application)
        return f"保管期到{last}。" if last is None or on <= last else ""
    if act.key == "late" and not application.late:
        return "没有逾期。"
    if act.key == "archive":
        return "；".join(lacks) + "。" if (lacks := lacking(application)) else ""
    if act.key == "unarchive" and application.archived_at is None:
        return "还没有归档。"
    if act.key == "redescribe" and not application.steps.filter(kind="corrected", void=False).exists():
        return "还没有收到过补正。"
    if act.key in ("secrecy", "legal") and application.handler_id == user.pk:
        return "承办人不能审自己办的申请。"
    if act.key == "annul" and not application.steps.filter(void=False).exists():
        return "还没有登记过可以作废的步骤。"
    if act.right == "foi.handle" and act.key not in ("propose", "file") and application.handler_id != user.pk:
        return _whose(application)
    return ""


def _no_letter(
    application: Application, user: User, paper: papers.Paper, steps: list[procedure.Step], on: date
) -> str:
    if application.handler_id != user.pk:
        return _whose(application)
    return _lawful(application, steps, paper.step, on) if paper.step else ""


def _whose(application: Application) -> str:
    return f"由{application.handler}承办。" if application.handler_id else "还没有人承办，请先接手。"


def _unlawful(application: Application, steps: list[procedure.Step], act: Act, on: date) -> str:
    return _lawful(application, steps, act.step, on) if act.step else ""


def _lawful(application: Application, steps: list[procedure.Step], kind: str, on: date) -> str:
    """What the law says against the step today, in a few words; details of the step are not known yet."""
    party = next((step.extra.get("party", "") for step in steps if step.kind.endswith("_sent")), "")
    try:
        procedure.may(application.received_on, steps, procedure.Step(kind, on, {"party": party}))
    except LawError as error:
        return str(error)
    return ""
