"""证照提醒:登记、改到期日、停、到日子记一次。只存种类和到期日,怎样送到由推送的一间管。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.law import certificates as law
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.notices import actions as notices
from gongkai.notices.terms import Way
from gongkai.notices.topics import Choice, Happened
from gongkai.org import codes
from gongkai.org.actions import log
from gongkai.records import numbering

from ..models import Reminder, Sent

PURPOSE = "gongkai.services.reminder"
#: The topic under which the notices room knows a reminder; its subject is the reminder's number.
TOPIC = "services.certificate"


@transaction.atomic
def keep_reminder(
    kind: str, way: Way, address: str, *, issued: date | None, ends_on: date | None, consents: bool, at: datetime
) -> tuple[Reminder, str, str]:
    """登记一个提醒,地址交给推送的一间(等本人从信里确认)。返回提醒、改和停用的查询码、站内信的查询码(别的渠道是空的)。"""
    one, on = law.kind(kind), local_day(at)
    end = law.checked(one, issued=issued, end=ends_on, on=on)
    law.span(one, end)
    code, digest = codes.new_code(PURPOSE)
    number = f"ZZ-{on.year}-{numbering.next_in(f'services-reminder-{on.year}'):06d}"
    made = Reminder.objects.create(number=number, code=digest, kind=one.key, ends_on=end, since=on, at=at)
    choice = Choice(TOPIC, subject=number, consents=consents)
    _, inbox = notices.subscribe(way, address, [choice], at=at)
    log("services.reminder", "登记一个证照提醒", at=at, about=made)
    return made, code, inbox


@transaction.atomic
def renew_reminder(reminder: Reminder, ends_on: date, *, at: datetime) -> Reminder:
    """续办好了,或者到期日改了:没有提醒的节点按新的日子重算,提醒过的不撤。"""
    reminder, on = _locked(reminder), local_day(at)
    reminder.ends_on = law.checked(law.kind(reminder.kind), issued=None, end=ends_on, on=on)
    reminder.since = on
    reminder.save(update_fields=["ends_on", "since"])
    log("services.reminder", "一个证照提醒改了到期日", at=at, about=reminder)
    return reminder


@transaction.atomic
def stop_reminder(reminder: Reminder, *, at: datetime) -> None:
    """停掉:到期日删去,订阅结束,没有发的不再发。"""
    reminder = _locked(reminder)
    log("services.reminder", "停掉一个证照提醒", at=at, about=reminder)
    notices.end_subject(TOPIC, reminder.number, at=at)
    Reminder.objects.filter(pk=reminder.pk).delete()


def forget_reminder(number: str) -> None:
    """本人退订了、没有确认:推送的一间在它的事务里告诉,到期日随即删去。"""
    Reminder.objects.filter(number=number).delete()


def remind(*, on: date, at: datetime) -> int:
    """今天该提醒的,一个节点交出一次;停了几天的只补最近的一个。返回几个。"""
    done = 0
    for reminder in Reminder.objects.order_by("pk").iterator(chunk_size=500):
        done += _told(reminder, on, at)
    return done


@transaction.atomic
def _told(reminder: Reminder, on: date, at: datetime) -> bool:
    node = sent_node(reminder, on=on)
    if node is None:
        return False
    kind = law.kind(reminder.kind)
    period = law.span(kind, reminder.ends_on)
    title = f"您的{kind.name}{node.kind.label}：最晚{period.last}申请，{reminder.ends_on}到期"
    address = reverse("public:service_certificate", args=[kind.key])
    happened = Happened(
        f"{reminder.number}:{reminder.ends_on}:{node.kind.value}", title, address, subject=reminder.number
    )
    return notices.enqueue(TOPIC, happened, at=at) is not None


@transaction.atomic
def sent_node(reminder: Reminder, *, on: date) -> law.Node | None:
    """今天该提醒的一个节点,记作提醒过;一个节点只给一次,没有的给空。"""
    found = Reminder.objects.select_for_update().filter(pk=reminder.pk).first()
    if found is None:
        return None
    reminder = found
    node = due_node(reminder, on)
    if node is None:
        return None
    _, fresh = Sent.objects.get_or_create(
        reminder=reminder, node=node.kind, ends_on=reminder.ends_on, defaults={"on": on}
    )
    return node if fresh else None


def due_node(reminder: Reminder, on: date) -> law.Node | None:
    """The newest node whose day has come and that was not sent, nor any later one."""
    last = reminder.sent.filter(ends_on=reminder.ends_on).order_by("-on").values_list("on", flat=True).first()
    since = max(reminder.since, last) if last else reminder.since
    return law.due(law.kind(reminder.kind), reminder.ends_on, since=since, on=on)


@transaction.atomic
def erase_reminders(*, on: date, at: datetime) -> int:
    """失效满了保管的时间,删去。"""
    days = params.at("services.reminder_keep_days", on).value
    rows = list(Reminder.objects.filter(ends_on__lt=on - DAY * days))
    count = len(rows)
    for reminder in rows:
        notices.end_subject(TOPIC, reminder.number, at=at)
        Reminder.objects.filter(pk=reminder.pk).delete()
    if count:
        log("services.reminder", f"清除{count}个早已失效的证照提醒", at=at, counts=count)
    return count


def _locked(reminder: Reminder) -> Reminder:
    found = Reminder.objects.select_for_update().filter(pk=reminder.pk).first()
    if found is None:
        raise RuleBroken("这个提醒已经停掉", fix="还要提醒的请重新登记。")
    return found
