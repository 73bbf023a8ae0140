"""订阅、确认、退订、拒收。为别人的地址订阅没有害处:只有一封确认信,按地址限着,不确认就清除。"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.org import codes

from .. import links, topics
from ..models import Message, Recipient, Subscription
from ..terms import WAITING, Ending, Kind, State, Way
from ..topics import Choice
from .common import STATION, digest_of, locked, noted, tidy

MONTH = 30


@transaction.atomic
def subscribe(way: Way, address: str, choices: Iterable[Choice], *, at: datetime) -> tuple[Recipient, str]:
    """订阅,等本人从信里确认。站内信不留地址,当场就算,返回的查询码只给这一次(别的渠道是空的)。

    同一个地址再订一次同一类的,等确认以后换掉原来的;没有确认的不动原来的。

    Raises:
        RuleBroken: nothing chosen, no consent, no separate consent to sensitive criteria, or no such address.
    """
    chosen = [(topics.topic(one.topic), one) for one in choices]
    if not chosen:
        raise RuleBroken("没有选订阅哪一类", fix="请至少选一类。")
    rows = [_row(topic, one, at) for topic, one in chosen]
    code = ""
    if way is Way.STATION:
        code, stored = codes.new_code(STATION)
        recipient = Recipient.objects.create(way=way, digest=stored, nonce=links.new_nonce(), created_at=at)
    else:
        address = tidy(way, address)
        recipient, _ = Recipient.objects.get_or_create(
            way=way,
            digest=digest_of(way, address),
            defaults={"address": address, "nonce": links.new_nonce(), "created_at": at},
        )
        recipient = locked(recipient)
        if recipient.refused_at is not None:
            # 本人说过不要再发:什么也不留,也不说破
            return recipient, ""
        if not recipient.address:
            recipient.address, recipient.erased_at = address, None
            recipient.save(update_fields=["address", "erased_at"])
    for row in rows:
        recipient.subscriptions.pending().filter(topic=row.topic, subject=row.subject).delete()
        row.recipient = recipient
        row.confirmed_at = at if way is Way.STATION else None
        row.save()
    if way is not Way.STATION:
        _ask(recipient, at)
    noted("subscribe", recipient, f"订阅{'、'.join(str(topic) for topic, _ in chosen)}", at=at, counts=len(rows))
    return recipient, code


def _row(topic: topics.Topic, choice: Choice, at: datetime) -> Subscription:
    if topic.own is not bool(choice.subject):
        raise RuleBroken(f"“{topic}”不能这样订", fix="自己的事请从那件事的页面上订。")
    if not choice.consents:
        raise RuleBroken(f"没有勾同意接收“{topic}”", fix="不同意的不必订，可以用不留联系方式的订阅源。")
    plain, private = topics.fitting(topic, choice.criteria)
    if private and not choice.consents_sensitive:
        raise RuleBroken(
            f"“{topic}”里选了敏感的个人信息，没有单独同意",
            source="《个人信息保护法》第二十九条",
            fix="请单独勾选同意，或者不选这几项。",
        )
    return Subscription(
        topic=topic.key,
        subject=choice.subject[:80],
        criteria=plain,
        private=private,
        version=topic.version,
        consented_at=at,
        sensitive_at=at if private else None,
    )


def _ask(recipient: Recipient, at: datetime) -> None:
    """Queue one mail that asks to confirm, unless this address was asked often enough."""
    asked = recipient.messages.filter(kind=Kind.CONFIRM)
    if asked.filter(state__in=WAITING).exists():
        return
    on = local_day(at)
    today = asked.filter(queued_at__gt=at - DAY).count()
    month = asked.filter(queued_at__gt=at - DAY * MONTH).count()
    if today >= params.at("notices.confirm_daily", on).value:
        return
    if month >= params.at("notices.confirm_monthly", on).value:
        return
    Message.objects.create(
        key=f"confirm:{recipient.pk}:{asked.count() + 1}",
        recipient=recipient,
        kind=Kind.CONFIRM,
        way=recipient.way,
        queued_at=at,
        due_at=at,
    )


@transaction.atomic
def await_answer(topic: str, subject: str, addresses: Iterable[str], *, at: datetime) -> int:
    """自己的一件事(提的意见)留了邮箱、同意用它告诉结果的,到那一封为止替各人订上;说过不要再发的不订。返回订上几个地址。

    那一封(``Happened.ends``)发出以后订阅结束、地址随即清空,所以不另寄确认信。不成地址的跳过。
    """
    one = topics.topic(topic)
    if not one.own:
        raise RuleBroken(f"“{one}”不能这样订", fix="只有自己的一件事，留了地址的才替他订上。")
    done = 0
    for given in addresses:
        try:
            address = tidy(Way.MAIL, given)
        except RuleBroken:
            continue
        recipient, _ = Recipient.objects.get_or_create(
            way=Way.MAIL,
            digest=digest_of(Way.MAIL, address),
            defaults={"address": address, "nonce": links.new_nonce(), "created_at": at},
        )
        recipient = locked(recipient)
        standing = recipient.subscriptions.standing().filter(topic=one.key, subject=subject[:80])
        if recipient.refused_at is not None or standing.exists():
            continue
        if not recipient.address:
            recipient.address, recipient.erased_at = address, None
            recipient.save(update_fields=["address", "erased_at"])
        recipient.subscriptions.create(
            topic=one.key, subject=subject[:80], version=one.version, consented_at=at, confirmed_at=at
        )
        done += 1
    return done


@transaction.atomic
def confirm(recipient: Recipient, only: Collection[int] | None = None, *, at: datetime) -> int:
    """本人从信里确认;不确认的几项(不在 ``only`` 里)随即清除。再按一次没有害处。返回确认了几项。

    Raises:
        RuleBroken: nothing waits any more and nothing is subscribed to.
    """
    recipient = locked(recipient)
    pending = list(recipient.subscriptions.pending())
    if not pending:
        if recipient.subscriptions.active().exists():
            return 0
        raise RuleBroken("没有等着确认的订阅，可能过了保留的时间，已经清除", fix="请重新订阅。")
    done = 0
    for row in pending:
        if only is not None and row.pk not in only:
            row.delete()
            release_subject(row.topic, row.subject)
            continue
        old = recipient.subscriptions.filter(topic=row.topic, subject=row.subject, ended_at=None)
        old.exclude(confirmed_at=None).update(ended_at=at, ending=Ending.REPLACED, private={})
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        done += 1
    # 按了链接,说明地址是通的
    recipient.bounces, recipient.stopped_at = 0, None
    recipient.save(update_fields=["bounces", "stopped_at"])
    if done:
        noted("confirm", recipient, f"确认{done}项订阅", at=at, counts=done)
    else:
        _forget(recipient, at)
    return done


@transaction.atomic
def unsubscribe(
    recipient: Recipient, only: Collection[int] | None = None, *, at: datetime, ending: Ending = Ending.LINK
) -> int:
    """退订几项或者全部;排着队的随即不再发。再退一次没有害处。返回退了几项。"""
    recipient = locked(recipient)
    rows = recipient.subscriptions.standing()
    rows = list(rows if only is None else rows.filter(pk__in=only))
    ended = [row.pk for row in rows]
    Subscription.objects.filter(pk__in=ended).update(ended_at=at, ending=ending, private={})
    waiting = recipient.messages.filter(state__in=WAITING)
    if recipient.subscriptions.standing().exists():
        waiting = waiting.filter(subscription__in=ended)
    waiting.update(state=State.CANCELLED, note=ending.label)
    for row in rows:
        release_subject(row.topic, row.subject)
    _forget(recipient, at)
    if ended:
        noted("unsubscribe", recipient, f"{ending.label}{len(ended)}项", at=at, counts=len(ended))
    return len(ended)


def release_subject(topic: str, subject: str) -> None:
    """Tell the app when nobody waits for news of one's own thing any more."""
    known = topics.topics().get(topic)
    if known is None or known.ended is None or not subject:
        return
    if not Subscription.objects.standing().filter(topic=topic, subject=subject).exists():
        known.ended(subject)


def _forget(recipient: Recipient, at: datetime) -> None:
    """Without any subscription the address has no purpose (个人信息保护法第四十七条)."""
    if not recipient.subscriptions.standing().exists():
        recipient.address, recipient.erased_at = "", at
        recipient.save(update_fields=["address", "erased_at"])


@transaction.atomic
def refuse(recipient: Recipient, *, at: datetime) -> None:
    """不是我订的,以后也不要再发:只留地址的散列,用来认出它。"""
    unsubscribe(recipient, at=at, ending=Ending.REFUSED)
    recipient = locked(recipient)
    recipient.refused_at = recipient.refused_at or at
    recipient.save(update_fields=["refused_at"])
    noted("refuse", recipient, "不再接收确认信", at=at)


@transaction.atomic
def end_subject(topic: str, subject: str, *, at: datetime) -> int:
    """一件事办完了、销了:它的订阅都结束,没有发的不再发。应用在自己的动作里调用。"""
    done = 0
    rows = Subscription.objects.standing().filter(topic=topic, subject=subject).select_related("recipient")
    for row in list(rows):
        done += unsubscribe(row.recipient, [row.pk], at=at, ending=Ending.OVER)
    return done
