"""一件政策的全程、常见问题和提问的地方;工作台记一次吹风。看答复、办提问在 ``questions``。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from gongkai.desk.submitting import form_step
from gongkai.law.marks import long_day
from gongkai.org import access
from gongkai.org.once import Answer
from gongkai.org.public_step import public_step
from gongkai.questions.models import Question
from gongkai.records.models import Record

from .. import actions, timeline
from ..question_forms import AskForm, BriefForm
from ..questions import ask
from ..steps import PAPERS


def _policy(pk: int) -> Record:
    """A public paper about which one may ask; 404 for any other."""
    record = Record.objects.public(timezone.now()).filter(pk=pk, type__in=PAPERS).select_related("agency").first()
    if record is None:
        raise Http404("没有这件政策。")
    return record


@csrf_exempt
@cache_control(no_store=True)
def policy_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """一件政策的全程、常见问题和提问的地方。不收姓名和联系方式,给编号和查询码。"""
    policy, at = _policy(pk), timezone.now()
    form = AskForm(request.POST or None)

    def act() -> Answer:
        question, code = ask(policy, form.cleaned_data["text"], consent=form.cleaned_data["consent"], at=at)
        due_on = long_day(question.due_on)
        return {"number": question.number, "code": code, "agency": str(question.agency), "due": due_on}

    page = "policies/public/questions.html"
    context = {
        "policy": policy,
        "stages": timeline.stages(policy, at, timezone.localdate(at)),
        "tab": "statutory",
        "faq": Question.objects.faq(at).filter(policy=policy).select_related("agency"),
    }
    return public_step(request, "policy", form, act, page, page, at=at, **context)


@access.desk("policies.write")
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """给一件政策记一次吹风。"""
    papers = Record.objects.visible_to(request.user).select_related("agency")
    policy = get_object_or_404(papers, pk=pk, type__in=PAPERS)
    access.require(request.user, "policies.write", policy.agency)

    def act(data: dict[str, Any]) -> str:
        actions.brief(policy, **data, by=request.user, at=timezone.now())
        return "已经记下，文件公开以后公众在政策全程里看得见。"

    form, back = BriefForm(request.POST or None), reverse("desk:policies_brief", args=[pk])
    briefings = policy.briefings.select_related("record", "by")
    return form_step(request, form, act, "policies/brief.html", back=back, policy=policy, briefings=briefings)
