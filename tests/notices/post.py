"""推送测试用的:一个收下一切的渠道、订一份、读信里的链接。"""

from __future__ import annotations

import re

from gongkai.notices import actions
from gongkai.notices.carriers import Answer
from gongkai.notices.models import Recipient
from gongkai.notices.terms import Result, Way
from gongkai.notices.topics import Choice, Happened
from tests.records.office import moment

AT = moment(2026, 9, 1, 9)
POLICY = "notices.policy"


class Box:
    """A channel that keeps what it is given and answers as it is told."""

    def __init__(self, *answers: Result) -> None:
        self.letters = []
        self.answers = list(answers)

    def send(self, letter):
        self.letters.append(letter)
        return Answer(self.answers.pop(0) if self.answers else Result.ACCEPTED)

    def close(self):
        pass

    def to(self, address):
        return [letter for letter in self.letters if letter.to == address]


def deliver(at=AT, box=None, **options):
    """One turn of the mail; the box."""
    box = box or Box()
    actions.deliver(at, carriers={Way.MAIL: box}, **options)
    return box


def subscribed(address, *choices, at=AT, confirmed=True, way=Way.MAIL) -> Recipient:
    """Somebody who subscribed, and confirmed."""
    chosen = choices or (Choice(POLICY, consents=True),)
    recipient, _ = actions.subscribe(way, address, chosen, at=at)
    if confirmed and way is not Way.STATION:
        actions.confirm(recipient, at=at)
        recipient.messages.update(state="accepted")
    recipient.refresh_from_db()
    return recipient


def happen(key="1", title="《关于停车的通知》", at=AT, topic=POLICY, **given):
    """Something happens, and is queued."""
    made = actions.enqueue(topic, Happened(key, title, f"/info/{key}/", **given), at=at)
    actions.spread(at)
    return made


def link(text, kind):
    """The path of a link of this kind in a letter."""
    return re.search(rf"https://[^/\s]+(/notices/{kind}/[\w-]+/)", text)[1]
