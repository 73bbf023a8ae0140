"""调查:工作台的清单、题目、数和交叉表,公众的答卷和结果。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongkai.adapters.personal import masked
from gongkai.desk import limits
from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law import surveys as law
from gongkai.law.errors import LawError
from gongkai.law.surveys import QuestionKind
from gongkai.org import access
from gongkai.org.once import Answer
from gongkai.org.public_step import public_step

from .. import actions, survey_figures
from .. import survey_forms as forms
from ..actions.surveys import SURVEY_FIELDS
from ..models import Remark, Survey, SurveyQuestion
from ..terms import SurveyState
from .stepping import step_page

#: Sheets that one address may send in an hour: a school, a hall share an address.
A_SHARED_ADDRESS = 200


def survey_of(request: HttpRequest, pk: int) -> Survey:
    """A survey that this person may see; 404 for any other."""
    return get_object_or_404(Survey.objects.visible_to(request.user).select_related("agency"), pk=pk)


@access.desk("engagement.view")
def surveys(request: HttpRequest) -> HttpResponse:
    """清单,新的在前。"""
    at, given = timezone.now(), forms.SurveyFilter(request.GET)
    rows = Survey.objects.visible_to(request.user).select_related("agency").annotate(received=Count("sheets"))
    if state := given.value_of("state"):
        rows = rows.in_state(SurveyState.from_value(state), at)
    result = page(rows, request.GET, keys=("opens_at", "pk"))
    for row in result.rows:
        row.step = row.state(at)
    may_write = access.may(request.user, "engagement.event")
    context = {"page": result, "filter": given, "may_write": may_write}
    return private(render(request, "engagement/desk/surveys.html", context))


@access.desk("engagement.event")
def new_survey(request: HttpRequest) -> HttpResponse:
    """建立一次。"""
    form = forms.SurveyForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.draft_survey(data["agency"], data, by=request.user, at=timezone.now())
        return redirect(made.desk_url)

    home = reverse("desk:engagement_surveys")
    return step_page(request, form, run, "建立调查", "建立", home)


@access.desk("engagement.view")
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """一次调查:题目,已经收到的数。"""
    survey, at = survey_of(request, pk), timezone.now()
    on, state = timezone.localdate(), survey.state(at)
    given = forms.CrossForm(request.GET, survey=survey)
    context: dict[str, Any] = {
        "survey": survey,
        "state": state,
        "figures": list(survey_figures.figures(survey, on)),
        "least": law.least_shown(on),
        "may_write": access.may(request.user, "engagement.event", survey.agency) and state == SurveyState.DRAFT,
        "may_review": access.may(request.user, "engagement.review", survey.agency),
        "may_export": access.may(request.user, "engagement.export"),
        "cross_form": given,
        **_received(survey),
    }
    if given.value_of("first") and given.value_of("second"):
        chosen = survey.questions.in_bulk([int(given.value_of(name)) for name in ("first", "second")])
        try:
            context["pair"] = pair = [chosen[int(given.value_of(name))] for name in ("first", "second")]
            context["cross"] = survey_figures.cross(*pair, on)
        except LawError as error:
            context["fault"] = str(error)
    return private(render(request, "engagement/desk/survey.html", context))


def _received(survey: Survey) -> dict[str, int]:
    return {"received": survey.sheets.count(), "repeats": survey.sheets.filter(is_repeat=True).count()}


def _step(
    right: str, form: Callable[..., Any], act: Callable[..., Any], title: str, done: str
) -> Callable[..., Any]:
    """A view for a step with a form on the survey's page."""

    @access.desk(right)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        survey = survey_of(request, pk)
        access.require(request.user, right, survey.agency)

        def run(data: dict[str, Any]) -> str:
            act(survey, data, by=request.user, at=timezone.now())
            return done

        home, filled = survey.desk_url, form(request.POST or None)
        return private(step_page(request, filled, run, title, title, home, trail=survey))

    return view


def _added(survey: Survey, data: dict[str, Any], **who: Any) -> None:
    actions.add_question(
        survey,
        QuestionKind.from_value(data["kind"]),
        data["text"],
        data["options"].splitlines(),
        is_required=data["is_required"],
        is_public=data["is_public"],
        **who,
    )


new_question = _step("engagement.event", forms.QuestionForm, _added, "加一题", "已经加上。")
extend = _step(
    "engagement.review",
    forms.ExtendSurveyForm,
    lambda survey, data, **who: actions.extend_survey(survey, data["until"], data["reason"], **who),
    "延长",
    "已经延长，公众看得到原来的截止。",
)
publish_results = _step(
    "engagement.review",
    forms.TellForm,
    lambda survey, data, **who: actions.tell_survey(survey, data["limits"], data["measures"], **who),
    "公布结果",
    "结果已经公布。",
)


@access.desk("engagement.event")
def edit_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """公布以前改。"""
    survey = survey_of(request, pk)
    access.require(request.user, "engagement.event", survey.agency)
    initial = {name: getattr(survey, name) for name in SURVEY_FIELDS}
    form = forms.SurveyForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)
    del form.fields["agency"]

    def run(data: dict[str, Any]) -> str:
        actions.save_survey(survey, data, by=request.user, at=timezone.now())
        return "已经保存。"

    home = survey.desk_url
    return step_page(request, form, run, "改调查", "保存", home, trail=survey)


@access.desk("engagement.event")
@require_POST
def drop_question(request: HttpRequest, pk: int) -> HttpResponse:
    """公布以前删一题。"""
    visible = Survey.objects.visible_to(request.user)
    rows = SurveyQuestion.objects.select_related("survey__agency")
    question = get_object_or_404(rows.filter(survey__in=visible), pk=pk)
    access.require(request.user, "engagement.event", question.survey.agency)

    def run() -> str:
        actions.drop_question(question, by=request.user, at=timezone.now())
        return "已经删去，后面的往前移。"

    return button_step(request, run, back=question.survey.desk_url)


@access.desk("engagement.review")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """公布。"""
    survey = survey_of(request, pk)
    access.require(request.user, "engagement.review", survey.agency)

    def run() -> str:
        actions.release_survey(survey, by=request.user, at=timezone.now())
        return "已经公布。"

    return button_step(request, run, back=survey.desk_url)


HEAD = ["题", "怎样答", "答这一题的份数", "选项", "件数", "百分比"]


def _cells(survey: Survey, *, every: bool) -> Iterator[list[object]]:
    for each in survey_figures.figures(survey, timezone.localdate()):
        if not (every or each.question.is_public):
            continue
        kind = each.question.get_kind_display()
        for row in each.rows:
            yield [str(each.question), kind, each.answered, row.label, row.count, row.percent]


@access.desk("engagement.export")
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """各题的数;文字题的话隐去认得出的个人信息。"""
    survey = survey_of(request, pk)
    rows = list(_cells(survey, every=True))
    for remark in Remark.objects.filter(sheet__survey=survey).select_related("question"):
        said = masked(remark.text, own=True) if remark.text else "（已到期清除）"
        rows.append([str(remark.question), QuestionKind.TEXT.label, "", said, "", ""])
    return private(csv_response(f"survey-{survey.pk}", HEAD, rows))


@require_safe
def public_surveys(request: HttpRequest) -> HttpResponse:
    """公众:正在征集的、已经公布结果的,新的在前。"""
    at = timezone.now()
    result = page(Survey.objects.public().select_related("agency"), request.GET, keys=("opens_at", "pk"), size=20)
    for row in result.rows:
        row.step = row.state(at)
    return render(request, "engagement/public/surveys.html", {"page": result})


@csrf_exempt
@cache_control(no_store=True)
def public_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """公众:答卷;截止以后是结果,网址不变。"""
    at = timezone.now()
    survey = get_object_or_404(Survey.objects.public().select_related("agency"), pk=pk)
    state = survey.state(at)
    if state in (SurveyState.CLOSED, SurveyState.TOLD) and request.method != "POST":
        told = state == SurveyState.TOLD
        rows = list(survey_figures.figures(survey, timezone.localdate())) if told else []
        context = {
            "survey": survey,
            "state": state,
            "figures": [each for each in rows if each.question.is_public],
            "hidden": sum(not each.question.is_public for each in rows),
            "least": law.least_shown(timezone.localdate()),
            **_received(survey),
        }
        return render(request, "engagement/public/survey_told.html", context)
    form = forms.SheetForm(request.POST or None, survey=survey)
    visitor = f"{limits.address_of(request)} {request.headers.get('User-Agent', '')[:300]}"

    def act() -> Answer:
        actions.answer_survey(survey, form.answers(), at=at, visitor=visitor)
        return {"title": survey.title}

    return public_step(
        request,
        "survey",
        form,
        act,
        "engagement/public/survey.html",
        "engagement/public/survey_sent.html",
        at=at,
        times=A_SHARED_ADDRESS,
        survey=survey,
        state=state,
    )


@require_safe
def public_export(request: HttpRequest, pk: int) -> HttpResponse:
    """公布的各题的数。"""
    survey = get_object_or_404(Survey.objects.exclude(told_at=None), pk=pk)
    return csv_response(f"survey-{survey.pk}", HEAD, _cells(survey, every=False))
