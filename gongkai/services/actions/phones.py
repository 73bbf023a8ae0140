"""电话:从公布的指南里收齐,有人打过就记下。没人接的记次数,接着几次才报;机器不拨。"""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from gongkai.adapters.plaintext import line
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Guide, Phone, Version
from ..terms import SHOWN, PhoneState, Stage

_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[-—－ ]?\d{7,8}(?:[-转]\d{1,6})?|12345|\d{3}00-?\d{3}-?\d{4})(?!\d)")
_GAP = re.compile(r"[—－ ]")


def phones_in(version: Version) -> set[str]:
    """Every telephone number that a guide names for asking and complaining, in one writing."""
    text = f"{version.consult}\n{version.complaint}\n{version.complaint_ways}"
    return {_GAP.sub("-", found) for found in _PHONE.findall(text)}


@transaction.atomic
def gather_phones(*, at: datetime) -> int:
    """Make the table of phones fit the live guides; how many there are."""
    named: dict[str, set[int]] = {}
    for version in Version.objects.filter(stage=Stage.LIVE, guide__state__in=SHOWN).iterator(chunk_size=500):
        for number in phones_in(version):
            named.setdefault(number, set()).add(version.guide_id)
    known = {one.number: one for one in Phone.objects.all()}
    Phone.objects.filter(pk__in=[one.pk for number, one in known.items() if number not in named]).delete()
    Phone.objects.bulk_create(Phone(number=number) for number in named if number not in known)
    through = Phone.guides.through
    wanted = {(pk, guide) for pk, number in Phone.objects.values_list("pk", "number") for guide in named[number]}
    have = set(through.objects.values_list("phone_id", "guide_id"))
    through.objects.bulk_create(through(phone_id=phone, guide_id=guide) for phone, guide in wanted - have)
    for phone, guide in have - wanted:
        through.objects.filter(phone_id=phone, guide_id=guide).delete()
    return len(named)


@transaction.atomic
def note_call(phone: Phone, state: PhoneState, note: str = "", *, by: User, at: datetime) -> Phone:
    """打过了:通、没人接、空号或者不是这里。没人接的保留上次的结果,只记次数。"""
    phone = Phone.objects.select_for_update().get(pk=phone.pk)
    within = Guide.objects.filter(access.within(by, "services.write"), phones=phone)
    guide = within.select_related("agency").first()
    if guide is None:
        access.require(by, "services.write", phone.guides.select_related("agency").first().agency)
        raise RuleBroken("没有指南还写着这个电话", fix="请刷新页面。")
    if state is PhoneState.NEW:
        raise RuleBroken("没有选打的结果", fix="请选通、没人接，或者空号、不是这里。")
    phone.silent = phone.silent + 1 if state is PhoneState.SILENT else 0
    if state is not PhoneState.SILENT or phone.state in (PhoneState.NEW, PhoneState.SILENT):
        phone.state = state
    phone.called_at, phone.called_by, phone.note = at, by, line(note)[:200]
    phone.save()
    said = f"打电话{phone.number}：{state.label}"
    log("services.phone", said, at=at, by=by, agency=guide.agency, about=guide)
    return phone
