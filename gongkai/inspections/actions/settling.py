"""一个阵地的结论:由各项的回答和确认过的问题算出,只在这里写。"""

from __future__ import annotations

from gongkai.law import indicators
from gongkai.law.indicators import Answer

from ..models import Finding, Sample
from ..terms import FindingState


def settle(sample: Sample) -> Sample:
    """Compute the verdict anew: what falls short counts once a person confirmed the finding, never before."""
    checks = list(sample.checks.all())
    mine = Finding.objects.filter(round=sample.round, outlet=sample.outlet)
    standing = set(mine.standing().values_list("code", flat=True))
    dropped = set(mine.filter(state=FindingState.DROPPED).values_list("code", flat=True)) - standing
    answers = {}
    for check in checks:
        given = Answer.from_value(check.answer)
        if given is Answer.SHORT and check.code not in standing:
            given = Answer.HOLDS if check.code in dropped else Answer.UNKNOWN
        answers[check.code] = given
    answers |= dict.fromkeys(standing, Answer.SHORT)
    found = indicators.verdict(
        sample.outlet.kind,
        answers,
        sample.round.on,
        counts={one.code: one.count for one in checks},
        bonus=sample.bonus,
        no_service=sample.outlet.serves_nobody,
    )
    locally = None if found.qualified is None and not found.local else bool(found.qualified) and not found.local
    sample.qualified, sample.score, sample.locally = found.qualified, found.score, locally
    sample.save(update_fields=["qualified", "score", "locally"])
    return sample


def settle_of(finding: Finding) -> None:
    """The verdict of the outlet whose finding changed."""
    sample = (
        Sample.objects.filter(round=finding.round_id, outlet=finding.outlet_id)
        .select_related("round", "outlet")
        .first()
    )
    if sample is not None:
        settle(sample)
