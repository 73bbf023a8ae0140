"""跟着别处的改动办:单位撤并、人员停用、转出的信息撤下。都可以重来,不会办两遍。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.org.models import Agency, User

from ..models import Application, Reminder
from ..terms import OPEN_STATES
from .common import locked
from .journal import log


@transaction.atomic
def hand_over(agency: str, successor: str, *, at: datetime) -> int:
    """在办的申请移到承继单位,承办人另定;办结的仍归原单位(C50)。"""
    heir = Agency.objects.filter(code=successor).first()
    moved = 0
    for pk in Application.objects.filter(agency=agency, state__in=OPEN_STATES).values_list("pk", flat=True):
        if heir is None:
            break
        application = locked(pk)
        old = application.agency
        application.agency, application.handler = heir, None
        application.save(update_fields=["agency", "handler"])
        application.assignments.filter(returned_at=None).update(returned_at=at, reason="单位撤并")
        log("foi.moved", application, f"由{old}移交{heir}办理", at=at, before=old.code)
        moved += 1
    return moved


@transaction.atomic
def set_free(user: str, *, at: datetime) -> int:
    """停用的人手上的申请空出来,等单位另派;提醒改发单位(C35、C51)。"""
    freed = 0
    for pk in Application.objects.filter(handler=user, state__in=OPEN_STATES).values_list("pk", flat=True):
        application = locked(pk)
        application.handler = None
        application.save(update_fields=["handler"])
        application.assignments.filter(returned_at=None).update(returned_at=at, reason="承办人账号停用")
        log("foi.freed", application, "承办人账号停用，请另派承办人", at=at)
        freed += 1
    return freed


@transaction.atomic
def warn_of_withdrawal(record: str, *, at: datetime) -> int:
    """由申请转出的信息撤下了,在那件申请上记一笔(C109)。"""
    warned = 0
    for application in Application.objects.filter(conversions__record=record).select_related("agency"):
        log("foi.warn", application, "由它转为主动公开的信息已经撤下", at=at, record=record)
        warned += 1
    return warned


@transaction.atomic
def remind(application: Application, mark: str, text: str, *, to: list[User], at: datetime) -> bool:
    """记下提醒过一次;同一个应答复日的同一档只提醒一次。说出这次是不是真的提醒了(C32—C34)。"""
    _, new = Reminder.objects.get_or_create(
        application=application, kind=mark, due_on=application.due_on, defaults={"at": at}
    )
    if new:
        log("foi.remind", application, text, at=at, to=sorted(user.pk for user in to))
    return new
