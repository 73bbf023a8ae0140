"""工作台一侧:各单位收到的提问,一件的各步。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.personal import personal_data
from gongkai.desk.export import csv_response
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.models import User

from .. import actions, contacts
from ..forms import (
    AnswerForm,
    ApproveForm,
    ContactForm,
    DeclineForm,
    PublishForm,
    QuestionFilter,
    TransferForm,
    UnpublishForm,
    shown_first,
)
from ..models import Question, QuestionState
from ..steps import Step, offered

HEAD = ["编号", "种类", "单位", "问题", "提问时间", "最迟答复", "环节", "答复", "答复时间", "同意公开", "公开时间"]


@access.desk("questions.view")
def questions(request: HttpRequest) -> HttpResponse:
    """各单位收到的提问。"""
    given = QuestionFilter(request.GET)
    rows = _chosen(given, Question.objects.visible_to(request.user).select_related("agency", "policy"))
    if request.GET.get("format") == "csv":
        return csv_response("questions", HEAD, (_cells(question) for question in rows.order_by("-pk")[:5000]))
    context = {"filter": given, "page": page(rows, request.GET, keys=("asked_at", "pk"))}
    return render(request, "questions/desk/questions.html", context | {"on": timezone.localdate()})


def _chosen(given: QuestionFilter, rows: QuerySet[Question]) -> QuerySet[Question]:
    rows = given.narrowed(rows, "kind", "state")
    if words := given.value_of("q"):
        rows = rows.filter(text__icontains=words)
    return rows


def _cells(question: Question) -> list[object]:
    moments = (question.asked_at, question.answered_at, question.published_at)
    asked, answered, published = (minute(moment) if moment else "" for moment in moments)
    return [
        question.number or "",
        question.rules.label,
        question.agency.name,
        question.text,
        asked,
        question.due_on or "",
        question.get_state_display(),
        question.answer,
        answered,
        "是" if question.consents else "",
        published,
    ]


@access.desk("questions.view")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """一个提问:答复、核定、退回、转办、告知去处、公开、看联系方式。"""
    rows = Question.objects.visible_to(request.user).select_related("policy", "agency", "record", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    forms = _forms(found, offered(found, request.user), request)
    act, contact = request.POST.get("act", ""), None
    if request.method == "POST":
        if act not in forms:
            raise PermissionDenied("您的岗位眼下不能这样办这个提问。")
        if forms[act].is_valid():
            try:
                said = _ACTS[Step(act)](found, forms[act].cleaned_data, request.user, timezone.now())
            except LawError as error:
                forms[act].add_error(None, str(error))
            else:
                if isinstance(said, str):
                    messages.success(request, said)
                    return redirect(_after(found, request.user))
                contact = said
    context = {
        "question": found,
        "forms": forms,
        "takes_contact": found.rules.takes_contact,
        "contact": contact if contact is not None else contacts.masked(found),
        "clear": contact is not None,
        "on": timezone.localdate(),
        "personal": personal_data(found.text),
        "bound": act,
    }
    bad = any(form.errors for form in forms.values())
    return render(request, "questions/desk/question.html", context, status=422 if bad else 200)


def _after(question: Question, user: User) -> str:
    """The question, or the list if it went to another unit."""
    seen = Question.objects.visible_to(user).filter(pk=question.pk).exists()
    return question.get_absolute_url() if seen else reverse("desk:questions")


def _forms(question: Question, steps: list[Step], request: HttpRequest) -> dict[str, forms.Form]:
    """A form for every step that is offered; that of the step taken holds what was sent."""
    wording = {"shown": shown_first(question)}
    made: dict[Step, Callable[[Any], forms.Form]] = {
        Step.ANSWER: lambda data: AnswerForm(data, initial=wording | _answered(question)),
        Step.APPROVE: lambda data: ApproveForm(data, initial={"seen": question.mark}),
        Step.DECLINE: lambda data: DeclineForm(data),
        Step.TRANSFER: lambda data: TransferForm(data, agency=question.agency),
        Step.PUBLISH: lambda data: PublishForm(data, prefix="open", initial=wording | {"seen": question.mark}),
        Step.UNPUBLISH: lambda data: UnpublishForm(data),
        Step.CONTACT: lambda data: ContactForm(data),
    }
    taken = request.POST.get("act", "")
    return {step.value: made[step](request.POST if step == taken else None) for step in steps}


def _answered(question: Question) -> dict[str, str]:
    return {"answer": question.answer, "record": question.record.index_number if question.record else ""}


def _answer(question: Question, data: dict[str, Any], by: User, at: datetime) -> str:
    actions.answer(question, data["answer"], shown=data["shown"], record=data["record"], by=by, at=at)
    if question.rules.settled_first:
        return "拟答已经保存，等待核定。"
    return "答复记下了，提问人凭编号和查询码看得到。"


def _approve(question: Question, data: dict[str, Any], by: User, at: datetime) -> str:
    if data["verdict"] == "back":
        actions.give_back(question, by=by, at=at)
        return "已经退回重新拟答。"
    publish = data["verdict"] == "publish"
    actions.approve(question, publish, by=by, at=at, seen=data["seen"])
    return "已经答复，并作为常见问题公开。" if publish else "已经答复。"


def _decline(question: Question, data: dict[str, Any], by: User, at: datetime) -> str:
    actions.decline(question, data["reason"], by=by, at=at)
    return "已经告知提问人去处。"


def _transfer(question: Question, data: dict[str, Any], by: User, at: datetime) -> str:
    actions.transfer(question, data["agency"], by=by, at=at)
    return f"提问{question}转给了{data['agency']}。"


def _publish(question: Question, data: dict[str, Any], by: User, at: datetime) -> str:
    actions.publish(question, data["shown"], by=by, at=at, seen=data["seen"])
    return "这一问和答复公开了。"


def _unpublish(question: Question, data: dict[str, Any], by: User, at: datetime) -> str:
    actions.unpublish(question, by=by, at=at)
    return "不再公开。"


def _contact(question: Question, data: dict[str, Any], by: User, at: datetime) -> list[tuple[str, str]]:
    return actions.read_contact(question, by=by, at=at)


#: Each gives the sentence to show afterwards; to read the contact gives what is shown once, on the page itself.
_ACTS: dict[Step, Callable[[Question, dict[str, Any], User, datetime], str | list[tuple[str, str]]]] = {
    Step.ANSWER: _answer,
    Step.APPROVE: _approve,
    Step.DECLINE: _decline,
    Step.TRANSFER: _transfer,
    Step.PUBLISH: _publish,
    Step.UNPUBLISH: _unpublish,
    Step.CONTACT: _contact,
}


@access.desk("questions.view")
def former_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """以前各步各有网址,现在都在一件的页面上。"""
    return redirect(get_object_or_404(Question.objects.visible_to(request.user), pk=pk))


@access.desk("questions.view")
def former_list(request: HttpRequest) -> HttpResponse:
    """以前政策提问的清单。"""
    states = {"open": QuestionState.OPEN, "drafted": QuestionState.DRAFTED, "done": QuestionState.ANSWERED}
    state = states.get(request.GET.get("list", ""))
    return redirect(f"{reverse('desk:questions')}?kind=policy{f'&state={state.value}' if state else ''}")


@access.desk("questions.view")
def former_question(request: HttpRequest, former: int) -> HttpResponse:
    """以前的一件政策提问:现在的序号不同了。"""
    rows = Question.objects.visible_to(request.user)
    return redirect(get_object_or_404(rows, former=former))
