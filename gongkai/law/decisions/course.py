"""一步能不能办:从哪一步来,硬的规则都合不合;上会的材料齐不齐。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .. import params
from ..errors import RuleBroken
from ..sources import cite, implements
from . import hard, paper, soft
from .facts import Facts, Finding
from .terms import COURSE, Step

Rule = Callable[[Facts, date], Iterator[Finding]]


def is_binding(level: str, on: date) -> bool:
    """Whether the regulation binds an agency of this level itself; others follow it by analogy (参照).

    >>> is_binding("government", date(2026, 1, 5)), is_binding("town", date(2026, 1, 5))
    (True, False)
    """
    return level in params.at("decisions.binding_levels", on).value


def may(step: Step, facts: Facts, on: date) -> None:
    """Take a decision one step further, or say why not.

    Raises:
        RuleBroken: the step does not follow from where it stands, or a hard rule is not met; of several the first
            is said, with how many more there are.
    """
    stages, _ = COURSE[step]
    if facts.stage not in stages:
        raise RuleBroken(f"这项决策在“{facts.stage.label}”，不能{step.label}", fix="请刷新页面看最新的环节。")
    found = blocks(step, facts, on)
    if found:
        more = f"另有{len(found) - 1}处，见本页。" if len(found) > 1 else ""
        raise RuleBroken(found[0].what, source=found[0].source, fix=found[0].fix + more)


def blocks(step: Step, facts: Facts, on: date) -> list[Finding]:
    """Every hard rule that stands in the way of a step (H1–H11), in the order of the articles.

    Where the regulation is only followed by analogy (H12) just those that the office has kept hard
    (``decisions.kept_hard``) do.
    """
    return [found for found in _unmet(step, facts, on) if _is_hard(found, facts.level, on)]


def warnings(step: Step, facts: Facts, on: date) -> list[Finding]:
    """What may pass but should be looked at (W1–W12); where the regulation only guides, the hard ones too (H12)."""
    soft_ones = [finding for rule in SOFT.get(step, ()) for finding in rule(facts, on)]
    eased = [found for found in _unmet(step, facts, on) if not _is_hard(found, facts.level, on)]
    return (_by_analogy(len(eased)) + eased if eased else []) + soft_ones


def _unmet(step: Step, facts: Facts, on: date) -> list[Finding]:
    return [finding for rule in HARD.get(step, ()) for finding in rule(facts, on)]


def _is_hard(found: Finding, level: str, on: date) -> bool:
    return is_binding(level, on) or found.code.partition("-")[0] in params.at("decisions.kept_hard", on).value


@implements("decision:42")
def _by_analogy(count: int) -> list[Finding]:
    """部门、乡镇参照执行:硬的只提醒,机关可以定哪几条照样拦(H12)。"""
    return [
        Finding(
            "H12",
            f"本机关参照执行条例，下面有{count}处不合，只提醒不拦",
            cite("decision:42"),
            "请照条例补上；要照样拦的几条，由机关另定（decisions.kept_hard）。",
        )
    ]


_MATERIAL: tuple[Rule, ...] = (
    hard.took_part,
    hard.rounds_closed,
    hard.hearings_sound,
    hard.experts_heard,
    hard.risk_under_control,
    hard.competition_reviewed,
    hard.dispute_told,
)
#: Step → the hard rules that it must meet; what was met once is asked again at each later step.
HARD: dict[Step, tuple[Rule, ...]] = {
    Step.START: (hard.one_lead,),
    Step.HAND_IN: (hard.one_lead, *_MATERIAL),
    Step.DISCUSS: (*_MATERIAL, hard.legally_reviewed, paper.discussed_as_reviewed),
    Step.PUBLISH: (
        *_MATERIAL,
        hard.legally_reviewed,
        paper.discussed_as_reviewed,
        hard.collectively_decided,
        paper.published_as_discussed,
        hard.party_asked,
    ),
    Step.EVALUATE: (hard.evaluated_by_another,),
}
SOFT: dict[Step, tuple[Rule, ...]] = {
    Step.HAND_IN: (soft.rounds, soft.hearing_advised, soft.feedback_late, soft.citations),
    Step.DISCUSS: (soft.review_time, soft.citations, paper.unseen),
    Step.PUBLISH: (soft.interpreted, soft.citations, paper.unseen),
    Step.SUSPEND: (soft.executed,),
    Step.EVALUATE: (soft.executed,),
    Step.ARCHIVE: (soft.executed,),
}


@dataclass(frozen=True, slots=True)
class Material:
    """上会材料的一样(第二十九条):名称、要不要、有没有。"""

    name: str
    needed: bool
    given: bool


@implements("decision:29")
def checklist(facts: Facts, *, has_draft: bool, has_notes: bool, has_basis: bool) -> list[Material]:
    """The papers that go before the meeting, and which of them are there."""
    answered = all(one.fed_back_on for one in facts.rounds)
    return [
        Material("草案", True, has_draft),
        Material("起草说明", True, has_notes),
        Material("依据汇编", True, has_basis),
        Material("公众意见采纳情况", bool(facts.rounds), bool(facts.rounds) and answered),
        Material("专家意见采纳情况", bool(facts.experts), bool(facts.experts)),
        Material("风险评估报告", facts.risky, facts.risk is not None),
        Material("公平竞争审查意见", facts.market, facts.fair_competition_on is not None),
        Material("合法性审查意见", True, facts.review is not None and facts.review.by_body),
        Material("部门争议说明", facts.disputed, facts.dispute_told),
    ]
