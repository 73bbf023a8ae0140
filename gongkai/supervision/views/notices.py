"""工作台的通报:起草、核实、印发、公文、公开稿。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step
from gongkai.org import access

from .. import actions, circular, forms, papers
from ..models import Notice
from ..terms import NoticeKind, NoticeState
from .stepping import step_page


def notice_of(pk: int) -> Notice:
    """A notice; only the office and the inspector come here."""
    rows = Notice.objects.select_related("agency", "round", "drafted_by", "confirmed_by", "record")
    return get_object_or_404(rows, pk=pk)


@access.desk("supervision.correct")
def notices(request: HttpRequest) -> HttpResponse:
    """各份通报。"""
    rows = Notice.objects.select_related("agency", "record")
    return render(
        request, "supervision/desk/notices.html", {"page": page(rows, request.GET, keys=("drafted_at", "pk"))}
    )


@access.desk("supervision.correct")
def new(request: HttpRequest) -> HttpResponse:
    """起草。"""
    on = timezone.localdate()
    initial = {"since": on.replace(month=1, day=1), "until": on, "kind": NoticeKind.CRITICISM}
    form = forms.NoticeForm(request.POST or None, user=request.user, on=on, initial=initial)

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.draft_notice(
            data["agency"],
            NoticeKind.from_value(data["kind"]),
            data["title"],
            since=data["since"],
            until=data["until"],
            round=data["round"],
            on=on,
            by=request.user,
            at=timezone.now(),
        )
        return redirect(made)

    return step_page(
        request, form, run, "起草通报", "由台账起草", reverse("desk:supervision_notices"), label="通报"
    )


@access.desk("supervision.correct")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """一份通报。"""
    notice = notice_of(pk)
    context = {
        "notice": notice,
        "paragraphs": circular.paragraphs(notice),
        "named": circular.by_unit(notice),
        "form": forms.SeenForm(initial={"seen": notice.mark}),
        "is_draft": notice.state == NoticeState.DRAFT,
        "may_confirm": notice.state == NoticeState.DRAFT and notice.drafted_by_id != request.user.pk,
        "may_issue": notice.state == NoticeState.CONFIRMED
        and access.may(request.user, "supervision.decide", notice.agency),
        "may_record": notice.state == NoticeState.ISSUED and not notice.record_id,
    }
    return private(render(request, "supervision/desk/notice.html", context))


@access.desk("supervision.correct")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改开头和要求。"""
    notice = notice_of(pk)
    form = forms.NoticeTextForm(
        request.POST or None, initial={"seen": notice.mark, "lead": notice.lead, "demand": notice.demand}
    )

    def run(data: dict[str, Any]) -> str:
        actions.edit_notice(
            notice, data["lead"], data["demand"], by=request.user, at=timezone.now(), seen=data["seen"]
        )
        return "已经保存。"

    return step_page(request, form, run, "改通报的文字", "保存", notice)


@access.desk("supervision.correct")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """核实。"""
    notice, seen = notice_of(pk), request.POST.get("seen", "")

    def run() -> str:
        actions.confirm_notice(notice, by=request.user, at=timezone.now(), seen=seen)
        return "已经核实。"

    return button_step(request, run, back=notice)


@access.desk("supervision.correct")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """印发。"""
    notice = notice_of(pk)
    form = forms.IssueForm(request.POST or None, initial={"seen": notice.mark})

    def run(data: dict[str, Any]) -> str:
        actions.issue_notice(
            notice, data["number"], on=timezone.localdate(), by=request.user, at=timezone.now(), seen=data["seen"]
        )
        return "已经印发。"

    return step_page(request, form, run, "印发", "印发", notice)


@access.desk("supervision.correct")
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """起草公开稿。"""
    notice = notice_of(pk)

    def run() -> HttpResponse:
        return redirect(
            "desk:record", pk=actions.draft_record(notice, by=request.user, at=timezone.now()).record_id
        )

    return button_step(request, run, back=notice)


@access.desk("supervision.correct")
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """公文:DOCX 或者 PDF。"""
    notice = notice_of(pk)
    if suffix not in papers.WAYS:
        raise Http404("只有 DOCX 和 PDF。")
    return download(f"{notice}.{suffix}", papers.WAYS[suffix](papers.notice(notice)))
