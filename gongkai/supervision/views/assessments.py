"""工作台的考核:指标表、一次考核、名次、公平报告、审定、公布。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_response
from gongkai.desk.figures import figures
from gongkai.desk.numbers import whole
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law import assessment as law
from gongkai.law.errors import RuleBroken
from gongkai.org import access

from .. import actions, forms, forms_assessment, scoring, visible
from ..models import Round, System
from ..terms import RoundState
from .stepping import step_page


def round_of(request: HttpRequest, pk: int) -> Round:
    """A round that this person may see; 404 for any other."""
    rows = visible.rounds(request.user).select_related("system", "organiser", "decided_by", "record")
    return get_object_or_404(rows, pk=pk)


@access.desk("supervision.assess")
def systems(request: HttpRequest) -> HttpResponse:
    """指标表。"""
    return render(request, "supervision/desk/systems.html", {"systems": System.objects.all()})


@access.desk("supervision.assess")
def new_system(request: HttpRequest) -> HttpResponse:
    """录入指标表:不合的说是哪一处。"""
    copied = whole(request.GET.get("copy"))
    text = System.objects.filter(pk=copied).values_list("text", flat=True).first() if copied else ""
    form = forms_assessment.SystemForm(request.POST or None, initial={"text": text or SAMPLE})

    def run(data: dict[str, Any]) -> HttpResponse:
        agency = access.agencies_of(request.user, "supervision.assess").first()
        assert agency is not None
        made = actions.save_system(
            data["title"], data["text"], on=timezone.localdate(), by=request.user, at=timezone.now(), agency=agency
        )
        return redirect(made)

    return step_page(
        request,
        form,
        run,
        "录入指标表",
        "核对、收下",
        reverse("desk:supervision_systems"),
        label="指标表",
        wide=True,
    )


@access.desk("supervision.assess")
def system(request: HttpRequest, pk: int) -> HttpResponse:
    """一份指标表:各项、核对的提示。"""
    system = get_object_or_404(System, pk=pk)
    parsed, known = system.parsed(), figures()
    depth = {"": -1}
    rows = []
    for indicator in parsed.indicators:
        depth[indicator.id] = depth.get(indicator.parent, -1) + 1
        figure = known.get(indicator.figure)
        rows.append((indicator, depth[indicator.id], figure))
    context = {
        "system": system,
        "parsed": parsed,
        "rows": rows,
        "faults": law.check(parsed, on=timezone.localdate(), figures=known),
        "rounds": system.rounds.all(),
    }
    return render(request, "supervision/desk/system.html", context)


@access.desk("supervision.view")
def rounds(request: HttpRequest) -> HttpResponse:
    """各次考核。"""
    context = {
        "rounds": visible.rounds(request.user)
        .select_related("system", "organiser")
        .prefetch_related("candidates"),
        "may_assess": access.may(request.user, "supervision.assess"),
    }
    return private(render(request, "supervision/desk/rounds.html", context))


@access.desk("supervision.assess")
def new_round(request: HttpRequest) -> HttpResponse:
    """开始一次考核。"""
    on = timezone.localdate()
    initial = {"starts_on": on.replace(month=1, day=1), "ends_on": on}
    form = forms_assessment.RoundForm(request.POST or None, user=request.user, on=on, initial=initial)

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.open_round(
            data["system"],
            data["title"],
            data["organiser"],
            data["agencies"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect(made)

    return step_page(request, form, run, "开始一次考核", "开始", reverse("desk:supervision_rounds"), label="考核")


@access.desk("supervision.view")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """一次考核:各单位、名次、公平报告;没有审定以前单位只看得到自己的。"""
    one, on = round_of(request, pk), timezone.localdate()
    trouble, found, concerns = "", [], []
    if visible.may_rank(request.user, one):
        try:
            found = scoring.results(one, on)
            concerns = scoring.fairness(one, found, on) if access.may(request.user, "supervision.assess") else []
        except RuleBroken as error:
            trouble = str(error)
    if request.GET.get("format") == "csv" and found:
        access.require(request.user, "supervision.export")
        cells = [
            [row.place, row.candidate, row.score.total, row.score.grade, "是" if row.tied else ""] for row in found
        ]
        return private(csv_response(f"round-{one.pk}", ["名次", "单位", "得分", "等次", "并列区间"], cells))
    may_assess = access.may(request.user, "supervision.assess")
    context = {
        "round": one,
        "results": found,
        "concerns": concerns,
        "trouble": trouble,
        "on": on,
        "may_assess": may_assess,
        "own": visible.candidates(request.user).filter(round=one).select_related("agency"),
        "may_decide": access.may(request.user, "supervision.decide", one.organiser)
        and one.state == RoundState.FEEDBACK,
        "may_read": may_assess and one.state in (RoundState.SELF, RoundState.REVIEW),
        "may_draft": one.state == RoundState.DECIDED
        and not one.record_id
        and access.may(request.user, "records.write", one.organiser),
        "may_export": access.may(request.user, "supervision.export"),
        "form": forms.SeenForm(initial={"seen": one.mark}),
        "waiting": one.candidates.filter(submitted_at=None).count(),
    }
    return private(render(request, "supervision/desk/round.html", context))


@access.desk("supervision.assess")
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """自动读数。"""
    one = round_of(request, pk)
    return button_step(
        request, lambda: f"读了{actions.read_figures(one, by=request.user, at=timezone.now())}处。", back=one
    )


@access.desk("supervision.assess")
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """下一个环节。"""
    one, seen = round_of(request, pk), request.POST.get("seen", "")

    def run() -> str:
        done = actions.go_on(one, on=timezone.localdate(), by=request.user, at=timezone.now(), seen=seen)
        return f"现在是“{done.get_state_display()}”。"

    return button_step(request, run, back=one)


@access.desk("supervision.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """审定。"""
    one = round_of(request, pk)
    form = forms_assessment.DecideForm(request.POST or None, initial={"seen": one.mark})

    def run(data: dict[str, Any]) -> str:
        actions.decide(
            one, data["decision"], on=timezone.localdate(), by=request.user, at=timezone.now(), seen=data["seen"]
        )
        return "已经审定，结果封存。"

    return step_page(request, form, run, "审定", "审定", one)


@access.desk("supervision.report")
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """起草公布稿。"""
    one = round_of(request, pk)

    def run() -> HttpResponse:
        edition = actions.draft_result(one, on=timezone.localdate(), by=request.user, at=timezone.now())
        return redirect("desk:record", pk=edition.record_id)

    return button_step(request, run, back=one)


#: 录入指标表时给的样例。
SAMPLE = """[system]
id = "2026-department"
year = 2026
group = "department"
base = "100"
bonus_cap = "6"
bonus_gate_ratio = "0.80"
na_policy = "redistribute"

[[grade]]
name = "优秀"
at_least = "0.90"
[[grade]]
name = "良好"
at_least = "0.75"
[[grade]]
name = "合格"
at_least = "0.60"

[[indicator]]
id = "1"
name = "主动公开"
weight = "60"
[[indicator]]
id = "1.1"
parent = "1"
name = "法定公开事项覆盖率"
weight = "60"
kind = "ratio"
source = "figure:records.coverage"
rule = { target = "1" }
[[indicator]]
id = "2"
name = "依申请公开"
weight = "40"
kind = "ratio"
source = "figure:foi.timely"
rule = { target = "1" }
"""
