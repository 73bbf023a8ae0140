"""样本区的订阅:几千个虚构的收件人成批写,一样经过同意、确认的时间,一样加密;只给样本区装的时候用。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.org.actions import log

from .. import links, topics
from ..models import Recipient, Subscription
from ..terms import Ending, Way
from ..topics import Choice
from .common import digest_of

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sample:
    """一个虚构的收件人:何时订的,有没有确认,后来退了没有。"""

    way: Way
    address: str
    choices: tuple[Choice, ...]
    at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None = None


@transaction.atomic
def add_samples(samples: Sequence[Sample], *, at: datetime) -> int:
    """成批写下;返回几个收件人。"""
    rows = Recipient.objects.bulk_create(
        [
            Recipient(
                way=one.way,
                address="" if one.ended_at else one.address,
                digest=digest_of(one.way, one.address),
                nonce=links.new_nonce(),
                created_at=one.at,
                erased_at=one.ended_at,
            )
            for one in samples
        ],
        batch_size=_AT_ONCE,
    )
    made, known = [], {key: topics.known_choices(one) for key, one in topics.topics().items()}
    for recipient, sample in zip(rows, samples, strict=True):
        for choice in sample.choices:
            plain, private = topics.fitting(topics.topic(choice.topic), choice.criteria, known[choice.topic])
            made.append(
                Subscription(
                    recipient=recipient,
                    topic=choice.topic,
                    criteria=plain,
                    private=private,
                    consented_at=sample.at,
                    confirmed_at=sample.confirmed_at,
                    ended_at=sample.ended_at,
                    ending=Ending.LINK if sample.ended_at else "",
                )
            )
    Subscription.objects.bulk_create(made, batch_size=_AT_ONCE)
    log("notices.sample", f"样本区装入{len(rows)}个虚构的收件人", at=at, counts=len(rows))
    return len(rows)
