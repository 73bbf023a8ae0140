"""文书:拟稿、预览、改稿、签发、送达。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.responses import download
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.once import once

from .. import actions, papers, similar, todo
from ..forms import DeliverForm, LetterForm
from ..models import Application, Letter
from ..terms import FileRole
from .case import case_of


@access.desk("foi.handle")
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """拟一份文书。"""
    application = case_of(request, pk)
    paper = papers.all().get(kind)
    if paper is None:
        return redirect("desk:foi_case", pk=pk)
    form = LetterForm(request.POST or None, paper=paper, initial=_initial(application, paper))

    def act(_: dict[str, Any]) -> HttpResponse:
        at = timezone.now()
        answer = once(
            request,
            f"letter-{pk}-{kind}",
            lambda: {"pk": actions.draft(application, kind, form.filled(), by=request.user, at=at).pk},
            at=at,
        )
        return redirect("desk:foi_letter", pk=pk, letter=answer["pk"])

    return form_step(request, form, act, "foi/letter_form.html", case=application, paper=paper)


def _initial(application: Application, paper: papers.Paper) -> dict[str, Any]:
    """What can be filled in beforehand: days by the law, the number for the fee, the parties already asked."""
    on = timezone.localdate()
    initial: dict[str, Any] = {}
    if paper.key == "correction":
        initial["days"] = actions.correction_days(on)
    if paper.key == "fee":
        initial |= {"basis": "item", "quantity": similar.nth_this_month(application)}
    if paper.key == "assist" and application.due_on:
        initial["until"] = application.due_on
    return initial


@access.desk("foi.view")
def letter(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """一份文书:预览、改稿、签发、送达、下载。"""
    application = case_of(request, pk)
    row = get_object_or_404(
        Letter.objects.select_related("drafted_by", "issued_by"), pk=letter, application=application
    )
    form = DeliverForm(initial={"signed_on": None})
    return render(request, "foi/letter.html", _page(request, application, row) | {"deliver": form})


def _page(request: HttpRequest, application: Application, row: Letter) -> dict[str, Any]:
    """Everything that the page of a letter shows."""
    paper, shown, fault = papers.get(row.kind), None, ""
    try:
        shown = actions.preview(row, row.issued_on or timezone.localdate())
    except LawError as error:
        fault = str(error)
    return {
        "case": application,
        "letter": row,
        "paper": paper,
        "shown": shown,
        "seen": actions.signing_mark(row, shown) if shown else "",
        "fault": fault,
        "given": application.files.filter(role=FileRole.REPLY) if row.kind == "reply" else (),
        "missing": actions.missing_characters(shown) if shown else (),
        "may_edit": not row.issued_at
        and not row.void
        and access.may(request.user, "foi.handle", application.agency),
        "may_hand": not row.issued_at and not row.void and _may_hand(request.user, application, paper),
        "may_issue": not row.issued_at
        and not row.void
        and access.may(request.user, paper.right, application.agency),
        "may_deliver": row.issued_at
        and not (row.posted_on and row.signed_on)
        and access.may(request.user, "foi.handle", application.agency),
    }


def _may_hand(user: Any, application: Application, paper: papers.Paper) -> bool:
    """The handler of an open case; of a closed one whoever may handle, for letters that are no step of it."""
    if application.is_open:
        return application.handler_id == user.pk
    return not paper.step and access.may(user, "foi.handle", application.agency)


@access.desk("foi.view")
def printed(request: HttpRequest, pk: int, letter: int, suffix: str) -> HttpResponse:
    """签发了的文书的 PDF 或者 DOCX。"""
    application = case_of(request, pk)
    row = get_object_or_404(Letter.objects.exclude(sealed=""), pk=letter, application=application)
    if suffix not in ("pdf", "docx"):
        raise Http404("没有这种格式。")
    return download(*actions.printed(row, suffix))


@access.desk("foi.handle")
def edit(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """改稿。"""
    application = case_of(request, pk)
    row = get_object_or_404(Letter, pk=letter, application=application)
    paper = papers.get(row.kind)
    form = LetterForm(request.POST or None, paper=paper, initial=row.fields)

    def act(_: dict[str, Any]) -> HttpResponse:
        actions.redraft(row, form.filled(), by=request.user, at=timezone.now())
        return redirect("desk:foi_letter", pk=pk, letter=letter)

    return form_step(request, form, act, "foi/letter_form.html", case=application, paper=paper, letter=row)


@access.desk("foi.view")
@require_POST
def issue(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """签发。权限由文书的种类定,在 ``actions.issue`` 里核。"""
    application = case_of(request, pk)
    row = get_object_or_404(Letter, pk=letter, application=application)

    def act() -> str:
        done = actions.issue(row, by=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
        return f"已经签发{done.number}。请尽快送达，并登记交邮或者签收的日期。"

    return button_step(request, act, back="desk:foi_letter", pk=pk, letter=letter)


@access.desk("foi.handle")
@require_POST
def deliver(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """登记送达。"""
    application = case_of(request, pk)
    row = get_object_or_404(Letter, pk=letter, application=application)
    form = DeliverForm(request.POST)

    def act(data: dict[str, Any]) -> str:
        actions.deliver(row, by=request.user, at=timezone.now(), **data)
        return "已经登记送达。"

    more = _page(request, application, row) | {"deliver": form}
    back = reverse("desk:foi_letter", args=[pk, letter])
    return form_step(request, form, act, "foi/letter.html", back=back, **more)


@access.desk("foi.handle")
@require_POST
def hand_in(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """送签;已经送签的是催签。"""
    application = case_of(request, pk)
    row = get_object_or_404(Letter, pk=letter, application=application)
    at = timezone.now()

    def act() -> str:
        if "chase" in request.POST:
            to = [user.pk for user in todo.signers(row)]
            actions.chase_signing(row, by=request.user, at=at, to=to)
            return "已经催签。"
        actions.hand_in(row, by=request.user, at=at)
        return "已经送签，在签发人的待办里。"

    return button_step(request, act, back="desk:foi_letter", pk=pk, letter=letter)


@access.desk("foi.view")
def signing(request: HttpRequest) -> HttpResponse:
    """送来等这个人签发的文书,先送的在前。"""
    rows = todo.letters_to_sign(request.user, Application.objects.visible_to(request.user))
    found = [(row, papers.get(row.kind)) for row in rows[:200]]
    return render(request, "foi/signing.html", {"rows": found})


@access.desk("foi.handle")
@require_POST
def drop(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """作废没有签发的稿子。"""
    application = case_of(request, pk)

    def act() -> str:
        actions.drop(
            get_object_or_404(Letter, pk=letter, application=application), by=request.user, at=timezone.now()
        )
        return "稿子已经作废。"

    return button_step(request, act, back="desk:foi_case", pk=pk)
