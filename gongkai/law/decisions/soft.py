"""提醒(W1—W9):可以往前走,办的人要看过。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import calendar, params
from ..consultation import Sufficiency, sufficiency
from ..sources import cite
from .facts import Facts, Finding


def boundary(facts: Facts, on: date) -> Iterator[Finding]:
    """首日计入才满三十日(W1);自己说了理由的不足(公告里写过)。"""
    for one in facts.rounds:
        if sufficiency(one.period) is Sufficiency.BOUNDARY:
            yield Finding(
                "W1",
                f"征求意见首日不计{one.period.excluded}日、计入首日{one.period.included}日，正在界上",
                cite("decision:15.1"),
                "条例没有写首日算不算，建议多留一日。",
            )


def review_time(facts: Facts, on: date) -> Iterator[Finding]:
    """送审到讨论一般不少于七个工作日(W2)。"""
    if facts.review:
        least = params.at("decisions.legality_days", facts.review.sent_on)
        given = calendar.between(facts.review.sent_on, on, provisional=True)
        if given < least.value:
            yield Finding(
                "W2",
                f"送审到讨论只有{given}个{least.unit}，一般不少于{least.value}个",
                least.source,
                "请写明理由。",
            )


def hearing_advised(facts: Facts, on: date) -> Iterator[Finding]:
    """涉及切身利益、没有听证(W3);只有一种途径(W4)。"""
    if facts.vital and not facts.hearings:
        yield Finding(
            "W3", "直接涉及公民切身利益，没有听证", cite("decision:16.1"), "可以听证，不听证的记下理由。"
        )
    if len(facts.rounds) + facts.ways == 1 and not facts.withheld_basis:
        yield Finding("W4", "听取意见只用了一种途径", cite("decision:14.2"), "建议再用一种，方便不上网的人。")


def feedback_late(facts: Facts, on: date) -> Iterator[Finding]:
    """采纳情况公布得晚(W5)。"""
    for one in facts.rounds:
        due = calendar.add(
            one.period.end, params.at("decisions.feedback_days", one.period.end).value, provisional=True
        )
        if one.fed_back_on and one.fed_back_on > due:
            yield Finding("W5", f"采纳情况{one.fed_back_on}才公布，迟于{due}", "管理口径", "请在以后按时公布。")


def interpreted(facts: Facts, on: date) -> Iterator[Finding]:
    """公布时没有解读(W9)。"""
    if not facts.interpreted and not facts.withheld_basis:
        yield Finding("W9", "没有附解读", cite("decision:32"), "普遍关心或者专业性强的应当解读。")
