"""一件申请的下一步:只说一件最该办的事,连同去办的地方;由谁办也写明。"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.law import replies

from . import papers
from .models import Application, Letter
from .terms import State

#: 等着对方的环节:对方的回音来了,办哪一件。
_WAITING = {
    State.CORRECTING: ("等申请人补正；收到的，登记收到之日", "corrected"),
    State.INQUIRING: ("等对方的意见；收到的，登记意见", "heard"),
    State.PAYING: ("等申请人缴费；到账的，登记缴费", "paid"),
}

#: 不是每件都走的几段:名称、停在哪个环节、哪些步骤说明走过。
_DETOURS = (
    ("补正", State.CORRECTING, {"correction_notice"}),
    ("征求意见", State.INQUIRING, {"third_party_sent", "agency_sent", "comaker_sent"}),
    ("收费", State.PAYING, {"fee_notice"}),
)


@dataclass(frozen=True, slots=True)
class Next:
    """``text`` 该办什么,``url`` 到哪里办,``right`` 办这件事的权限(``org.access``)。"""

    text: str
    url: str
    right: str = "foi.handle"


def next_step(application: Application) -> Next | None:
    """The one thing to do next; None once the case is archived."""
    if not application.is_open:
        return _closing(application)
    if application.handler_id is None:
        return Next("接手这件申请", _act(application, "accept"))
    if application.state == State.INQUIRING and (letter := _undelivered(application)):
        page = reverse("desk:foi_letter", args=[application.pk, letter.pk])
        return Next("送达征求意见书，登记签收", page)
    if application.state in _WAITING:
        text, key = _WAITING[application.state]
        return Next(text, _act(application, key))
    reply = application.letters.filter(kind="reply", void=False).last()
    page = reverse("desk:foi_letter", args=[application.pk, reply.pk]) if reply else ""
    if application.state == State.DECIDED and reply:
        return Next("送达答复书，登记交邮或者签收", page)
    items = list(application.items.all())
    if undecided := next((item for item in items if not item.outcome), None):
        return Next(
            f"定第{undecided.order}项的处理结果", reverse("desk:foi_decide", args=[application.pk, undecided.pk])
        )
    passed = {row.kind for row in application.opinions.all() if row.valid and row.verdict == "pass"}
    for gate in replies.gates([item.outcome for item in items]):
        if gate not in passed:
            return Next(replies.GATES[gate], _act(application, gate), f"foi.{gate}")
    if reply is None or reply.issued_at:
        return Next("拟答复书", reverse("desk:foi_draft", args=[application.pk, "reply"]))
    if reply.handed_at is None:
        return Next("把答复书送签", page)
    return Next("签发答复书", page, "foi.sign")


@dataclass(frozen=True, slots=True)
class Stage:
    """案卷走过的和要走的一段;``state`` 是 done、now、next。"""

    label: str
    state: str
    note: str = ""


def course(application: Application) -> list[Stage]:
    """The way of a case from the receipt to the archive: what is done, where it stands, what comes."""
    taken = {step.kind for step in application.steps.all() if not step.void}
    items = list(application.items.all())
    passed = {row.kind for row in application.opinions.all() if row.valid and row.verdict == "pass"}
    who = f"{application.handler}承办。" if application.handler_id else ""
    rows = [
        (
            "登记、接手",
            bool(application.handler_id) or not application.is_open,
            f"{application.received_on}收到。{who}",
        )
    ]
    rows += [
        (label, application.state != waiting, "")
        for label, waiting, kinds in _DETOURS
        if taken & kinds or application.state == waiting
    ]
    if application.is_open or application.state == State.REPLIED:
        answered = application.state == State.REPLIED
        decided = answered or application.state == State.DECIDED
        undecided = sum(not item.outcome for item in items)
        note = f"{len(items)}项信息，{undecided}项没有定。" if undecided and not decided else ""
        rows.append(("定处理结果", decided or not undecided, note))
        gates = replies.gates([item.outcome for item in items if item.outcome])
        rows += [(replies.GATES[gate], decided or gate in passed, "") for gate in gates]
        rows += [("拟答复书、签发", decided, ""), ("送达", answered, "")]
    else:
        rows.append((application.get_state_display(), True, ""))
    rows.append(("归档", bool(application.archived_at or application.erased_at), ""))
    now = next((number for number, row in enumerate(rows) if not row[1]), len(rows))
    return [
        Stage(label, "done" if done else "now" if number == now else "next", note)
        for number, (label, done, note) in enumerate(rows)
    ]


def _closing(application: Application) -> Next | None:
    """What is left after the reply: the cause of being late, then the archive."""
    if application.archived_at or application.erased_at:
        return None
    if application.late and not application.late_cause:
        return Next("写明逾期的原因", _act(application, "late"))
    return Next("归档", _act(application, "archive"))


def _undelivered(application: Application) -> Letter | None:
    """The first inquiry that was issued and has not reached the other side."""
    kinds = [key for key, paper in papers.all().items() if paper.step.endswith("_sent")]
    return application.letters.filter(kind__in=kinds, signed_on=None).exclude(issued_at=None).first()


def _act(application: Application, key: str) -> str:
    return reverse("desk:foi_act", args=[application.pk, key])
