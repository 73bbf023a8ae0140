"""新闻发布里等这个人办的事(``desk.todo``),和自己会数的数(``desk.figures``):任务数、实录。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.dateformat import format as shown

from gongkai.desk.figures import Figure, Shown, first_day, of_rows, of_things
from gongkai.desk.moments import end_of, minute, start_of
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law.calendar import DAY
from gongkai.law.press import Level
from gongkai.org import access
from gongkai.org.models import User

from . import quotas
from .models import Briefing, PressYear, Spokesperson
from .press_terms import BriefingState


def panels(user: User, on: date) -> Iterator[Panel]:
    """Briefings to decide, to hold and to publish; numbers still owed before their time ends; the yearly register."""
    if access.may(user, "engagement.press_approve"):
        yield _to_decide(user)
    if access.may(user, "engagement.press"):
        yield _owed(user, on)
        own = Briefing.objects.filter(access.within(user, "engagement.press", "event__agency"))
        rows = own.select_related("event")
        over = rows.filter(state=BriefingState.APPROVED, event__ends_at__lt=end_of(on - DAY))
        yield _briefings("开过没有登记的发布会", "登记出席的人、发布的内容。", over)
        late = rows.without_transcript()
        yield _briefings("没有公布实录的发布会", "登记答问，起草文字实录。", late, is_due=True)
        yield _register(user, on)


def _to_decide(user: User) -> Panel:
    rows = Briefing.objects.filter(
        access.within(user, "engagement.press_approve", "event__agency"), state=BriefingState.SUBMITTED
    ).exclude(submitted_by=user)
    if not access.may(user, "engagement.press_plan"):
        rows = rows.filter(level=Level.UNIT)
    return _briefings("待审批的发布会", "批准以后才起草预告。", rows.select_related("event"))


def _briefings(label: str, hint: str, rows: QuerySet[Briefing], *, is_due: bool = False) -> Panel:
    def task(briefing: Briefing) -> Task:
        due = briefing.transcript_due_on if is_due else None
        return Task(str(briefing), briefing.get_absolute_url(), minute(briefing.event.starts_at), due=due)

    return panel_of(label, hint, rows.order_by("event__starts_at"), task, reverse("desk:engagement_briefings"))


def _owed(user: User, on: date) -> Panel:
    """What is owed and ends soon, or has ended, in the year of that day."""
    plan = PressYear.objects.filter(year=on.year).exclude(approved_at=None).first()
    units = []
    if plan:
        district = access.is_district(user, "engagement.press")
        own = access.agencies_of(user, "engagement.press")
        units = quotas.of_year(plan, None if district else own.values_list("pk", flat=True))
    url = reverse("desk:engagement_press")
    tasks = [
        Task(f"{unit.agency}：{quota.label}还欠{quota.missing}", url, due=quota.end)
        for unit in units
        for quota in unit.quotas
        if quota.is_near(on)
    ]
    return Panel("还欠的新闻发布", "4·2·1：到期以前补上。", len(tasks), url, tuple(tasks[:PREVIEW]))


def _register(user: User, on: date) -> Panel:
    rows = Spokesperson.objects.filter(
        access.within(user, "engagement.press"), until=None, confirmed_on__year__lt=on.year
    ).select_related("agency")
    url = reverse("desk:engagement_spokespersons") + "?stale=on"

    def task(person: Spokesperson) -> Task:
        return Task(str(person), url, f"上次核对{shown(person.confirmed_on, 'Y-m-d')}")

    hint = "名录每年公布一次；没有变的核对，变了的登记。"
    return panel_of("今年没有核对的新闻发言人", hint, rows, task, url)


def _quotas(agencies: Sequence[int], on: date) -> list[Shown]:
    """Each number of the year whose time has ended by that day, or that is met already."""
    plan = PressYear.objects.filter(year=on.year).exclude(approved_at=None).first()
    if plan is None:
        return []
    url = reverse("desk:engagement_press")
    return [
        Shown(f"{unit.agency}{quota.label}", url, unit.agency.pk, not quota.missing, f"{quota.done}/{quota.least}")
        for unit in quotas.of_year(plan, agencies)
        for quota in unit.quotas
        if quota.end < on or (not quota.missing and quota.start <= on)
    ]


def _held(agencies: Sequence[int], on: date) -> QuerySet[Briefing]:
    return Briefing.objects.held().filter(
        event__agency__in=agencies, event__starts_at__range=(start_of(first_day(on).year), end_of(on))
    )


def _told(rows: QuerySet[Briefing], on: date) -> QuerySet[Briefing]:
    return rows.filter(~Q(transcript=None), transcript__published_at__lte=end_of(on))


FIGURES: tuple[Figure, ...] = (
    of_things(
        _quotas,
        key="engagement.press",
        label="新闻发布任务完成率",
        above="办够了的任务数",
        below="当年到期和已经办够的任务数（4·2·1）",
        clauses=("11.1",),
        follows=("engagement",),
    ),
    of_rows(
        rows=_held,
        meeting=_told,
        owner="event__agency",
        show=lambda row, counts: Shown(str(row), row.get_absolute_url(), row.event.agency_id, counts),
        key="engagement.transcripts",
        label="发布会文字实录公开率",
        above="公布了文字实录的",
        below="当年举行的新闻发布会",
        clauses=("11.1",),
        follows=("engagement", "records"),
    ),
)
