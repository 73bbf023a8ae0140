"""标准化的后台任务:每夜重算到期。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.desk.moments import local_day
from gongkai.law import utilities
from gongkai.org.actions import move_days
from gongkai.org.jobs import periodic
from gongkai.org.jobs import recount as after_notice

from . import actions
from .models import Comment, Complaint


@periodic("standards.recount", "标准目录：重算每一行到期没有", daily=time(2, 40))
def recount(*, on: date, at: datetime) -> str:
    """Every charge of every catalogue in force."""
    return f"变了{actions.recount(on=on, at=at)}格"


@periodic("standards.lists", "村务公开：撤下到期的名单", daily=time(0, 20))
def lists(*, on: date, at: datetime) -> str:
    """Lists of persons whose time has come."""
    return f"撤下了{actions.remove_lists(on=on, at=at)}份名单"


@after_notice("standards.days", "体验区意见、公共企事业单位申诉的最迟答复日")
def days(*, at: datetime) -> list[str]:
    """What was written into the books of zones and complaints about enterprises, as long as they wait."""
    comments = Comment.objects.open().select_related("zone__place__agency")
    complaints = Complaint.objects.open().select_related("enterprise__bureau")
    return [
        *move_days(
            comments,
            lambda comment: actions.comment_due(comment.on),
            unit=lambda comment: comment.zone.place.agency,
            at=at,
            name=lambda comment: f"（{comment.zone}，{comment.on}）",
        ),
        *move_days(
            complaints,
            lambda complaint: utilities.complaint_due(local_day(complaint.received_at)).due,
            unit=lambda complaint: complaint.enterprise.bureau,
            at=at,
        ),
    ]
