"""成批录入:信件、邮件、热线、座谈记录里的意见一次录进去,收不下的逐行说为什么,收下的一条不少。"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law.consultation import Channel
from gongkai.law.errors import RuleBroken
from gongkai.org.models import User
from gongkai.org.once import claim
from gongkai.records import numbering

from ..entering import Row
from ..models import Consultation, Opinion
from .alike import place_alike
from .common import noted, require
from .consulting import locked_round
from .opinions import fingerprint, fitting, may_enter, within_period

#: Rows taken at once.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Refused:
    """没有收的一行和为什么。"""

    row: Row
    why: str


@dataclass(frozen=True, slots=True)
class Entered:
    """收了几条、从几号到几号,哪几行没有收。"""

    count: int
    first: str
    last: str
    refused: tuple[Refused, ...]


@transaction.atomic
def enter_opinions(
    consultation: Consultation, rows: Sequence[Row], channel: Channel, received_on: date, *, by: User, at: datetime
) -> Entered:
    """录入一批;行里没有写渠道、日期的照 ``channel``、``received_on``。同样一批两天以内只收一次。

    Raises:
        RuleBroken: nothing to enter, too many rows, no row that can be taken, or this very batch was entered before;
            the notice is not public, or its result is signed.
    """
    one = locked_round(consultation)
    require(by, "decisions.answer", one.dossier)
    may_enter(one, at)
    if not rows:
        raise RuleBroken("没有可以录入的", fix="请贴上意见，一行一条，或者选一个 CSV、XLSX。")
    if len(rows) > MOST:
        raise RuleBroken(
            f"一共{len(rows)}条，一次至多{MOST}条", fix="请分成几批；这一批一条也没有录，您贴的还在。"
        )
    made, refused = [], []
    for row in rows:
        try:
            made.append(_made(one, row, channel, received_on, by, at))
        except RuleBroken as error:
            refused.append(Refused(row, str(error)))
    if not made:
        raise RuleBroken(f"{len(rows)}行都没有收下，第一行：{refused[0].why}", fix="请照改以后再录。")
    mark = hashlib.sha256(
        repr([(row.text, row.article, row.on, row.channel) for row in rows]).encode()
    ).hexdigest()
    if not claim("decisions.batch", f"{one.pk}:{channel}:{received_on}:{mark}", at=at):
        raise RuleBroken(
            "这一批刚才录过，没有再录一遍", fix="请看意见清单；确实是另外一批的，加上能区分的说明再录。"
        )
    _number(one, made)
    Opinion.objects.bulk_create(made, batch_size=500)
    first, last = made[0].number, made[-1].number
    place_alike(one, at)
    noted("opinion", one.dossier, f"成批录入{len(made)}条意见（{first}至{last}）", at=at, by=by, counts=len(made))
    return Entered(len(made), first, last, tuple(refused))


def _made(
    consultation: Consultation, row: Row, channel: Channel, received_on: date, by: User, at: datetime
) -> Opinion:
    if row.why:
        raise RuleBroken(row.why, fix="请照表单里的渠道、日期的写法改。")
    noon = timezone.make_aware(datetime.combine(row.on or received_on, time(12)))
    received = min(noon, at) if local_day(noon) == local_day(at) else noon
    within_period(consultation, received, at)
    text = fitting(row.text)
    return Opinion(
        consultation=consultation,
        channel=row.channel or channel,
        article=line(row.article)[:60],
        text=text,
        contact=row.contact,
        received_at=received,
        entered_by=by,
        fingerprint=fingerprint(text),
    )


def _number(consultation: Consultation, made: list[Opinion]) -> None:
    """Number them in their order, by the year in which they came."""
    code = consultation.dossier.lead.code
    for year in sorted({local_day(opinion.received_at).year for opinion in made}):
        those = [opinion for opinion in made if local_day(opinion.received_at).year == year]
        start = numbering.next_in(f"opinion/{code}/{year}", len(those))
        for place, opinion in enumerate(those):
            opinion.number = f"{code}-Y-{year}-{start + place:05}"
