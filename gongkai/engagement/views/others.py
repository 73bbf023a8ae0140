"""工作台的政务舆情和活动。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law.engagement import Grade
from gongkai.org import access
from gongkai.org.drawing_pages import DrawForm
from gongkai.org.models import LogEntry

from .. import actions, feedback, forms
from ..actions.events import FIELDS
from ..models import Briefing, CaseEntry, Event, OpinionCase
from ..series_forms import EventFilter
from ..terms import EntryKind, EventKind, SignupState
from .stepping import step_page


def case_of(request: HttpRequest, pk: int) -> OpinionCase:
    """A case that this person may see; 404 for any other."""
    return get_object_or_404(OpinionCase.objects.visible_to(request.user).select_related("owner"), pk=pk)


@access.desk("engagement.opinion")
def cases(request: HttpRequest) -> HttpResponseBase:
    """政务舆情。"""
    at, given = timezone.now(), forms.CaseFilter(request.GET)
    first = CaseEntry.objects.filter(case=OuterRef("pk"), kind=EntryKind.FIRST).order_by("at").values("at")[:1]
    rows = OpinionCase.objects.visible_to(request.user).select_related("owner").annotate(first_at=Subquery(first))
    if words := given.value_of("q"):
        rows = rows.filter(title__icontains=words)
    rows = given.narrowed(rows, "owner", "grade", "state")
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        cells = (_case_cells(case, at) for case in rows.iterator(chunk_size=500))
        return private(csv_stream("opinion-cases", CASE_HEAD, cells))
    result = page(rows, request.GET, keys=("detected_at", "pk"))
    for row in result.rows:
        row.late = (row.first_at or at) > row.deadlines.first
    may_export = access.may(request.user, "engagement.export")
    context = {"page": result, "filter": given, "may_export": may_export}
    return private(render(request, "engagement/desk/cases.html", context))


CASE_HEAD = ["事由", "来源", "级别", "责任单位", "监测发现", "最迟回应", "首次回应", "环节"]


def _case_cells(case: Any, at: datetime) -> list[object]:
    return [
        case.title,
        case.source,
        case.get_grade_display(),
        case.owner,
        minute(case.detected_at),
        minute(case.deadlines.first),
        minute(case.first_at) if case.first_at else ("迟于时限" if at > case.deadlines.first else ""),
        case.get_state_display(),
    ]


@access.desk("engagement.opinion")
def new_case(request: HttpRequest) -> HttpResponse:
    """登记一件。"""
    form = forms.CaseForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.open_case(
            data["title"],
            data["source"],
            data["owner"],
            detected_at=data["detected_at"],
            happened_at=data["happened_at"],
            ordered_at=data["ordered_at"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect(made)

    return step_page(request, form, run, "登记舆情", "登记", reverse("desk:engagement_cases"))


@access.desk("engagement.opinion")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """一件舆情:时限、处置。"""
    opinion_case, at = case_of(request, pk), timezone.now()
    entries = list(opinion_case.entries.select_related("by", "record"))
    first = next((entry.at for entry in entries if entry.kind == EntryKind.FIRST), None)
    briefing = next((entry.at for entry in entries if entry.kind == EntryKind.BRIEFING), None)
    due = opinion_case.deadlines
    context = {
        "case": opinion_case,
        "entries": entries,
        "due": due,
        "first": first,
        "briefing": briefing,
        "first_late": (first or at) > due.first,
        "briefing_late": bool(due.briefing and (briefing or at) > due.briefing),
        "grades": LogEntry.objects.about(opinion_case)
        .filter(action="engagement.grade")
        .order_by("seq")
        .select_related("by"),
    }
    return private(render(request, "engagement/desk/case.html", context))


def _case_step(
    request: HttpRequest, opinion_case: OpinionCase, form: Any, run: Any, title: str, button: str
) -> HttpResponse:
    return step_page(request, form, run, title, button, opinion_case.get_absolute_url(), trail=opinion_case)


@access.desk("engagement.opinion")
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """研判分级。"""
    opinion_case = case_of(request, pk)
    form = forms.GradeForm(
        request.POST or None,
        on=timezone.localdate(),
        initial={"grade": opinion_case.grade, "owner": opinion_case.owner_id},
    )

    def run(data: dict[str, Any]) -> str:
        actions.grade_case(
            opinion_case, Grade.from_value(data["grade"]), data["owner"], by=request.user, at=timezone.now()
        )
        return "已经分级，时限按级别算。"

    return _case_step(request, opinion_case, form, run, "研判分级", "保存")


@access.desk("engagement.opinion")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """登一条处置。"""
    opinion_case = case_of(request, pk)
    form = forms.EntryForm(
        request.POST or None,
        kinds=opinion_case.may_have,
        initial={"when": timezone.localtime()},
    )

    def run(data: dict[str, Any]) -> str:
        actions.add_entry(
            opinion_case,
            EntryKind.from_value(data["kind"]),
            data["when"],
            data["text"],
            record=data["record"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经登记。"

    return _case_step(request, opinion_case, form, run, "登一条处置", "登记")


@access.desk("engagement.opinion")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """办结。"""
    opinion_case = case_of(request, pk)

    def act() -> str:
        actions.close_case(opinion_case, by=request.user, at=timezone.now())
        return "已经办结。"

    return button_step(request, act, back=opinion_case)


def event_of(request: HttpRequest, pk: int) -> Event:
    """An event that this person may see; 404 for any other."""
    return get_object_or_404(
        Event.objects.visible_to(request.user).select_related("agency", "record", "drawing", "series__record"),
        pk=pk,
    )


@access.desk("engagement.view")
def events(request: HttpRequest) -> HttpResponseBase:
    """活动。"""
    at, given = timezone.now(), EventFilter(request.GET)
    rows = Event.objects.visible_to(request.user).filter(briefing=None)
    rows = rows.select_related("agency", "record", "series__record")
    if words := given.value_of("q"):
        rows = rows.filter(title__icontains=words)
    rows = given.narrowed(rows, "kind")
    if when := given.value_of("when"):
        now = {"coming": Q(ends_at__gte=at), "over": Q(ends_at__lt=at, held_at=None), "held": ~Q(held_at=None)}
        rows = rows.filter(now[when])
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        counted = rows.annotate(
            **{f"n_{state.value}": Count("signups", filter=Q(signups__state=state)) for state in SignupState},
            came=Count("signups", filter=Q(signups__came=True)),
        )
        return csv_stream("events", EVENT_HEAD, (_event_cells(one) for one in counted.iterator(chunk_size=500)))
    context = {
        "filter": given,
        "may_export": access.may(request.user, "engagement.export"),
        "page": page(rows, request.GET, keys=("starts_at", "pk")),
        "may_write": access.may(request.user, "engagement.event"),
    }
    return render(request, "engagement/desk/events.html", context)


EVENT_HEAD = ["主题", "种类", "主办单位", "开始", "名额", "报上", "候补", "取消", "签到", "到场"]


def _event_cells(event: Any) -> list[object]:
    return [
        event,
        event.get_kind_display(),
        event.agency,
        minute(event.starts_at),
        event.seats,
        event.n_in,
        event.n_waiting,
        event.n_cancelled,
        event.came,
        event.attended,
    ]


@access.desk("engagement.event")
def new_event(request: HttpRequest) -> HttpResponse:
    """建立一次活动。"""
    form = forms.EventForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.hold_event(
            data["agency"], EventKind.from_value(data["kind"]), data, by=request.user, at=timezone.now()
        )
        messages.success(request, "已经建立。请起草公告，公布以后接受报名。")
        return redirect(made)

    return step_page(request, form, run, "建立活动", "建立", reverse("desk:engagement_events"))


@access.desk("engagement.view")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """一次活动:报名的数、名单(打码)。"""
    event, at = event_of(request, pk), timezone.now()
    if (briefing := Briefing.objects.filter(event=event).first()) is not None:
        return redirect(briefing)
    counts = {state: event.signups.filter(state=state).count() for state in SignupState}
    may_read = access.may(request.user, "engagement.personal", event.agency)
    context = {
        "event": event,
        "counts": [(state.label, counts[state]) for state in SignupState if counts[state]],
        "is_taking": event.is_taking(at),
        "signups": event.signups.all()[:200] if may_read else [],
        "may_write": access.may(request.user, "engagement.event", event.agency),
        "may_draft": access.may(request.user, "records.write", event.agency),
        "is_over": at >= event.ends_at,
        "is_running": at >= event.starts_at and event.held_at is None and event.signups.exists(),
        "came": event.signups.filter(came=True).count(),
        "ratings": feedback.of_event(event, at),
        "may_roster": may_read and bool(counts[SignupState.IN]),
        "may_draw": bool(
            event.drawing and not event.drawing.is_drawn and event.signup_until and at > event.signup_until
        ),
    }
    return private(render(request, "engagement/desk/event.html", context))


def _event_step(
    request: HttpRequest, event: Event, form: Any, run: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    return step_page(request, form, run, title, button, event.get_absolute_url(), trail=event, **more)


@access.desk("engagement.event")
def edit_event(request: HttpRequest, pk: int) -> HttpResponse:
    """改活动。"""
    event = event_of(request, pk)
    access.require(request.user, "engagement.event", event.agency)
    initial = {name: getattr(event, name) for name in FIELDS} | {"kind": event.kind, "agency": event.agency_id}
    if event.drawing:
        initial |= {"draw_source": event.drawing.source, "draw_at": event.drawing.comes_out_at}
    form = forms.EventForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)
    for name in ("kind", "agency"):
        del form.fields[name]

    def run(data: dict[str, Any]) -> str:
        actions.save_event(event, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return _event_step(request, event, form, run, "改活动", "保存")


@access.desk("records.write")
@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """起草公告。"""
    event = event_of(request, pk)
    access.require(request.user, "records.write", event.agency)

    def act() -> HttpResponse:
        edition = actions.draft_notice(event, by=request.user, at=timezone.now())
        messages.success(request, "公告已经排出，请核对、送审；签发以后开始报名。")
        return redirect("desk:record", edition.record_id)

    return button_step(request, act, back=event)


@access.desk("engagement.event")
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """抽选。"""
    event = event_of(request, pk)
    access.require(request.user, "engagement.event", event.agency)

    def run(data: dict[str, Any]) -> str:
        drawn = actions.draw(event, data.get("number", ""), by=request.user, at=timezone.now())
        return f"抽出{drawn}人，种子和编号已经公布，谁都可以重算。"

    form = DrawForm(request.POST if request.method == "POST" else None, drawing=event.drawing)
    return _event_step(
        request, event, form, run, "抽选", "抽选", hint=event.drawing.source if event.drawing else ""
    )


@access.desk("engagement.event")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """办结。"""
    event = event_of(request, pk)
    access.require(request.user, "engagement.event", event.agency)

    def run(data: dict[str, Any]) -> str:
        actions.finish_event(event, data["attended"], data["outcome"], by=request.user, at=timezone.now())
        return "已经办结。"

    came = event.signups.filter(came=True).count()
    form = forms.FinishForm(request.POST or None, initial={"attended": came or None})
    return _event_step(request, event, form, run, "活动办结", "办结")
