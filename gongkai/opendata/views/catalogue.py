"""公众一侧:目录、一个数据集、条款、机器读的目录。"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.law import engagement, params
from gongkai.law.calendar import DAY
from gongkai.law.opendata.using import limits

from .. import described, store
from ..forms import CatalogueFilter
from ..models import Dataset, Usage, Version
from ..terms import DemandState, UseState, VersionState

HEAD = [
    "编号",
    "名称",
    "摘要",
    "提供单位",
    "承办处室",
    "联系电话",
    "领域",
    "标签",
    "开放属性",
    "更新周期",
    "首次上架",
    "最近更新",
    "行数",
    "接口",
    "网址",
]
#: 用量看最近多少天的。
RECENT = 30


def found(given: CatalogueFilter) -> QuerySet[Dataset]:
    """The datasets of the public catalogue that a filter leaves."""
    rows = Dataset.objects.listed().select_related("agency", "current")
    rows = given.narrowed(rows, "domain", "opening", "cycle", "agency")
    if given.value_of("interface"):
        rows = rows.filter(has_interface=True)
    for word in (given.value_of("q") or "").split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(tags__icontains=word))
    return rows


@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """公共数据目录:按词、领域、单位、开放属性找。"""
    given, on = CatalogueFilter(request.GET), timezone.localdate()
    rows = found(given).exclude(updated_on=None)
    if request.GET.get("format") == "csv":
        return csv_stream("datasets", HEAD, (cells(one) for one in rows.iterator(chunk_size=500)))
    by_title = given.value_of("order") == "title"
    keys = ("title", "pk") if by_title else ("updated_on", "pk")
    result = page(rows, request.GET, keys=keys, size=20, ascending=by_title)
    for row in result.rows:
        row.now = row.duty(on).now
    shown = Dataset.objects.listed().exclude(updated_on=None)
    totals = {"n": shown.count(), "interfaces": shown.filter(has_interface=True).count()}
    return render(request, "opendata/public/catalogue.html", {"page": result, "form": given, "totals": totals})


def cells(dataset: Dataset) -> list[object]:
    """One line of the catalogue as a table."""
    rows = dataset.current.rows if dataset.current and dataset.is_usable else ""
    return [
        dataset.code,
        dataset.title,
        dataset.summary,
        dataset.agency,
        dataset.office,
        dataset.phone,
        dataset.get_domain_display(),
        dataset.tags,
        dataset.get_opening_display(),
        dataset.get_cycle_display(),
        dataset.opened_on,
        dataset.updated_on,
        rows,
        "有" if dataset.has_interface else "",
        described.absolute(dataset.get_absolute_url()),
    ]


def listed(pk: int) -> Dataset:
    """A dataset of the public catalogue; 404 for any other."""
    return get_object_or_404(Dataset.objects.listed().select_related("agency", "current"), pk=pk)


@require_safe
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """一个数据集:是什么、能不能用、字段、文件、质量、更新、用得怎样。"""
    dataset, on = listed(pk), timezone.localdate()
    return render(
        request,
        "opendata/public/dataset.html",
        about(dataset, on) | {"files": files(dataset.current) if dataset.is_usable else []},
    )


def about(dataset: Dataset, on: Any) -> dict[str, Any]:
    """What the page of a dataset says besides its files."""
    stars = list(dataset.ratings.values_list("stars", flat=True)[:1000])
    used = (
        Usage.objects.filter(dataset=dataset, day__gt=on - RECENT * DAY)
        .values_list("channel")
        .annotate(n=Sum("n"))
    )
    least = params.at("opendata.least_quality", on).value
    names = {"complete": "完整率", "unique": "唯一率", "valid": "合规率", "balanced": "勾稽率"}
    quality = dataset.current.quality if dataset.current else {}
    minute, day = limits(on, with_key=True)
    return {
        "dataset": dataset,
        "duty": dataset.duty(on),
        "fields": dataset.fields.all(),
        "used": dict(used),
        "recent": RECENT,
        "quality": [
            (label, quality[key], quality[key] < least)
            for key, label in names.items()
            if quality.get(key) is not None
        ],
        "rating": engagement.average(stars, on),
        "ratings": len(stars),
        "uses": dataset.uses.filter(state=UseState.SHOWN),
        "demands": dataset.demands.filter(state=DemandState.ANSWERED)[:10],
        "minute": minute,
        "day": day,
        "former": dataset.versions.filter(state=VersionState.FORMER)[:20] if dataset.is_usable else [],
    }


def files(version: Version | None) -> list[dict[str, Any]]:
    """The downloads of a version: label, address, size."""
    if version is None:
        return []
    shown = [
        {"label": store.FILES[name][0], "url": described.file_address(version, name), "size": about["size"]}
        for name, about in version.files.items()
    ]
    if "data.csv" in version.files:
        excel = {
            "label": "CSV（给Excel，带BOM）",
            "url": described.file_address(version, "data-excel.csv"),
            "size": version.files["data.csv"]["size"] + 3,
        }
        shown.insert(1, excel)
    return shown


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """一版数据:旧的也留着,写明是第几版。"""
    dataset = listed(pk)
    rows = Version.objects.public().filter(dataset=dataset)
    found = get_object_or_404(rows, number=number)
    return render(
        request, "opendata/public/version.html", {"dataset": dataset, "version": found, "files": files(found)}
    )


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """使用条款。"""
    return render(request, "opendata/public/terms.html", {"version": described.LICENCE})


def _all() -> QuerySet[Dataset]:
    return Dataset.objects.listed().exclude(updated_on=None).select_related("agency", "current")


@require_safe
def dcat(request: HttpRequest) -> JsonResponse:
    """``catalog.jsonld``。"""
    return _json(described.catalogue(_all()), "application/ld+json")


@require_safe
def data_json(request: HttpRequest) -> JsonResponse:
    """``data.json``。"""
    return _json(described.plain(_all()))


@require_safe
def schema(request: HttpRequest, pk: int) -> JsonResponse:
    """字段的 Table Schema。"""
    return _json(described.schema(listed(pk)))


@require_safe
def package(request: HttpRequest, pk: int) -> JsonResponse:
    """现行一版的 ``datapackage.json``。"""
    dataset = listed(pk)
    if not dataset.is_usable or dataset.current is None:
        raise Http404("这个数据集现在没有给公众的文件。")
    dataset.current.dataset = dataset
    return _json(described.package(dataset.current))


def _json(value: object, media: str = "application/json") -> JsonResponse:
    response = JsonResponse(
        value, json_dumps_params={"ensure_ascii": False}, content_type=f"{media}; charset=utf-8"
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
