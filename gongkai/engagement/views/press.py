"""工作台的新闻发布:发布会清单、一场、每一步。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.law.press import Level, Rank
from gongkai.org import access
from gongkai.records.models import Edition

from .. import actions, press_forms
from ..forms import EmptyForm, ReasonForm
from ..models import Attendee, Briefing, PressQuestion
from ..press_terms import BriefingState
from .stepping import step_page

D, S, A, H = BriefingState.DRAFT, BriefingState.SUBMITTED, BriefingState.APPROVED, BriefingState.HELD
CSV = ["主题", "单位", "开始", "环节", "发布什么", "计划", "出席", "缺什么"]


@dataclass(frozen=True, slots=True)
class Act:
    """一步:名称、权限、从哪些环节、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    states: tuple[BriefingState, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    main: bool = False
    hint: str = ""


def _plain(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda briefing, data, **who: action(briefing, seen=data["seen"], **who)


def _reasoned(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda briefing, data, **who: action(briefing, data["reason"], seen=data["seen"], **who)


ACTS: dict[str, Act] = {
    "submit": Act(
        "报批",
        "engagement.press",
        (D,),
        EmptyForm,
        _plain(actions.submit_briefing),
        "已经报批。",
        main=True,
        hint="突发事件的报备以后就可以开。",
    ),
    "approve": Act(
        "批准",
        "engagement.press_approve",
        (S,),
        EmptyForm,
        _plain(actions.approve_briefing),
        "已经批准。",
        main=True,
        hint="报批的人不能批自己的；全局性工作、民生和社会关注的由区政府办公室批。",
    ),
    "return": Act(
        "退回", "engagement.press_approve", (S,), ReasonForm, _reasoned(actions.return_briefing), "已经退回。"
    ),
    "notice": Act(
        "起草预告", "records.write", (A,), EmptyForm, _plain(actions.announce_briefing), "预告已经排出，请送审。"
    ),
    "attend": Act(
        "登记出席",
        "engagement.press",
        (A, H),
        press_forms.AttendForm,
        lambda briefing, data, **who: actions.attend(
            briefing, data["name"], data["post"], Rank.from_value(data["rank"]), seen=data["seen"], **who
        ),
        "已经登记。",
    ),
    "hold": Act(
        "登记已举行",
        "engagement.press",
        (A,),
        press_forms.HoldForm,
        lambda briefing, data, **who: actions.hold_briefing(briefing, data["opening"], seen=data["seen"], **who),
        "已经登记，请登记答问、起草文字实录。",
        main=True,
        hint="先登记出席的人。",
    ),
    "video": Act(
        "视频网址",
        "engagement.press",
        (A, H),
        press_forms.VideoForm,
        lambda briefing, data, **who: actions.put_video(briefing, data["url"], seen=data["seen"], **who),
        "已经登记，预告和实录的页面上看得到。",
    ),
    "transcript": Act(
        "起草文字实录",
        "records.write",
        (H,),
        EmptyForm,
        _plain(actions.draft_briefing_transcript),
        "实录已经排出，请送审。",
        main=True,
        hint="由发布的内容和登记的答问排出；没有签发的重新排一遍。",
    ),
    "cancel": Act(
        "取消", "engagement.press", (D, S, A), ReasonForm, _reasoned(actions.cancel_briefing), "已经取消。"
    ),
}


def briefing_of(request: HttpRequest, pk: int) -> Briefing:
    """A briefing that this person may see; 404 for any other."""
    rows = Briefing.objects.visible_to(request.user).select_related(
        "event__agency", "event__record", "item", "case", "transcript", "submitted_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("engagement.view")
def briefings(request: HttpRequest) -> HttpResponseBase:
    """发布会清单,开始晚的在前。"""
    at, on = timezone.now(), timezone.localdate()
    given = press_forms.BriefingFilter(request.GET, user=request.user, on=on)
    rows = Briefing.objects.visible_to(request.user).annotate(starts_at=F("event__starts_at"))
    rows = rows.select_related("event__agency", "event__record", "item", "transcript")
    if words := given.value_of("q"):
        rows = rows.filter(event__title__icontains=words)
    if year := given.value_of("year"):
        rows = rows.filter(event__starts_at__year=year)
    if agency := given.value_of("agency"):
        rows = rows.filter(event__agency=agency)
    rows = given.narrowed(rows, "state")
    if given.value_of("lacking"):
        rows = rows.without_transcript()
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        found = rows.order_by("-starts_at", "-pk").prefetch_related("attendees", "questions")
        return csv_stream("briefings", CSV, (_cells(one, at) for one in found.iterator(chunk_size=500)))
    result = page(rows.prefetch_related("attendees", "questions"), request.GET, keys=("starts_at", "pk"))
    for row in result.rows:
        row.lacks = row.lacking(at) if row.state == H else []
    context = {
        "page": result,
        "filter": given,
        "may_write": access.may(request.user, "engagement.press"),
        "may_export": access.may(request.user, "engagement.export"),
    }
    return render(request, "engagement/desk/press/briefings.html", context)


def _cells(briefing: Briefing, at: Any) -> list[object]:
    plan = "突发事件" if briefing.is_emergency else "计划内" if briefing.item else "计划外"
    people = "；".join(f"{row}（{row.get_rank_display()}）" for row in briefing.attendees.all())
    lacks = "、".join(briefing.lacking(at)) if briefing.state == H else ""
    return [
        briefing,
        briefing.event.agency,
        minute(briefing.event.starts_at),
        briefing.get_state_display(),
        briefing.get_level_display(),
        plan,
        people,
        lacks,
    ]


@access.desk("engagement.press")
def new_briefing(request: HttpRequest) -> HttpResponse:
    """提出一场。"""
    form = press_forms.BriefingForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.propose_briefing(
            data["agency"],
            data,
            Level.from_value(data["level"]),
            item=data["item"],
            is_emergency=data["is_emergency"],
            case=data.get("case"),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "已经提出，核对以后请报批。")
        return redirect(made)

    home = reverse("desk:engagement_briefings")
    return step_page(request, form, run, "提出发布会", "提出", home)


@access.desk("engagement.view")
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """一场:时间、审批、出席、答问、缺什么。"""
    briefing, at = briefing_of(request, pk), timezone.now()
    context = {
        "briefing": briefing,
        "event": briefing.event,
        "attendees": briefing.attendees.all(),
        "questions": briefing.questions.select_related("answered_by"),
        "lacks": briefing.lacking(at) if briefing.state == H else [],
        "late": briefing.state == H and timezone.localdate() > briefing.transcript_due_on,
        "may_write": access.may(request.user, "engagement.press", briefing.event.agency),
        "may_ask": _is_open(briefing) and briefing.state == H,
        "acts": [
            (key, act)
            for key, act in ACTS.items()
            if briefing.state in act.states and access.may(request.user, act.right, briefing.event.agency)
        ],
    }
    return render(request, "engagement/desk/press/briefing.html", context)


def _is_open(briefing: Briefing) -> bool:
    return briefing.transcript is None or briefing.transcript.published_at is None


def _step(request: HttpRequest, briefing: Briefing, form: Any, run: Any, title: str, **more: Any) -> HttpResponse:
    return step_page(request, form, run, title, title, briefing.get_absolute_url(), trail=briefing.event, **more)


@access.desk("engagement.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一步。"""
    briefing, found = briefing_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, briefing.event.agency)
    initial = {"seen": briefing.mark, "url": briefing.video_url, "opening": briefing.opening}

    def run(data: dict[str, Any]) -> str | HttpResponse:
        made = found.run(briefing, data, by=request.user, at=timezone.now())
        if isinstance(made, Edition):
            messages.success(request, found.done)
            return redirect("desk:record", made.record_id)
        return found.done

    return _step(
        request, briefing, found.form(request.POST or None, initial=initial), run, found.label, hint=found.hint
    )


@access.desk("engagement.press")
def edit_briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """报批以前改。"""
    briefing = briefing_of(request, pk)
    access.require(request.user, "engagement.press", briefing.event.agency)
    initial = {name: getattr(briefing.event, name) for name in ("title", "place", "starts_at", "ends_at")}
    form = press_forms.BriefingForm(
        request.POST or None,
        user=request.user,
        on=timezone.localdate(),
        initial=initial | {"level": briefing.level},
    )
    for name in ("agency", "item", "is_emergency", "case"):
        form.fields.pop(name, None)

    def run(data: dict[str, Any]) -> str:
        actions.save_briefing(briefing, data, Level.from_value(data["level"]), by=request.user, at=timezone.now())
        return "已经保存。"

    return _step(request, briefing, form, run, "改发布会")


@access.desk("engagement.press")
def new_question(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一问一答。"""
    briefing = briefing_of(request, pk)
    access.require(request.user, "engagement.press", briefing.event.agency)
    form = press_forms.QuestionForm(request.POST or None, briefing=briefing)

    def run(data: dict[str, Any]) -> str:
        actions.ask(briefing, **data, by=request.user, at=timezone.now())
        return "已经登记。"

    return _step(request, briefing, form, run, "登记一问一答")


@access.desk("engagement.press")
def edit_question(request: HttpRequest, pk: int) -> HttpResponse:
    """改一问。"""
    rows = PressQuestion.objects.filter(briefing__in=Briefing.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("briefing__event__agency"), pk=pk)
    briefing = row.briefing
    access.require(request.user, "engagement.press", briefing.event.agency)
    initial = {name: getattr(row, name) for name in ("outlet", "question", "answer")}
    initial["answered_by"] = row.answered_by_id
    form = press_forms.QuestionForm(request.POST or None, briefing=briefing, initial=initial)

    def run(data: dict[str, Any]) -> str:
        actions.edit_question(row, **data, by=request.user, at=timezone.now())
        return "已经保存。"

    return _step(request, briefing, form, run, f"第{row.order}问")


@access.desk("engagement.press")
def absent(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉登记错的一位。"""
    rows = Attendee.objects.filter(briefing__in=Briefing.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("briefing__event__agency"), pk=pk)
    briefing = row.briefing
    access.require(request.user, "engagement.press", briefing.event.agency)
    form = EmptyForm(request.POST or None, initial={"seen": briefing.mark})

    def run(data: dict[str, Any]) -> str:
        actions.absent(row, by=request.user, at=timezone.now(), seen=data["seen"])
        return "已经去掉。"

    return _step(request, briefing, form, run, f"去掉出席：{row}")
