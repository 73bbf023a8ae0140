"""工作台办的:通道的暂停、恢复、网关,再发,恢复地址,不再推送一件。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.numbers import wholes
from gongkai.desk.responses import private
from gongkai.desk.submitting import Act, button_step, form_step
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org import mail as site_mail

from .. import actions, forms
from ..models import Channel, Message
from ..terms import REPEATABLE, WAITING, State, Way
from .desk import happening_of, message_of

#: 一次至多再发这么多条。
MOST = 200


def _step(
    request: HttpRequest, form: BaseForm, act: Act, title: str, button: str, home: str, *, trail: str, hint: str
) -> HttpResponse:
    """The form of a step; ``trail`` is the name of ``home``, to which it leads back."""
    context = {"title": title, "button": button, "trail": trail, "hint": hint}
    return private(form_step(request, form, act, back=home, **context))


def way_of(given: str) -> Way:
    """The channel of this name; 404 for any other."""
    try:
        return Way.from_value(given)
    except ValueError:
        raise Http404("没有这个渠道。") from None


@access.desk("notices.view")
def channels(request: HttpRequest) -> HttpResponse:
    """各个通道:开通没有、停没停、排着几条。"""
    rows = {one.way: one for one in Channel.objects.all()}
    lines = []
    for way in Way:
        row = rows.get(way.value)
        is_set = way is Way.STATION or (site_mail.ready() if way is Way.MAIL else bool(row and row.url))
        waiting = Message.objects.filter(way=way, state__in=WAITING).count()
        lines.append(
            {
                "way": way,
                "row": row,
                "is_set": is_set,
                "waiting": waiting,
                "unknown": Message.objects.filter(way=way, state=State.UNKNOWN).count(),
            }
        )
    may_send, may_set = access.may(request.user, "notices.send"), access.may(request.user, "notices.channel")
    context = {"lines": lines, "may_send": may_send, "may_set": may_set}
    return private(render(request, "notices/desk/channels.html", context))


def _channels() -> str:
    return reverse("desk:notices_channels")


@access.desk("notices.send")
def pause(request: HttpRequest, way: str) -> HttpResponse:
    """暂停一个通道。"""
    one, form = way_of(way), forms.PauseForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.pause(one, data["why"], by=request.user, at=timezone.now())
        return f"{one.label}通道已经暂停，排着的等着。"

    return _step(
        request,
        form,
        run,
        f"暂停{one.label}通道",
        "暂停",
        _channels(),
        trail="通道",
        hint="排着的不会丢，恢复以后接着发。",
    )


@access.desk("notices.send")
@require_POST
def resume(request: HttpRequest, way: str) -> HttpResponse:
    """恢复一个通道。"""
    one = way_of(way)

    def act() -> str:
        actions.resume(one, by=request.user, at=timezone.now())
        return f"{one.label}通道已经恢复。"

    return button_step(request, act, back=_channels())


@access.desk("notices.channel")
def gateway(request: HttpRequest, way: str) -> HttpResponse:
    """设网关。"""
    one = way_of(way)
    if not one.has_gateway:
        raise Http404("这个渠道不经网关。")
    row = Channel.objects.filter(way=one).first()
    form = forms.GatewayForm(request.POST or None, initial={"url": row.url if row else ""})
    receipts = reverse("public:notices_receipts", args=[one.value])

    def run(data: dict[str, Any]) -> str | HttpResponse:
        secret = actions.set_gateway(one, data["url"], by=request.user, at=timezone.now())
        if not secret:
            return f"不再用{one.label}。"
        return render(request, "notices/desk/secret.html", {"way": one, "secret": secret, "receipts": receipts})

    return _step(
        request,
        form,
        run,
        f"{one.label}的网关",
        "存下，换一个新密钥",
        _channels(),
        trail="通道",
        hint="消息签了名交给本单位自己的网关，由它去发；写法见“怎样推送”的说明。",
    )


@access.desk("notices.send")
def restore(request: HttpRequest) -> HttpResponse:
    """恢复停用的地址。"""
    form = forms.RestoreForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.restore(Way.from_value(data["way"]), data["address"], by=request.user, at=timezone.now())
        return "已经恢复。"

    return _step(
        request,
        form,
        run,
        "恢复停用的地址",
        "恢复",
        _channels(),
        trail="通道",
        hint="退信几次的地址自动停用；本人说又通了的，在这里恢复。",
    )


@access.desk("notices.send")
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """再发一条。"""
    message, form = message_of(request, pk), forms.RetryForm(request.POST or None)
    home = reverse("desk:notices_outbox")

    def run(data: dict[str, Any]) -> str:
        actions.retry(message, data["checked"], by=request.user, at=timezone.now())
        return f"{message}已经重新排队。"

    hint = f"{message.get_state_display()}：{message.note or '没有说明'}。"
    return _step(request, form, run, f"再发{message}", "再发", home, trail="发件箱", hint=hint)


@access.desk("notices.send")
@require_POST
def retry_many(request: HttpRequest) -> HttpResponse:
    """再发几条:先列出来,核实过的打勾确认,再逐条排队,逐条说结果。"""
    given = wholes(request.POST.getlist("pk"), most=MOST)
    rows = Message.objects.visible_to(request.user).filter(pk__in=given, state__in=REPEATABLE)
    found = list(rows.select_related("happening", "recipient", "subscription"))
    if not found:
        messages.error(request, "没有选可以再发的。请先在发件箱里打勾。")
        return redirect("desk:notices_outbox")
    form = forms.RetryForm(request.POST if "confirmed" in request.POST else None)
    context: dict[str, Any] = {"rows": found, "form": form}
    if form.is_valid():
        context["results"] = [(one, _repeated(request, one, form.cleaned_data["checked"])) for one in found]
    return private(render(request, "notices/desk/retry_many.html", context))


def _repeated(request: HttpRequest, message: Message, checked: bool) -> str:
    """Each in its own transaction; why it was refused, or nothing."""
    try:
        actions.retry(message, checked, by=request.user, at=timezone.now())
    except LawError as error:
        return str(error)
    return ""


@access.desk("notices.send")
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """不再推送一件。"""
    happening, form = happening_of(request, pk), forms.PauseForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        count = actions.call_off(happening, data["why"], by=request.user, at=timezone.now())
        return f"不再推送，停了{count}条；已经发出的收不回来。"

    return _step(
        request,
        form,
        run,
        "不再推送这一件",
        "不再推送",
        happening.get_absolute_url(),
        trail="推送的事",
        hint=happening.title,
    )
