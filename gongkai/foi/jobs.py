"""依申请公开的后台任务:跟读操作记录;每天重算在办的申请(日历改了、征求意见到期了),提醒快到期的。"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef

from gongkai.desk.moments import local_day
from gongkai.law import calendar, params
from gongkai.law.agencies import Role
from gongkai.org.jobs import follower, periodic
from gongkai.org.jobs import recount as after_notice
from gongkai.org.models import LogEntry, Membership, User
from gongkai.records import held

from . import actions, todo
from .actions.deciding import rederive
from .actions.following import hand_over, set_free, warn_of_withdrawal
from .actions.following import remind as remind_once
from .models import Application, Assignment, Item, Letter
from .terms import RUNNING, State

#: 还有几个工作日时提醒一次;0 是当天。
BEFORE = (5, 3, 1, 0)


@periodic("foi.recount", "依申请公开：重算在办申请的期限", daily=time(0, 30))
def recount(*, on: date, at: datetime) -> str:
    """Re-derive every open case; closed ones stay as they are (C08)."""
    moved = 0
    for pk in Application.objects.open().order_by("pk").values_list("pk", flat=True):
        old, new = rederive(Application(pk=pk), at=at)
        moved += old != new
    return f"重算完毕，{moved}件的应答复日有变动"


@after_notice("foi.cases", "依申请公开在办件的应答复日")
def recount_now(*, at: datetime) -> list[str]:
    """The same at once, when a holiday notice is installed: which cases moved, from which day to which."""
    moved = []
    for application in Application.objects.open().order_by("pk"):
        old, new = rederive(application, at=at)
        if old != new:
            moved.append(f"{application.number}\t{old or '未定'} → {new or '未定'}")
    return moved


@periodic("foi.remind", "依申请公开：提醒快到期的申请", daily=time(7))
def remind(*, on: date, at: datetime) -> str:
    """One reminder for each case and each mark, whenever the job runs (C32–C34); a case that waits for others is not
    reminded of."""
    count = 0
    last = calendar.add(on, max(BEFORE), provisional=True)
    due = Application.objects.filter(state__in=RUNNING, due_on__lte=last)
    for application in due.select_related("agency", "handler"):
        assert application.due_on is not None
        left = calendar.between(on, application.due_on, provisional=True) if application.due_on >= on else -1
        mark = next((mark for mark in sorted(BEFORE) if left <= mark), None) if left >= 0 else -1
        if mark is None:
            continue
        told = "已经逾期" if left < 0 else "今天到期" if left == 0 else f"还有{left}个工作日到期"
        count += remind_once(
            application, f"before{mark}", f"{told}（{application.due_on}）", to=recipients(application), at=at
        )
    return f"提醒了{count}件" if count else "没有要提醒的"


def recipients(application: Application) -> list[User]:
    """Who is reminded of a case: its handler; the heads of the unit if nobody has it or the handler is gone (C35)."""
    if application.handler is not None and application.handler.is_active:
        return [application.handler]
    posts = Membership.objects.filter(agency=application.agency, role=Role.HEAD, user__is_active=True)
    return [post.user for post in posts.select_related("user")]


@periodic("foi.chase", "依申请公开：催办迟迟没有定结果的申请", daily=time(7, 10))
def chase(*, on: date, at: datetime) -> str:
    """Press the handler some working days after the case was given out (or on the day after the inner limit), again
    every few days, until every item has its outcome; what was pressed for twice goes to the head of the unit (C37)."""
    after, every = (int(params.at(f"foi.{name}", on).value) for name in ("chase_after", "chase_every"))
    undecided = Exists(Item.objects.filter(application=OuterRef("application"), outcome=""))
    rows = Assignment.objects.filter(undecided, returned_at=None, application__state=State.HANDLING)
    count = 0
    for row in rows.select_related("application").order_by("pk"):
        since, wait = (row.chased_at, every) if row.chased_at else (row.at, after)
        first = calendar.add(local_day(since), wait, provisional=True)
        if row.due_on and not row.chased_at:
            first = min(first, row.due_on + calendar.DAY)
        if on >= first:
            actions.chase(row.application, by=None, at=at)
            count += 1
    return f"催办了{count}件" if count else "没有要催办的"


@periodic("foi.chase_signing", "依申请公开：催签迟迟没有签发的文书", daily=time(7, 20))
def chase_signing(*, on: date, at: datetime) -> str:
    """Press the signers of what was handed in a working day ago and waits for them, once a day until it is issued."""
    count = 0
    rows = Letter.objects.filter(issued_at=None, void=False).exclude(handed_at=None)
    for row in rows.select_related("application__agency").order_by("pk"):
        assert row.handed_at is not None
        if not todo.can_be_signed(row):
            continue
        waited = calendar.add(local_day(row.handed_at), 1, provisional=True) <= on
        if waited and not (row.chased_at and local_day(row.chased_at) >= on):
            actions.chase_signing(row, by=None, at=at, to=[user.pk for user in todo.signers(row)])
            count += 1
    return f"催签了{count}份" if count else "没有要催签的"


@periodic("foi.sweep", "依申请公开：清掉核对以后没有提交的文件", daily=time(3, 20))
def sweep(*, on: date, at: datetime) -> str:
    """Remove files that were put by for an application that nobody filed."""
    gone = held.sweep()
    return f"清掉{gone}个没有提交的文件" if gone else "没有要清的"


@follower("foi", "依申请公开：单位撤并、人员停用、转出的信息撤下以后跟着办")
def follow(entries: list[LogEntry]) -> None:
    """Units that merged hand over their open cases (C50), people who left set theirs free (C51), and a withdrawn
    record that came of an application is told on that case (C109)."""
    for entry in entries:
        if entry.action == "org.merge":
            hand_over(entry.object_id, entry.detail.get("successor", ""), at=entry.at)
        elif entry.action == "org.deactivate":
            set_free(entry.object_id, at=entry.at)
        elif entry.action == "records.withdraw":
            warn_of_withdrawal(entry.object_id, at=entry.at)
