"""回应关切里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.moments import local_day, minute
from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, first_of, panel_of
from gongkai.org import access
from gongkai.org.models import Agency, User

from .models import Asked, Event, Help, Interview, Letter, OpinionCase, Survey, TelevisedIssue
from .terms import AskedState, CaseState, EntryKind, IssueState, LetterState


def panels(user: User, on: date) -> Iterator[Panel]:
    """Letters to handle and to review, promises that are due, cases without a word."""
    if access.may(user, "engagement.handle"):
        own = Letter.objects.filter(access.within(user, "engagement.handle")).order_by("due_on")
        yield _letters(
            "待办理的来信",
            "按应答复日排。",
            own.filter(state__in=(LetterState.RECEIVED, LetterState.HANDLING)),
            "due_on",
        )
        due = own.filter(promise_on__lte=on, promise_kept_at=None, state=LetterState.REPLIED)
        yield _letters("到期的承诺", "答复里说了这一天办到，请复核、登记。", due, "promise_on")
        yield _letters("不满意的来信", "请回访，弄清楚为什么。", own.to_revisit())
        yield _letters("来信指出、还没有更正的信息", "改好以后登记，来信人看得到。", own.to_correct())
        asked = Help.objects.filter(access.within(user, "engagement.handle"), answered_at=None)
        helped = Letter.objects.open().filter(pk__in=asked.values("letter")).order_by("due_on")
        yield _letters("请您协办的来信", "提出意见，由主办单位答复。", helped, "due_on")
        issues = TelevisedIssue.objects.filter(access.within(user, "engagement.handle", "owner"))
        yield _issues("待承诺的问政问题", "写办成什么样、哪一天办到。", issues.filter(state=IssueState.FOUND))
        promised = issues.filter(state=IssueState.PROMISED, promise_on__lte=on)
        yield _issues("到期的问政承诺", "办到了的报结果，由主办单位回访。", promised, is_promised=True)
    if access.may(user, "engagement.review"):
        rows = Letter.objects.filter(access.within(user, "engagement.review"), state=LetterState.DRAFTED)
        yield _letters(
            "待审核的来信答复", "您自己拟的请别人审。", rows.exclude(drafted_by=user).order_by("due_on"), "due_on"
        )
        surveys = Survey.objects.filter(access.within(user, "engagement.review"))
        fresh = surveys.filter(released_at=None).exclude(drafted_by=user)
        yield _surveys("待公布的调查", "您自己建立的请别人公布。", fresh)
        over = surveys.filter(told_at=None, closes_at__date__lt=on).exclude(released_at=None)
        yield _surveys("截止了没有公布结果的调查", "写局限和拟采取的措施。", over)
        drafted = Asked.objects.filter(access.within(user, "engagement.review", "interview__agency"))
        drafted = drafted.filter(state=AskedState.DRAFTED).exclude(drafted_by=user)
        yield _asked("待核定的访谈回复", "您自己拟的请别人核定。", drafted)
    if access.may(user, "engagement.event"):
        owed = Asked.objects.owed().filter(access.within(user, "engagement.event", "interview__agency"))
        yield _asked("访谈没有当场答的问题", "请拟回复；不答的写明理由。", owed)
        yield _bad(user)
    if access.may(user, "engagement.tv"):
        held = TelevisedIssue.objects.filter(access.within(user, "engagement.tv", "broadcast__agency"))
        yield _issues("待回访的问政问题", "去看一看，属实的办结。", held.filter(state=IssueState.SETTLED))
    if access.may(user, "engagement.opinion"):
        yield _silent(user)


def _letters(label: str, hint: str, rows: QuerySet[Letter], due: str = "") -> Panel:
    """``due`` names the field with the last day, where there is one."""

    def task(letter: Letter) -> Task:
        url, note = (
            reverse("desk:engagement_letter", args=[letter.pk]),
            f"{letter.get_kind_display()}，{letter.agency}",
        )
        return Task(f"{letter.number} {letter.title}", url, note, due=getattr(letter, due) if due else None)

    return panel_of(label, hint, rows.select_related("agency"), task, reverse("desk:engagement_letters"))


def _asked(label: str, hint: str, rows: QuerySet[Asked]) -> Panel:
    def task(asked: Asked) -> Task:
        return Task(str(asked), asked.interview.desk_url, str(asked.interview), due=asked.due_on)

    rows = rows.select_related("interview").order_by("due_on", "pk")
    return panel_of(label, hint, rows, task, reverse("desk:engagement_interviews"))


def _bad(user: User) -> Panel:
    """Events and interviews that somebody was not content with, and nobody has said what was made of it."""
    within = access.within(user, "engagement.event")
    events, event_count = first_of(Event.objects.filter(within).to_improve())
    talks, talk_count = first_of(Interview.objects.filter(within).to_improve())
    tasks = [Task(str(event), event.get_absolute_url(), event.get_kind_display()) for event in events]
    tasks += [Task(str(interview), interview.desk_url, "在线访谈") for interview in talks]
    home = reverse("desk:engagement_events" if events or not talks else "desk:engagement_interviews")
    hint = "写听到了什么、改进了什么，公众看得到。"
    return Panel("有差评的活动、访谈", hint, event_count + talk_count, home, tuple(tasks[:PREVIEW]))


def _issues(label: str, hint: str, rows: QuerySet[TelevisedIssue], *, is_promised: bool = False) -> Panel:
    def task(issue: TelevisedIssue) -> Task:
        due = (
            issue.promise_on if is_promised else issue.promise_due_on if issue.state == IssueState.FOUND else None
        )
        return Task(str(issue), issue.get_absolute_url(), str(issue.owner), due=due)

    rows = rows.select_related("owner", "broadcast").prefetch_related("steps").order_by("promise_on", "pk")
    return panel_of(label, hint, rows, task, reverse("desk:engagement_issues"))


def _surveys(label: str, hint: str, rows: QuerySet[Survey]) -> Panel:
    def task(survey: Survey) -> Task:
        return Task(str(survey), survey.desk_url, f"{minute(survey.closes_at)}截止")

    return panel_of(label, hint, rows, task, reverse("desk:engagement_surveys"))


def _silent(user: User) -> Panel:
    rows = (
        OpinionCase.objects.visible_to(user).exclude(state=CaseState.CLOSED).exclude(entries__kind=EntryKind.FIRST)
    )

    def task(case: OpinionCase) -> Task:
        last = case.deadlines.first
        return Task(str(case), case.get_absolute_url(), f"最迟{minute(last)}回应", due=local_day(last))

    hint = "时限按自然小时算，夜里、节假日不停。"
    return panel_of("还没有回应的舆情", hint, rows, task, reverse("desk:engagement_cases"))


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Letters under way at an agency."""
    if agency is not None:
        for letter in Letter.objects.open().filter(agency=agency):
            yield OpenItem(
                f"来信{letter}", letter.get_state_display(), reverse("desk:engagement_letter", args=[letter.pk])
            )
