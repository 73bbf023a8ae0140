"""工作台的数据集:清单、一个数据集、编目、字段、判定、收紧、批准、停止更新。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata.terms import Freshness, Opening
from gongkai.law.opendata.updating import is_soon
from gongkai.org import access

from .. import actions, due
from .. import desk_forms as forms
from ..actions.catalogue import VALUES
from ..models import Dataset, Ruling
from ..terms import DatasetState, RulingState, VersionState

HEAD = [
    "编号",
    "名称",
    "提供单位",
    "现在",
    "开放属性",
    "最高敏感级",
    "共享属性",
    "更新周期",
    "最近更新",
    "更新情况",
    "应更新",
    "重新判定",
    "内容没有变的更新",
]
STEP = "opendata/desk/step.html"


def dataset_of(request: HttpRequest, pk: int) -> Dataset:
    """A dataset that this person may see; 404 for any other."""
    rows = Dataset.objects.visible_to(request.user).select_related("agency", "current")
    return get_object_or_404(rows, pk=pk)


@access.desk("opendata.view")
def datasets(request: HttpRequest) -> HttpResponseBase:
    """数据集清单。"""
    on, given = timezone.localdate(), forms.DatasetFilter(request.GET)
    rows = narrowed(Dataset.objects.visible_to(request.user).select_related("agency", "current"), given, on)
    if request.GET.get("format") == "csv":
        access.require(request.user, "opendata.export")
        return private(csv_stream("datasets", HEAD, (_cells(one, on) for one in rows.iterator(chunk_size=500))))
    result = page(rows, request.GET, keys=("pk",))
    for row in result.rows:
        row.now = row.duty(on)
    context = {
        "page": result,
        "form": given,
        "may_write": access.may(request.user, "opendata.write"),
        "may_export": access.may(request.user, "opendata.export"),
    }
    return private(render(request, "opendata/desk/datasets.html", context))


def narrowed(rows: QuerySet[Dataset], given: forms.DatasetFilter, on: date) -> QuerySet[Dataset]:
    """The datasets that a filter leaves."""
    if words := given.value_of("q"):
        rows = rows.filter(Q(title__icontains=words) | Q(code__iexact=words))
    rows = given.narrowed(rows, "agency", "state", "opening")
    match given.value_of("look"):
        case "late":
            rows = rows.filter(due.late(on))
        case "soon":
            rows = rows.filter(due.soon(on))
        case "rejudge":
            rows = rows.filter(due.to_judge(on))
        case "waiting":
            rows = rows.filter(rulings__state=RulingState.WAITING)
        case "ungraded":
            rows = rows.filter(due.UNGRADED)
        case "unjudged":
            rows = rows.filter(due.UNJUDGED_ONES)
        case "empty":
            rows = rows.filter(due.EMPTY)
        case "unused" | "failing" as look:
            rows = rows.filter(due.unused(on, failing=look == "failing"))
        case "cited":
            rows = rows.filter(due.CITED_FORMER).distinct()
    return rows


def _cells(dataset: Dataset, on: date) -> list[object]:
    duty = dataset.duty(on)
    return [
        dataset.code,
        dataset.title,
        dataset.agency,
        dataset.get_state_display(),
        dataset.get_opening_display(),
        dataset.level,
        dataset.get_sharing_display(),
        dataset.get_cycle_display(),
        dataset.updated_on,
        duty.now.label,
        duty.due,
        dataset.next_judging_on,
        dataset.unchanged,
    ]


@access.desk("opendata.view")
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """一个数据集:走到哪里,差什么,各版,判定。"""
    dataset, on, user = dataset_of(request, pk), timezone.localdate(), request.user
    fields = list(dataset.fields.all())
    versions = list(dataset.versions.select_related("uploaded_by", "opened_by")[:50])
    waiting = dataset.rulings.filter(state=RulingState.WAITING).select_related("by").first()
    may = {
        name: access.may(user, f"opendata.{name}", dataset.agency)
        for name in ("write", "open", "tighten", "loosen")
    }
    live = dataset.state != DatasetState.REMOVED
    context = {
        "dataset": dataset,
        "duty": dataset.duty(on),
        "is_soon": is_soon(dataset.duty(on).due, on),
        "fields": fields,
        "versions": versions,
        "rulings": dataset.rulings.select_related("by", "decided_by")[:20],
        "waiting": waiting,
        "may": may,
        "live": live,
        "ungraded": sum(not field.level for field in fields),
        "unexplained": sum(not field.meaning for field in fields),
        "checked": next((each for each in versions if each.state == VersionState.CHECKED), None),
        "may_tighten": may["tighten"] and live and Opening.from_value(dataset.opening).rank > 1,
        "stale": dataset.duty(on).now is Freshness.STALE,
        "rejudge": dataset.next_judging_on is not None and dataset.next_judging_on <= on,
        "citations": [each for version in versions for each in version.citations.select_related("record")],
        "notes": dataset.ratings.exclude(note="")[:10],
    }
    return private(render(request, "opendata/desk/dataset.html", context))


@access.desk("opendata.write")
def new(request: HttpRequest) -> HttpResponse:
    """新编一条目录。"""
    form = forms.EntryForm(request.POST or None, user=request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.catalogue(data["agency"], data, by=request.user, at=timezone.now())
        messages.success(request, f"已经编目，编号{made.code}。请交数据，再给各字段写说明、定级。")
        return redirect("desk:opendata_dataset", made.pk)

    return form_step(
        request,
        form,
        act,
        title="新编一条目录",
        button="编目",
        home=reverse("desk:opendata_datasets"),
        trail="数据集",
    )


@access.desk("opendata.write")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改目录。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.write", dataset.agency)
    initial = {name: getattr(dataset, name) for name in VALUES} | {"seen": dataset.mark}
    form = forms.EntryForm(
        request.POST or None, user=request.user, on=timezone.localdate(), dataset=dataset, initial=initial
    )

    def act(data: dict[str, Any]) -> str:
        actions.save_entry(dataset, data, by=request.user, at=timezone.now(), seen=data["seen"])
        return "已经保存。"

    return step(request, dataset, form, act, "改目录", "保存")


def step(
    request: HttpRequest, dataset: Dataset, form: Any, act: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    """One step on a dataset, and back to it."""
    home = reverse("desk:opendata_dataset", args=[dataset.pk])
    return private(
        form_step(
            request, form, act, STEP, back=home, trail=dataset, dataset=dataset, title=title, button=button, **more
        )
    )


@access.desk("opendata.write")
def fields(request: HttpRequest, pk: int) -> HttpResponse:
    """字段:一行一个,说明、定级、代码表。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.write", dataset.agency)
    initial = [
        {**field.described(), "codes": "、".join(field.codes), "is_quasi": field.is_quasi}
        for field in dataset.fields.all()
    ]
    formset = forms.FieldSet(request.POST or None, initial=initial, prefix="f")
    fault = ""
    if request.method == "POST" and formset.is_valid():
        kept = [form.values() for form in formset.forms if form.has_changed() or form.initial]
        rows = [row for row, form in zip(kept, formset.forms, strict=False) if not form.cleaned_data.get("DELETE")]
        try:
            actions.save_fields(
                dataset, rows, by=request.user, at=timezone.now(), seen=request.POST.get("seen", "")
            )
        except RuleBroken as error:
            fault = str(error)
        else:
            messages.success(request, "已经保存。级别高了的，开放属性回到待定，请重新判定。")
            return redirect("desk:opendata_dataset", dataset.pk)
    context = {"dataset": dataset, "formset": formset, "fault": fault, "seen": dataset.mark}
    wrong = bool(fault) or (request.method == "POST")
    return private(render(request, "opendata/desk/fields.html", context, status=422 if wrong else 200))


@access.desk("opendata.write")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """判定开放属性。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.write", dataset.agency)
    initial = {"seen": dataset.mark, "conditions": dataset.conditions, "basis": dataset.basis}
    last = dataset.rulings.exclude(step=0).first()
    form = forms.JudgeForm(request.POST or None, initial=initial | (last.facts if last else {}))

    def act(data: dict[str, Any]) -> str | HttpResponse:
        made = actions.judge(
            dataset,
            form.answers(),
            conditions=data["conditions"],
            basis=data["basis"],
            by=request.user,
            at=timezone.now(),
            seen=data["seen"],
        )
        if made.after == "none":
            messages.success(request, "不入目录，已经去掉。")
            return redirect("desk:opendata_dataset", dataset.pk)
        waits = "，放宽要等主管部门批准" if made.state == RulingState.WAITING else ""
        return f"判定为{made.get_after_display()}（第{made.step}步：{made.reason}）{waits}。"

    hint = f"各字段最高的敏感级：{dataset.level or '还有没定级的'}。停在哪一步、为什么，判定以后写在记录里。"
    return step(request, dataset, form, act, "判定开放属性", "判定", hint=hint)


@access.desk("opendata.tighten")
def tighten(request: HttpRequest, pk: int) -> HttpResponse:
    """收紧:当时生效。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.tighten", dataset.agency)
    form = forms.TightenForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.tighten(
            dataset,
            Opening.from_value(data["to"]),
            data["reason"],
            conditions=data["conditions"],
            basis=data["basis"],
            by=request.user,
            at=timezone.now(),
        )
        return "已经收紧，网上的数据和文件都没有了。"

    return step(request, dataset, form, act, "收紧开放属性", "马上收紧", danger=True)


@access.desk("opendata.tighten")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """下架。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.tighten", dataset.agency)
    form = forms.ReasonForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.close(dataset, data["reason"], by=request.user, at=timezone.now())
        return "已经下架，目录页留着，写明理由。"

    return step(
        request,
        dataset,
        form,
        act,
        "下架",
        "下架",
        danger=True,
        hint="数据和文件马上没有，目录页留着、写明理由。要再上架的，交一版数据重新开放。",
    )


@access.desk("opendata.loosen")
def approve(request: HttpRequest, pk: int, ruling: int) -> HttpResponse:
    """批准放宽,或者不批准。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.loosen", dataset.agency)
    found = get_object_or_404(Ruling, pk=ruling, dataset=dataset)
    form = forms.ApproveForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        decide = actions.approve if data["verdict"] == "yes" else actions.refuse
        decide(found, data["note"], by=request.user, at=timezone.now())
        return "已经批准。" if data["verdict"] == "yes" else "没有批准，开放属性不变。"

    return step(request, dataset, form, act, "批准放宽", "提交", ruling=found)


@access.desk("opendata.write")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """停止更新,或者恢复。"""
    dataset = dataset_of(request, pk)
    access.require(request.user, "opendata.write", dataset.agency)
    if dataset.state == DatasetState.REMOVED:
        raise Http404("这个数据集已经从目录里去掉。")
    if dataset.ended_on is not None:
        form: Any = forms.Plain(request.POST if request.method == "POST" else None)

        def resume(data: dict[str, Any]) -> str:
            actions.resume_updating(dataset, by=request.user, at=timezone.now())
            return "已经恢复更新。"

        return step(request, dataset, form, resume, "恢复更新", "恢复更新")
    form = forms.EndForm(request.POST or None, initial={"until": dataset.data_until or dataset.updated_on})

    def act(data: dict[str, Any]) -> str:
        actions.end_updating(dataset, data["reason"], data["until"], by=request.user, at=timezone.now())
        return "已经写明停止更新，数据照旧可以用。"

    return step(
        request, dataset, form, act, "停止更新", "停止更新", hint="数据照旧可以用，公开页写明截止到哪一天。"
    )
