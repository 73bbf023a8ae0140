"""公众的提问:公众一侧送出、看答复、看公开的问答;工作台一侧清单、一件、答复、转办、公开。

公众一侧不用会话、不放 Cookie:凭据(编号和查询码)在表单里,没有可以冒用的身份,不需要防跨站令牌;限次见 ``desk.limits``。
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongkai.adapters.plaintext import line
from gongkai.desk import limits
from gongkai.desk.export import csv_response
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.foi import numbering
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.once import Answer, once, receipt, receipt_of
from gongkai.org.public_step import BUSY, HOUR, WRONG

from .. import actions, contacts, faq
from ..forms import AnswerForm, PublishForm, QuestionFilter, TransferForm
from ..models import Question
from ..public_forms import ProgressForm, SendForm

SENDS, LOOKS = 10, 60


@csrf_exempt
@cache_control(no_store=True)
def send(request: HttpRequest) -> HttpResponse:
    """把问题送给单位,当场给编号和查询码。"""
    on, at = timezone.localdate(), timezone.now()
    if request.method == "GET" and (shown := receipt_of(request, "question", at=at)):
        one = get_object_or_404(Question.objects.select_related("agency"), pk=shown["pk"])
        return private(render(request, "search/sent.html", {"question": one, "code": shown["code"]}))
    text = line(request.GET.get("q", ""))[:1000]
    initial = {"agency": request.GET.get("agency", "")[:40], "text": text}
    form = SendForm(request.POST or None, today=on, initial=initial)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        if not limits.within(request, "search-send", times=SENDS, seconds=HOUR):
            return render(request, "search/send.html", context | {"fault": BUSY}, status=429)
        try:
            answer = once(request, "question", lambda: _sent(form, at), at=at)
        except LawError as error:
            form.add_error(None, str(error))
        else:
            query = urlencode({"receipt": receipt("question", answer, at=at)})
            return private(redirect(f"{reverse('public:ask_send')}?{query}"))
    return render(request, "search/send.html", context, status=400 if form.errors else 200)


def _sent(form: SendForm, at: datetime) -> Answer:
    given = form.cleaned_data
    one, code = actions.send(
        given["agency"], given["text"], contact=form.contact(), consents=given["consents"], at=at
    )
    return {"pk": one.pk, "code": code}


@csrf_exempt
@cache_control(no_store=True)
def progress(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看答复;编号没有和查询码不对,说的一样。"""
    form = ProgressForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        if not limits.within(request, "search-progress", times=LOOKS, seconds=HOUR):
            return private(render(request, "search/progress.html", context | {"fault": BUSY}, status=429))
        number = form.cleaned_data["number"].strip().upper()
        one = Question.objects.filter(number=number).select_related("agency", "record").first()
        if not numbering.matches(form.cleaned_data["code"], one and one.code) or one is None:
            return private(render(request, "search/progress.html", context | {"fault": WRONG}, status=404))
        context |= {"question": one, "known": faq.known(one, timezone.now())}
    return private(render(request, "search/progress.html", context, status=400 if form.errors else 200))


@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """公开的问答,新的在前。"""
    at = timezone.now()
    rows = Question.objects.faq().select_related("agency", "record")
    words = line(request.GET.get("q", ""))[:60]
    for word in words.split()[:8]:
        rows = rows.filter(public_text__icontains=word)
    result = page(rows, request.GET, keys=("published_at", "pk"), size=20)
    known = [faq.known(one, at) for one in result.rows]
    return render(request, "search/faq.html", {"page": result, "known": known, "q": words})


def _one(request: HttpRequest, pk: int) -> Question:
    """A question that this person may see; 404 for any other."""
    return get_object_or_404(Question.objects.visible_to(request.user).select_related("agency", "record"), pk=pk)


@access.desk("search.questions")
def questions(request: HttpRequest) -> HttpResponse:
    """公众送来的提问。"""
    given = QuestionFilter(request.GET)
    rows = Question.objects.visible_to(request.user).select_related("agency")
    if state := given.given("state"):
        rows = rows.filter(state=state)
    if words := given.given("q"):
        rows = rows.filter(text__icontains=words)
    if request.GET.get("format") == "csv":
        head = ["编号", "单位", "问题", "提问时间", "状态", "答复", "答复时间", "同意公开", "公开时间"]
        return csv_response("questions", head, map(_cells, rows))
    result = page(rows, request.GET, keys=("asked_at", "pk"))
    return render(request, "search/desk/questions.html", {"page": result, "filter": given})


def _cells(one: Question) -> list[object]:
    moments = [minute(at) if at else "" for at in (one.asked_at, one.answered_at, one.published_at)]
    return [
        one.number,
        one.agency,
        one.text,
        moments[0],
        one.get_state_display(),
        one.answer,
        moments[1],
        "是" if one.consents else "",
        moments[2],
    ]


@access.desk("search.questions")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """一件提问:问、答、联系方式(打码)。"""
    return _page(request, _one(request, pk))


def _page(request: HttpRequest, one: Question, status: int = 200, **more: object) -> HttpResponse:
    may = {name: access.may(request.user, f"search.{name}", one.agency) for name in ("answer", "publish")}
    context = {
        "one": one,
        "contact": contacts.masked(one),
        "may": may,
        "transfer": TransferForm(agency=one.agency),
        "publish": PublishForm(initial={"seen": one.mark, "public_text": one.public_text or one.text[:300]}),
    }
    return render(request, "search/desk/question.html", context | more, status=status)


@access.desk("search.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """答复一件。"""
    one = _one(request, pk)
    access.require(request.user, "search.answer", one.agency)
    record = one.record.index_number if one.record else ""

    def act(data: dict[str, Any]) -> str:
        actions.answer(one, data["answer"], data["record"], by=request.user, at=timezone.now())
        return "答复记下了，提问人凭编号和查询码看得到。"

    form = AnswerForm(request.POST or None, initial={"answer": one.answer, "record": record})
    back = reverse("desk:search_question", args=[one.pk])
    return form_step(request, form, act, "search/desk/answer.html", back=back, one=one)


@access.desk("search.answer")
@require_POST
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """转给别的单位。"""
    one = _one(request, pk)
    form = TransferForm(request.POST, agency=one.agency)
    if form.is_valid():
        try:
            actions.transfer(one, form.cleaned_data["agency"], by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"提问{one.number}转给了{form.cleaned_data['agency']}。")
            return redirect("desk:search_questions")
    return _page(request, one, 422, transfer=form)


@access.desk("search.publish")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """公开,或者不再公开。"""
    one = _one(request, pk)
    if "stop" in request.POST:
        actions.unpublish_answer(one, by=request.user, at=timezone.now())
        messages.success(request, "不再公开。")
        return redirect("desk:search_question", one.pk)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            given = form.cleaned_data
            actions.publish_answer(
                one, given["public_text"], by=request.user, at=timezone.now(), seen=given["seen"]
            )
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "这一问和答复公开了。")
            return redirect("desk:search_question", one.pk)
    return _page(request, one, 422, publish=form)


@access.desk("search.answer")
@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """看联系方式的原文,记一条。"""
    one = _one(request, pk)
    clear = actions.read_contact(one, by=request.user, at=timezone.now())
    return _page(request, one, contact=clear, shown=True)
