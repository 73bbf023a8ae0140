"""公众一侧要填表的:申请受限数据、提需求、登记成果、评价、领钥匙换钥匙、查进度、凭查询码下载。"""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.adapters.datatable import writing
from gongkai.desk import limits
from gongkai.desk.moments import local_day
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.law.errors import LawError, RuleBroken
from gongkai.law.marks import long_day
from gongkai.law.opendata import using
from gongkai.law.opendata.terms import Opening
from gongkai.org import codes
from gongkai.org.once import Answer
from gongkai.org.public_step import BUSY, HOUR, WRONG, public_step

from .. import actions, forms, papers, store
from ..actions.applications import PURPOSE as APPLICATION
from ..actions.demands import PURPOSE as DEMAND
from ..actions.keys import digest
from ..models import Application, Demand, Key, Use
from ..terms import DatasetState, DemandState, UseState
from .catalogue import listed

SENT = "opendata/public/sent.html"


@csrf_exempt
@cache_control(no_store=True)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """申请一个受限开放的数据集。"""
    dataset, at = listed(pk), timezone.now()
    if dataset.opening != Opening.RESTRICTED or dataset.state != DatasetState.OPEN:
        raise Http404("这个数据集不用申请，或者现在不接受申请。")
    form = forms.ApplyForm(request.POST or None)

    def act() -> Answer:
        given = form.cleaned_data
        made, code = actions.apply(
            dataset,
            given["purpose"],
            given["place"],
            given["months"],
            given["safeguards"],
            contact=form.contact(),
            at=at,
        )
        return {"number": made.number, "code": code, "due": long_day(made.due_on)}

    return public_step(
        request,
        "data-apply",
        form,
        act,
        "opendata/public/form.html",
        SENT,
        at=at,
        dataset=dataset,
        title=f"申请：{dataset}",
        button="提交申请",
        conditions=dataset.conditions,
    )


@require_safe
def demands(request: HttpRequest) -> HttpResponse:
    """数据需求和回应。"""
    rows = Demand.objects.shown().select_related("agency", "dataset")
    waiting = Demand.objects.filter(state=DemandState.RECEIVED).count()
    result = page(rows, request.GET, keys=("answered_at", "pk"), size=20)
    return render(request, "opendata/public/demands.html", {"page": result, "waiting": waiting})


@csrf_exempt
@cache_control(no_store=True)
def demand(request: HttpRequest) -> HttpResponse:
    """提一件需求。"""
    at, on = timezone.now(), timezone.localdate()
    initial = {"agency": request.GET.get("agency", "")[:40]}
    form = forms.DemandForm(request.POST or None, today=on, initial=initial)

    def act() -> Answer:
        given = form.cleaned_data
        made, code = actions.ask(given["agency"], given["title"], given["text"], contact=form.contact(), at=at)
        return {"number": made.number, "code": code, "due": long_day(made.due_on)}

    hint = f"提交以后给您编号和查询码；最迟{long_day(using.demand_due(on).due)}公开回应。"
    return public_step(
        request,
        "data-demand",
        form,
        act,
        "opendata/public/form.html",
        SENT,
        at=at,
        title="提数据需求",
        button="提交需求",
        hint=hint,
    )


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """利用成果。"""
    rows = Use.objects.filter(state=UseState.SHOWN).prefetch_related("datasets")
    return render(
        request, "opendata/public/uses.html", {"page": page(rows, request.GET, keys=("at", "pk"), size=20)}
    )


@csrf_exempt
@cache_control(no_store=True)
def use(request: HttpRequest) -> HttpResponse:
    """登记一项成果。"""
    at = timezone.now()
    form = forms.UseForm(request.POST or None, initial={"datasets": request.GET.get("dataset", "")[:40]})

    def act() -> Answer:
        given = dict(form.cleaned_data)
        made = actions.propose_use(given, given.pop("datasets"), at=at)
        return {"title": made.title}

    return public_step(
        request,
        "data-use",
        form,
        act,
        "opendata/public/form.html",
        SENT,
        at=at,
        title="登记利用成果",
        button="登记",
        hint="核对以后展示，注明用了哪些数据集。",
    )


@csrf_exempt
@cache_control(no_store=True)
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """评价一个数据集。"""
    dataset, at = listed(pk), timezone.now()
    form = forms.RateForm(request.POST or None)

    def act() -> Answer:
        actions.rate(dataset, int(form.cleaned_data["stars"]), form.cleaned_data["note"], at=at)
        return {"thanks": dataset.title}

    return public_step(
        request,
        "data-rate",
        form,
        act,
        "opendata/public/form.html",
        SENT,
        at=at,
        dataset=dataset,
        title=f"评价：{dataset}",
        button="评价",
    )


@csrf_exempt
@cache_control(no_store=True)
def key(request: HttpRequest) -> HttpResponse:
    """领一把接口的钥匙;只显示这一次。"""
    at, on = timezone.now(), timezone.localdate()
    form = forms.KeyForm(request.POST or None)

    def act() -> Answer:
        made, text = actions.issue_key(form.cleaned_data["application"], form.contact(), at=at)
        return {"key": text, "application": made.application}

    minute, day = using.limits(on, with_key=True)
    hint = f"不带钥匙一分钟至多{using.limits(on, with_key=False)[0]}次；带钥匙一分钟{minute}次、一天{day}次。下载文件不要钥匙。"
    return public_step(
        request,
        "data-key",
        form,
        act,
        "opendata/public/form.html",
        SENT,
        at=at,
        times=5,
        title="领接口钥匙",
        button="领钥匙",
        hint=hint,
        with_change=True,
    )


@csrf_exempt
@cache_control(no_store=True)
def change_key(request: HttpRequest) -> HttpResponse:
    """凭现在的钥匙换一把,或者停用。"""
    at = timezone.now()
    form = forms.KeyChangeForm(request.POST or None)

    def act() -> Answer:
        text = form.cleaned_data["key"]
        if form.cleaned_data["what"] == "rotate":
            made, new = actions.rotate_key(text, at=at)
            return {"key": new, "application": made.application}
        found = Key.objects.filter(digest=digest(text), revoked_at=None).first()
        if found is None:
            raise RuleBroken("没有这把钥匙，或者已经停用", fix="请核对。")
        actions.revoke_key(found, "持有人停用", at=at)
        return {"revoked": found.application}

    return public_step(
        request,
        "data-key-change",
        form,
        act,
        "opendata/public/form.html",
        SENT,
        at=at,
        title="换钥匙、停用钥匙",
        button="办理",
    )


@csrf_exempt
@cache_control(no_store=True)
def look(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看申请、需求怎样了;同意了的下载数据和协议。"""
    at = timezone.now()
    form = forms.LookForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    template = "opendata/public/look.html"
    if not form.is_valid():
        return private(render(request, template, context, status=400 if form.errors else 200))
    if not limits.within(request, "data-look", times=60, seconds=HOUR):
        return private(render(request, template, context | {"fault": BUSY}, status=429))
    number, code = form.cleaned_data["number"].strip().upper(), form.cleaned_data["code"]
    application = (
        Application.objects.filter(number=number).select_related("dataset__agency", "dataset__current").first()
    )
    wanted = (
        None if application else Demand.objects.filter(number=number).select_related("agency", "dataset").first()
    )
    known = codes.matches(code, application and application.code, APPLICATION)
    known_demand = codes.matches(code, wanted and wanted.code, DEMAND)
    if wanted is not None and known_demand:
        return private(render(request, template, context | {"demand": wanted}))
    if application is None or not known:
        return private(render(request, template, context | {"fault": WRONG}, status=404))
    if what := request.POST.get("take", ""):
        try:
            return _taken(application, what)
        except LawError as error:
            context["fault"] = str(error)
    live = application.is_live(local_day(at)) and application.dataset.opening == Opening.RESTRICTED
    context |= {"application": application, "is_live": live, "number": number, "code": code}
    return private(render(request, template, context))


def _taken(application: Application, what: str) -> HttpResponse:
    """The agreement, or the data: both only to whoever has the code."""
    if what == "agreement":
        if application.decided_at is None or application.expires_on is None:
            raise RuleBroken("还没有协议", fix="同意以后才有。")
        return download(f"协议-{application}.docx", papers.agreement(application))
    application = actions.download(application, at=timezone.now())
    version = application.dataset.current
    assert version is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        writing.write_csv(store.table(version), path)
        return download(f"{application.dataset}-{version.number}.csv", path.read_bytes())
