"""样本区的订阅:三千个虚构的收件人,最近公开的几件推送了,各种结果都有一些;最后一件还排着。

一封也不会真的发出去:通道是这里的一个,收下就扔。
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org import codes
from gongkai.org.sample import OFFICE, District, moment
from gongkai.records.models import Record

from . import actions
from .actions import Sample
from .carriers import Answer, Letter, Station
from .of_records import agencies, happened
from .terms import Result, Way
from .topics import Choice

PEOPLE, TOLD = 3000, 3
#: Letters sent for each in the sample; the rest is still queued.
MOST = 60
STATIONS = 0.06
TYPES = ("normative", "document")
#: 种类:几成的人订它。
TASTES = {
    "notices.policy": 0.7,
    "policies.measure": 0.5,
    "decisions.consultation": 0.3,
    "notices.recruitment": 0.25,
}


class Nowhere:
    """收下就扔的通道;回答照样本说。"""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.numbers: list[str] = []

    def send(self, letter: Letter) -> Answer:
        drawn = self.chance.random()
        if drawn < 0.03:
            return Answer(Result.UNKNOWN, "没有等到邮件服务器的回音")
        if drawn < 0.05:
            return Answer(Result.PERMANENT, "邮件服务器不收这个收件地址（550）")
        self.numbers.append(letter.number)
        return Answer(Result.ACCEPTED)

    def close(self) -> None:
        return None


def load(district: District) -> None:
    """Recipients at once; then the newest policies are told to those who chose their agencies."""
    chance, until = random.Random(11), district.until  # noqa: S311  样本数据,不是密码
    start = moment(until - DAY * 60, 9)
    offered = [code for code, _ in agencies()]
    people = [_one(number, chance, offered, until) for number in range(PEOPLE)]
    actions.add_samples(people, at=start)
    rows = Record.objects.public(moment(until, 8)).filter(type__in=TYPES).select_related("agency")
    newest = list(rows.order_by("-published_at", "-pk")[: TOLD + 1])
    for order, record in enumerate(reversed(newest)):
        _tell(record, record.published_at + timedelta(hours=1), chance, last=order == TOLD)
    office, last = district.person(OFFICE, Role.OFFICE), moment(until, 11)
    actions.pause(Way.MAIL, "样本区没有邮件服务器", by=office, at=last)
    district.progress("订阅", PEOPLE, PEOPLE)


def _one(number: int, chance: random.Random, offered: list[str], until: date) -> Sample:
    """One invented person: what he chose and when, whether he confirmed, whether he left."""
    at = moment(until - DAY * chance.randrange(61, 700), chance.randrange(7, 22), chance.randrange(60))
    way = Way.STATION if chance.random() < STATIONS else Way.MAIL
    address = _code(chance) if way is Way.STATION else f"reader{number:05}@citizen.example"
    wanted = [key for key, share in TASTES.items() if chance.random() < share] or ["notices.policy"]
    choices = tuple(_choice(key, chance, offered) for key in wanted)
    drawn = chance.random()
    confirmed = at + timedelta(minutes=chance.randrange(1, 600)) if drawn > 0.03 or way is Way.STATION else None
    if confirmed is None:
        at = moment(until - DAY * chance.randrange(1, 6), 9)
    ended = at + DAY * chance.randrange(2, 60) if confirmed and drawn > 0.94 else None
    return Sample(way, address, choices, at, confirmed, ended)


def _code(chance: random.Random) -> str:
    """A query code like those of the inbox."""
    return "".join(chance.choice(codes.ALPHABET) for _ in range(codes.LENGTH))


def _choice(key: str, chance: random.Random, offered: list[str]) -> Choice:
    criteria: dict[str, list[str]] = {"agency": chance.sample(offered, k=chance.randrange(1, 4))}
    if key == "policies.measure":
        criteria = {"audience": [chance.choice(("person", "enterprise"))]}
    return Choice(key, criteria, consents=True)


def _tell(record: Record, at: datetime, chance: random.Random, *, last: bool) -> None:
    """One record is told; of the last one only the messages are queued."""
    if actions.enqueue("notices.policy", happened(record), at=at) is None:
        return
    actions.spread(at)
    if last:
        return
    box = Nowhere(chance)
    actions.deliver(at, carriers={Way.MAIL: box, Way.STATION: Station()}, most=MOST)
    for number in box.numbers:
        if chance.random() < 0.8:
            actions.receive(number, Result.DELIVERED, at=at + timedelta(minutes=2))
