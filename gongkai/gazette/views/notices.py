"""报送刊登情况的数、一个单位的明细、通报。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters import render as papers
from gongkai.desk.export import csv_response
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import form_step
from gongkai.law import gazette as law
from gongkai.law.gazette import Refusal
from gongkai.org import access

from .. import actions, figures, forms, papers_of, register
from ..models import Item, Masthead, Notice
from ..terms import ItemState

FIGURES = (
    "单位",
    "应报（月）",
    "按期",
    "迟报",
    "零报告",
    "零报告不实",
    "没有报",
    "报送率",
    "应登",
    "已登",
    "刊登率",
    "退回",
    "时滞中位（天）",
    "最长（天）",
)


def _cells(row: figures.Row) -> list[object]:
    return [
        row.name,
        row.due,
        row.in_time,
        row.late,
        row.zero,
        row.untrue,
        row.missing,
        row.report_rate,
        row.owed,
        row.printed,
        row.print_rate,
        row.returns,
        row.median_wait if row.median_wait is not None else "",
        row.longest_wait or "",
    ]


def _span(request: HttpRequest) -> tuple[int, int]:
    """The year and quarter (0 for the whole year) of the address; this year if none is given."""
    given, quarter = request.GET.get("year", ""), request.GET.get("quarter", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else timezone.localdate().year
    return max(year, 1950), int(quarter) if quarter in list("01234") else 0


@access.desk("gazette.view")
def unit_figures(request: HttpRequest, code: str) -> HttpResponse:
    """一个单位的明细:逐月的报送、逐件的去向。"""
    agency = get_object_or_404(access.agencies_of(request.user, "gazette.view"), code=code)
    year, quarter = _span(request)
    months, papers = figures.of_unit(agency, *figures.months(year, quarter), timezone.now())
    context = {"agency": agency, "year": year, "quarter": quarter, "months": months, "papers": papers}
    return private(render(request, "gazette/desk/unit_figures.html", context))


@access.desk("gazette.view")
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """报送刊登情况:一季或者一年,按单位;看得到的单位才有。"""
    on, at = timezone.localdate(), timezone.now()
    year, quarter = _span(request)
    first, last = figures.months(year, quarter)
    own = set(access.agencies_of(request.user, "gazette.view").values_list("code", flat=True))
    rows = [row for row in figures.rows(first, last, at) if row.code in own]
    if request.GET.get("format") == "csv":
        return csv_response(f"gazette-{year}-{quarter}", list(FIGURES), [_cells(row) for row in rows])
    refused = Item.objects.visible_to(request.user).filter(
        month__gte=first, month__lte=last, state=ItemState.REFUSED
    )
    by_reason = [(one.label, refused.filter(refusal=one).count()) for one in Refusal]
    context = {
        "year": year,
        "quarter": quarter,
        "rows": rows,
        "total": figures.total(rows),
        "notices": Notice.objects.all(),
        "years": range(on.year, on.year - 4, -1),
        "refused": [row for row in by_reason if row[1]],
        "months": list(register.months_between(first, last)),
        "may": access.may(request.user, "gazette.notice"),
    }
    return private(render(request, "gazette/desk/figures.html", context))


@access.desk("gazette.notice")
def new_notice(request: HttpRequest) -> HttpResponse:
    """印发通报。"""
    on = timezone.localdate()
    quarter = (law.months_on(on, -3).month - 1) // 3 + 1
    form = forms.NoticeForm(request.POST or None, initial={"year": law.months_on(on, -3).year, "quarter": quarter})

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.issue_notice(
            data["year"], data["quarter"], data["words"], by=request.user, at=timezone.now()
        )
        return redirect(made)

    return form_step(
        request,
        form,
        run,
        trail="报送刊登情况",
        title="印发通报",
        button="印发",
        home=reverse("desk:gazette_figures"),
        hint="数在印发的那一刻定下，以后不变；报送截止以后才能通报。",
    )


def _notice_of(request: HttpRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.select_related("issued_by"), pk=pk)


@access.desk("gazette.notice")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """一份印发了的通报。"""
    notice = _notice_of(request, pk)
    rows = figures.unsealed(notice.figures)
    context = {"notice": notice, "rows": rows, "total": figures.total(rows)}
    return private(render(request, "gazette/desk/notice.html", context))


@access.desk("gazette.notice")
def notice_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """通报的 DOCX、PDF。"""
    notice = _notice_of(request, pk)
    head = Masthead.objects.at(timezone.localtime(notice.issued_at).date())
    document = papers_of.notice(
        notice,
        str(head.agency) if head else "",
        [
            list(map(str, _cells(row)))
            for row in (*figures.unsealed(notice.figures), figures.total(figures.unsealed(notice.figures)))
        ],
        FIGURES,
    )
    if kind == "docx":
        return download(f"{notice}.docx", papers.document_docx(document))
    if kind == "pdf":
        fonts = papers.Fonts.find(Path(settings.GONGKAI_DATA) / "fonts")
        return download(f"{notice}.pdf", papers.document_pdf(document, fonts))
    raise Http404("没有这种文件。")
