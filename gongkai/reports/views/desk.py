"""工作台的年报:清单、一份年报、一格的来处、文字、送审、审核、起草公布稿、更正、下载。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import render as setting
from gongkai.desk.export import csv_stream
from gongkai.desk.forms import Plain
from gongkai.desk.paging import page
from gongkai.desk.responses import download
from gongkai.desk.submitting import Act, button_step, form_step
from gongkai.foi import papers
from gongkai.foi.models import Application, Remedy
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import LawError
from gongkai.law.money import digits
from gongkai.law.report import due_on, from_row, grids
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.browse import year_of

from .. import actions, counting, findings, jobs, narrative, output
from ..figures import cells, figures, form_for, scope_of
from ..forms import CellForm, CorrectForm, ExplainForm, JudgeForm, StartForm, TextForm
from ..models import AnnualReport, ManualFigure
from ..terms import Scope, Stage

FORMATS = (("pdf", "PDF"), ("docx", "Word（DOCX）"), ("xlsx", "Excel（XLSX）"), ("json", "数据（JSON）"))
HEAD = ["机关", "年度", "口径", "环节", "公布期限", "公布之日", "是否逾期"]


def one_of(request: HttpRequest, pk: int) -> AnnualReport:
    """A report that this person may see; 404 for any other."""
    rows = AnnualReport.objects.visible_to(request.user).select_related("agency", "author", "record")
    return get_object_or_404(rows, pk=pk)


@access.desk("reports.view")
def reports(request: HttpRequest) -> HttpResponseBase:
    """一个年度各机关的年报办到哪一步。"""
    on = timezone.localdate()
    year = _year(request.GET.get("year"), on)
    lines = _lines(request, year, on)
    if request.GET.get("format") == "csv":
        rows = (
            [
                one["agency"],
                year,
                one["scope"],
                one["stage"],
                one["due"],
                one["published"] or "",
                "是" if one["late"] else "",
            ]
            for one in lines
        )
        return csv_stream(f"annual-reports-{year}", HEAD, rows)
    form = StartForm(user=request.user, on=on, initial={"year": year})
    return render(request, "reports/list.html", _listed(request, year, lines) | {"form": form})


def _listed(request: HttpRequest, year: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Everything that the list of a year shows but its form."""
    return {
        "year": year,
        "years": range(timezone.localdate().year, 2018, -1),
        "lines": lines,
        "done": sum(bool(one["published"]) for one in lines),
        "late": sum(one["late"] for one in lines),
        "may_write": access.may(request.user, "reports.write"),
        "may_urge": access.may(request.user, "records.urge"),
    }


def _year(given: str | None, on: date) -> int:
    """The year asked for, else the one whose reports are due now."""
    year = year_of(given or "")
    return year if year and 2019 <= year <= on.year else on.year - 1


def _lines(request: HttpRequest, year: int, on: date) -> list[dict[str, Any]]:
    made = {one.agency_id: one for one in AnnualReport.objects.visible_to(request.user).filter(year=year)}
    seen = access.agencies_of(request.user, "reports.view").filter(ended_on=None)
    lines = []
    for agency in seen.order_by("order", "code"):
        annual = made.get(agency.pk)
        if annual is None and agency.kind not in jobs.REPORTING:
            continue
        due = due_on(AgencyKind(agency.kind), year)
        published = annual.published_on if annual else None
        lines.append(
            {
                "agency": agency,
                "report": annual,
                "due": due,
                "published": published,
                "scope": annual.get_scope_display() if annual else "",
                "late": (published or on) > due,
                "stage": annual.get_stage_display() if annual else "没有开始编制",
            }
        )
    return lines


@access.desk("reports.write")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """开始编制。"""
    on = timezone.localdate()
    form = StartForm(request.POST, user=request.user, on=on)

    def act(data: dict[str, Any]) -> HttpResponse:
        scope = Scope.from_value(data["scope"])
        annual = actions.start(data["agency"], data["year"], by=request.user, at=timezone.now(), scope=scope)
        return redirect("desk:reports_one", pk=annual.pk)

    year = _year(request.POST.get("year"), on)
    return form_step(request, form, act, "reports/list.html", **_listed(request, year, _lines(request, year, on)))


@access.desk("reports.view")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """一份年报:校验、三张表(每个数能点开)、文字、现在可以办的。"""
    annual = one_of(request, pk)
    return render(request, "reports/one.html", context(request, annual))


def context(request: HttpRequest, annual: AnnualReport, **more: Any) -> dict[str, Any]:
    """Everything that the page of a report shows."""
    user, on = request.user, timezone.localdate()
    result = findings.checked(annual) if annual.is_live else None
    shown = result.report if result else from_row(annual.frozen)
    writes = access.may(user, "reports.write", annual.agency)
    judges = {Stage.UNIT: "reports.unit", Stage.OFFICE: "reports.office"}.get(Stage.from_value(annual.stage))
    return {
        "annual": annual,
        "report": shown,
        "grids": grids(shown),
        "figures": result.figures if result else {},
        "result": result,
        "findings": [
            (
                one,
                findings.key_of(one),
                annual.explained.get(findings.key_of(one), ""),
                one.id in findings.EXPLAINABLE,
            )
            for one in (result.findings if result else ())
        ],
        "texts": [
            (section, shown.sections.get(section.number, ""))
            for section in shown.form.sections
            if section.number in narrative.WRITTEN
        ],
        "due": due_on(AgencyKind(annual.agency.kind), annual.year),
        "on": on,
        "errata": annual.errata.select_related("by"),
        "drift": jobs.drift(annual) if annual.frozen else [],
        "may_edit": writes and annual.stage == Stage.DRAFT,
        "may_draft": writes
        and annual.stage in (Stage.APPROVED, Stage.PUBLISHED)
        and (annual.record is None or annual.errata.exists()),
        "may_judge": bool(judges) and access.may(user, judges, annual.agency) and annual.author_id != user.pk,
        "may_correct": bool(annual.frozen)
        and (access.may(user, "reports.unit", annual.agency) or access.may(user, "reports.office")),
        "formats": FORMATS,
        "judge": JudgeForm(initial={"seen": actions.mark_of(shown)}),
        "explain": ExplainForm(),
        **more,
    }


@access.desk("reports.write")
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """写文字:数用花括号引用表里的,写错了名字存不了。"""
    annual = one_of(request, pk)
    access.require(request.user, "reports.write", annual.agency)
    form = TextForm(request.POST or None, annual=annual)

    def act(data: dict[str, Any]) -> str:
        actions.save(annual, form.texts(), by=request.user, at=timezone.now(), revision=data["revision"])
        return "已经保存。"

    back, slots = reverse("desk:reports_one", args=[pk]), narrative.slots(annual, figures(annual)).items()
    return form_step(request, form, act, "reports/text.html", back=back, annual=annual, slots=slots)


@access.desk("reports.view")
def cell(request: HttpRequest, pk: int, table: int, row: str, index: int) -> HttpResponse:
    """一格:从哪里来,背后是哪些件;可以手工填报。"""
    annual = one_of(request, pk)
    found = figures(annual)
    if (table, row, index) not in found:
        raise Http404("没有这一格。")
    manual = annual.figures.filter(table=table, row=row, index=index).first()
    fillable = (table, row, index) in cells(form_for(annual))
    may = access.may(request.user, "reports.write", annual.agency) and fillable
    form = CellForm(request.POST or None, initial=_filled(manual))
    if request.method == "POST":
        access.require(request.user, "reports.write", annual.agency)
        try:
            if "drop" in request.POST and manual:
                actions.drop(manual, by=request.user, at=timezone.now())
                messages.success(request, "已经回到台账的数。")
                return redirect("desk:reports_one", pk=pk)
            if form.is_valid():
                data = form.cleaned_data
                actions.put(
                    annual,
                    table,
                    row,
                    index,
                    data["number"],
                    data["source"],
                    data["note"],
                    by=request.user,
                    at=timezone.now(),
                )
                messages.success(request, "已经填报。")
                return redirect("desk:reports_one", pk=pk)
        except LawError as error:
            form.add_error(None, str(error))
    items = _items(annual, table, row, index)
    seen = _seen(items, request.user) if items is not None else None
    total = items.count() if items is not None else 0
    return render(
        request,
        "reports/cell.html",
        {
            "annual": annual,
            "label": _label(annual, table, row, index),
            "figure": found[table, row, index],
            "manual": manual,
            "form": form if may else None,
            "kind": {2: "record", 3: "case", 4: "remedy"}[table],
            "page": page(seen, request.GET) if seen is not None else None,
            "total": total,
            "unseen": total - seen.count() if seen is not None else 0,
        },
    )


def _items(annual: AnnualReport, table: int, row: str, index: int) -> Any:
    """The rows behind a cell, or None where there is no register."""
    pks = scope_of(annual)
    if table == 3:
        rows = counting.cases(pks, annual.year, row, (*counting.COLUMNS, "total")[index])
        return rows.select_related("agency")
    if table == 4:
        return counting.remedies(pks, annual.year, row, (*counting.RESULTS, "")[index]).select_related(
            "application", "agency"
        )
    return counting.norms(pks, annual.year, index) if row == "norm" else None


def _filled(manual: ManualFigure | None) -> dict[str, str]:
    """What stands in the cell's form: the number as a person writes it."""
    if manual is None:
        return {}
    return {"number": digits(manual.number), "source": manual.source, "note": manual.note}


def _seen(items: Any, user: User) -> Any:
    """Those of the rows that the person's posts and the restrictions let them see; the rest are only counted."""
    if items.model is Application:
        return items & Application.objects.visible_to(user)
    action = "foi.view" if items.model is Remedy else "records.view"
    return items.filter(access.within(user, action))


def _label(annual: AnnualReport, table: int, row: str, index: int) -> str:
    used = form_for(annual)
    if table == 2:
        block = used.block_of(row)
        return f"{next(one.label for one in block.rows if one.key == row)}，{block.columns[index]}"
    if table == 3:
        return f"{used.row(row).label}，{used.columns[index].label}"
    return f"{next(one.label for one in used.remedies if one.key == row)}，{used.remedy_columns[index]}"


@access.desk("reports.write")
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """写明一处不一致的原因。"""
    annual, form = one_of(request, pk), ExplainForm(request.POST)

    def act(data: dict[str, Any]) -> str:
        actions.explain(annual, data["key"], data["reason"], by=request.user, at=timezone.now())
        return "已经写明。"

    return _on_page(request, annual, form, act, "explain")


def _on_page(request: HttpRequest, annual: AnnualReport, form: Plain, act: Act, name: str) -> HttpResponse:
    """A form that stands on the page of a report, and stays there with what was written until it is filled in rightly."""
    more = context(request, annual) | {name: form}
    back = reverse("desk:reports_one", args=[annual.pk])
    return form_step(request, form, act, "reports/one.html", back=back, **more)


@access.desk("reports.write")
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """送单位负责人审核。"""

    def act() -> str:
        actions.submit(one_of(request, pk), by=request.user, at=timezone.now())
        return "已经送单位负责人审核。"

    return button_step(request, act, back="desk:reports_one", pk=pk)


@access.desk("reports.view")
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """单位负责人或者区政府办审核。权限由办到哪一步定,在 ``actions.judge`` 里核。"""
    annual, form = one_of(request, pk), JudgeForm(request.POST)

    def act(data: dict[str, Any]) -> str:
        agreed = data["verdict"] == "agree"
        actions.judge(annual, agreed, data["opinion"], by=request.user, at=timezone.now(), seen=data["seen"])
        return "已经办好。"

    return _on_page(request, annual, form, act, "judge")


@access.desk("reports.write")
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """起草公布稿,到信息的编辑页照常送审。"""

    def act() -> HttpResponse:
        edition = actions.draft(one_of(request, pk), by=request.user, at=timezone.now())
        messages.success(request, "公布稿已经起草，附件也放好了。请送审。")
        return redirect("desk:record", pk=edition.record_id)

    return button_step(request, act, back="desk:reports_one", pk=pk)


@access.desk("reports.view")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正:先看要改哪些格,写明理由。"""
    annual = one_of(request, pk)
    unit = access.may(request.user, "reports.unit", annual.agency)
    access.require(request.user, "reports.unit" if unit else "reports.office", annual.agency)

    def act(data: dict[str, Any]) -> str:
        actions.correct(annual, data["reason"], by=request.user, at=timezone.now())
        return "已经更正。请编制人起草更正稿，照常审核公布。"

    form, changes = CorrectForm(request.POST or None), jobs.drift(annual) if annual.frozen else []
    back = reverse("desk:reports_one", args=[pk])
    return form_step(request, form, act, "reports/correct.html", back=back, annual=annual, changes=changes)


@access.desk("reports.view")
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """下载现在的样子:PDF、DOCX、XLSX、JSON。"""
    annual = one_of(request, pk)
    shown = findings.checked(annual).report if annual.is_live else from_row(annual.frozen)
    told = actions.errata(annual)
    made = {
        "pdf": lambda: setting.document_pdf(output.document(shown, told), papers.fonts()),
        "docx": lambda: setting.document_docx(output.document(shown, told)),
        "xlsx": lambda: output.xlsx(shown),
        "json": lambda: output.json_bytes(shown),
    }
    if suffix not in made:
        raise Http404("没有这种格式。")
    return download(f"{shown.title}.{suffix}", made[suffix]())
