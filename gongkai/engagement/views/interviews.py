"""工作台的在线访谈:清单、一期、实录的一段一段、提问的每一步。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.personal import masked
from gongkai.desk.export import csv_stream
from gongkai.desk.moments import local_day, minute
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law import dialogue
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.records.models import Edition

from .. import actions, feedback
from .. import interview_forms as forms
from ..actions.interviews import FIELDS
from ..models import Asked, Interview, Line
from ..terms import OWED_STATES, AskedState, InterviewState
from .stepping import step_page


def interview_of(request: HttpRequest, pk: int) -> Interview:
    """An interview that this person may see; 404 for any other."""
    rows = Interview.objects.visible_to(request.user).select_related("agency", "record", "transcript")
    return get_object_or_404(rows, pk=pk)


@access.desk("engagement.view")
def interviews(request: HttpRequest) -> HttpResponseBase:
    """访谈清单,新的在前。"""
    at, given = timezone.now(), forms.InterviewFilter(request.GET)
    rows = Interview.objects.visible_to(request.user).select_related("agency", "record", "transcript")
    if state := given.value_of("state"):
        rows = rows.in_state(InterviewState.from_value(state), at)
    if year := given.value_of("year"):
        rows = rows.filter(starts_at__year=year)
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        counted = rows.annotate(
            asked=Count("questions"), answered=Count("questions", filter=Q(questions__state__in=ANSWERED))
        )
        return private(csv_stream("interviews", HEAD, (_cells(one, at) for one in counted.iterator(1000))))
    result = page(rows, request.GET, keys=("starts_at", "pk"))
    for row in result.rows:
        row.step = row.state(at)
    context = {
        "page": result,
        "filter": given,
        "may_write": access.may(request.user, "engagement.event"),
        "may_export": access.may(request.user, "engagement.export"),
    }
    return private(render(request, "engagement/desk/interviews.html", context))


ANSWERED = (AskedState.ANSWERED, AskedState.REPLIED)
HEAD = ["主题", "主办单位", "开始", "主要负责人出席", "环节", "收到提问", "答了"]


def _cells(interview: Any, at: Any) -> list[object]:
    chief = "是" if interview.has_chief else ""
    return [
        interview.title,
        interview.agency,
        minute(interview.starts_at),
        chief,
        interview.state(at).label,
        interview.asked,
        interview.answered,
    ]


@access.desk("engagement.event")
def new_interview(request: HttpRequest) -> HttpResponse:
    """建立一期。"""
    form = forms.PlanForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.plan_interview(data["agency"], data, by=request.user, at=timezone.now())
        messages.success(request, "已经建立。请起草预告，签发以后征集提问。")
        return redirect(made.desk_url)

    home = reverse("desk:engagement_interviews")
    return step_page(request, form, run, "建立访谈", "建立", home)


@access.desk("engagement.view")
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """一期访谈:要办的、提问、实录。"""
    interview, at, given = interview_of(request, pk), timezone.now(), forms.AskedFilter(request.GET)
    return _page(request, interview, at, given, None)


def _page(request: HttpRequest, interview: Interview, at: Any, given: Any, form: Any) -> HttpResponse:
    rows = interview.questions.all()
    rows = given.narrowed(rows, "state")
    result = page(rows, request.GET, ascending=True)
    may_write = access.may(request.user, "engagement.event", interview.agency)
    may_review = access.may(request.user, "engagement.review", interview.agency)
    for asked in result.rows:
        asked.acts = [
            (key, act.label)
            for key, act in ACTS.items()
            if act.fits(asked, interview) and (may_review if act.right == "engagement.review" else may_write)
        ]
        asked.late = asked.is_late(local_day(at))
    state = interview.state(at)
    live = state == InterviewState.LIVE
    published = interview.record is not None and interview.record.published_at is not None
    context = {
        "interview": interview,
        "state": state,
        "page": result,
        "filter": given,
        "counts": interview.questions.values_list("state").annotate(Count("pk")).order_by(),
        "total": interview.questions.count(),
        "lines": interview.lines.order_by("-place")[:50] if live else interview.lines.all(),
        "limit": dialogue.answer_limit(local_day(interview.closed_at or interview.starts_at)),
        "short": published
        and dialogue.is_short_notice(local_day(interview.record.published_at), local_day(interview.starts_at)),
        "form": form or (forms.SayForm(interview=interview) if live and may_write else None),
        "may_write": may_write,
        "may_draft": access.may(request.user, "records.write", interview.agency),
        "is_live": live,
        "ratings": feedback.of_interview(interview, at),
    }
    context["counts"] = [(AskedState.from_value(name).label, count) for name, count in context["counts"]]
    status = 422 if form is not None and form.errors else 200
    return private(render(request, "engagement/desk/interview.html", context, status=status))


@access.desk("engagement.event")
def edit_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """改。"""
    interview = interview_of(request, pk)
    access.require(request.user, "engagement.event", interview.agency)
    initial = {name: getattr(interview, name) for name in FIELDS} | {"agency": interview.agency_id}
    form = forms.PlanForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)
    del form.fields["agency"]
    if interview.record is not None and interview.record.published_at is not None:
        for name in FIELDS:
            if name != "video":
                del form.fields[name]

    def run(data: dict[str, Any]) -> str:
        actions.save_interview(interview, data, by=request.user, at=timezone.now())
        return "已经保存。"

    return step_page(request, form, run, "改访谈", "保存", interview.desk_url, trail=interview)


def _button(right: str, act: Callable[..., Any], done: str) -> Callable[..., HttpResponse]:
    """A view for a button on the interview's page; what makes a paper leads to it."""

    @access.desk(right)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        interview = interview_of(request, pk)
        access.require(request.user, right, interview.agency)

        def run() -> str | HttpResponse:
            made = act(interview, by=request.user, at=timezone.now())
            if not isinstance(made, Edition):
                return done
            messages.success(request, done)
            return redirect("desk:record", made.record_id)

        return button_step(request, run, back=interview.desk_url)

    return view


notice = _button("records.write", actions.draft_interview_notice, "预告已经排出，请核对、送审；签发以后征集提问。")
transcript = _button("records.write", actions.draft_transcript, "实录已经排出，请核对、送审。")
begin = _button("engagement.event", actions.open_interview, "已经开始，登记的公众马上看得到。")
end = _button("engagement.event", actions.close_interview, "已经结束。没有答的请在期限以内公开回复。")


@access.desk("engagement.event")
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一段;填错了的回到这一页,填的留着。"""
    interview, at = interview_of(request, pk), timezone.now()
    access.require(request.user, "engagement.event", interview.agency)
    form = forms.SayForm(request.POST, interview=interview)
    if form.is_valid():
        data = form.cleaned_data
        asked = interview.questions.filter(pk=data["answers"]).first() if data["answers"] else None
        try:
            actions.say(interview, data["speaker"], data["text"], answers=asked, by=request.user, at=at)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{interview.desk_url}#say")
    return _page(request, interview, at, forms.AskedFilter(request.GET), form)


@access.desk("engagement.event")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """改一段的笔误。"""
    rows = Line.objects.select_related("interview__agency")
    made = get_object_or_404(rows.filter(interview__in=Interview.objects.visible_to(request.user)), pk=pk)
    home = made.interview.desk_url
    access.require(request.user, "engagement.event", made.interview.agency)
    form = forms.AmendForm(request.POST or None, initial={"text": made.text})

    def run(data: dict[str, Any]) -> str:
        actions.amend_line(made, data["text"], by=request.user, at=timezone.now())
        return "已经改好，公众看得到这一段改过。"

    title = f"改第{made.place}段"
    return step_page(request, form, run, title, "保存", home, trail=made.interview)


@dataclass(frozen=True, slots=True)
class Act:
    """提问的一步:名称、权限、从哪些环节、是不是结束以后才办、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    states: tuple[AskedState, ...]
    after: bool | None
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str

    def fits(self, asked: Asked, interview: Interview) -> bool:
        """Whether it can be done to the question now."""
        return asked.state in self.states and self.after in (None, interview.closed_at is not None)


N, C = AskedState.NEW, AskedState.CHOSEN
ACTS: dict[str, Act] = {
    "choose": Act(
        "选用",
        "engagement.event",
        (N, C, AskedState.DECLINED),
        False,
        forms.ChooseForm,
        lambda asked, data, **who: actions.choose_question(asked, data["shown"], seen=data["seen"], **who),
        "已经选用。",
    ),
    "answer": Act(
        "拟回复",
        "engagement.event",
        OWED_STATES,
        True,
        forms.AnswerForm,
        lambda asked, data, **who: actions.draft_answer(
            asked, data["shown"], data["answer"], seen=data["seen"], **who
        ),
        "已经拟好，等另一个人核定。",
    ),
    "release": Act(
        "核定、公开",
        "engagement.review",
        (AskedState.DRAFTED,),
        True,
        forms.ReleaseForm,
        lambda asked, data, **who: actions.release_answer(asked, seen=data["seen"], **who),
        "已经公开，提问的人看得到。",
    ),
    "decline": Act(
        "不答",
        "engagement.event",
        OWED_STATES,
        None,
        forms.DeclineForm,
        lambda asked, data, **who: actions.decline_question(asked, data["reason"], seen=data["seen"], **who),
        "已经记下，提问的人看得到理由。",
    ),
}


def asked_of(request: HttpRequest, pk: int) -> Asked:
    """A question to an interview that this person may see; 404 for any other."""
    rows = Asked.objects.select_related("interview__agency", "drafted_by")
    return get_object_or_404(rows.filter(interview__in=Interview.objects.visible_to(request.user)), pk=pk)


@access.desk("engagement.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """提问的一步。"""
    asked, found = asked_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, asked.interview.agency)
    home = asked.interview.desk_url
    initial = {"seen": asked.mark, "shown": asked.shown or masked(asked.text, own=True), "answer": asked.answer}
    form = found.form(request.POST or None, initial=initial)

    def run(data: dict[str, Any]) -> str:
        found.run(asked, data, by=request.user, at=timezone.now())
        return found.done

    return private(
        step_page(request, form, run, found.label, found.label, home, trail=asked.interview, asked=asked)
    )


@access.desk("engagement.event")
@require_POST
def read_out(request: HttpRequest, pk: int) -> HttpResponse:
    """读出选用的一个提问。"""
    asked = asked_of(request, pk)
    access.require(request.user, "engagement.event", asked.interview.agency)

    def run() -> str:
        actions.read_out(asked, by=request.user, at=timezone.now())
        return "已经读出，公众看得到。"

    return button_step(request, run, back=asked.interview.desk_url)
