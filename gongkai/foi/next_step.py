"""一件申请的下一步:只说一件最该办的事,连同去办的地方;由谁办也写明。"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.law import replies

from .models import Application

#: 等着对方的环节:对方的回音来了,办哪一件。
_WAITING = {
    "correcting": ("等申请人补正；收到的，登记收到之日", "corrected"),
    "inquiring": ("等对方的意见；收到的，登记意见", "heard"),
    "paying": ("等申请人缴费；到账的，登记缴费", "paid"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """``text`` 该办什么,``url`` 到哪里办,``right`` 办这件事的权限(``org.access``)。"""

    text: str
    url: str
    right: str = "foi.handle"


def of(one: Application) -> Next | None:
    """The one thing to do next in an open case; None once it is closed."""
    if not one.is_open:
        return None
    if one.handler_id is None:
        return Next("接手这件申请", _act(one, "accept"))
    if one.state in _WAITING:
        text, key = _WAITING[one.state]
        return Next(text, _act(one, key))
    reply = one.letters.filter(kind="reply", void=False).last()
    page = reverse("desk:foi_letter", args=[one.pk, reply.pk]) if reply else ""
    if one.state == "decided" and reply:
        return Next("送达答复书，登记交邮或者签收", page)
    items = list(one.items.all())
    if undecided := next((item for item in items if not item.outcome), None):
        return Next(f"定第{undecided.order}项的处理结果", reverse("desk:foi_decide", args=[one.pk, undecided.pk]))
    passed = {row.kind for row in one.opinions.all() if row.valid and row.verdict == "pass"}
    for gate in replies.gates([item.outcome for item in items]):
        if gate not in passed:
            return Next(replies.GATES[gate], _act(one, gate), f"foi.{gate}")
    if reply is None or reply.issued_at:
        return Next("拟答复书", reverse("desk:foi_draft", args=[one.pk, "reply"]))
    if reply.handed_at is None:
        return Next("把答复书送签", page)
    return Next("签发答复书", page, "foi.sign")


def _act(one: Application, key: str) -> str:
    return reverse("desk:foi_act", args=[one.pk, key])
