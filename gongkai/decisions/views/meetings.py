"""工作台的会议公开:清单和缺号、一次会、议题和三项意见、抽选、会后公开。"""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.render import Fonts, document_docx, document_pdf
from gongkai.desk.moments import local_day
from gongkai.desk.paging import page
from gongkai.desk.responses import download
from gongkai.desk.submitting import button_step, form_step
from gongkai.law import meetings as law
from gongkai.org import access
from gongkai.org.drawing_pages import AgreeForm, DrawForm

from .. import actions, meeting_plan
from ..actions.meetings import AGENDA, PLAIN, happened, opinions_of
from ..list_forms import MeetingFilter
from ..meeting_forms import AgendaForm, ChangeMeetingForm, MeetingForm, ToldForm
from ..models import AgendaItem, Meeting, Representative


def meeting_of(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that this person may see; 404 for any other."""
    return get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("agency", "record", "drawing"), pk=pk
    )


@access.desk("decisions.view")
def meetings(request: HttpRequest) -> HttpResponse:
    """会议清单;缺的次数列出。"""
    rows = Meeting.objects.visible_to(request.user).select_related("agency", "record").prefetch_related("agenda")
    series: dict[tuple[str, str, int], list[int]] = {}
    for meeting in Meeting.objects.visible_to(request.user).select_related("agency"):
        series.setdefault((str(meeting.agency), meeting.get_kind_display(), meeting.term), []).append(
            meeting.number
        )
    gaps = [(f"第{term}届{agency}{kind}", law.gaps(numbers)) for (agency, kind, term), numbers in series.items()]
    given = MeetingFilter(request.GET)
    context = {
        "page": page(given.narrow(rows, timezone.now()), request.GET, keys=("held_on", "pk")),
        "filter": given,
        "gaps": [pair for pair in gaps if pair[1]],
        "may_write": access.may(request.user, "decisions.meeting"),
    }
    return render(request, "decisions/desk/meetings.html", context)


def _until_midnight(data: dict[str, Any]) -> dict[str, Any]:
    """The sign-up ends with its last day."""
    if until := data.get("signup_until"):
        data["signup_until"] = timezone.make_aware(datetime.combine(until, time.max))
    return data


@access.desk("decisions.meeting")
def new_meeting(request: HttpRequest) -> HttpResponse:
    """登记一次会议。"""
    form = MeetingForm(request.POST or None, user=request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> HttpResponse:
        agency = data.pop("agency")
        made = actions.hold(agency, _until_midnight(data), by=request.user, at=timezone.now())
        return redirect("desk:decisions_meeting", made.pk)

    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        title="登记会议",
        button="登记",
        home=reverse("desk:decisions_meetings"),
    )


@access.desk("decisions.view")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """一次会议:议题、三项意见、代表。"""
    one, at = meeting_of(request, pk), timezone.now()
    items = list(one.agenda.select_related("reporter", "dossier"))
    for item in items:
        item.lacking = law.lacking(opinions_of(item))
        item.unkept = law.unkept(opinions_of(item), happened(item)) if one.held_on <= local_day(at) else []
    context = {
        "meeting": one,
        "items": items,
        "representatives": one.representatives.all(),
        "may_write": access.may(request.user, "decisions.meeting", one.agency),
        "may_draft": access.may(request.user, "records.write", one.agency),
        "may_draw": bool(
            one.seats and one.signup_until and at > one.signup_until and not (one.drawing and one.drawing.is_drawn)
        ),
        "is_open": one.record is None or one.record.published_at is None,
    }
    return render(request, "decisions/desk/meeting.html", context)


@access.desk("decisions.view")
def meeting_plan_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """会议公开方案:DOCX、PDF;三项意见不齐的排不出。"""
    meeting = meeting_of(request, pk)

    def act() -> HttpResponse:
        plan = meeting_plan.document(meeting)
        if suffix == "docx":
            return download(f"{plan.title}.docx", document_docx(plan))
        return download(f"{plan.title}.pdf", document_pdf(plan, Fonts.find(Path(settings.GONGKAI_DATA) / "fonts")))

    if suffix not in ("docx", "pdf"):
        raise Http404("没有这种格式。")
    return button_step(request, act, back="desk:decisions_meeting", pk=pk)


def _form(
    request: HttpRequest, meeting: Meeting, form: Any, act: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    home = reverse("desk:decisions_meeting", args=[meeting.pk])
    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        back=home,
        meeting=meeting,
        title=title,
        button=button,
        **more,
    )


@access.desk("decisions.meeting")
def change_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """改期、改地点、改登错的。"""
    meeting = meeting_of(request, pk)
    access.require(request.user, "decisions.meeting", meeting.agency)
    initial = {name: getattr(meeting, name) for name in (*PLAIN, "seats")}
    initial["signup_until"] = local_day(meeting.signup_until) if meeting.signup_until else None
    form = ChangeMeetingForm(
        request.POST or None, user=request.user, on=timezone.localdate(), meeting=meeting, initial=initial
    )

    def act(data: dict[str, Any]) -> str:
        actions.change_meeting(meeting, _until_midnight(data), by=request.user, at=timezone.now())
        return "已经保存。" + ("报名的人凭编号和查询码看得到新的日期。" if meeting.seats else "")

    return _form(request, meeting, form, act, "改会议", "保存")


@access.desk("decisions.meeting")
@require_POST
def remove_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """撤下一项议题。"""
    found = agenda_of(request, pk)

    def act() -> str:
        actions.remove_agenda(found, by=request.user, at=timezone.now())
        return f"已经撤下“{found}”。"

    return button_step(request, act, back="desk:decisions_meeting", pk=found.meeting_id)


def agenda_of(request: HttpRequest, pk: int) -> AgendaItem:
    """An item of a meeting that this person prepares; 404 for one that is not seen, 403 without the right."""
    rows = AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    found: AgendaItem = get_object_or_404(rows.select_related("meeting__agency"), pk=pk)
    access.require(request.user, "decisions.meeting", found.meeting.agency)
    return found


@access.desk("decisions.meeting")
def new_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """列一项议题。"""
    meeting = meeting_of(request, pk)
    access.require(request.user, "decisions.meeting", meeting.agency)
    form = AgendaForm(request.POST or None, user=request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        actions.add_agenda(meeting, data, by=request.user, at=timezone.now())
        return "已经列入议题。"

    return _form(request, meeting, form, act, "列一项议题", "列入")


@access.desk("decisions.meeting")
def edit_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """改一项议题,会后填议定事项。"""
    found = agenda_of(request, pk)
    initial = {name: getattr(found, name) for name in AGENDA}
    form = AgendaForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)

    def act(data: dict[str, Any]) -> str:
        actions.save_agenda(found, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return _form(request, found.meeting, form, act, f"第{found.order}项议题", "保存")


@access.desk("decisions.meeting")
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """抽选列席代表。"""
    meeting = meeting_of(request, pk)
    access.require(request.user, "decisions.meeting", meeting.agency)

    given = request.POST if request.method == "POST" else None
    if meeting.drawing is None:

        def agree(data: dict[str, Any]) -> str:
            actions.agree_drawing(
                meeting, data["draw_source"], data["draw_at"], by=request.user, at=timezone.now()
            )
            return "已经约定，公众看得到。"

        return _form(request, meeting, AgreeForm(given), agree, "约定抽选", "约定")

    def act(data: dict[str, Any]) -> str:
        drawn = actions.draw(meeting, data.get("number", ""), by=request.user, at=timezone.now())
        return f"抽出{len(drawn)}人，种子和编号已经公布，谁都可以重算。"

    form = DrawForm(given, drawing=meeting.drawing)
    return _form(request, meeting, form, act, "抽选列席代表", "抽选", danger=True, hint=meeting.drawing.source)


@access.desk("decisions.meeting")
def record_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """记下代表的意见和告知。"""
    rows = Representative.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    found = get_object_or_404(rows.select_related("meeting__agency"), pk=pk)
    access.require(request.user, "decisions.meeting", found.meeting.agency)

    def act(data: dict[str, Any]) -> str:
        actions.tell_representative(found, data["opinion"], data["reply"], by=request.user, at=timezone.now())
        return "已经记下。" if data["reply"].strip() else "已经记下意见；有了结果请再来写，代表查得到。"

    form = ToldForm(request.POST or None, initial={"opinion": found.opinion, "reply": found.reply})
    return _form(request, found.meeting, form, act, f"列席代表{found.number}", "记下")


@access.desk("records.write")
@require_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """起草会后公开的信息。"""
    meeting = meeting_of(request, pk)
    access.require(request.user, "records.write", meeting.agency)

    def act() -> HttpResponse:
        edition = actions.draft_minutes(meeting, by=request.user, at=timezone.now())
        messages.success(request, "已经排出议定事项，请核对、送审。")
        return redirect("desk:record", edition.record_id)

    return button_step(request, act, back="desk:decisions_meeting", pk=pk)
