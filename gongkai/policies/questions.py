"""公众对着一件政策的提问:怎样办、谁办(``questions.kinds``),归哪个单位答、最迟哪天。"""

from __future__ import annotations

from datetime import datetime

from gongkai.desk.moments import local_day
from gongkai.law import interpretation as law
from gongkai.law.errors import RuleBroken
from gongkai.org.models import Agency
from gongkai.questions import actions
from gongkai.questions.kinds import Kind
from gongkai.questions.models import Question
from gongkai.records.models import Record

from .models import Package

POLICY = Kind(
    key="policy",
    label="政策提问",
    app="policies",
    letter="P",
    view="policies.view",
    answer="policies.write",
    publish="policies.approve",
    settled_first=True,
    moves=False,
    takes_contact=False,
    purpose="policies.question",
    waiting=("公众对政策的提问", "按最迟答复日排。"),
)


def ask(policy: Record, text: str, *, consent: bool, at: datetime) -> tuple[Question, str]:
    """公众对一件公开的政策提问,归起草单位答;返回提问和查询码。

    Raises:
        RuleBroken: the paper is not public, or nothing is asked.
    """
    policy = Record.objects.select_related("agency").get(pk=policy.pk)
    if not policy.is_public(at):
        raise RuleBroken("这件政策现在没有公开", fix="请核对网址。")
    due_on = law.answer_due(local_day(at)).due
    unit = _answering(policy, at)
    return actions.ask(POLICY, unit, text, policy=policy, consents=consent, at=at, due_on=due_on)


def _answering(policy: Record, at: datetime) -> Agency:
    """The unit that drafted the paper; where it no longer exists, the one that took over."""
    package = Package.objects.filter(policy=policy).select_related("drafter").first()
    agency = package.drafter if package else policy.agency
    while agency.successor and agency.ended_on and agency.ended_on <= local_day(at):
        agency = agency.successor
    return agency
