"""旧网址:清单、登记、成批导入、没有的网址。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.files import DEFAULT
from gongkai.desk.export import csv_response, csv_stream
from gongkai.desk.paging import page
from gongkai.desk.submitting import form_step
from gongkai.law.calendar import DAY
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions
from ..forms import OldAddressFile, OldAddressFilter, OldAddressForm
from ..models import OldAddress, UnknownAddress
from ..redirects import plan

HEAD = ["旧网址", "种类", "去处", "说明", "来访次数", "最近来访"]
#: Days over which unknown addresses are counted, and how many are shown.
SPAN, SHOWN = 30 * DAY, 200
_LINES = 200


@access.desk("web.redirects")
def redirects(request: HttpRequest) -> HttpResponseBase:
    """旧网址清单:找、看来访次数、导出(导出的表可以再导入)。"""
    form = OldAddressFilter(request.GET)
    rows: QuerySet[OldAddress] = OldAddress.objects.select_related("record")
    if words := form.value_of("q"):
        rows = rows.filter(path__icontains=words)
    rows = form.narrowed(rows, "kind")
    keys = ("hits", "pk") if form.value_of("sort") else ("pk",)
    if request.GET.get("format") == "csv":
        ordered = rows.order_by(*(f"-{key}" for key in keys))
        cells = (
            [one.path, one.get_kind_display(), one.to, one.note, one.hits, one.last_hit_on]
            for one in ordered.iterator(chunk_size=2000)
        )
        return csv_stream("redirects", HEAD, cells)
    return render(request, "web/redirects.html", {"page": page(rows, request.GET, keys=keys), "form": form})


@access.desk("web.redirects")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """登记或者修改一个旧网址。"""
    address = get_object_or_404(OldAddress.objects.select_related("record"), pk=pk) if pk else None
    given = (
        {"path": address.path, "kind": address.kind, "target": address.to, "note": address.note}
        if address
        else {"path": request.GET.get("path", "")}
    )

    def act(data: dict[str, Any]) -> str:
        old = address or OldAddress()
        old.record = None
        for name, value in data.items():
            setattr(old, name, value)
        actions.save_address(old, by=request.user, at=timezone.now())
        return f"已经记下“{old}”。"

    form = OldAddressForm(request.POST or None, initial=given)
    return form_step(request, form, act, "web/redirect.html", back="desk:redirects", address=address)


@access.desk("web.redirects")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一个旧网址。"""
    address = get_object_or_404(OldAddress, pk=pk)
    actions.drop_address(address, by=request.user, at=timezone.now())
    messages.success(request, f"已经去掉“{address}”。")
    return redirect("desk:redirects")


@access.desk("web.redirects")
def imported(request: HttpRequest) -> HttpResponse:
    """成批导入:先核对看结论,再收下。"""
    form = OldAddressFile(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        file, dry = form.cleaned_data["file"], "take" not in request.POST
        try:
            if file.size > DEFAULT.file_bytes:
                raise LawError(f"文件超过{DEFAULT.file_bytes // 1024 // 1024} MB", fix="请分成几份。")
            made = plan(file.read(), file.name)
            if not dry:
                actions.import_addresses(made, file.name, by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error("file", str(error))
        else:
            context |= {
                "dry": dry,
                "counts": list(made.counts.items()),
                "lines": made.doubtful[:_LINES],
                "left": max(0, len(made.doubtful) - _LINES),
            }
    return render(request, "web/redirects_import.html", context, status=422 if form.errors else 200)


@access.desk("web.redirects")
def unknown(request: HttpRequest) -> HttpResponse:
    """近来最多人来找而没有的网址。"""
    since = timezone.localdate() - SPAN
    rows = UnknownAddress.objects.most(since)
    if request.GET.get("format") == "csv":
        return csv_response("unknown-addresses", ["网址", "次数"], rows)
    return render(request, "web/unknown.html", {"rows": rows[:SHOWN], "since": since})
