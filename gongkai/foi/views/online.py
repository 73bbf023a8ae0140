"""网上申请:填写、看看有没有已经公开的、核对、提交,在单独的网址看回执。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from gongkai.desk import limits
from gongkai.desk.responses import private
from gongkai.law import params
from gongkai.law.errors import LawError
from gongkai.org import mail
from gongkai.org.once import Answer, once, receipt_of
from gongkai.org.once import receipt as receipt_for
from gongkai.org.public_step import unasked_file
from gongkai.records import held

from .. import actions, days, personal, suggest
from ..intake_form import IntakeForm
from ..models import Application
from ..public_forms import ApplyForm
from ..terms import FileRole

SUBMITS, HOUR = 20, 3600
MOST_FILES, FEWER = 10, "请去掉几个；其余的可以在补正或者邮寄时交来。"
CLOSED = "这份回执已经不能再显示：回执和查询码只显示一刻钟。申请已经收下，凭受理编号和查询码可以查进度。"
BUSY = "您在短时间内提交的次数太多，这一次没有收下，您填的内容还在下面。请过一会儿再提交；数量多的，可以邮寄或者当面提交。"


@csrf_exempt
@cache_control(no_store=True)
def online(request: HttpRequest) -> HttpResponse:
    """网上申请。表单上的按钮:look 先看看,review 核对,back 返回修改,没有按钮的就是提交。"""
    on, at, kiosk = timezone.localdate(), timezone.now(), "kiosk" in request.GET
    chosen = ApplyForm(request.POST or None, today=on, initial={"agency": request.GET.get("agency")})
    form = IntakeForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"tab": "apply", "chosen": chosen, "form": form, "kiosk": kiosk}

    def again(status: int = 200, **more: Any) -> HttpResponse:
        return render(request, "foi/public/online.html", context | more, status=status)

    if request.method != "POST":
        if "receipt" not in request.GET:
            return again()
        if answer := receipt_of(request, "foi", at=at):
            return _receipt(request, answer, on, kiosk)
        return again(410, fault=CLOSED)
    try:
        kept = held.opened(request.POST.get(held.FIELD, ""), at=at)
    except LawError as error:
        return again(400, fault=str(error))
    if "drop" in request.POST:
        kept = []
    context |= {"found": _found(request, at), "kept": kept, "held": held.sealed(kept, at=at)}
    if fault := unasked_file(form, request):
        return again(400, fault=fault)
    if "look" in request.POST or "back" in request.POST:
        chosen, form = _unchecked(request, on)
        return again(chosen=chosen, form=form, looked="look" in request.POST)
    if not (chosen.is_valid() & form.is_valid()):
        return again(400)
    what, times = ("foi-review", 3 * SUBMITS) if "review" in request.POST else ("foi-submit", SUBMITS)
    if not limits.within(request, what, times=times, seconds=HOUR):
        return again(429, fault=BUSY)
    try:
        given = form.intake(chosen.cleaned_data["agency"])
        if "review" in request.POST:
            kept = held.hold(given.files, kept, most=MOST_FILES, fix=FEWER)
            return _review(request, given, form, kept, at, kiosk)
        if kept:
            given = replace(given, files=(*given.files, *held.contents(kept)))
        sent: list[str] = []
        answer = once(request, "foi", lambda: _submitted(given, at, sent), at=at)
    except LawError as error:
        return again(400, fault=str(error))
    if sent:
        _mail(answer, given.personal.get("email", ""))
    query = {"receipt": receipt_for("foi", answer, at=at)} | ({"kiosk": ""} if kiosk else {})
    return private(redirect(f"{reverse('public:apply_online')}?{urlencode(query)}"))


def _found(request: HttpRequest, at: datetime) -> list[Any]:
    text = request.POST.get("description", "")[:5000]
    number, agency = request.POST.get("doc_number", "")[:80], request.POST.get("agency", "")
    return list(suggest.public(text, number, at, agency)) if text.strip() else []


def _submitted(given: actions.Intake, at: datetime, sent: list[str]) -> Answer:
    """File it; ``sent`` tells the one process that did it from those that were sent the same form."""
    application, code = actions.submit(given, at=at)
    sent.append(application.number)
    return {"pk": application.pk, "code": code}


def _mail(answer: Answer, address: str) -> None:
    """The receipt by mail, if an address was given; without the query code, since a letter is open to others."""
    if not address or not mail.ready():
        return
    application = Application.objects.select_related("agency").get(pk=answer["pk"])
    mail.send(
        address,
        f"政府信息公开申请接收回执（{application.number}）",
        f"{application.agency}于{application.received_on}收到您提出的政府信息公开申请，受理编号{application.number}，最迟{application.due_on}答复。\n"
        "查进度、补正、取答复，请用受理编号和提交时显示的查询码；为了安全，信里不写查询码。\n"
        "这封信由系统发出，请不要回复。",
    )


def _review(
    request: HttpRequest,
    given: actions.Intake,
    form: IntakeForm,
    kept: list[held.Kept],
    at: datetime,
    kiosk: bool,
) -> HttpResponse:
    """Everything as it will be filed, with the whole form hidden in it: one button files it, one goes back."""
    labels = {role.value: role.label for role in FileRole}
    parts = [("向谁申请", [("受理机关", str(given.agency))])]
    parts += [(title, [row for one in fields if (row := _row(one, form))]) for title, fields in form.parts()]
    if kept:
        parts.append(("文件", [(labels[role], name) for role, name, _ in kept]))
    names = ["agency", *form.fields]
    hidden = [(name, value) for name in names for value in request.POST.getlist(name)]
    return render(
        request,
        "foi/public/review.html",
        {
            "tab": "apply",
            "doubts": personal.doubts_in(given.personal, given.applicant_kind, "请您核对"),
            "parts": parts,
            "hidden": hidden,
            "held": held.sealed(kept, at=at),
            "kiosk": kiosk,
            "found": _found(request, at),
        },
    )


def _row(field: forms.BoundField, form: IntakeForm) -> tuple[str, str] | None:
    """(名称, 填的) of one field; nothing for what was left empty and for files, which stand together."""
    value = form.cleaned_data.get(field.name)
    if isinstance(value, list) or value in ("", None, False):
        return None
    choices = dict(getattr(field.field, "choices", ()))
    return str(field.label), "是" if value is True else str(choices.get(value, value))


def _receipt(request: HttpRequest, answer: Answer, on: date, kiosk: bool) -> HttpResponse:
    """The receipt: a page of its own, so that loading it again files nothing."""
    application = get_object_or_404(Application.objects.select_related("agency"), pk=answer["pk"])
    review = actions.judged(application, on)
    return render(
        request,
        "foi/public/receipt.html",
        {
            "tab": "apply",
            "case": application,
            "code": answer["code"],
            "review": review,
            "doubts": personal.doubts(application, "请您核对"),
            "mailed": bool(personal.unseal(application).get("email")),
            "mail_ready": mail.ready(),
            "weeks": days.weeks(review.start, review.explanation),
            "basis": params.at("foi.reply_days", application.received_on).source,
            "kiosk": kiosk,
        },
    )


def _unchecked(request: HttpRequest, on: date) -> tuple[ApplyForm, IntakeForm]:
    """The forms with what was typed and no complaints: the visitor only looks."""
    values = request.POST.dict()
    return ApplyForm(None, today=on, initial=values), IntakeForm(None, initial=values)
