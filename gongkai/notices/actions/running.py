"""工作台办的:暂停和恢复通道、设网关、再发、恢复停用的地址、不再推送一件。"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from gongkai.adapters.plaintext import line
from gongkai.adapters.webhook import NotDelivered, checked
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Channel, Happening, Message, Recipient
from ..terms import REPEATABLE, WAITING, Kind, State, Way
from .common import digest_of, locked, tidy


def _channel(way: Way) -> Channel:
    return Channel.objects.select_for_update().get_or_create(way=way)[0]


@transaction.atomic
def pause(way: Way, why: str, *, by: User, at: datetime) -> Channel:
    """暂停一个通道:排着的等着,不丢;恢复以后接着发。"""
    access.require(by, "notices.send")
    channel = _channel(way)
    if not why.strip():
        raise RuleBroken("没有写为什么暂停", fix="请写明，恢复的人要看。")
    channel.paused_at, channel.paused_why = channel.paused_at or at, line(why)[:200]
    channel.save(update_fields=["paused_at", "paused_why"])
    log("notices.pause", f"暂停{way.label}通道（{channel.paused_why[:100]}）", at=at, by=by, about=channel)
    return channel


@transaction.atomic
def resume(way: Way, *, by: User, at: datetime) -> Channel:
    """恢复一个通道。"""
    access.require(by, "notices.send")
    channel = _channel(way)
    if channel.paused_at is None:
        raise RuleBroken(f"{way.label}通道没有暂停", fix="请刷新页面。")
    channel.paused_at, channel.paused_why = None, ""
    channel.save(update_fields=["paused_at", "paused_why"])
    log("notices.resume", f"恢复{way.label}通道", at=at, by=by, about=channel)
    return channel


@transaction.atomic
def set_gateway(way: Way, url: str, *, by: User, at: datetime) -> str:
    """设网关的网址,另给一个新密钥,只显示这一次;网址空的就是不再用这个渠道。"""
    access.require(by, "notices.channel")
    if not way.has_gateway:
        raise RuleBroken(f"{way.label}不经网关", fix="邮件服务器由管理系统的人在启动设置里设。")
    try:
        url = checked(url.strip()) if url.strip() else ""
    except NotDelivered as error:
        raise RuleBroken(str(error).rstrip("。"), fix="请核对网址。") from None
    channel = _channel(way)
    secret = secrets.token_urlsafe(32) if url else ""
    channel.url, channel.secret = url, secret
    channel.save(update_fields=["url", "secret"])
    log("notices.channel", f"{'设' if url else '撤去'}{way.label}的网关", at=at, by=by, about=channel)
    return secret


@transaction.atomic
def retry(message: Message, checked_with_channel: bool, *, by: User, at: datetime) -> Message:
    """再发一条没有发出的;“未知”的要先向通道核实确实没有发出,否则可能收到两份。"""
    access.require(by, "notices.send")
    recipient = locked(message.recipient)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.state not in REPEATABLE:
        raise RuleBroken(f"这一条{message.get_state_display()}，不能再发", fix="请刷新页面。")
    if message.state == State.UNKNOWN and not checked_with_channel:
        raise RuleBroken("没有核实，可能已经发出", fix="请先向通道核实确实没有发出，再勾选。")
    kept = bool(recipient.address) or recipient.way == Way.STATION
    if recipient.stopped_at or recipient.refused_at or not kept:
        raise RuleBroken("这个地址已经停用、拒收或者退订", fix="不能再发。")
    if message.kind != Kind.CONFIRM and (message.subscription is None or message.subscription.ended_at):
        raise RuleBroken("收件人已经退订", fix="退订以后一条也不发。")
    message.state, message.due_at, message.tries, message.claim = State.QUEUED, at, 0, ""
    message.note = "由人核实以后再发"
    message.save(update_fields=["state", "due_at", "tries", "claim", "note"])
    log("notices.retry", f"再发{message}", at=at, by=by, about=message)
    return message


@transaction.atomic
def restore(way: Way, address: str, *, by: User, at: datetime) -> Recipient:
    """本人说地址又通了:按地址找到,恢复。库里看不到地址,所以由他说。"""
    access.require(by, "notices.send")
    digest = digest_of(way, tidy(way, address))
    found = Recipient.objects.select_for_update().filter(way=way, digest=digest).first()
    if found is None or found.stopped_at is None:
        raise RuleBroken("没有停用的这个地址", fix="请核对；没有停用的不用恢复，退订了的请本人重新订阅。")
    found.stopped_at, found.bounces = None, 0
    found.save(update_fields=["stopped_at", "bounces"])
    log("notices.restore", f"恢复{found}", at=at, by=by, about=found)
    return found


@transaction.atomic
def call_off(happening: Happening, why: str, *, by: User, at: datetime) -> int:
    """不再推送一件(写错了、撤下了):还没有发的都不发。返回停了几条。"""
    happening = Happening.objects.select_for_update(of=("self",)).get(pk=happening.pk)
    access.require(by, "notices.send", happening.agency)
    if not why.strip():
        raise RuleBroken("没有写为什么不再推送", fix="请写明。")
    happening.spread_at = happening.spread_at or at
    happening.save(update_fields=["spread_at"])
    waiting = happening.messages.filter(state__in=WAITING)
    count = waiting.update(state=State.CANCELLED, note=f"不再推送：{line(why)}"[:200])
    log(
        "notices.call_off",
        f"不再推送“{happening.title[:80]}”（{line(why)[:100]}）",
        at=at,
        by=by,
        agency=happening.agency,
        about=happening,
        counts=count,
    )
    return count
