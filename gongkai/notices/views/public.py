"""公众一侧:订阅、从信里确认、看和退、站内信、网关的回执。打开只是看,按了按钮才办:扫描邮件的程序只会打开。"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.adapters import webhook
from gongkai.desk import limits
from gongkai.desk.numbers import wholes
from gongkai.desk.responses import private
from gongkai.law import params
from gongkai.law.errors import LawError, RuleBroken
from gongkai.org.once import Answer
from gongkai.org.public_step import BUSY, HOUR, public_step

from .. import actions, forms, links, topics
from ..actions.common import digest_of
from ..models import Channel, Recipient
from ..terms import GONE, Ending, Kind, Result, Way
from ..topics import Choice

_PAGES = ("GET", "HEAD", "POST")
WRONG_CODE = "查询码不对。请核对后再查。"
#: A receipt of a gateway counts within so many seconds of its timestamp.
_FRESH = 300
#: Letters shown in an inbox.
_INBOX = 50


def _answer(recipient: Recipient, code: str) -> Answer:
    """What the receipt shows: nothing that tells whether the address was known before."""
    found = {"way": Way.from_value(recipient.way).label, "mail": recipient.way == Way.MAIL, "code": code}
    return found | ({"manage": links.manage(recipient)} if code else {})


@csrf_exempt
@cache_control(no_store=True)
def subscribe(request: HttpRequest) -> HttpResponse:
    """订阅页:每一类各勾各的,另有不留联系方式的办法。"""
    at = timezone.now()
    form = forms.SubscribeForm(request.POST or None)

    def act() -> Answer:
        given = form.cleaned_data
        return _answer(*actions.subscribe(form.chosen_way, given["address"], form.choices(), at=at))

    return public_step(
        request,
        "notices",
        form,
        act,
        "notices/public/subscribe.html",
        "notices/public/sent.html",
        at=at,
        confirm_days=params.at("notices.confirm_days", timezone.localdate()),
    )


@csrf_exempt
@cache_control(no_store=True)
def subscribe_to_subject(request: HttpRequest) -> HttpResponse:
    """自己的一件事有进展时告诉我;网址由那件事的页面给出。"""
    at = timezone.now()
    about = links.own_of(request.GET.get("about", "")[:2000])
    if about is None and "receipt" not in request.GET:
        return private(render(request, "notices/public/gone.html", {"own": True}, status=404))
    about = about or {"topic": "", "subject": "", "title": ""}
    known = topics.topics().get(about["topic"])
    form = forms.OwnForm(request.POST or None)

    def act() -> Answer:
        given = form.cleaned_data
        choice = Choice(about["topic"], subject=about["subject"], consents=given["consents"])
        return _answer(*actions.subscribe(form.chosen_way, given["address"], [choice], at=at))

    return public_step(
        request,
        "notices",
        form,
        act,
        "notices/public/own.html",
        "notices/public/sent.html",
        at=at,
        about=about,
        topic=known,
        confirm_days=params.at("notices.confirm_days", timezone.localdate()),
    )


def _gone(request: HttpRequest) -> HttpResponse:
    return private(render(request, "notices/public/gone.html", {}, status=404))


def _busy(request: HttpRequest) -> bool:
    return not limits.within(request, "notices-link", times=120, seconds=HOUR)


@csrf_exempt
@require_http_methods(_PAGES)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """确认订阅;或者说不是我订的。"""
    recipient = links.recipient_of(token, links.CONFIRM)
    if recipient is None:
        return _gone(request)
    context: dict[str, Any] = {"recipient": recipient}
    if request.method == "POST":
        if _busy(request):
            return private(render(request, "notices/public/confirm.html", context | {"fault": BUSY}, status=429))
        at = timezone.now()
        try:
            if "refuse" in request.POST:
                actions.refuse(recipient, at=at)
                context["refused"] = True
            else:
                only = set(wholes(request.POST.getlist("one")))
                context["done"] = actions.confirm(recipient, only, at=at)
                context["manage"] = links.manage(recipient)
                context["confirmed"] = True
        except LawError as error:
            context["fault"] = str(error)
    context["pending"] = list(recipient.subscriptions.pending())
    context["active"] = recipient.subscriptions.active().exists()
    return private(render(request, "notices/public/confirm.html", context))


@csrf_exempt
@require_http_methods(_PAGES)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """看订了哪些、收到过什么,退几项或者全部。"""
    recipient = links.recipient_of(token, links.MANAGE)
    if recipient is None:
        return _gone(request)
    context: dict[str, Any] = {}
    if request.method == "POST":
        if _busy(request):
            context["fault"] = BUSY
        else:
            only = None if "all" in request.POST else _numbers(request)
            if only is None or only:
                context["ended"] = actions.unsubscribe(recipient, only, at=timezone.now())
                context["did"] = True
            else:
                context["fault"] = "没有选退哪一项。"
    rows = recipient.messages.filter(state__in=GONE).exclude(kind=Kind.CONFIRM).exclude(happening=None)
    rows, at = rows.select_related("happening__agency", "happening__record"), timezone.now()
    shown = [
        one for one in rows.order_by("-tried_at", "-pk")[:_INBOX] if one.happening and one.happening.still_told(at)
    ]
    context |= {
        "recipient": recipient,
        "way": Way.from_value(recipient.way),
        "subscriptions": list(recipient.subscriptions.active()),
        "pending": recipient.subscriptions.pending().count(),
        "unsubscribe": links.unsubscribe(recipient),
        "messages": shown,
    }
    return private(render(request, "notices/public/manage.html", context))


def _numbers(request: HttpRequest) -> set[int]:
    return set(wholes(request.POST.getlist("one")))


@csrf_exempt
@require_http_methods(_PAGES)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """全部退订:打开是一个按钮;邮件程序自己发来的一键退订也认(RFC 8058)。"""
    recipient = links.recipient_of(token, links.MANAGE)
    if recipient is None:
        return _gone(request)
    context: dict[str, Any] = {"manage": links.manage(recipient)}
    if request.method == "POST":
        # 不限次:退订什么时候都要退得了
        actions.unsubscribe(recipient, at=timezone.now(), ending=Ending.LINK)
        context["did"] = True
    context["standing"] = recipient.subscriptions.standing().count()
    return private(render(request, "notices/public/unsubscribe.html", context))


@csrf_exempt
@cache_control(no_store=True)
@require_http_methods(_PAGES)
def inbox(request: HttpRequest) -> HttpResponse:
    """凭查询码看站内信。"""
    form = forms.InboxForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return private(render(request, "notices/public/inbox.html", context, status=400 if form.errors else 200))
    if not limits.within(request, "notices-inbox", times=60, seconds=HOUR):
        return private(render(request, "notices/public/inbox.html", context | {"fault": BUSY}, status=429))
    digest = digest_of(Way.STATION, form.cleaned_data["code"])
    found = Recipient.objects.filter(way=Way.STATION, digest=digest).first()
    if found is None:
        context["fault"] = WRONG_CODE
        return private(render(request, "notices/public/inbox.html", context, status=404))
    return private(redirect(links.manage(found)))


_RESULTS = {"delivered": Result.DELIVERED, "failed": Result.PERMANENT, "delayed": Result.TEMPORARY}


@csrf_exempt
@require_POST
def receipts(request: HttpRequest, way: str) -> HttpResponse:
    """网关的回执:签名同我们送出去的一样(``adapters.webhook.sign``),密钥是设网关时给出的那一个。"""
    channel = Channel.objects.filter(way=way).exclude(url="").first()
    body, at = request.body[:100_000], timezone.now()
    if channel is None or not _signed(request, channel.secret, body, at):
        return private(JsonResponse({"error": "签名不对，或者没有这个通道。"}, status=403))
    try:
        given = json.loads(body)
        claim, result = str(given["id"]), _RESULTS[given["state"]]
        note = str(given.get("reason", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return private(JsonResponse({"error": "要有 id 和 state（delivered、failed、delayed）。"}, status=400))
    try:
        changed = actions.receive(claim, result, at=at, note=note)
    except RuleBroken as error:
        return private(JsonResponse({"error": str(error)}, status=422))
    return private(JsonResponse({"changed": changed}))


def _signed(request: HttpRequest, secret: str, body: bytes, at: datetime) -> bool:
    given = request.headers.get("Gongkai-Timestamp", "")
    if not (secret and given.isascii() and given.isdigit() and len(given) < 12):
        return False
    timestamp = int(given)
    if abs(at.timestamp() - timestamp) > _FRESH:
        return False
    return constant_time_compare(
        request.headers.get("Gongkai-Signature", ""), webhook.sign(secret, timestamp, body)
    )
