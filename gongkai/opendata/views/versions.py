"""工作台的一版数据:交来体检、看体检的结果、签字开放、取原件、登记报告引用。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import apart
from gongkai.adapters.datatable import writing
from gongkai.adapters.files.errors import Unreadable
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step
from gongkai.law.opendata.terms import FieldKind
from gongkai.org import access

from .. import actions, store
from .. import desk_forms as forms
from ..models import Citation, Dataset, Version
from ..terms import VersionState
from .datasets import dataset_of, step

ROWS = 20


@access.desk("opendata.write")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """交一份数据,当场体检;有要改的不收,列出在哪一行哪一列。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.write", dataset.agency)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"dataset": dataset, "form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.OPEN_DATA_MAX_BYTES:
            form.add_error("file", f"文件超过{settings.OPEN_DATA_MAX_BYTES // 1024 // 1024} MB，请分成几份。")
        else:
            spooled = isinstance(file, TemporaryUploadedFile)
            data = Path(file.temporary_file_path()) if spooled else file.read()
            try:
                made, report = actions.upload(
                    dataset, data, file.name, note=form.cleaned_data["note"], by=request.user, at=timezone.now()
                )
            except (Unreadable, apart.Stopped) as error:
                form.add_error("file", str(error))
            else:
                return _after(request, dataset, made, report, context)
    return private(render(request, "opendata/desk/upload.html", context, status=422 if form.errors else 200))


def _after(
    request: HttpRequest, dataset: Dataset, made: Version | None, report: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    if made is not None:
        messages.success(
            request,
            f"体检过了，收下第{made.number}版，{made.rows}行。请给字段写说明、定级，判定开放属性，再请另一位签字开放。",
        )
        return redirect("desk:opendata_version", dataset.pk, made.number)
    if report.get("same"):
        messages.warning(request, "内容同现行的一版一样，没有收，也不算更新。")
        return redirect("desk:opendata_dataset", dataset.pk)
    stopping = [fault for fault in report["faults"] if fault["stops"]]
    context |= {"report": report, "stopping": stopping, "form": forms.UploadForm()}
    return private(render(request, "opendata/desk/upload.html", context, status=422))


def version_of(request: HttpRequest, pk: int, number: int) -> Version:
    """A version of a dataset that this person may see; 404 for any other."""
    dataset = dataset_of(request, pk)
    found = get_object_or_404(dataset.versions.select_related("uploaded_by", "opened_by"), number=number)
    found.dataset = dataset
    return found


@access.desk("opendata.view")
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """一版:体检、各列的样子、头几行;敏感的列不显示值。"""
    found = version_of(request, pk, number)
    return private(render(request, "opendata/desk/version.html", _about(request, found)))


def _about(request: HttpRequest, found: Version) -> dict[str, Any]:
    sensitive = {column["name"] for column in found.columns if column.get("sensitive")}
    columns = found.table_columns()
    rows = []
    if (store.kept(found) / store.TABLE).is_file():
        rows = [
            [
                ("——" if column.name in sensitive else writing.shown(cell))
                for column, cell in zip(columns, row, strict=True)
            ]
            for _, row in store.table(found).page(limit=ROWS)
        ]
    names = {"complete": "完整率", "unique": "唯一率", "valid": "合规率", "balanced": "勾稽率"}
    return {
        "dataset": found.dataset,
        "version": found,
        "heads": columns,
        "rows": rows,
        "columns": [{**column, "label": FieldKind.from_value(column["kind"]).label} for column in found.columns],
        "quality": [
            (label, found.quality[key]) for key, label in names.items() if found.quality.get(key) is not None
        ],
        "may_open": found.state == VersionState.CHECKED
        and access.may(request.user, "opendata.open", found.dataset.agency),
        "may_read": access.may(request.user, "opendata.write", found.dataset.agency),
        "taken": found.state == VersionState.TAKEN,
    }


@access.desk("opendata.open")
def open_(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """签字开放。"""
    found = version_of(request, pk, number)
    access.require(request.user, "opendata.open", found.dataset.agency)
    form = forms.OpenForm(request.POST or None, initial={"seen": found.mark})

    def act(data: dict[str, Any]) -> str:
        actions.open_version(found, data["conclusion"], by=request.user, at=timezone.now(), seen=data["seen"])
        return f"已经开放第{found.number}版。"

    return step(
        request,
        found.dataset,
        form,
        act,
        f"签字开放第{found.number}版",
        "签字开放",
        version=found,
        named=[column["title"] for column in found.columns if column.get("sensitive")],
    )


@access.desk("opendata.write")
def original(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """交来的原件;只给提供单位的经办人。"""
    found = version_of(request, pk, number)
    access.require(request.user, "opendata.write", found.dataset.agency)
    path = store.kept(found) / store.ORIGINAL
    if not path.is_file():
        raise Http404("原件不在这里。")
    return download(found.file_name, path.read_bytes())


@access.desk("opendata.write")
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一份报告里的数引自这里。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.write", dataset.agency)
    form = forms.CiteForm(request.POST or None, dataset=dataset)

    def act(data: dict[str, Any]) -> str:
        made = actions.cite(
            data["record"], data["version"], data["text"], data["how"], by=request.user, at=timezone.now()
        )
        if made.found:
            return f"已经登记，报告的页上连到这一版数据。同数据对过：{made.found}。"
        return (
            "已经登记，报告的页上连到这一版数据。这个数不是行数，也不是哪一列的合计、平均、最大、最小，"
            "请照“怎样从数据得出”再核一遍；登记错了的可以删去。"
        )

    return step(
        request,
        dataset,
        form,
        act,
        "登记报告引用的数",
        "登记",
        hint="照报告里的原话填，会到报告的正文和附件里去找，再同这一版的行数、各列的合计等对一遍。读报告的人可以从数字连到数据的那一版；数据换了新版，报告的页上写明。",
    )


@access.desk("opendata.write")
@require_POST
def uncite(request: HttpRequest, pk: int, citation: int) -> HttpResponse:
    """登记错了的删去。"""
    dataset = dataset_of(request, pk)
    found = get_object_or_404(
        Citation.objects.select_related("record__agency", "version"), pk=citation, version__dataset=dataset
    )
    access.require(request.user, "opendata.write", found.record.agency)

    def act() -> str:
        actions.uncite(found, by=request.user, at=timezone.now())
        return "已经删去。"

    return button_step(request, act, back=reverse("desk:opendata_dataset", args=[dataset.pk]))
