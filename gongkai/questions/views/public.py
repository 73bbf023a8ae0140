"""公众一侧:凭编号和查询码看答复,看公开的问答。

不用会话、不放 Cookie:凭据(编号和查询码)在表单里,没有可以冒用的身份,不需要防跨站令牌;限次见 ``desk.limits``。
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.adapters.plaintext import line
from gongkai.desk import limits
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.org.public_step import BUSY, HOUR, WRONG

from .. import actions, faq
from ..forms import ProgressForm
from ..models import Question, QuestionState

LOOKS = 60


@csrf_exempt
@cache_control(no_store=True)
def progress(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看答复;编号没有和查询码不对,说的一样。"""
    form = ProgressForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    status = 400 if form.errors else 200
    if form.is_valid():
        question = None
        if not limits.within(request, "question-progress", times=LOOKS, seconds=HOUR):
            context["fault"], status = BUSY, 429
        elif (question := actions.find(**form.cleaned_data)) is None:
            context["fault"], status = WRONG, 404
        if question is not None:
            context |= _shown(question)
    return private(render(request, "questions/public/progress.html", context, status=status))


def _shown(question: Question) -> dict[str, object]:
    """The question with what its asker may read by now; papers only while they are public."""
    at = timezone.now()
    policy = question.policy
    return {
        "question": question,
        "known": faq.with_source(question, at),
        "policy": policy if policy is not None and policy.is_public(at) else None,
        "done": question.state in (QuestionState.ANSWERED, QuestionState.DECLINED),
    }


@csrf_exempt
def former_progress(request: HttpRequest) -> HttpResponse:
    """以前看政策答复的网址。"""
    return redirect("public:ask_progress", permanent=True)


@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """公开的问答,新的在前。"""
    at = timezone.now()
    questions = Question.objects.faq(at).select_related("agency", "record", "policy")
    words = line(request.GET.get("q", ""))[:60]
    for word in words.split()[:8]:
        questions = questions.filter(shown__icontains=word)
    result = page(questions, request.GET, keys=("published_at", "pk"), size=20)
    known = [faq.with_source(question, at) for question in result.rows]
    return render(request, "questions/public/faq.html", {"page": result, "known": known, "q": words})
