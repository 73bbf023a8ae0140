"""推送里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.moments import minute
from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.org import access
from gongkai.org.models import User

from .models import Channel, Message
from .terms import State


def panels(user: User, on: date) -> Iterator[Panel]:
    """Letters of which nobody knows whether they went out; channels that stand still."""
    if not access.may(user, "notices.send"):
        return
    home = reverse("desk:notices_outbox")
    rows = Message.objects.visible_to(user).filter(state=State.UNKNOWN).select_related("happening")

    def task(message: Message) -> Task:
        title = f"{message}：{message.happening or message.get_kind_display()}"
        return Task(title, reverse("desk:notices_retry", args=[message.pk]), message.note)

    hint = "请向通道核实：确实没有发出的再发，发出了的不用管。"
    url = f"{home}?state={State.UNKNOWN}"
    yield panel_of("不知道发出没有的消息", hint, rows.order_by("-queued_at"), task, url)
    paused = list(Channel.objects.exclude(paused_at=None))
    stopped = tuple(
        Task(
            f"{one}通道暂停着",
            reverse("desk:notices_channels"),
            f"{minute(one.paused_at)}，{one.paused_why}",
            "暂停",
            "stop",
        )
        for one in paused
        if one.paused_at
    )
    yield Panel("暂停的推送通道", "查明原因以后恢复。", len(paused), reverse("desk:notices_channels"), stopped)
