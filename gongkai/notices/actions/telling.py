"""发生了一件事:登记,找出同谁有关,一批一批排进队。停在哪里都可以接着排,一人一件至多一条。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law import notices as law
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org.actions import log
from gongkai.org.models import LogEntry

from .. import topics
from ..models import Happening, Message, Subscription
from ..plain import plain
from ..terms import Kind
from ..topics import Happened, Topic

#: Subscriptions looked at in one transaction.
BATCH = 2000


def enqueue(topic: str, happened: Happened, *, at: datetime) -> Happening | None:
    """登记一件事,随后由后台排进各人的队。同一个记号只登记一次;登记过的返回 None。

    在应用自己的动作(事务)里调用:那个动作没有办成,这一件也就没有。
    """
    one = topics.topic(topic)
    try:
        with transaction.atomic():
            return _written(one, happened, at)
    except IntegrityError:
        if Happening.objects.filter(topic=one.key, key=happened.key[:120]).exists():
            return None
        raise


def _written(topic: Topic, happened: Happened, at: datetime) -> Happening:
    return Happening.objects.create(
        topic=topic.key,
        key=happened.key[:120],
        title=plain(line(happened.title))[:300],
        address=happened.address[:300],
        facts={key: [str(value) for value in values] for key, values in happened.facts.items() if values},
        subject=happened.subject[:80],
        agency=happened.agency,
        record=happened.record,
        ends=happened.ends,
        estimated=happened.estimated,
        at=at,
    )


def note(entries: Iterable[LogEntry]) -> int:
    """读新的操作记录,问各类订阅有没有自己的事;同一条读几遍也只登记一次。返回登记了几件。

    比最新的一条早得太多的(头一次读,换了库从头读)不登记:反正不再推送。
    """
    done = 0
    newest = LogEntry.objects.order_by("-seq").values_list("at", flat=True).first()
    since = newest - DAY * params.at("notices.fresh_days", local_day(newest)).value if newest else None
    readers = [one for one in topics.topics().values() if one.read is not None]
    for entry in entries:
        if since is not None and entry.at < since:
            continue
        for topic in readers:
            assert topic.read is not None
            happened = topic.read(entry)
            if happened is None or Happening.objects.filter(topic=topic.key, key=happened.key[:120]).exists():
                continue
            done += enqueue(topic.key, happened, at=entry.at) is not None
    return done


def spread(at: datetime) -> int:
    """把登记了的事排进各人的队,做完为止。返回排了几条。"""
    done = 0
    for pk in list(Happening.objects.waiting().order_by("pk").values_list("pk", flat=True)):
        while (queued := _batch(pk, at)) is not None:
            done += queued
    return done


@transaction.atomic
def _batch(pk: int, at: datetime) -> int | None:
    """One batch of one happening; None when there is nothing more of it."""
    happening = Happening.objects.select_for_update(of=("self",)).get(pk=pk)
    if happening.spread_at is not None:
        return None
    topic = topics.topics().get(happening.topic)
    too_old = at - happening.at > DAY * params.at("notices.fresh_days", local_day(at)).value
    if topic is None or too_old or not happening.still_told(at):
        happening.spread_at, happening.stale = at, True
        happening.save(update_fields=["spread_at", "stale"])
        return None
    looked, matched = matching(topic, happening, happening.through)
    kind, due = _due(topic, at)
    made = [
        Message(
            key=f"{happening.pk}:{recipient}",
            recipient_id=recipient,
            happening_id=happening.pk,
            subscription_id=subscription,
            kind=kind,
            way=way,
            topic=topic.key,
            queued_at=at,
            due_at=due,
        )
        for subscription, recipient, way in matched
    ]
    Message.objects.bulk_create(made, ignore_conflicts=True)
    if looked:
        happening.through = looked[-1]
    if len(looked) < BATCH:
        happening.spread_at = at
        count = happening.messages.count()
        log(
            "notices.spread",
            f"“{happening.title[:80]}”排进{count}人的队",
            at=at,
            agency=happening.agency,
            about=happening,
            counts=count,
        )
    happening.save(update_fields=["through", "spread_at"])
    return len(made)


def matching(topic: Topic, happening: Happening, after: int) -> tuple[list[int], list[tuple[int, int, str]]]:
    """The next subscriptions looked at, and of those whom it concerns (subscription, recipient, channel)."""
    rows = Subscription.objects.active().filter(topic=topic.key, version=topic.version, pk__gt=after)
    if topic.own:
        rows = rows.filter(subject=happening.subject)
    columns = ["pk", "recipient_id", "recipient__way", "criteria", *(["private"] if topic.asks_sensitive else [])]
    looked = list(rows.order_by("pk").values_list(*columns)[:BATCH])
    matched = [
        (pk, recipient, way)
        for pk, recipient, way, criteria, *private in looked
        if topics.concerns(criteria | (private[0] if private else {}), happening.facts)
    ]
    return [row[0] for row in looked], matched


def _due(topic: Topic, at: datetime) -> tuple[Kind, datetime]:
    """The kind of its messages, and when they may go out at the earliest."""
    if topic.service:
        return Kind.SERVICE, at + law.merging(at)
    return Kind.NEWS, law.opening(timezone.localtime(at))
