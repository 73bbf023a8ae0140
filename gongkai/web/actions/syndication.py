"""订了通知的:登记、暂停、换密钥;变动排进队,按次序送,送到的记下,送不到的过些时候再送。"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gongkai.adapters.webhook import NotDelivered, checked
from gongkai.law.errors import RuleBroken
from gongkai.org import chain
from gongkai.org.actions import log
from gongkai.org.actions.journal import changes, snapshot
from gongkai.org.models import Agency, LogEntry, User
from gongkai.org.vault import vault
from gongkai.records.models import Record

from .. import syndication
from ..models import Delivery, Subscriber

_SHOWN = ("name", "url", "duties")
#: Messages sent to one subscriber in one turn.
TURN = 20


@transaction.atomic
def save_subscriber(
    subscriber: Subscriber, agencies: list[Agency], *, by: User, at: datetime
) -> tuple[Subscriber, str]:
    """登记或者修改;新登记的从下一个变动起收通知。返回它和密钥(修改的是空的),密钥只在这时给出一次。"""
    try:
        checked(subscriber.url)
    except NotDelivered as error:
        raise RuleBroken(str(error).rstrip("。"), fix="请核对地址。") from None
    old = Subscriber.objects.filter(pk=subscriber.pk).first() if subscriber.pk else None
    before = [str(one) for one in old.agencies.all()] if old else []
    secret = ""
    if old is None:
        secret = secrets.token_urlsafe(32)
        subscriber.secret = vault().seal(secret)
        subscriber.queued_through = chain.head()[0]
    subscriber.save()
    subscriber.agencies.set(agencies)
    changed = changes(snapshot(old, *_SHOWN), snapshot(subscriber, *_SHOWN))
    after = [str(one) for one in agencies]
    if old and before != after:
        changed["单位"] = [before, after]
    if changed or old is None:
        log(
            "web.subscriber",
            f"{'修改' if old else '登记'}数据同源订户{subscriber}",
            at=at,
            by=by,
            about=subscriber,
            changed=changed,
        )
    return subscriber, secret


@transaction.atomic
def renew_secret(subscriber: Subscriber, *, by: User, at: datetime) -> str:
    """换一个密钥;旧的随即作废。"""
    secret = secrets.token_urlsafe(32)
    subscriber.secret = vault().seal(secret)
    subscriber.save(update_fields=["secret"])
    log("web.secret", f"换了数据同源订户{subscriber}的密钥", at=at, by=by, about=subscriber)
    return secret


@transaction.atomic
def pause(subscriber: Subscriber, paused: bool, *, by: User, at: datetime) -> None:
    """暂停或者恢复;暂停期间的变动照样排队,恢复以后按次序补送。"""
    subscriber.paused = paused
    subscriber.save(update_fields=["paused"])
    log("web.pause", f"{'暂停' if paused else '恢复'}给{subscriber}送通知", at=at, by=by, about=subscriber)


def probe(subscriber: Subscriber, *, by: User, at: datetime) -> str:
    """送一条试验通知,立刻看结果:一句话。"""
    try:
        status = syndication.send(subscriber, "test", "0", {"test": True}, at)
        said = f"对方答复{status}，{'收到了' if 200 <= status < 300 else '没有收下'}。"
    except NotDelivered as error:
        said = str(error)
    log("web.probe", f"给{subscriber}送试验通知：{said}", at=at, by=by, about=subscriber)
    return said


@transaction.atomic
def retry(delivery: Delivery, *, by: User, at: datetime) -> None:
    """不等了,下一轮就再送。"""
    Delivery.objects.filter(pk=delivery.pk, delivered_at=None, dropped_at=None).update(next_at=None)
    log("web.retry", f"马上再送{delivery}", at=at, by=by, about=delivery.subscriber, before=delivery.seq)


@transaction.atomic
def give_up(delivery: Delivery, *, by: User, at: datetime) -> None:
    """放弃一条,送后面的;对方的副本由它自己核对。"""
    Delivery.objects.filter(pk=delivery.pk, delivered_at=None, dropped_at=None).update(dropped_at=at)
    log("web.giveup", f"放弃送{delivery}", at=at, by=by, about=delivery.subscriber, before=delivery.seq)


# --- 排队和送 ---


@transaction.atomic
def enqueue(entries: list[LogEntry]) -> None:
    """Put the changes that each subscriber wants into its queue, once each, in the order of the log."""
    last = entries[-1].seq
    behind = list(Subscriber.objects.select_for_update().filter(queued_through__lt=last))
    if not behind:
        return
    shown = [one for one in entries if one.action in syndication.SHOWN and one.object_type == "records.record"]
    pks = {int(one.object_id) for one in shown}
    records = Record.objects.exclude(published_at=None).in_bulk(pks)
    for subscriber in behind:
        wanted = subscriber.filter()
        rows = []
        for entry in shown:
            record = records.get(int(entry.object_id))
            if entry.seq <= subscriber.queued_through or record is None or record.published_at > entry.at:
                continue
            if wanted(record) or Delivery.objects.filter(subscriber=subscriber, record=record).exists():
                rows.append(Delivery(subscriber=subscriber, seq=entry.seq, record=record, changed_at=entry.at))
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        Subscriber.objects.filter(pk=subscriber.pk).update(queued_through=last)


def deliveries_wait() -> bool:
    """Whether any message is not delivered yet to a subscriber who takes them."""
    return Delivery.objects.filter(subscriber__paused=False, delivered_at=None, dropped_at=None).exists()


def deliver(at: datetime) -> tuple[int, int]:
    """Send what waits, to each subscriber in its order, and stop there at the first that fails; (sent, failed)."""
    sent = failed = 0
    for subscriber in Subscriber.objects.filter(paused=False):
        for delivery in subscriber.waiting().select_related("record")[:TURN]:
            if delivery.next_at and at < delivery.next_at <= at + syndication.DELAYS[-1]:
                break
            if _sent(subscriber, delivery, at):
                sent += 1
            else:
                failed += 1
                break
    return sent, failed


def _sent(subscriber: Subscriber, delivery: Delivery, at: datetime) -> bool:
    """One try; no transaction is open while the network is waited for."""
    status, error = 0, ""
    try:
        status = syndication.send(subscriber, "change", str(delivery.seq), syndication.message(delivery, at), at)
    except Exception as problem:  # 一个订户的毛病(密钥读不出也算)不能挡住别的订户
        error = str(problem) if isinstance(problem, NotDelivered) else type(problem).__name__
    good = 200 <= status < 300
    mine = Delivery.objects.filter(pk=delivery.pk, delivered_at=None)
    tries = delivery.attempts + 1
    mine.update(
        attempts=F("attempts") + 1,
        tried_at=at,
        status=status,
        error=error[:300],
        delivered_at=at if good else None,
        next_at=None if good else at + syndication.delay(tries),
    )
    return good
