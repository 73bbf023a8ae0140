"""工作台的移交:各批、到期没有移交的、编目、检查、移交、公布目录、延期、各种文件。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import render as setting
from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.handover import Office, catalogue_due
from gongkai.org import access

from .. import actions, checks, papers
from ..actions.transferring import GIVEN, ROW
from ..forms import ExtensionForm, HandOverForm, ListedTitleForm, NewRowForm, ReasonForm, RowForm, TransferForm
from ..models import Extension, Transfer, TransferRow
from ..models.handover import route_of
from ..terms import TransferState
from .stepping import step_page

SUFFIXES = ("docx", "pdf", "xlsx", "csv")


def transfer_of(request: HttpRequest, pk: int) -> Transfer:
    """A batch that this person may see; 404 for any other."""
    return get_object_or_404(Transfer.objects.visible_to(request.user).select_related("agency"), pk=pk)


def _home(transfer: Transfer) -> str:
    return reverse("desk:backfile_transfer", args=[transfer.pk])


@access.desk("backfile.view")
def transfers(request: HttpRequest) -> HttpResponseBase:
    """各批移交,和到期没有移交的;后者的全部在 CSV。"""
    on = timezone.localdate()
    rows = Transfer.objects.visible_to(request.user).select_related("agency")
    rows = rows.annotate(total=Count("rows"), shown=Count("rows", filter=Q(rows__listed=True)))
    agencies = list(access.agencies_of(request.user, "backfile.view").order_by("order", "code"))
    overdue = checks.overdue(agencies, on)
    if request.GET.get("format") == "csv":
        lines = ([one.agency, one.year, one.count, one.due] for one in overdue)
        return private(csv_stream("overdue", ["单位", "形成年度", "件数", "到期日"], lines))
    context = {
        "page": page(rows, request.GET, keys=("pk",), size=20),
        "overdue": overdue,
        "overdue_papers": sum(one.count for one in overdue),
        "extensions": Extension.objects.filter(agency__in=agencies, ends_on__gt=on).select_related("agency"),
        "may_write": access.may(request.user, "backfile.handover"),
    }
    return private(render(request, "backfile/desk/transfers.html", context))


def _saved(request: HttpRequest, transfer: Transfer | None) -> HttpResponse:
    initial = {name: getattr(transfer, name) for name in (*GIVEN, "agency")} if transfer else {}
    form = TransferForm(request.POST or None, user=request.user, initial=initial)
    if transfer:
        del form.fields["agency"]

    def act(data: dict[str, Any]) -> HttpResponse:
        who = {"by": request.user, "at": timezone.now()}
        made = (
            actions.save_transfer(transfer, data, **who)
            if transfer
            else actions.open_transfer(data["agency"], data, **who)
        )
        return redirect(_home(made))

    title = f"改批次{transfer}" if transfer else "建立移交批次"
    home = _home(transfer) if transfer else reverse("desk:backfile_transfers")
    return step_page(request, form, act, title=title, button="保存", home=home, hint="")


@access.desk("backfile.handover")
def new_transfer(request: HttpRequest) -> HttpResponse:
    """建立一批。"""
    return _saved(request, None)


@access.desk("backfile.handover")
def edit_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """改一批。"""
    return _saved(request, transfer_of(request, pk))


@access.desk("backfile.view")
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """一批:清单、检查、现在可以办的。"""
    transfer, on = transfer_of(request, pk), timezone.localdate()
    findings = checks.of_transfer(transfer, on)
    context = {
        "transfer": transfer,
        "page": page(transfer.rows.select_related("record"), request.GET, keys=("position",), ascending=True),
        "findings": findings[:30],
        "more": max(0, len(findings) - 30),
        "blocking": any(one.blocks for one in findings),
        "counts": transfer.rows.aggregate(total=Count("pk"), listed=Count("pk", filter=Q(listed=True))),
        "due": catalogue_due(transfer.handed_on).due if transfer.handed_on else None,
        "is_draft": transfer.state == TransferState.DRAFT,
        "is_handed": transfer.state == TransferState.HANDED,
        "suffixes": SUFFIXES,
        "may_write": access.may(request.user, "backfile.handover", transfer.agency),
    }
    return private(render(request, "backfile/desk/transfer.html", context))


@access.desk("backfile.handover")
def new_row(request: HttpRequest, pk: int) -> HttpResponse:
    """加一行。"""
    transfer = transfer_of(request, pk)
    form = NewRowForm(request.POST or None, initial={"secrecy_change": "无密级"})

    def act(data: dict[str, Any]) -> str:
        record = data.pop("record")
        actions.save_row(transfer, None, data, record=record, by=request.user, at=timezone.now())
        return "已经加上。"

    return step_page(
        request, form, act, back=_home(transfer), trail=transfer, title="加一行", button="加上", hint=""
    )


def row_of(request: HttpRequest, pk: int) -> TransferRow:
    """A line of a list that this person may see; 404 for any other."""
    rows = TransferRow.objects.filter(access.within(request.user, "backfile.view", "transfer__agency"))
    return get_object_or_404(rows.select_related("transfer__agency", "record", "item"), pk=pk)


@access.desk("backfile.handover")
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """改一行;移交以后只改对外的题名。"""
    transfer_row = row_of(request, pk)
    if transfer_row.transfer.state == TransferState.DRAFT:
        form = RowForm(request.POST or None, initial={name: getattr(transfer_row, name) for name in ROW})
    else:
        form = ListedTitleForm(request.POST or None, initial={"listed_title": transfer_row.listed_title})

    def act(data: dict[str, Any]) -> str:
        actions.save_row(transfer_row.transfer, transfer_row, data, by=request.user, at=timezone.now())
        return "已经保存，列不列对外目录重新算过。"

    route = route_of(transfer_row, timezone.localdate())
    return private(
        form_step(
            request,
            form,
            act,
            "backfile/desk/row.html",
            back=_home(transfer_row.transfer),
            row=transfer_row,
            transfer=transfer_row.transfer,
            route=route,
            to_archive=route.office is Office.ARCHIVE,
        )
    )


@access.desk("backfile.handover")
@require_POST
def drop_row(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一行。"""
    transfer_row = row_of(request, pk)

    def act() -> str:
        actions.drop_row(transfer_row, by=request.user, at=timezone.now())
        return "已经去掉。"

    return button_step(request, act, back=_home(transfer_row.transfer))


@access.desk("backfile.view")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """给申请人的告知书。"""
    transfer_row, on = row_of(request, pk), timezone.localdate()
    route = route_of(transfer_row, on)
    if route.office is not Office.ARCHIVE:
        raise Http404("还由本机关答复，没有告知书。")
    return download("告知书.docx", setting.docx(papers.letter(transfer_row, route, on)))


@access.desk("backfile.handover")
@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """编进旧件。"""
    transfer = transfer_of(request, pk)

    def act() -> str:
        count = actions.fill(transfer, by=request.user, at=timezone.now())
        return f"编进{count}件。" if count else "这几年里没有核对过、还没有移交的旧件。"

    return button_step(request, act, back=_home(transfer))


@access.desk("backfile.handover")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """移交。"""
    transfer = transfer_of(request, pk)
    form = HandOverForm(request.POST or None, initial={"on": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        actions.hand_over(transfer, data["on"], data["receiver"], by=request.user, at=timezone.now())
        return "已经登记移交。请在期限以内公布目录。"

    return step_page(
        request,
        form,
        act,
        back=_home(transfer),
        trail=transfer,
        title="登记移交",
        button="移交",
        hint="移交以后清单不能再改。",
    )


@access.desk("backfile.handover")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """公布目录。"""
    transfer = transfer_of(request, pk)

    def act() -> str:
        actions.publish_catalogue(transfer, by=request.user, at=timezone.now())
        return "目录已经公布。"

    return button_step(request, act, back=_home(transfer))


@access.desk("backfile.handover")
def nothing(request: HttpRequest, pk: int) -> HttpResponse:
    """没有可公开的。"""
    transfer = transfer_of(request, pk)
    form = ReasonForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.nothing_to_publish(transfer, data["reason"], by=request.user, at=timezone.now())
        return "说明已经公布。"

    return step_page(
        request,
        form,
        act,
        back=_home(transfer),
        title="没有可公开的",
        button="公布说明",
        hint="公众看得到这句说明。",
    )


@access.desk("backfile.handover")
def extension(request: HttpRequest) -> HttpResponse:
    """登记延期。"""
    form = ExtensionForm(request.POST or None, user=request.user)

    def act(data: dict[str, Any]) -> str:
        actions.extend(data.pop("agency"), data, by=request.user, at=timezone.now())
        return "已经登记。"

    home = reverse("desk:backfile_transfers")
    return step_page(
        request,
        form,
        act,
        back=home,
        title="登记延期移交",
        button="登记",
        hint="专业性较强或者需要保密的，经同级档案主管部门同意可以延期。",
    )


@access.desk("backfile.view")
def paper(request: HttpRequest, pk: int, part: str, suffix: str) -> HttpResponse:
    """移交清单(inner)或者对外目录(outer)的文件。"""
    transfer = transfer_of(request, pk)
    if part not in ("inner", "outer") or suffix not in SUFFIXES:
        raise Http404("没有这种文件。")
    try:
        name, content = file_of(transfer, part, suffix)
    except setting.NoFont as error:
        messages.error(request, str(error))
        return redirect(_home(transfer))
    return download(name, content)


def file_of(transfer: Transfer, part: str, suffix: str) -> tuple[str, bytes]:
    """A list as a file, with its name."""
    day = timezone.localtime(transfer.published_at).date() if transfer.published_at else timezone.localdate()
    label = "移交清单" if part == "inner" else "移交目录"
    rows = papers.inner_rows(transfer) if part == "inner" else papers.outer_rows(transfer, day)
    if suffix in ("docx", "pdf"):
        document = papers.inner_document(transfer) if part == "inner" else papers.outer_document(transfer, day)
        return f"{label}{transfer.number}.{suffix}", papers.set_document(document, suffix)
    names = papers.INNER if part == "inner" else papers.OUTER
    return f"{label}{transfer.number}.{suffix}", papers.table_file(label, names, rows, suffix)
