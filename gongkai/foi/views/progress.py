"""办理进度:凭受理编号和查询码看,并在这里补正、撤回、改联系方式、交缴费凭证、取答复、要求更正、评价。

每一次都重新核对凭据,不建会话;编号不存在和查询码不对,回答一样,耗时也一样。
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from gongkai.desk import limits
from gongkai.desk.numbers import whole
from gongkai.desk.responses import download, private
from gongkai.law import remedies
from gongkai.law.errors import LawError
from gongkai.law.procedure import Review
from gongkai.law.steps import table
from gongkai.org import codes
from gongkai.org.once import Answer, once
from gongkai.org.public_step import unasked_file

from .. import actions, composing, days, numbering, papers, store
from ..models import Application, Fee, File, Letter
from ..public_forms import (
    AmendForm,
    ContactForm,
    CorrectionForm,
    NothingForm,
    ProofForm,
    QueryForm,
    RateForm,
)
from ..subscriptions import SHOWN, link
from ..terms import OPEN_STATES, FileRole, State

TIMES, SECONDS = 30, 600
WRONG = "受理编号或者查询码不对。请核对后再查；查询码丢了的，请带身份证件到受理机关补办。"
BUSY = "您在短时间内查询的次数太多。请过十分钟再试。"


@dataclass(frozen=True, slots=True)
class Deed:
    """申请人在进度页能做的一件事:什么环节可以做,表单,做什么。"""

    key: str
    label: str
    form: type[forms.Form]
    states: tuple[str, ...]
    run: Callable[[Application, dict, datetime], object]
    hint: str = ""
    done: str = "已经收到。"


DEEDS = {
    deed.key: deed
    for deed in (
        Deed(
            "correct",
            "提交补正",
            CorrectionForm,
            (State.CORRECTING,),
            lambda case, data, at: actions.give_correction(
                case, data["text"], at=at, files=tuple(data["files"]), description=data["description"]
            ),
            "请按补正告知书写明，一次补齐。",
            "已经收到您的补正，答复期限从今天起重新计算。",
        ),
        Deed(
            "proof",
            "提交缴费凭证",
            ProofForm,
            (State.PAYING,),
            lambda case, data, at: [actions.pay_proof(case, *one, at=at) for one in data["files"]],
            "机关核对到账以后登记缴费。",
        ),
        Deed(
            "contact",
            "改联系方式",
            ContactForm,
            (*OPEN_STATES, State.REPLIED),
            lambda case, data, at: actions.amend_contact(case, data, at=at),
            "只填要改的。",
            "联系方式已经改好。",
        ),
        Deed(
            "rate",
            "评价",
            RateForm,
            (State.REPLIED, State.LAPSED),
            lambda case, data, at: actions.rate(case, int(data["score"]), data["comment"], at=at),
            done="谢谢您的评价。",
        ),
        Deed(
            "amend",
            "要求更正与您相关的政府信息记录",
            AmendForm,
            (State.REPLIED,),
            lambda case, data, at: actions.ask_correction(case, data["text"], at=at),
            "您有证据证明机关提供的与您自身相关的记录不准确的，可以要求更正（《条例》第四十一条）。",
        ),
        Deed(
            "quit",
            "撤回申请",
            NothingForm,
            OPEN_STATES,
            lambda case, data, at: actions.quit(case, at=at),
            "撤回以后不再办理；需要的可以重新申请。",
            "申请已经撤回。",
        ),
    )
}


def find(number: str, code: str) -> Application | None:
    """The case of this number, if the code is right; as long for a number that does not exist."""
    application = Application.objects.select_related("agency").filter(number=number.strip().upper()).first()
    right = codes.matches(code, application and application.query_digest, numbering.CODE_PURPOSE)
    return application if application is not None and right else None


@csrf_exempt
def progress(request: HttpRequest) -> HttpResponse:
    """查进度,办事。"""
    kiosk = "kiosk" in request.GET
    if request.method != "POST":
        return private(
            render(request, "foi/public/query.html", {"tab": "apply", "form": QueryForm(), "kiosk": kiosk})
        )
    form = QueryForm(request.POST)
    fault, status = "", 200
    if not limits.within(request, "foi-progress", times=TIMES, seconds=SECONDS):
        fault, status = BUSY, 429
    elif form.is_valid():
        application = find(form.cleaned_data["number"], form.cleaned_data["code"])
        if application is not None:
            return private(_serve(request, application, form.cleaned_data["code"], kiosk))
        fault, status = WRONG, 404
    context = {"tab": "apply", "form": form, "fault": fault, "kiosk": kiosk}
    return private(render(request, "foi/public/query.html", context, status=status))


def _serve(request: HttpRequest, application: Application, code: str, kiosk: bool) -> HttpResponse:
    """The page, a file, or a deed."""
    at = timezone.now()
    if "letter" in request.POST or "file" in request.POST:
        return _hand_over(request, application, at) or _page(
            request, application, code, kiosk, fault="没有这个文件。"
        )
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None or application.state not in deed.states:
        return _page(request, application, code, kiosk)
    form = deed.form(request.POST, request.FILES)
    if fault := unasked_file(form, request):
        return _page(request, application, code, kiosk, fault=fault, bound={deed.key: form})
    if form.fields and not form.is_valid():
        return _page(request, application, code, kiosk, bound={deed.key: form})
    try:
        once(request, f"deed-{application.pk}-{deed.key}", lambda: _ran(deed, application, form, at), at=at)
    except LawError as error:
        return _page(request, application, code, kiosk, fault=str(error), bound={deed.key: form})
    return _page(
        request, Application.objects.select_related("agency").get(pk=application.pk), code, kiosk, done=deed.done
    )


def _ran(deed: Deed, application: Application, form: forms.Form, at: datetime) -> Answer:
    deed.run(application, getattr(form, "cleaned_data", {}), at)
    return {}


def _now(application: Application, review: Review, fee: Fee | None) -> str:
    """Where it stands and what comes next, in a sentence or two to the applicant."""
    due = f"最迟{papers.day(review.due)}答复您。" if review.due else ""
    until = papers.day(actions.correction_until(application)) if application.state == State.CORRECTING else ""
    said = {
        State.HANDLING: f"机关正在办理，{due}现在不用您做什么。",
        State.INQUIRING: "机关正在征求别人的意见，这段时间不计入答复期限。现在不用您做什么。",
        State.CORRECTING: f"要您补正，请在{until or '告知书写明的期限'}以前在下面提交；收到以后重新计算答复期限，逾期不补正视为放弃。",
        State.PAYING: f"要您缴费，请在{papers.day(fee.due_on) if fee else '通知书写明的期限'}以前缴纳，并在下面交凭证；逾期不缴视为放弃。",
        State.DECIDED: "答复已经作出，正在按您选的途径送给您，下面也可以下载。",
        State.REPLIED: "已经答复。请下载答复和提供的信息；不服的，看“不服怎么办”里的期限。",
        State.WITHDRAWN: "申请已经撤回，不再办理；还需要的可以重新申请。",
        State.LAPSED: "已经视为放弃，不再办理；还需要的可以重新申请。",
        State.TRANSFERRED: "申请已经转送有权办理的机关，由它答复您。",
    }
    return said[application.state]


def _delivered(application: Application) -> QuerySet[Letter]:
    """Letters to the applicant that have gone out, or that the applicant takes here."""
    kinds = [key for key, paper in papers.all().items() if paper.to == "applicant"]
    return application.letters.filter(kind__in=kinds).exclude(issued_at=None).exclude(kind="receipt")


def _files(application: Application) -> QuerySet[File]:
    """What is handed to the applicant, once the reply was issued."""
    if not application.letters.filter(kind="reply").exclude(issued_at=None).exists():
        return application.files.none()
    return application.files.filter(role=FileRole.REPLY)


def _hand_over(request: HttpRequest, application: Application, at: datetime) -> HttpResponse | None:
    """A letter or a file of this very case, or nothing."""
    if key := whole(request.POST.get("letter")):
        letter = _delivered(application).filter(pk=key).first()
        if letter is None:
            return None
        actions.take_letter(letter, at=at)
        return download(*actions.printed(letter, "pdf"))
    if key := whole(request.POST.get("file")):
        file = _files(application).filter(pk=key).first()
        if file is None:
            return None
        actions.take_file(file, at=at)
        return store.respond(file)
    return None


def _page(
    request: HttpRequest,
    application: Application,
    code: str,
    kiosk: bool,
    *,
    fault: str = "",
    done: str = "",
    bound: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    on = timezone.localdate()
    review = actions.judged(application, on)
    reply = application.letters.filter(kind="reply").exclude(issued_at=None).last()
    got = (reply.signed_on or reply.posted_on) if reply else None
    deeds = [
        (deed, (bound or {}).get(deed.key) or deed.form(initial={"description": application.description}))
        for deed in DEEDS.values()
        if application.state in deed.states and not (deed.key == "rate" and hasattr(application, "rating"))
    ]
    names, fee = table().steps, getattr(application, "fee", None)
    context = {
        "tab": "apply",
        "case": application,
        "code": code,
        "review": review,
        "weeks": days.weeks(review.start, review.explanation) if review.due else [],
        "steps": [
            (step, SHOWN[step.kind], names[step.kind]["label"])
            for step in application.steps.filter(void=False)
            if step.kind in SHOWN
        ],
        "letters": [(letter, papers.all()[letter.kind].label) for letter in _delivered(application)],
        "files": _files(application),
        "fee": fee,
        "now": _now(application, review, fee),
        "remedy": composing.remedy_for(application, reply.issued_on, received_on=got) if reply and got else None,
        "silence": remedies.silence(composing.government_of(application.agency)),
        "deeds": deeds,
        "fault": fault,
        "done": done,
        "kiosk": kiosk,
        "notify": link(application) if application.state in OPEN_STATES and not kiosk else "",
    }
    return render(request, "foi/public/progress.html", context)
