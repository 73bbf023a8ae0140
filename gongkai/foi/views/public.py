"""公众一侧:怎样申请、网上申请、期限和费用计算、申请表下载、办理进度。

这些页面不用会话、不放 Cookie。提交和查询是 POST,凭据(受理编号和查询码)在表单里,不在 Cookie 里,所以没有可以冒用的身份,
不需要防跨站令牌;限次见 ``desk.limits``。
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters import render as rendering
from gongkai.desk import limits
from gongkai.desk.responses import download
from gongkai.law import clock, fees, params, receipt
from gongkai.law.errors import LawError
from gongkai.org import site

from .. import days, papers, suggest
from ..intake_form import ONLINE_ONLY, PARTS, IntakeForm
from ..public_forms import CalculatorForm, FeeForm


@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """依申请公开:怎样申请、要写什么、多久答复、多少费用、不服怎么办。"""
    on = timezone.localdate()
    return render(
        request,
        "foi/public/apply.html",
        {
            "tab": "apply",
            "reply": params.at("foi.reply_days", on),
            "extension": params.at("foi.extension_days_max", on),
            "review": params.at("remedy.review_days", on),
            "suit": params.at("remedy.suit_months", on),
            "main": site.office(on),
            "kiosk": "kiosk" in request.GET,
        },
    )


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """一小段:可能已经公开了的。脚本在填写时取来,没有脚本的用“先看看”按钮。"""
    text = request.GET.get("q", "")[:500]
    if not limits.within(request, "foi-suggest", times=120, seconds=600):
        return HttpResponse("")
    found = (
        suggest.public(text, request.GET.get("number", "")[:80], timezone.now(), request.GET.get("agency", ""))
        if text.strip()
        else []
    )
    return render(request, "foi/public/_found.html", {"found": found})


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """期限和费用计算:谁都可以算,逐日说明。"""
    given = CalculatorForm(request.GET if "received" in request.GET else None)
    money = FeeForm(request.GET if "number" in request.GET else None)
    context: dict[str, object] = {"tab": "apply", "form": given, "money": money}
    if given.is_valid():
        context |= _deadline(given.cleaned_data)
    if money.is_valid():
        context |= _fee(money.cleaned_data)
    return render(request, "foi/public/calculator.html", context)


def _deadline(data: dict[str, Any]) -> dict[str, object]:
    received, extension = data["received"], data["extension"] or 0
    try:
        found = receipt.received(
            receipt.Channel.from_value(data["channel"]), received, data["confirmed"] or None, provisional=True
        )
        due = clock.reply_deadline(found.strict, extension=extension, provisional=True)
    except LawError as error:
        return {"fault": str(error)}
    lenient = clock.reply_deadline(found.lenient, extension=extension, provisional=True)
    return {
        "due": due,
        "start": found.strict,
        "lenient": lenient if lenient.due != due.due else None,
        "lenient_on": found.lenient,
        "weeks": days.weeks(found.strict, due.explanation),
        "correction": _or_none(lambda: clock.correction_notice_due(found.strict, provisional=True)),
    }


def _or_none(rule: Callable[[], date]) -> date | None:
    """Nothing where the law of the day had no such period."""
    try:
        return rule()
    except LawError:
        return None


def _fee(data: dict[str, Any]) -> dict[str, object]:
    on = timezone.localdate()
    if data["basis"] == "item":
        return {
            "yuan": fees.items_total(data["number"], on),
            "one": fees.item_price(data["number"], on),
            "said": data,
        }
    return {"yuan": fees.pages_total(data["number"], on), "one": None, "said": data}


@require_safe
def paper_form(request: HttpRequest, suffix: str) -> HttpResponse:
    """空白的申请表,同网上的一样,打印出来手填。"""
    paper = blank_form()
    if suffix == "docx":
        return download("政府信息公开申请表.docx", rendering.docx(paper))
    if suffix != "pdf":
        raise Http404("没有这种格式。")
    return download("政府信息公开申请表.pdf", rendering.pdf(paper, papers.fonts()))


def blank_form() -> rendering.Paper:
    """The form for paper, part by part, from the same definition as the one on the web."""
    form = IntakeForm()
    lines = ["受理机关：________________________________"]
    for title, names in PARTS:
        lines.append(f"【{title}】")
        for name in names:
            if name in ONLINE_ONLY:
                continue
            field = form.fields[name]
            choices = getattr(field, "choices", None)
            if choices:
                lines.append(f"{field.label}：" + "　".join(f"□{label}" for _, label in choices))
            elif name == "suggests_release":
                lines.append(f"□{field.label}")
            else:
                blank = "________________________________"
                lines.append(f"{field.label}：{blank * (3 if name == 'description' else 1)}")
    lines += ["申请人（签名或者盖章）：________________　　日期：______年____月____日"]
    notes = (
        "不用填写用途。书写有困难的，可以口头提出，由工作人员代填（《条例》第二十九条）。请附身份证明复印件；委托他人的，另附委托书。",
    )
    return rendering.Paper(title="政府信息公开申请表", body=tuple(lines), notes=notes, seal=False)
