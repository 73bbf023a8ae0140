"""决策的后台任务:采纳情况公布以后排队告知留了邮箱的意见人;过了保管的时间清除联系方式。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org import mail
from gongkai.org.jobs import periodic
from gongkai.records.models import is_public_at

from . import actions
from .models import Consultation, Opinion


@periodic("decisions.tell", "征求意见：告知意见人采纳情况", daily=time(9))
def queue_results(*, on: date, at: datetime) -> str:
    """One letter to each address of a round is queued with ``notices``, which sends it; none where mail is not set up."""
    if not mail.ready():
        return "没有设发信服务器"
    rounds = Consultation.objects.filter(is_public_at(at, "feedback__"), told_at=None)
    return f"排队告知{sum(actions.queue_result(one, at=at) for one in rounds)}人"


@periodic(
    "decisions.alike",
    "征求意见：把相近的意见归在一处",
    every=timedelta(minutes=5),
    waits=Opinion.objects.filter(like=None).exists,
)
def group_alike(*, at: datetime) -> str | None:
    """Rounds with opinions that were not compared yet."""
    rounds = Consultation.objects.filter(opinions__like=None, opinions__isnull=False).distinct()
    count = sum(actions.group_alike(one, at=at) for one in rounds)
    return f"归拢{count}条" if count else None


@periodic("decisions.erase", "征求意见：清除到期的联系方式", daily=time(3, 10))
def erase(*, on: date, at: datetime) -> str:
    """Contacts of rounds whose result has stood for so long."""
    kept = params.at("decisions.contact_days", on).value
    rounds = Consultation.objects.filter(
        feedback__published_at__lt=at - DAY * kept, opinions__erased_at=None
    ).distinct()
    return f"清除了{sum(actions.erase_contacts(one, at=at) for one in rounds)}人的联系方式"
