"""一封一封发:先在库里占住再发,发完写结果。程序停在哪里都不会发两次;停在当中的记“未知”,由人核实。

一轮由一个节点做(后台任务的租约)。占住的是一个人同一渠道、同一种类到期的几条,合成一封。
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gongkai.desk.moments import SKEW, local_day
from gongkai.law import notices as law
from gongkai.law import params
from gongkai.org.actions import log

from .. import carriers as ways
from .. import links, writing
from ..carriers import Answer, Carrier, Letter
from ..models import Channel, Message, Recipient, Subscription
from ..terms import GONE, WAITING, Ending, Kind, Result, State, Way
from .common import locked
from .subscribing import unsubscribe

#: Letters in one turn, and how many of them are looked up at once.
TURN, LOOKED = 500, 100
#: Seconds after which a turn takes nothing more in hand, well within its lease.
SPAN = 120.0
#: What was taken in hand so long ago was left by a process that died.
LOST = timedelta(minutes=20)
#: A channel is paused when so many in a row were tried in a turn and at least half failed for good.
ENOUGH = 20
LEFT = "发送的时候程序停了，不知道发出没有，请向通道核实"
GONE_NOTE = "已经退订，或者地址停用"
WITHDRAWN = "原文已经撤下"
DOUBLE = "同一件已经告诉过"


@dataclass(slots=True)
class Round:
    """一轮的结果:各种结果几封。"""

    counts: dict[Result, int] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        self.counts[result] = self.counts.get(result, 0) + 1

    @property
    def tried(self) -> int:
        return sum(self.counts.values())

    def __str__(self) -> str:
        return "，".join(f"{result.label}{n}封" for result, n in self.counts.items())


@dataclass(frozen=True, slots=True)
class _Held:
    """占住的一封:给谁、里面的几条。"""

    claim: str
    recipient: Recipient
    kind: Kind
    messages: list[Message]


def waits() -> bool:
    """Whether anything waits to be spread or sent, cheaply."""
    return Message.objects.filter(state__in=WAITING).exists()


def deliver(at: datetime, *, carriers: Mapping[Way, Carrier] | None = None, most: int = TURN) -> Round:
    """Send what is due, at most ``most`` letters; what a dead process left is noted first.

    Args:
        carriers: the channels to use; those that are set up and not paused if not given.
    """
    recover(at)
    total, left, until = Round(), most, time.monotonic() + SPAN
    for way, carrier in (ways.carriers() if carriers is None else carriers).items():
        done = Round()
        try:
            for held in _taken(way, at):
                answer = carrier.send(_letter(held, at))
                _settled(held, answer, at)
                done.add(answer.result)
                total.add(answer.result)
                left -= 1
                if answer.stop or left <= 0 or time.monotonic() > until:
                    break
        finally:
            carrier.close()
        _watch(way, done, at)
        if left <= 0:
            break
    return total


def _taken(way: Way, at: datetime) -> Iterator[_Held]:
    """Each letter that is due, taken in hand in a transaction of its own right before it is sent."""
    seen = 0
    while True:
        rows = Message.objects.due(at).filter(way=way, pk__gt=seen).order_by("pk")
        rows = list(rows.values_list("pk", "recipient_id", "kind")[:LOOKED])
        if not rows:
            return
        seen = rows[-1][0]
        for recipient, kind in dict.fromkeys((recipient, kind) for _, recipient, kind in rows):
            if (held := _claim(recipient, way, Kind.from_value(kind), at)) is not None:
                yield held


@transaction.atomic
def _claim(recipient_pk: int, way: Way, kind: Kind, at: datetime) -> _Held | None:
    """Take what is due for one person; None when nothing may go out."""
    recipient = locked(Recipient(pk=recipient_pk))
    due = Message.objects.due(at).filter(recipient=recipient, way=way, kind=kind)
    found = list(due.select_related("happening__record", "happening__agency", "subscription").order_by("pk"))
    if not found:
        return None
    good, wrong = _sifted(recipient, kind, found, at)
    for note, rows in wrong.items():
        _marked(rows, State.CANCELLED, note)
    if good and kind == Kind.NEWS and (later := _turn(recipient, at)) > at:
        Message.objects.filter(pk__in=[one.pk for one in good]).update(due_at=later, deferred_at=at)
        return None
    if not good:
        return None
    claim = secrets.token_hex(16)
    Message.objects.filter(pk__in=[one.pk for one in good]).update(
        state=State.SENDING, claim=claim, tried_at=at, tries=F("tries") + 1
    )
    return _Held(claim, recipient, kind, good)


def _sifted(
    recipient: Recipient, kind: Kind, found: list[Message], at: datetime
) -> tuple[list[Message], dict[str, list[Message]]]:
    """What may still go out, and what not and why: asked at the very last moment."""
    good: list[Message] = []
    wrong: dict[str, list[Message]] = {}
    stopped = recipient.stopped_at is not None or recipient.refused_at is not None
    gone = stopped or (recipient.way != Way.STATION and not recipient.address)
    told: set[str] = set()
    for message in found:
        if kind == Kind.CONFIRM:
            pending = not gone and recipient.subscriptions.pending().exists()
            note = "" if pending else GONE_NOTE
        elif gone or message.subscription is None or message.subscription.ended_at is not None:
            note = GONE_NOTE
        elif message.happening is None or not message.happening.still_told(at):
            note = WITHDRAWN
        else:
            note = DOUBLE if message.happening.address in told else ""
            told.add(message.happening.address)
        if note:
            wrong.setdefault(note, []).append(message)
        else:
            good.append(message)
    return good, wrong


def _turn(recipient: Recipient, at: datetime) -> datetime:
    """When the next letter of news may go to this person."""
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    # 时钟走快过时记的,不算在今天、这个月里
    sent = Message.objects.filter(
        recipient=recipient, kind=Kind.NEWS, state__in=GONE, tried_at__lte=at + SKEW
    ).exclude(claim="")
    month = set(sent.filter(tried_at__gte=midnight.replace(day=1)).values_list("claim", flat=True))
    today = set(sent.filter(tried_at__gte=midnight).values_list("claim", flat=True))
    return law.next_turn(local, len(today), len(month))


def _letter(held: _Held, at: datetime) -> Letter:
    recipient = held.recipient
    if held.kind == Kind.CONFIRM:
        text = writing.confirmation(recipient, list(recipient.subscriptions.pending()))
    else:
        text = writing.news(recipient, held.kind, writing.lines(held.messages))
    return Letter(
        held.claim,
        recipient.address,
        text.subject,
        text.body,
        text.short,
        links.absolute(links.unsubscribe(recipient)),
        at,
    )


@transaction.atomic
def _settled(held: _Held, answer: Answer, at: datetime) -> None:
    """Write down what the channel said of a letter; only what is still in hand under this very claim."""
    recipient = locked(held.recipient)
    mine = Message.objects.filter(claim=held.claim, state=State.SENDING)
    if answer.result == Result.TEMPORARY:
        for message in list(mine):
            again = law.retry(at, message.tries)
            state = State.RETRY if again else State.FAILED
            kept = recipient.address or recipient.way == Way.STATION
            if not kept or (message.subscription_id and _ended(message.subscription_id)):
                state, again = State.CANCELLED, None
            mine.filter(pk=message.pk).update(state=state, due_at=again or message.due_at, note=answer.note[:200])
        return
    state = {
        Result.ACCEPTED: State.ACCEPTED,
        Result.DELIVERED: State.DELIVERED,
        Result.PERMANENT: State.FAILED,
        Result.UNKNOWN: State.UNKNOWN,
    }[answer.result]
    delivered = at if state is State.DELIVERED else None
    mine.update(state=state, note=answer.note[:200], delivered_at=delivered)
    if answer.result == Result.PERMANENT:
        bounced(recipient, at)
    elif over := [one.subscription_id for one in held.messages if one.happening and one.happening.ends]:
        unsubscribe(recipient, [pk for pk in over if pk], at=at, ending=Ending.OVER)


def _ended(subscription: int) -> bool:
    return Subscription.objects.filter(pk=subscription).exclude(ended_at=None).exists()


def bounced(recipient: Recipient, at: datetime) -> None:
    """Count a letter that came back; retire the address at the second (within the caller's transaction)."""
    recipient.bounces += 1
    if recipient.bounces >= params.at("notices.bounces", local_day(at)).value and recipient.stopped_at is None:
        recipient.stopped_at = at
        _marked(list(recipient.messages.filter(state__in=WAITING)), State.CANCELLED, Ending.RETIRED.label)
        log("notices.retire", f"{recipient}退信{recipient.bounces}次，停用", at=at, about=recipient)
    recipient.save(update_fields=["bounces", "stopped_at"])


def _marked(rows: list[Message], state: State, note: str) -> None:
    Message.objects.filter(pk__in=[one.pk for one in rows], state__in=WAITING).update(state=state, note=note)


@transaction.atomic
def recover(at: datetime) -> int:
    """What a process that died had in hand: it may have gone out, so it is not sent again by itself."""
    lost = Message.objects.filter(Q(tried_at__lt=at - LOST) | Q(tried_at__gt=at + SKEW), state=State.SENDING)
    count = lost.update(state=State.UNKNOWN, note=LEFT)
    if count:
        log("notices.lost", f"{count}条发送时程序停了，记为未知", at=at, counts=count)
    return count


@transaction.atomic
def _watch(way: Way, done: Round, at: datetime) -> None:
    """Pause a channel by itself when at least half of a turn failed for good: the list or the channel is at fault."""
    failed = done.counts.get(Result.PERMANENT, 0)
    if done.tried >= ENOUGH and failed * 2 >= done.tried:
        why = f"一轮{done.tried}封里有{failed}封发不到，自动暂停，请查明再开"
        Channel.objects.update_or_create(way=way, defaults={"paused_at": at, "paused_why": why})
        log("notices.pause", f"{way.label}通道：{why}", at=at)
