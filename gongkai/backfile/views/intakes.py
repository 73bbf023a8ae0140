"""工作台的收取:各次收取、一次里的各份、上传压缩包和清单、停和续。"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import ocr
from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.errors import RuleBroken
from gongkai.org import access

from .. import actions
from ..forms import RowFilter, TakeForm
from ..models import Intake, Page
from ..terms import ItemState, PageState, Way


def intake_of(request: HttpRequest, pk: int) -> Intake:
    """An intake that this person may see; 404 for any other."""
    rows = Intake.objects.filter(access.within(request.user, "backfile.view")).select_related("agency", "by")
    return get_object_or_404(rows, pk=pk)


@access.desk("backfile.view")
def intakes(request: HttpRequest) -> HttpResponse:
    """各次收取。"""
    rows = Intake.objects.filter(access.within(request.user, "backfile.view")).select_related("agency", "by")
    result = page(rows, request.GET, keys=("at", "pk"), size=20)
    counted = _counts([one.pk for one in result.rows])
    for row in result.rows:
        row.counts_said = "，".join(f"{label}{n}" for label, n in counted.get(row.pk, {}).items())
    context = {
        "page": result,
        "may_take": access.may(request.user, "backfile.take"),
        "queued": Page.objects.filter(state=PageState.QUEUED).count(),
        "can_scan": ocr.installed(),
        "how": ocr.HOW,
    }
    return private(render(request, "backfile/desk/intakes.html", context))


def _counts(pks: list[int]) -> dict[int, dict[str, int]]:
    rows = (
        Intake.objects.filter(pk__in=pks).values_list("pk", "items__state").annotate(n=Count("items")).order_by()
    )
    found: dict[int, dict[str, int]] = {}
    for pk, state, n in rows:
        if state:
            found.setdefault(pk, {})[ItemState.from_value(state).label] = n
    return found


@access.desk("backfile.view")
def intake(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一次收取:各份的结果和理由。"""
    intake, given = intake_of(request, pk), RowFilter(request.GET)
    rows = intake.items.select_related("copy_of").defer("text", "body", "sketch")
    rows = given.narrowed(rows, "state")
    if request.GET.get("format") == "csv":
        lines = (
            [row.path, row.get_state_display(), row.reason, row.title, row.doc_number, row.date_text]
            for row in rows.iterator()
        )
        return private(csv_stream("intake", ["文件", "结果", "理由", "题名", "文号", "日期"], lines))
    counts = _counts([intake.pk]).get(intake.pk, {})
    done = sum(
        n for label, n in counts.items() if label not in (ItemState.WAITING.label, ItemState.SCANNING.label)
    )
    context = {
        "switch": ("go" if intake.stopped else "stop") if intake.has_left else "",
        "intake": intake,
        "page": page(rows, request.GET, keys=("pk",), ascending=True),
        "filter": given,
        "counts": counts,
        "total": sum(counts.values()),
        "done": done,
        "next": intake.items.filter(state=ItemState.CHECKING).order_by("pk").first(),
        "may_take": access.may(request.user, "backfile.take", intake.agency),
        "may_check": access.may(request.user, "backfile.check", intake.agency),
    }
    return private(render(request, "backfile/desk/intake.html", context))


def _uploaded(data: dict[str, Any]) -> tuple[str, bytes]:
    file, most = data["file"], settings.UPLOAD_MAX_BYTES
    if file.size > most:
        raise RuleBroken(
            f"文件超过{most // 1024 // 1024} MB", fix="请分成几个压缩包；整个文件夹请管理员在服务器上用命令收。"
        )
    return file.name, file.read()


@access.desk("backfile.take")
def upload_archive(request: HttpRequest) -> HttpResponse:
    """上传一个压缩包。"""
    form = TakeForm(request.POST or None, request.FILES or None, user=request.user)

    def act(data: dict[str, Any]) -> HttpResponse:
        name, content = _uploaded(data)
        made = actions.begin(
            data["agency"], Way.ZIP, name, fonds=data["fonds"], content=content, by=request.user, at=timezone.now()
        )
        return redirect(made)

    return private(
        form_step(
            request,
            form,
            act,
            "backfile/desk/take.html",
            title="收压缩包",
            way="zip",
            limit=settings.UPLOAD_MAX_BYTES // 1024 // 1024,
            home=reverse("desk:backfile_intakes"),
        )
    )


@access.desk("backfile.take")
def take_list(request: HttpRequest) -> HttpResponse:
    """上传一张清单。"""
    form = TakeForm(request.POST or None, request.FILES or None, user=request.user)

    def act(data: dict[str, Any]) -> HttpResponse:
        name, content = _uploaded(data)
        return redirect(
            actions.take_list(
                data["agency"], content, name, fonds=data["fonds"], by=request.user, at=timezone.now()
            )
        )

    return private(
        form_step(
            request,
            form,
            act,
            "backfile/desk/take.html",
            title="收清单",
            way="list",
            limit=settings.UPLOAD_MAX_BYTES // 1024 // 1024,
            home=reverse("desk:backfile_intakes"),
        )
    )


@access.desk("backfile.take")
@require_POST
def switch(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """停下,或者接着收。"""
    intake = intake_of(request, pk)

    def act() -> str:
        stopped = to == "stop"
        actions.stop(intake, stopped, by=request.user, at=timezone.now())
        return "已经停下，收好的都在。" if stopped else "接着收、接着读。"

    return button_step(request, act, back=intake)
