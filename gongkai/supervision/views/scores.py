"""一个单位的评分页:自评、评分、加分、一票否决、异议和复核。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.figures import figures
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law.errors import RuleBroken
from gongkai.org import access

from .. import actions, forms_assessment, scoring, visible
from ..models import BonusClaim, Candidate, Objection, VetoFinding
from ..terms import ObjectionKind, ObjectionOutcome, RoundState
from .stepping import step_page


def candidate_of(request: HttpRequest, pk: int) -> Candidate:
    """A unit in a round whose scores this person may see; 404 for any other."""
    rows = visible.candidates(request.user).select_related("agency", "round__system", "round__organiser")
    return get_object_or_404(rows, pk=pk)


def _home(candidate: Candidate) -> str:
    return reverse("desk:supervision_candidate", args=[candidate.pk])


@access.desk("supervision.view")
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """一个单位的分:一项一行,扣在哪里、凭什么、谁评的、单位怎样说。"""
    candidate = candidate_of(request, pk)
    system, known = candidate.round.system.parsed(), figures()
    marks = {
        mark.indicator: mark
        for mark in candidate.marks.select_related("by", "second_by").prefetch_related("objections__decided_by")
    }
    score, trouble = None, ""
    try:
        score = scoring.score_of(candidate, system)
    except RuleBroken as error:
        trouble = str(error)
    lines = [
        (line, marks.get(line.indicator.id), known.get(line.indicator.figure), system.top(line.indicator))
        for line in (score.lines if score else ())
    ]
    state, may_assess = candidate.round.state, access.may(request.user, "supervision.assess")
    own = access.may(request.user, "supervision.report", candidate.agency)
    in_review = state in (RoundState.REVIEW, RoundState.FEEDBACK)
    context = {
        "candidate": candidate,
        "round": candidate.round,
        "score": score,
        "lines": lines,
        "trouble": trouble,
        "claims": candidate.claims.select_related("by", "judged_by"),
        "vetoes": candidate.vetoes.select_related("by", "second_by"),
        "may_self": own and state == RoundState.SELF and candidate.submitted_at is None,
        "may_object": own and state == RoundState.FEEDBACK,
        "may_mark": may_assess and state == RoundState.REVIEW,
        "may_look": may_assess and state == RoundState.FEEDBACK,
        "may_claim": own and state in (RoundState.SELF, RoundState.REVIEW) and bool(system.bonuses),
        "may_veto": may_assess and in_review and bool(system.vetoes),
        "may_judge": may_assess and in_review,
        "may_be_heard": own and in_review,
        "rules": {rule.id: rule.text for rule in (*system.bonuses, *system.vetoes)},
        "levels": forms_assessment.LEVELS,
    }
    return private(render(request, "supervision/desk/candidate.html", context))


def _step(
    request: HttpRequest, candidate: Candidate, form: Any, run: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    return step_page(
        request, form, run, title, button, _home(candidate), label=f"{candidate}：{candidate.round}", **more
    )


@access.desk("supervision.report")
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """自评。"""
    candidate = candidate_of(request, pk)
    form = forms_assessment.SelfForm(
        request.POST or None, candidate=candidate, system=candidate.round.system.parsed()
    )

    def run(data: dict[str, Any]) -> str:
        actions.assess_self(
            candidate, form.marks_given(), hand_in=data["hand_in"], by=request.user, at=timezone.now()
        )
        return "已经交上。" if data["hand_in"] else "已经存下，还没有交。"

    return _step(request, candidate, form, run, "自评", "保存")


@access.desk("supervision.assess")
def line(request: HttpRequest, pk: int, indicator: str) -> HttpResponse:
    """评一项。"""
    candidate = candidate_of(request, pk)
    found = next((leaf for leaf in candidate.round.system.parsed().leaves() if leaf.id == indicator), None)
    mark = candidate.marks.filter(indicator=indicator).first()
    initial: dict[str, Any] = {"checked_on": timezone.localdate()}
    if mark is not None:
        facts = "\n".join(row["text"] for row in mark.facts)
        initial |= {
            "points": mark.points,
            "facts": facts,
            "applies": mark.applies,
            "why": mark.why,
            "proof": mark.proof,
        }
    if found is None:
        return private(render(request, "404.html", status=404))
    form = forms_assessment.LineForm(request.POST or None, indicator=found, initial=initial)

    def run(data: dict[str, Any]) -> str:
        actions.mark_line(candidate, indicator, data, on=timezone.localdate(), by=request.user, at=timezone.now())
        return "已经保存。"

    return _step(
        request, candidate, form, run, f"评“{found.name}”（{found.weight:f}分）", "保存", quote=found.standard
    )


@access.desk("supervision.report")
def object_to(request: HttpRequest, pk: int, indicator: str) -> HttpResponse:
    """提异议。"""
    candidate = candidate_of(request, pk)
    mark = get_object_or_404(candidate.marks, indicator=indicator)
    form = forms_assessment.ObjectionForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.object_to(
            mark,
            ObjectionKind.from_value(data["kind"]),
            data["text"],
            data["proof"],
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
        return "已经提出，由没有评过这一项的人复核。"

    return _step(request, candidate, form, run, "提异议", "提出")


@access.desk("supervision.assess")
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """复核异议。"""
    found = get_object_or_404(Objection.objects.select_related("line__candidate"), pk=pk)
    candidate = candidate_of(request, found.line.candidate_id)
    form = forms_assessment.SecondLookForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        done = actions.look_again(
            found,
            ObjectionOutcome.from_value(data["outcome"]),
            data["reason"],
            points=data["points"],
            strike=data["strike"],
            alike=data["alike"],
            by=request.user,
            at=timezone.now(),
        )
        return f"已经复核，一并重算了{done.alike}个单位。" if done.alike else "已经复核。"

    return _step(
        request, candidate, form, run, "复核异议", "保存", quote=f"{found.get_kind_display()}：{found.text}"
    )


@access.desk("supervision.report")
def bonus(request: HttpRequest, pk: int) -> HttpResponse:
    """申报加分。"""
    candidate = candidate_of(request, pk)
    form = forms_assessment.BonusForm(request.POST or None, system=candidate.round.system.parsed())

    def run(data: dict[str, Any]) -> str:
        rule, _, level = data["choice"].partition("/")
        actions.claim_bonus(
            candidate, rule, level, data["matter"], data["proof"], by=request.user, at=timezone.now()
        )
        return "已经申报。"

    return _step(request, candidate, form, run, "申报加分", "申报")


@access.desk("supervision.assess")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """认定加分。"""
    found = get_object_or_404(BonusClaim.objects.select_related("candidate"), pk=pk)
    candidate = candidate_of(request, found.candidate_id)
    form = forms_assessment.ClaimForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.judge_bonus(found, data["accepted"], data["reason"], by=request.user, at=timezone.now())
        return "已经认定。" if data["accepted"] else "没有认定。"

    quote = f"{found.matter}；证明：{found.proof or '没有'}"
    return _step(request, candidate, form, run, "认定加分", "保存", quote=quote)


@access.desk("supervision.assess")
def veto(request: HttpRequest, pk: int) -> HttpResponse:
    """提出一票否决。"""
    candidate = candidate_of(request, pk)
    form = forms_assessment.VetoForm(request.POST or None, system=candidate.round.system.parsed())

    def run(data: dict[str, Any]) -> str:
        actions.find_veto(
            candidate, data["rule"], data["facts"], data["proof"], by=request.user, at=timezone.now()
        )
        return "已经提出，等单位申辩、第二个人认定。"

    return _step(request, candidate, form, run, "提出一票否决", "提出")


@access.desk("supervision.report")
def heard(request: HttpRequest, pk: int) -> HttpResponse:
    """单位申辩。"""
    found = get_object_or_404(VetoFinding.objects.select_related("candidate"), pk=pk)
    candidate = candidate_of(request, found.candidate_id)
    form = forms_assessment.HeardForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.hear_veto(found, data["words"], by=request.user, at=timezone.now())
        return "已经记下。"

    return _step(request, candidate, form, run, "申辩", "交上", quote=found.facts)


@access.desk("supervision.assess")
@require_POST
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """第二个人认定。"""
    found = get_object_or_404(VetoFinding.objects.select_related("candidate"), pk=pk)
    candidate = candidate_of(request, found.candidate_id)

    def run() -> str:
        actions.second_veto(found, by=request.user, at=timezone.now())
        return "已经认定。"

    return button_step(request, run, back=_home(candidate))
