"""政策提问:公众提问、看常见问题、凭查询码看答复;工作台拟答、核定。"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from gongkai.adapters.personal import personal_data
from gongkai.desk import limits
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.once import Answer, once, receipt, receipt_of
from gongkai.org.public_step import WRONG
from gongkai.records.models import Record

from .. import actions, timeline
from ..models import Question
from ..models.questions import QuestionState
from ..question_forms import AnswerForm, ApproveForm, AskForm, BriefForm, CodeForm, DeclineForm
from ..steps import PAPERS

ASKS, LOOKS, HOUR = 10, 30, 3600
BUSY = "您在短时间内提交的次数太多，这一次没有收下，您填的内容还在下面。请过一会儿再试。"


def _policy(pk: int) -> Record:
    """A public paper about which one may ask; 404 for any other."""
    record = Record.objects.public(timezone.now()).filter(pk=pk, type__in=PAPERS).select_related("agency").first()
    if record is None:
        raise Http404("没有这件政策。")
    return record


@csrf_exempt
@cache_control(no_store=True)
def policy_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """一件政策的全程、常见问题和提问的地方。不收姓名和联系方式,给一个查询码。"""
    policy, at = _policy(pk), timezone.now()
    form = AskForm(request.POST or None)
    status, code, question = 200, "", None
    if request.method == "GET" and (shown := receipt_of(request, "policy", at=at)):
        question = get_object_or_404(Question.objects.select_related("agency"), pk=shown["pk"], policy=policy)
        code = shown["code"]
    if request.method == "POST":
        if not form.is_valid():
            status = 400
        elif not limits.within(request, "policy-ask", times=ASKS, seconds=HOUR):
            form.add_error(None, BUSY)
            status = 429
        else:
            try:
                answer = once(request, f"policy-{pk}", lambda: _asked(policy, form.cleaned_data, at), at=at)
                query = urlencode({"receipt": receipt("policy", answer, at=at)})
                return private(redirect(f"{reverse('public:policy_questions', args=[pk])}?{query}"))
            except LawError as error:
                form.add_error(None, str(error))
                status = 400
    context = {
        "policy": policy,
        "form": form,
        "points": timeline.points(policy, at),
        "tab": "statutory",
        "code": code,
        "question": question,
        "faq": Question.objects.faq(at).filter(policy=policy).select_related("agency"),
    }
    return render(request, "policies/public/questions.html", context, status=status)


def _asked(policy: Record, data: dict[str, Any], at: datetime) -> Answer:
    question, code = actions.ask(policy, data["text"], consent=data["consent"], at=at)
    return {"pk": question.pk, "code": code}


@csrf_exempt
@cache_control(no_store=True)
def policy_answer(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看答复;编号没有和查询码不对,说的一样。"""
    form = CodeForm(request.POST or None)
    status, question = 200, None
    if request.method == "POST":
        if not form.is_valid():
            status = 400
        elif not limits.within(request, "policy-look", times=LOOKS, seconds=HOUR):
            form.add_error(None, BUSY)
            status = 429
        else:
            question = actions.find(form.cleaned_data["number"], form.cleaned_data["code"])
            if question is None:
                form.add_error(None, WRONG)
                status = 404
    shown = question and question.policy.is_public(timezone.now())
    context = {"form": form, "question": question, "shown": shown, "tab": "statutory"}
    return private(render(request, "policies/public/answer.html", context, status=status))


LISTS = {
    "open": ("待解答", (QuestionState.OPEN,)),
    "drafted": ("待核定", (QuestionState.DRAFTED,)),
    "done": ("已办结", (QuestionState.ANSWERED, QuestionState.DECLINED)),
}


@access.desk("policies.view")
def questions(request: HttpRequest) -> HttpResponse:
    """各单位收到的提问。"""
    key = request.GET.get("list", "open")
    key = key if key in LISTS else "open"
    rows = (
        Question.objects.visible_to(request.user)
        .filter(state__in=LISTS[key][1])
        .select_related("policy", "agency")
    )
    result = page(rows, request.GET, keys=("asked_at", "pk"))
    context = {
        "key": key,
        "lists": [(one, label) for one, (label, _) in LISTS.items()],
        "label": LISTS[key][0],
        "page": result,
        "on": timezone.localdate(),
    }
    return render(request, "policies/questions.html", context)


@access.desk("policies.view")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """一个提问:拟答、核定、退回、不属于本政策。"""
    one = get_object_or_404(
        Question.objects.visible_to(request.user).select_related("policy", "agency", "answered_by"), pk=pk
    )
    user = request.user
    writer = access.may(user, "policies.write", one.agency) and one.state in (
        QuestionState.OPEN,
        QuestionState.DRAFTED,
    )
    approver = access.may(user, "policies.approve", one.agency) and one.state == QuestionState.DRAFTED
    act = request.POST.get("act", "")
    bound = {act: request.POST}
    forms: dict[str, Any] = {}
    if writer:
        forms["answer"] = AnswerForm(
            bound.get("answer"), initial={"answer": one.answer, "shown": one.shown or one.text}
        )
        if one.state == QuestionState.OPEN:
            forms["decline"] = DeclineForm(bound.get("decline"), prefix="no")
    if approver:
        forms["approve"] = ApproveForm(bound.get("approve"), initial={"seen": one.mark})
    if request.method == "POST":
        if act not in forms:
            raise PermissionDenied("您的岗位眼下不能这样办这个提问。")
        if forms[act].is_valid():
            try:
                said = _act(one, act, forms[act].cleaned_data, request)
            except LawError as error:
                forms[act].add_error(None, str(error))
            else:
                messages.success(request, said)
                return redirect(one)
    context = {"question": one, "forms": forms, "on": timezone.localdate(), "personal": personal_data(one.text)}
    bad = any(form.errors for form in forms.values())
    return render(request, "policies/question.html", context, status=422 if bad else 200)


def _act(one: Question, act: str, data: dict[str, Any], request: HttpRequest) -> str:
    at, by = timezone.now(), request.user
    if act == "answer":
        actions.answer(one, data["answer"], data["shown"], by=by, at=at)
        return "拟答已经保存，等待核定。"
    if act == "decline":
        actions.decline(one, data["reason"], by=by, at=at)
        return "已经告知提问人去处。"
    if data["verdict"] == "back":
        actions.give_back(one, by=by, at=at)
        return "已经退回重新拟答。"
    actions.approve(one, data["verdict"] == "publish", by=by, at=at, seen=data["seen"])
    return "已经答复。" if data["verdict"] == "answer" else "已经答复，并作为常见问题公开。"


@access.desk("policies.write")
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """给一件政策记一次吹风。"""
    policy = get_object_or_404(
        Record.objects.visible_to(request.user).select_related("agency"), pk=pk, type__in=PAPERS
    )
    access.require(request.user, "policies.write", policy.agency)
    form = BriefForm(request.POST or None)
    if form.is_valid():
        try:
            actions.brief(policy, **form.cleaned_data, by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已经记下，文件公开以后公众在政策全程里看得见。")
            return redirect("desk:policies_brief", pk)
    context = {"policy": policy, "form": form, "briefings": policy.briefings.select_related("record", "by")}
    return render(request, "policies/brief.html", context, status=422 if form.errors else 200)
