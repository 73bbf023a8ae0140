"""一件申请在工作台的样子,和能对它办的每一件事。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.responses import download
from gongkai.desk.submitting import form_step
from gongkai.law import params, replies
from gongkai.law.clock import reply_deadline
from gongkai.law.errors import LawError
from gongkai.law.grounds import grounds
from gongkai.org import access
from gongkai.org.models import LogEntry

from .. import actions, acts, advice, archive, days, next_step, papers, personal, similar, store
from ..actions.applicant import text_of
from ..actions.letters import item_findings
from ..forms import DecideForm
from ..models import Application, Item, Letter
from ..terms import FileRole, LetterStage, State

LOG_ROWS = 40


def case_of(request: HttpRequest, pk: int) -> Application:
    """A case that this person may see; 404 for any other, as for none at all (C89)."""
    rows = Application.objects.visible_to(request.user).select_related("agency", "handler", "registered_by")
    return get_object_or_404(rows, pk=pk)


@access.desk("foi.view")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """一件申请:期限和逐日说明、经过、信息项、文书、文件、现在可以办的。"""
    application = case_of(request, pk)
    return render(request, "foi/case.html", context(request, application))


def context(request: HttpRequest, application: Application, **more: Any) -> dict[str, Any]:
    """Everything that the page of a case shows."""
    on = timezone.localdate()
    found = actions.judged(application, on)
    choices = acts.choices(application, request.user, on)
    following = next_step.next_step(application)
    items = list(application.items.select_related("record", "earlier"))
    taken = {step.kind for step in application.steps.all() if not step.void}
    likes = similar.alike(application) if application.is_open else []
    askers = similar.askers(application, likes)
    return {
        "case": application,
        "on": on,
        "found": found,
        "left": days.left(found.due, on),
        "share": days.share(found.start, found.due, on),
        "weeks": days.weeks(found.start, found.explanation, on if application.is_open else None)
        if found.due
        else [],
        "correction_until": actions.correction_until(application)
        if application.state == State.CORRECTING
        else None,
        "earlier": application.earlier_descriptions.select_related("by", "application"),
        "lenient": _lenient(application),
        "steps": application.steps.select_related("by"),
        "parts": [
            (item, replies.outcomes().get(item.outcome), grounds().get(item.ground), item_findings(item, taken))
            for item in items
        ],
        "gates": _gates(application, [item.outcome for item in items if item.outcome]),
        "opinions": application.opinions.select_related("by"),
        "letters": _letters(application),
        "drafts": _drafts(choices),
        "files": application.files.select_related("redacted_from"),
        "fee": getattr(application, "fee", None),
        "remedies": application.remedies.all(),
        "conversions": application.conversions.select_related("record"),
        "repeats": Item.objects.filter(earlier=application).select_related("application"),
        "contacts": application.contacts.select_related("seen_by"),
        "masked": personal.masked(application),
        "clear": (),
        "doubts": personal.doubts(application) if application.is_open else (),
        "alike": likes,
        "askers": askers,
        "release_askers": askers >= params.at("foi.release_askers", on).value,
        "nth": similar.nth_this_month(application),
        "next": following,
        "course": next_step.course(application),
        "may_next": following and access.may(request.user, following.right, application.agency),
        "acts": [choice for choice in choices if not choice.why_not],
        "blocked": [choice for choice in choices if choice.why_not],
        "may_handle": access.may(request.user, "foi.handle", application.agency)
        and application.handler_id == request.user.pk,
        "may_personal": access.may(request.user, "foi.personal", application.agency),
        "log": LogEntry.objects.about(application).select_related("by").order_by("-seq")[:LOG_ROWS],
        **more,
    }


def _lenient(application: Application) -> date | None:
    """The due day by the lenient reading of receipt on a day off, if it differs and the case was not restarted."""
    if (
        application.lenient_on == application.received_on
        or application.start_on != application.received_on
        or application.due_on is None
    ):
        return None
    return reply_deadline(application.lenient_on, provisional=True).due


def _letters(application: Application) -> list[tuple[str, list[tuple[Letter, papers.Paper]]]]:
    """(阶段, 各份文书), in the order of the stages."""
    found: dict[str, list[tuple[Letter, papers.Paper]]] = {}
    for letter in application.letters.select_related("drafted_by", "issued_by"):
        paper = papers.get(letter.kind)
        found.setdefault(paper.stage, []).append((letter, paper))
    return [(label, found[key]) for key, label in LetterStage.choices() if key in found]


def _drafts(choices: list[acts.Choice]) -> list[tuple[str, list[papers.Paper]]]:
    """(阶段, 现在可以拟的文书), in the order of the stages."""
    able = {choice.key for choice in choices if choice.kind == "letter" and not choice.why_not}
    found = [(label, [paper for paper in rows if paper.key in able]) for label, rows in papers.by_stage()]
    return [(label, rows) for label, rows in found if rows]


def _gates(application: Application, outcomes: list[str]) -> list[tuple[str, bool]]:
    """(审查, 过了没有) for each review that the reply needs."""
    passed = {row.kind for row in application.opinions.all() if row.valid and row.verdict == "pass"}
    return [(replies.GATES[gate], gate in passed) for gate in replies.gates(outcomes)]


@access.desk("foi.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """办一件事:一张表单,办成回到案卷。"""
    application = case_of(request, pk)
    chosen = acts.ACTS.get(key)
    if chosen is None:
        raise Http404("没有这件事。")
    access.require(request.user, chosen.right, application.agency)
    on = timezone.localdate()
    if why := acts.refusal(application, request.user, chosen, on):
        messages.error(request, f"现在不能办“{chosen.label}”：{why}")
        return redirect("desk:foi_case", pk=pk)

    def run(data: dict[str, Any]) -> str:
        chosen.run(application, data, request.user, timezone.now())
        return f"已经办好：{chosen.label}。"

    given = request.POST if request.method == "POST" else None
    form, back = (
        chosen.form(given, request.FILES or None, case=application, today=on),
        reverse("desk:foi_case", args=[pk]),
    )
    return form_step(
        request,
        form,
        run,
        "foi/act.html",
        back=back,
        case=application,
        chosen=chosen,
        given=_given(application, key),
    )


def _given(application: Application, key: str) -> dict[str, Any]:
    """What a reviewer looks at: every item with its outcome, every file that will be given out."""
    if key not in replies.GATES:
        return {}
    items = [(item, replies.outcomes().get(item.outcome)) for item in application.items.all()]
    return {"items": items, "files": application.files.filter(role=FileRole.REPLY)}


@access.desk("foi.handle")
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """定一项信息的处理结果。先选结果,再按结果填;“看要填什么”不保存。"""
    application = case_of(request, pk)
    access.require(request.user, "foi.handle", application.agency)
    row = get_object_or_404(
        Item.objects.select_related("application__agency", "record", "earlier"), pk=item, application=application
    )
    known = advice.advice_for(row, timezone.localdate())
    taken = next((one for n, one in enumerate(known, 1) if request.GET.get("advice") == str(n)), None)
    form = DecideForm(request.POST or None, item=row, taken=taken and taken.initial)
    if request.method == "POST" and "show" not in request.POST and form.is_valid():
        data = form.cleaned_data
        try:
            actions.decide(
                row,
                data["outcome"],
                by=request.user,
                at=timezone.now(),
                facts=form.part("fact_"),
                ground=data.get("ground", ""),
                answers=form.part("test_"),
                record_=data.get("record"),
                earlier=data.get("earlier"),
            )
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"第{row.order}项的处理结果已经保存。")
            return redirect("desk:foi_case", pk=pk)
    chosen = form.chosen()
    return render(
        request,
        "foi/decide.html",
        {
            "case": application,
            "item": row,
            "form": form,
            "outcome": replies.outcomes().get(chosen),
            "known": known,
        },
    )


@access.desk("foi.personal")
@require_POST
def show_personal(request: HttpRequest, pk: int) -> HttpResponse:
    """显示申请人的个人信息;看一次记一次。"""
    application = case_of(request, pk)
    actions.read_personal(application, by=request.user, at=timezone.now())
    contacts = [(contact, text_of(contact)) for contact in application.contacts.all()]
    return render(
        request, "foi/case.html", context(request, application, clear=personal.clear(application), told=contacts)
    )


@access.desk("foi.handle")
@require_POST
def see(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """申请人来件标为看过。"""
    application = case_of(request, pk)
    actions.see(get_object_or_404(application.contacts, pk=contact), by=request.user, at=timezone.now())
    return redirect("desk:foi_case", pk=pk)


@access.desk("foi.view")
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """取案卷里的一个文件;别的案卷的取不到(C95)。"""
    application = case_of(request, pk)
    found = get_object_or_404(application.files, pk=file)
    if found.role in ("identity", "attachment"):
        actions.read_personal(application, by=request.user, at=timezone.now())
    return store.respond(found)


@access.desk("foi.personal")
@require_POST
def new_code(request: HttpRequest, pk: int) -> HttpResponse:
    """补发查询码,只显示这一次。"""
    application = case_of(request, pk)
    code = actions.new_code(application, by=request.user, at=timezone.now())
    return render(request, "foi/registered.html", {"case": application, "code": code, "again": True})


@access.desk("foi.personal")
@require_POST
def archived(request: HttpRequest, pk: int) -> HttpResponse:
    """取走案卷包;里面有个人信息,所以记下是谁。"""
    application = case_of(request, pk)
    actions.take_archive(application, by=request.user, at=timezone.now())
    return download(f"{application.number}.zip", archive.package(application))


@access.desk("foi.handle")
@require_POST
def remove_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """拿掉一个文件。"""
    application = case_of(request, pk)
    try:
        actions.remove_file(get_object_or_404(application.files, pk=file), by=request.user, at=timezone.now())
    except LawError as error:
        messages.error(request, str(error))
    return redirect("desk:foi_case", pk=pk)
