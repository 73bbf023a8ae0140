"""工作台的问题:清单、一个、每一步、成批确认和通知、找错的来信。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.finding import bearing
from gongkai.desk.moments import minute
from gongkai.desk.numbers import whole, wholes
from gongkai.desk.paging import page
from gongkai.desk.submitting import button_step, form_step
from gongkai.engagement.models import Letter
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, forms
from ..models import Finding
from ..terms import OPEN_FINDINGS, FindingState

S = FindingState
CHECK, ANSWER = "inspections.check", "inspections.answer"


@dataclass(frozen=True, slots=True)
class Act:
    """一步:名称、权限、从哪些状态、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    states: tuple[FindingState, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    hint: str = ""
    main: bool = False


ACTS: dict[str, Act] = {
    "confirm": Act(
        "确认成立",
        CHECK,
        (S.SUSPECTED,),
        forms.EmptyForm,
        lambda finding, data, **who: actions.confirm(finding, seen=data["seen"], **who),
        "已经确认。",
        "请先打开网址、看过证据。打不开、被拒绝的不算问题。",
        True,
    ),
    "drop": Act(
        "不成立",
        CHECK,
        (S.SUSPECTED, S.CONFIRMED),
        forms.ReasonForm,
        lambda finding, data, **who: actions.drop(finding, data["reason"], seen=data["seen"], **who),
        "已经写明不成立，不再算数。",
    ),
    "notice": Act(
        "通知整改",
        CHECK,
        (S.CONFIRMED,),
        forms.NoticeForm,
        lambda finding, data, **who: actions.notice(finding, data["due_on"], seen=data["seen"], **who),
        "已经通知，责任单位看得到。",
        "",
        True,
    ),
    "dispute": Act(
        "提出异议",
        ANSWER,
        (S.NOTICED,),
        forms.ReasonForm,
        lambda finding, data, **who: actions.dispute(finding, data["reason"], seen=data["seen"], **who),
        "已经提出，等另一位检查人处理。",
        "写明理由：当时的情况、证据在哪里。由没有确认过它的检查人处理。",
    ),
    "rule": Act(
        "处理异议",
        CHECK,
        (S.DISPUTED,),
        forms.RulingForm,
        lambda finding, data, **who: actions.rule(
            finding, data["upheld"], data["ruling"], seen=data["seen"], **who
        ),
        "已经处理。",
        "",
        True,
    ),
    "fix": Act(
        "报告整改",
        ANSWER,
        (S.NOTICED,),
        forms.ReasonForm,
        lambda finding, data, **who: actions.fix(finding, data["reason"], seen=data["seen"], **who),
        "已经报告，等复查。",
        "写明改了什么、以后怎样防止。",
        True,
    ),
    "recheck": Act(
        "复查",
        CHECK,
        (S.FIXED,),
        forms.RecheckForm,
        lambda finding, data, **who: actions.recheck(
            finding, data["passed"], data["note"], seen=data["seen"], **who
        ),
        "已经复查。",
        "报告整改的人不能复查自己的整改。",
        True,
    ),
}
HEAD = [
    "编号",
    "网站或者账号",
    "责任单位",
    "指标",
    "事实",
    "来源",
    "状态",
    "发现",
    "整改期限",
    "第几次出现",
    "办结",
]


def finding_of(request: HttpRequest, pk: int) -> Finding:
    """A finding that this person may see; 404 for any other."""
    rows = Finding.objects.visible_to(request.user).select_related(
        "outlet", "agency", "round", "evidence", "letter", "found_by", "confirmed_by", "fixed_by"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("inspections.view")
def findings(request: HttpRequest) -> HttpResponseBase:
    """问题清单,新的在前;没有筛选时只列没有办结的。"""
    on, given = timezone.localdate(), forms.FindingFilter(request.GET)
    rows = Finding.objects.visible_to(request.user).select_related("outlet", "agency")
    if words := (given.value_of("q") or "").split():
        rows = rows.filter(bearing(words, "number", "text", "outlet__name"))
    state = given.value_of("state")
    rows = (
        rows.filter(state=state)
        if state and state != "all"
        else rows
        if state
        else rows.filter(state__in=OPEN_FINDINGS)
    )
    rows = given.narrowed(rows, "origin", "agency")
    if given.value_of("late"):
        rows = rows.filter(state=S.NOTICED, due_on__lt=on)
    if number := whole(request.GET.get("round")):
        rows = rows.filter(round=number)
    if request.GET.get("format") == "csv":
        access.require(request.user, "inspections.export")
        return csv_stream("findings", HEAD, map(_cells, rows.iterator(chunk_size=1000)))
    result = page(rows, request.GET, keys=("found_at", "pk"))
    for row in result.rows:
        row.late = row.is_late(on)
    context = {
        "page": result,
        "filter": given,
        "may_check": access.may(request.user, CHECK),
        "may_export": access.may(request.user, "inspections.export"),
    }
    return render(request, "inspections/desk/findings.html", context)


def _cells(finding: Finding) -> list[object]:
    return [
        finding.number,
        finding.outlet,
        finding.agency,
        f"{finding.code} {finding.indicator.label}",
        finding.text,
        finding.get_origin_display(),
        finding.get_state_display(),
        minute(finding.found_at),
        finding.due_on,
        finding.times,
        finding.closed_at and minute(finding.closed_at),
    ]


@access.desk("inspections.check")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """成批确认、通知整改;办不成的说是哪一个、为什么,别的照办。"""
    chosen = wholes(request.POST.getlist("finding"), most=200)
    at, done = timezone.now(), 0
    wanted = {"confirm": S.SUSPECTED, "notice": S.CONFIRMED}.get(request.POST.get("do", ""))
    for finding in Finding.objects.visible_to(request.user).filter(pk__in=chosen).order_by("pk"):
        try:
            if wanted is S.SUSPECTED:
                actions.confirm(finding, by=request.user, at=at)
            elif wanted is S.CONFIRMED:
                actions.notice(finding, None, by=request.user, at=at)
            else:
                break
            done += 1
        except LawError as error:
            messages.error(request, f"{finding}：{error}")
    if not chosen:
        messages.error(request, "没有选一个问题。请在左边勾选。")
    elif wanted is not None:
        messages.success(request, f"办了{done}个。")
    return redirect("desk:inspections_findings")


@access.desk("inspections.view")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """一个问题。"""
    finding = finding_of(request, pk)
    context = {
        "finding": finding,
        "entries": finding.entries.select_related("by"),
        "late": finding.is_late(timezone.localdate()),
        "visits": finding.visits.select_related("evidence"),
        "may_check": access.may(request.user, CHECK, finding.agency),
        "acts": [
            (key, act)
            for key, act in ACTS.items()
            if finding.state in act.states
            and access.may(request.user, act.right, finding.agency)
            and not (key == "dispute" and finding.dispute)
        ],
    }
    return render(request, "inspections/desk/finding.html", context)


@access.desk("inspections.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一步。"""
    finding, found = finding_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, finding.agency)
    form = found.form(request.POST or None, initial={"seen": finding.mark})

    def run(data: dict[str, Any]) -> str:
        found.run(finding, data, by=request.user, at=timezone.now())
        return found.done

    return form_step(
        request,
        form,
        run,
        "inspections/desk/step.html",
        back=finding,
        trail=f"问题{finding}",
        finding=finding,
        title=found.label,
        button=found.label,
        hint=found.hint,
    )


@access.desk("inspections.check")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """重新取证。"""
    finding = finding_of(request, pk)
    access.require(request.user, CHECK, finding.agency)

    def queue() -> str:
        actions.again(finding, by=request.user, at=timezone.now())
        return "已经排上，过一会儿刷新看结果。"

    return button_step(request, queue, back=finding)


@access.desk("inspections.check")
def new(request: HttpRequest) -> HttpResponse:
    """日常巡查登记一个。"""
    form = forms.FindingForm(request.POST or None, user=request.user)

    def save(data: dict[str, Any]) -> HttpResponse:
        return redirect(
            actions.suspect(
                data["outlet"], data["code"], data["text"], url=data["url"], by=request.user, at=timezone.now()
            )
        )

    return form_step(
        request,
        form,
        save,
        home=reverse("desk:inspections_findings"),
        trail="问题",
        title="登记一个问题",
        button="登记",
    )


@access.desk("inspections.check")
def tips(request: HttpRequest) -> HttpResponse:
    """网民找错的来信:应答复日早的在前。"""
    rows = (
        Letter.objects.filter(kind=LetterKind.ERROR)
        .filter(access.within(request.user, CHECK))
        .select_related("agency", "finding")
    )
    result = page(rows, request.GET, keys=("received_at", "pk"))
    on = timezone.localdate()
    for row in result.rows:
        row.late = row.is_late(on)
    return render(request, "inspections/desk/tips.html", {"page": result})


@access.desk("inspections.check")
def from_tip(request: HttpRequest, pk: int) -> HttpResponse:
    """把找错的来信转成问题,当场确认、通知整改。"""
    letter = get_object_or_404(
        Letter.objects.filter(access.within(request.user, CHECK)), pk=pk, kind=LetterKind.ERROR
    )
    form = forms.FromLetterForm(request.POST or None, user=request.user, initial={"text": letter.text})

    def save(data: dict[str, Any]) -> HttpResponse:
        made = actions.from_letter(
            letter, data["outlet"], data["code"], data["text"], by=request.user, at=timezone.now()
        )
        messages.success(request, "已经转成问题，通知整改；来信还在“来信”里答复。")
        return redirect(made)

    hint = f"整改期限同来信的应答复日：{letter.due_on}。请核对属实再转；事实里不要写来信人的个人信息。"
    return form_step(
        request,
        form,
        save,
        home=reverse("desk:inspections_tips"),
        trail="找错来信",
        title=f"找错来信{letter}",
        button="属实，转成问题",
        hint=hint,
    )
