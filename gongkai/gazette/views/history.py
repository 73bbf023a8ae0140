"""工作台的历史目录:各期、缺的期、导入、扫描件。"""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import apart, files, ocr, pagescan
from gongkai.adapters.plaintext import line
from gongkai.adapters.readers.gazette import history as reader
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.errors import RuleBroken
from gongkai.org import access

from .. import actions, facts, forms
from ..actions.history import difference
from ..models import HistoricIssue, Intake, Masthead, ScanPage
from ..terms import ScanState
from .desk import maker

MIB = 1024 * 1024


def _head(request: HttpRequest) -> Masthead:
    """The gazette, if this person keeps its history."""
    head = maker(request)
    if head is None:
        raise Http404("还没有立公报。")
    access.require(request.user, "gazette.history", head.agency)
    return head


@access.desk("gazette.history")
def history(request: HttpRequest) -> HttpResponse:
    """旧的各期、导入过的、缺的期。"""
    result = page(HistoricIssue.objects.all(), request.GET, keys=("year", "number", "pk"), size=40)
    scanned = ScanPage.objects.filter(issue__in=result.rows).order_by().values_list("issue", "state")
    counts = {(issue, state): n for issue, state, n in scanned.annotate(n=Count("pk"))}
    for row in result.rows:
        row.queued = counts.get((row.pk, ScanState.QUEUED), 0)
        row.failed = counts.get((row.pk, ScanState.FAILED), 0)
    context = {
        "page": result,
        "gaps": facts.gaps(),
        "total": HistoricIssue.objects.count(),
        "intakes": Intake.objects.visible_to(request.user).defer("issues", "faults")[:10],
    }
    return private(render(request, "gazette/desk/history.html", context))


@access.desk("gazette.history")
def upload(request: HttpRequest) -> HttpResponse:
    """读一个文件;读完先看差异。"""
    head = _head(request)
    form = forms.ImportForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> HttpResponse:
        given = data["file"]
        try:
            found = files.apart_from(apart.DESK, reader.history, given.read(), given.name)
        except files.Unreadable as error:
            raise RuleBroken(str(error).rstrip("。")) from None
        made = actions.read_in(head.agency, line(given.name), found, by=request.user, at=timezone.now())
        return redirect("desk:gazette_intake", made.pk)

    return form_step(
        request,
        form,
        run,
        trail="历史期次",
        title="导入历史目录",
        button="读文件",
        home=reverse("desk:gazette_history"),
        hint="先读出来看差异，再入库；同一个文件导两遍不会变多。",
    )


def _intake(request: HttpRequest, pk: int) -> Intake:
    return get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)


@access.desk("gazette.history")
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """一次导入的差异:新的、变了的、没变的,疑误,读不成的。"""
    intake = _intake(request, pk)
    found = difference(intake)
    doubts = [(f"{row['year']}年第{row['number']}期", text) for row in intake.issues for text in row["doubts"]]
    context = {
        "intake": intake,
        "found": {key: rows[:60] for key, rows in found.items()},
        "counts": {key: len(rows) for key, rows in found.items()},
        "doubts": doubts[:60],
        "doubt_count": len(doubts),
        "sample": intake.issues[:3],
        "article_count": sum(len(row["articles"]) for row in intake.issues),
    }
    return private(render(request, "gazette/desk/intake.html", context))


@access.desk("gazette.history")
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """入库。"""
    intake = _intake(request, pk)

    def act() -> str:
        made = actions.apply_intake(intake, by=request.user, at=timezone.now())
        return (
            f"已经入库：新{made.counts['new']}期，改{made.counts['changed']}期，没有变的{made.counts['same']}期。"
        )

    return button_step(request, act, back=reverse("desk:gazette_intake", args=[intake.pk]))


def _locked(content: bytes, name: str) -> str:
    """Why a PDF without text cannot be read at all (a password, damage); empty for a mere scan."""
    try:
        files.read(content, name)
    except files.Unreadable as error:
        return "" if "扫描" in str(error) or "没有文字" in str(error) else str(error).rstrip("。")
    return ""


def _page_count(content: bytes, name: str) -> int:
    """How many pages there are; 0 where it cannot be told, and then the action says what is wrong."""
    try:
        return files.apart_from(apart.DESK, pagescan.page_count, content, name)
    except files.Unreadable:
        return 0


@access.desk("gazette.history")
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """挂扫描件。"""
    head = _head(request)
    issue = get_object_or_404(HistoricIssue, pk=pk)
    form = forms.ScanForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        given = data["file"]
        name, most = line(given.name), files.DEFAULT.file_bytes
        if given.size > most:  # 还没有读进内存
            raise RuleBroken(
                f"“{name}”有{given.size // MIB} MB，超过{most // MIB} MB", fix="请拆开，或者把图片压小再传。"
            )
        content = given.read()
        pages = files.pages(content, name)
        if not pages and (why := _locked(content, name)):
            raise RuleBroken(why)
        count = _page_count(content, name)
        done = actions.attach_scan(
            issue, name, content, pages, head.agency, by=request.user, at=timezone.now(), count=count
        )
        waiting = done.scan_pages.filter(state=ScanState.QUEUED).count()
        if not waiting:
            return f"已经挂上，{done.scan_pages.count()}页有文字。"
        how = "排队识别，识别以后可以检索" if ocr.installed() else f"没有文字，装了文字识别（{ocr.HOW}）才能检索"
        return f"已经挂上，{done.scan_pages.count() - waiting}页有文字，{waiting}页{how}。"

    home = reverse("desk:gazette_history")
    return form_step(request, form, run, back=home, trail=issue, title=f"{issue}：挂扫描件", button="挂上")
