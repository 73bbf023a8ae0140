"""工作台的检查:各轮、一轮、抽中的一个、证据。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.moments import local_day
from gongkai.desk.paging import page
from gongkai.desk.submitting import button_step, form_step
from gongkai.law import indicators, params
from gongkai.law.indicators import Answer, Subject
from gongkai.org import access, site

from .. import actions, barriers, forms, judging, results, screenshots, self_check
from ..actions.rounds import quarter_of
from ..actions.visits import absent_of
from ..models import Barrier, Evidence, Finding, Outlet, Round, Sample
from ..terms import Origin, Purpose, RoundState


@dataclass(frozen=True, slots=True)
class Act:
    """一轮的一步:名称、权限、从哪些状态、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    states: tuple[RoundState, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    hint: str = ""
    main: bool = False


R = RoundState
CHECK = "inspections.check"
ACTS: dict[str, Act] = {
    "draw": Act(
        "抽样",
        CHECK,
        (R.DRAFT,),
        forms.SampleForm,
        lambda round, data, **who: actions.draw_sample(round, data.get("number", ""), seen=data["seen"], **who),
        "已经抽样，种子公布在下面，谁都可以重抽。",
        "照建立这一轮时的约定抽：抽样框那时已经定下。抽了不能重来。",
        True,
    ),
    "start": Act(
        "开始检查",
        CHECK,
        (R.DRAFT,),
        forms.EmptyForm,
        lambda round, data, **who: actions.start(round, seen=data["seen"], **who),
        "已经开始；台账、栏目、推文里算得出的已经答上。",
        "台账、栏目、推文里算得出的先答上，其余由人查。",
        True,
    ),
    "finish": Act(
        "检查完毕，转入整改",
        CHECK,
        (R.CHECKING,),
        forms.EmptyForm,
        lambda round, data, **who: actions.finish_checking(round, seen=data["seen"], **who),
        "已经转入整改。",
        "",
        True,
    ),
    "close": Act(
        "办结",
        CHECK,
        (R.MENDING,),
        forms.EmptyForm,
        lambda round, data, **who: actions.close_round(round, seen=data["seen"], **who),
        "已经办结。",
        "",
        True,
    ),
    "probe": Act(
        "再试探",
        CHECK,
        (R.CHECKING,),
        forms.EmptyForm,
        lambda round, data, **who: actions.probe_again(round, **who),
        "已经排上，过一会儿看。",
        "先查本机的网络，再试。",
    ),
    "void": Act(
        "作废",
        CHECK,
        (R.DRAFT, R.CHECKING),
        forms.ReasonForm,
        lambda round, data, **who: actions.void(round, data["reason"], seen=data["seen"], **who),
        "已经作废，上一轮的结果不变。",
        "一般是本机的网络出了问题，大批访问失败。作废以后请另建一轮。",
    ),
}


@access.desk("inspections.check")
def rounds(request: HttpRequest) -> HttpResponse:
    """各轮检查。"""
    rows = Round.objects.annotate(size=Count("samples"))
    return render(request, "inspections/desk/rounds.html", {"page": page(rows, request.GET, keys=("on", "pk"))})


@access.desk("inspections.check")
def new(request: HttpRequest) -> HttpResponse:
    """建立一轮。"""
    on = timezone.localdate()
    initial = {
        "year": on.year,
        "quarter": quarter_of(on),
        "on": on,
        "site_percent": params.at("inspection.site_percent", on).value,
        "account_percent": params.at("inspection.account_percent", on).value,
        "passes": f"https://{site.current().domain}/",
        "fails": absent_of(f"https://{site.current().domain}/", str(on)),
    }
    form = forms.RoundForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponse:
        given = {name: data[name] for name in ("year", "quarter", "on", "site_percent", "account_percent")}
        agreed = {"source": data["draw_source"], "comes_out": data["draw_at"]}
        made = actions.open_round(**given, **agreed, canaries=form.canaries(), by=request.user, at=timezone.now())
        return redirect(made)

    return form_step(
        request,
        form,
        act,
        home=reverse("desk:inspections_rounds"),
        trail="检查",
        title="建立一轮检查",
        button="定下抽样框",
        hint="抽样框是现在在线的全部网站和账号，按平台和单位类别分层，定下以后再抽；上一轮没有改好的另外都列入。",
    )


def may_draft(user: Any, at: datetime) -> bool:
    """Whether this person drafts the bulletins of the office in charge."""
    office = site.office(local_day(at))
    return office is not None and access.may(user, "inspections.bulletin", office)


def may_read(user: Any, round: Round, at: datetime) -> None:
    """Whoever checks reads a round; whoever drafts the bulletin reads it once everything in it was confirmed.

    Raises:
        PermissionDenied: neither.
    """
    if round.state not in (R.MENDING, R.CLOSED) or not may_draft(user, at):
        access.require(user, "inspections.check")


@access.desk("inspections.view")
def round(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一轮:抽中的、进度、按单位的结果。"""
    one = get_object_or_404(Round.objects.select_related("record", "made_by", "drawing"), pk=pk)
    may_read(request.user, one, timezone.now())
    samples = list(one.samples.select_related("outlet__agency"))
    if request.GET.get("format") == "csv":
        return csv_response(f"round-{one.year}-{one.quarter}", results.HEAD, results.rows(samples))
    counts = dict(Finding.objects.filter(round=one).values_list("outlet").annotate(Count("pk")).order_by())
    for sample in samples:
        sample.found = counts.get(sample.outlet_id, 0)
    by_unit = results.by_unit(samples)
    context = {
        "round": one,
        "samples": samples,
        "done": sum(sample.done_at is not None for sample in samples),
        "summary": results.summary(samples),
        "wanting": [(agency, one) for agency, one in by_unit if one.failed or one.unknown],
        "well": [f"{agency}{one.checked}个" for agency, one in by_unit if not one.failed and not one.unknown],
        "may_check": access.may(request.user, CHECK),
        "acts": [
            (key, act)
            for key, act in ACTS.items()
            if one.state in act.states
            and access.may(request.user, act.right)
            and (key != "probe" or _is_stuck(one))
            and (key != "draw" or not one.is_drawn)
            and (key != "start" or one.is_drawn)
        ],
        "visits": dict(one.visits.exclude(state="dropped").values_list("state").annotate(Count("pk")).order_by()),
        "may_bulletin": one.state in (R.MENDING, R.CLOSED) and may_draft(request.user, timezone.now()),
        "suspected": Finding.objects.filter(round=one, state="suspected").count(),
        "tested": Barrier.objects.filter(sample__round=one).exists(),
        "open_count": Finding.objects.filter(round=one).open().count(),
    }
    return render(request, "inspections/desk/round.html", context)


def _is_stuck(round: Round) -> bool:
    """Whether the pages tried first did not answer as they should."""
    tried = round.visits.filter(purpose=Purpose.CANARY)
    return (
        round.probed_at is None
        and tried.filter(state="done").exists()
        and not tried.filter(state="waiting").exists()
    )


@access.desk("inspections.check")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一轮的一步。"""
    one, found = get_object_or_404(Round.objects.select_related("drawing"), pk=pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    options = {"drawing": one.drawing} if found.form is forms.SampleForm else {}
    form = found.form(request.POST or None, initial={"seen": one.mark}, **options)

    def run(data: dict[str, Any]) -> str:
        found.run(one, data, by=request.user, at=timezone.now())
        return found.done

    return form_step(
        request,
        form,
        run,
        back=one,
        title=found.label,
        button=found.label,
        hint=found.hint,
    )


@access.desk("inspections.check")
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """抽中的一个:逐项回答。"""
    sample = get_object_or_404(Sample.objects.select_related("round", "outlet__agency", "done_by"), pk=pk)
    access.require(request.user, "inspections.check", sample.outlet.agency)
    checks = {check.code: check for check in sample.checks.select_related("evidence", "by")}
    initial = {
        "seen": sample.mark,
        "note": sample.note,
        "bonus": sample.bonus,
        "done": sample.done_at is not None or sample.outlet.kind is Subject.ACCOUNT,
    }
    form = forms.CheckForm(
        request.POST or None, request.FILES or None, initial=initial, outlet=sample.outlet, checks=checks
    )

    def save(data: dict[str, Any]) -> str:
        at = timezone.now()
        shot = (
            screenshots.keep(data["screenshot"], sample.outlet, by=request.user, at=at)
            if data.get("screenshot")
            else None
        )
        given = data.get("barriers")
        actions.answer(
            sample,
            form.answers(),
            by=request.user,
            at=at,
            bonus=data.get("bonus") or 0,
            note=data["note"],
            evidence=shot,
            barriers=barriers.read(given, sample.outlet) if given else None,
            done=data["done"],
            seen=data["seen"],
        )
        return "已经登记。"

    findings = Finding.objects.filter(round=sample.round, outlet=sample.outlet)
    following = sample.round.samples.filter(done_at=None).exclude(pk=sample.pk).first()
    return form_step(
        request,
        form,
        save,
        "inspections/desk/sample.html",
        back=sample,
        sample=sample,
        findings=findings,
        tested=sample.barriers.exists(),
        following=following,
        writable=sample.round.state == R.CHECKING,
    )


@access.desk("inspections.view")
def barriers_of(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一轮的无障碍样本:按网站和规则汇总,点开是各网页;可以导出。"""
    one = get_object_or_404(Round.objects.select_related("record", "made_by"), pk=pk)
    may_read(request.user, one, timezone.now())
    rows = list(barriers.rows_of(one))
    findings = list(Finding.objects.filter(round=one).exclude(rule="").select_related("outlet"))
    if request.GET.get("format") == "csv":
        return csv_response(f"barriers-{one.year}-{one.quarter}", barriers.HEAD, barriers.lines(rows, findings))
    context = {
        "round": one,
        "may_check": access.may(request.user, CHECK),
        "totals": barriers.totals(rows, findings),
        "pages": len({row.evidence_id for row in rows}),
    }
    return render(request, "inspections/desk/barriers.html", context)


def _evidence_of(request: HttpRequest, pk: int) -> Evidence:
    """Evidence for whoever checks, and for the unit once a person confirmed what it shows."""
    rows = Evidence.objects.filter(
        access.within(request.user, "inspections.view", "outlet__agency")
    ).select_related("outlet__agency")
    one = get_object_or_404(rows, pk=pk)
    if not access.may(request.user, "inspections.check", one.outlet.agency):
        get_object_or_404(Finding.objects.visible_to(request.user).filter(evidence=one)[:1])
    return one


@access.desk("inspections.view")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """一份证据。"""
    found = _evidence_of(request, pk)
    rows = list(found.barriers.order_by("-sure", "pk"))
    for row in rows:
        row.name = barriers.name_of(row.rule, row.text)
    return render(request, "inspections/desk/evidence.html", {"evidence": found, "barriers": rows})


@access.desk("inspections.view")
def screenshot(request: HttpRequest, pk: int) -> HttpResponse:
    """证据里的截图。"""
    return screenshots.respond(_evidence_of(request, pk))


@access.desk("inspections.check")
def own_site(request: HttpRequest) -> HttpResponse:
    """本站自查:由数据库和公众网页的文件直接算。"""
    outlet, at = Outlet.objects.filter(is_own=True).select_related("agency").first(), timezone.now()
    on = timezone.localdate()
    found = self_check.check(outlet, on, at) if outlet else {}
    if request.method == "POST" and outlet:
        chosen = [
            code for code in request.POST.getlist("code") if code in found and found[code].answer is Answer.SHORT
        ]

        def raise_them() -> str:
            for code in chosen:
                actions.suspect(outlet, code, found[code].note, by=request.user, at=at, origin=Origin.OWN)
            return f"登成{len(chosen)}个疑似问题，等人确认。" if chosen else "没有选。"

        return button_step(request, raise_them, back="desk:inspections_own")
    rows = [
        (indicators.table()[code], one)
        for code, one in sorted(found.items(), key=lambda pair: pair[1].answer != Answer.SHORT)
    ]
    late = (
        [one for one in self_check.columns(outlet, on, at) if judging.is_stale(one, on) or judging.is_blank(one)]
        if outlet
        else []
    )
    return render(request, "inspections/desk/own.html", {"outlet": outlet, "rows": rows, "late": late, "on": on})
