"""活动、访谈的评价:参加的、提问的人各评一次;有差评的主办单位写改进了什么;写的话到期清除。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.adapters.personal import personal_data
from gongkai.adapters.plaintext import clean
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Asked, Event, Interview, Signup


@transaction.atomic
def give_feedback(signup: Signup, grade: int, note: str, *, at: datetime) -> Signup:
    """参加的人说办得怎样,凭编号和查询码,一次。"""
    signup = Signup.objects.select_for_update(of=("self",)).select_related("event__agency").get(pk=signup.pk)
    _rated(signup, grade, note, at, "活动结束以后，有名额、到了场的人评一次。")
    agency = signup.event.agency
    log("engagement.feedback", f"报名{signup}评价{grade}分", at=at, agency=agency, about=signup.event)
    return signup


@transaction.atomic
def rate_interview(asked: Asked, grade: int, note: str, *, at: datetime) -> Asked:
    """提问的人说这期访谈怎样,凭编号和查询码,一次。"""
    asked = Asked.objects.select_for_update(of=("self",)).select_related("interview__agency").get(pk=asked.pk)
    _rated(asked, grade, note, at, "访谈结束以后，提过问的人评一次。")
    agency = asked.interview.agency
    log("engagement.feedback", f"提问{asked}评价{grade}分", at=at, agency=agency, about=asked.interview)
    return asked


def _rated(row: Signup | Asked, grade: int, note: str, at: datetime, when: str) -> None:
    if not 1 <= grade <= 5:
        raise RuleBroken("评价从一到五", fix="请选一个。")
    if not row.may_rate(at):
        raise RuleBroken("现在不能评价", fix=when)
    row.rating, row.rating_note, row.rated_at = grade, clean(note).strip()[:500], at
    row.save(update_fields=["rating", "rating_note", "rated_at"])


@transaction.atomic
def improve(activity: Event | Interview, note: str, *, by: User, at: datetime) -> Event | Interview:
    """有差评的活动、访谈:写听到了什么、改进了什么,公众看得到;以后又有差评的再写。"""
    rows = type(activity).objects.select_for_update(of=("self",)).select_related("agency")
    activity = rows.get(pk=activity.pk)
    access.require(by, "engagement.event", activity.agency)
    if not type(activity).objects.to_improve().filter(pk=activity.pk).exists():
        raise RuleBroken("没有等着改进的差评", fix="请刷新页面。")
    note = clean(note).strip()[:2000]
    if not note:
        raise RuleBroken("没有写改进了什么", fix="请写哪里办得不好、以后怎样办；误评的写怎样核实的。")
    if found := personal_data(note):
        raise RuleBroken(f"里面有{found[0].label}", fix="公众看得到，请隐去以后再写。")
    activity.improved_note, activity.improved_at = note, at
    activity.save(update_fields=["improved_note", "improved_at"])
    log("engagement.improve", f"“{activity}”针对差评的改进", at=at, by=by, agency=activity.agency, about=activity)
    return activity


@transaction.atomic
def erase_notes(*, before: datetime, at: datetime) -> int:
    """访谈结束满了保管的时间,清除评价的话;几级几个还在。"""
    # 密文,写没写要解开才看得出
    rows = [asked.pk for asked in Asked.objects.filter(interview__closed_at__lt=before) if asked.rating_note]
    Asked.objects.filter(pk__in=rows).update(rating_note="")
    if rows:
        log("engagement.erase", f"清除{len(rows)}个访谈评价的话", at=at, counts=len(rows))
    return len(rows)
