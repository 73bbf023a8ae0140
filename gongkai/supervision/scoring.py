"""一次考核现在的分:每个单位的得分、名次、并列、公平报告;审定以后照封存的。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.law import assessment as law
from gongkai.law.assessment import Bonus, Concern, Mark, Score, Unit, Veto
from gongkai.law.assessment.score import ranks
from gongkai.law.errors import RuleBroken

from .models import Candidate, Round


@dataclass(frozen=True, slots=True)
class Result:
    """一个单位的得分和名次。``tied`` 的同前后几名相差太小,名次说明不了什么。"""

    candidate: Candidate
    score: Score
    place: int
    tied: bool
    marks: dict[str, Mark]


def score_of(candidate: Candidate, system: law.System) -> Score:
    """The score of one unit as its marks stand."""
    readings = {mark.indicator: mark.reading() for mark in candidate.marks.all()}
    bonuses = [
        Bonus(claim.rule, claim.level, claim.matter, bool(claim.proof))
        for claim in candidate.claims.all()
        if claim.accepted
    ]
    vetoes = [
        Veto(one.rule, frozenset({str(one.by_id), str(one.second_by_id)}), bool(one.proof), bool(one.heard))
        for one in candidate.vetoes.all()
        if one.second_by_id
    ]
    return law.score(system, readings, bonuses, vetoes)


def results(round: Round, on: date) -> list[Result]:
    """Every unit with its place, the highest first.

    Raises:
        RuleBroken: the marks of a unit contradict each other; says whose.
    """
    system = round.system.parsed()
    rows = round.candidates.select_related("agency").prefetch_related(
        "marks__by", "marks__second_by", "claims", "vetoes"
    )
    candidates = list(rows)
    scores = []
    for candidate in candidates:
        try:
            scores.append(score_of(candidate, system))
        except RuleBroken as error:
            raise RuleBroken(f"{candidate}的分算不出来：{error.what}", fix="请到这个单位的评分页改好。") from None
    totals = [Decimal(score.total) for score in scores]
    tied = {index for band in law.tied(totals, on) for index in band}
    found = [
        Result(
            candidate,
            score,
            place,
            index in tied,
            {mark.indicator: mark.fairness() for mark in candidate.marks.all()},
        )
        for index, (candidate, score, place) in enumerate(zip(candidates, scores, ranks(totals), strict=True))
    ]
    return sorted(found, key=lambda result: (result.place, result.candidate.agency.order))


def fairness(round: Round, found: Sequence[Result], on: date) -> list[Concern]:
    """What should be looked at before the round is decided."""
    units = [
        Unit(
            str(one.candidate),
            one.score,
            one.marks,
            one.candidate.agency_id == round.organiser_id,
            sum(not claim.proof for claim in one.candidate.claims.all()),
        )
        for one in found
    ]
    return law.concerns(round.system.parsed(), units, on=on)


def frozen(found: Sequence[Result]) -> dict[str, list[dict[str, object]]]:
    """The result as it is decided, for good."""
    return {
        "rows": [
            {
                "agency": one.candidate.agency_id,
                "name": str(one.candidate),
                "total": f"{one.score.total:f}",
                "grade": one.score.grade,
                "place": one.place,
                "tied": one.tied,
                "veto": one.score.veto,
            }
            for one in found
        ]
    }
