"""提醒(W1—W12,W7、W8 在 ``catalogue``):可以往前走,办的人要看过。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import calendar, consultation, params
from ..consultation import Sufficiency, sufficiency
from ..sources import cite, implements
from .facts import Execution, Facts, Finding, Round


def of_round(round: Round) -> Iterator[Finding]:
    """一轮公告上要留意的:界上的期限(W1)、落在长假里(W6)、只表态的计作采纳(W11)、邮箱不是政务的(W12)。"""
    found = round.period
    if sufficiency(found) is Sufficiency.BOUNDARY:
        yield Finding(
            "W1",
            f"征求意见首日不计{found.excluded}日、计入首日{found.included}日，正在界上",
            cite("decision:15.1"),
            "条例没有写首日算不算，建议多留一日。",
        )
    rest = consultation.rest_days(found)
    if consultation.ends_in_long_holiday(found) or rest * 2 > found.included:
        what = "截止日在长假里" if consultation.ends_in_long_holiday(found) else "期限大半在放假"
        yield Finding(
            "W6",
            f"征求意见{found.start}至{found.end}，{what}（{found.included}日里放假{rest}日）",
            cite("decision:15.1"),
            "期限按自然日算，不因放假延长；建议截止到上班以后几天。",
        )
    if round.attitudes:
        yield Finding(
            "W11",
            f"计作采纳的意见里有{round.attitudes}条只表示支持或者反对，没有建议",
            cite("decision:18"),
            "只表态的不计作采纳，请改作“不属于本事项”或者另行说明，免得采纳的条数虚高。",
        )
    if boxes := consultation.private_mailboxes(round.ways):
        yield Finding(
            "W12",
            f"收意见的邮箱{'、'.join(boxes)}不是政务邮箱",
            "管理口径，法律没有规定",
            "意见里有个人信息，请换成政务邮箱。",
        )


def rounds(facts: Facts, on: date) -> Iterator[Finding]:
    """各轮公告上要留意的。"""
    for one in facts.rounds:
        yield from of_round(one)


def citations(facts: Facts, on: date) -> Iterator[Finding]:
    """引用的文号同引用库对不上(W10)。"""
    for text in facts.wrong_citations:
        yield Finding(
            "W10",
            f"引用“{text}”同引用库里的令号对不上",
            cite("decision:12"),
            "请核对原文；引用库没有收的新文，由管理员补进去。",
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
                "请在登记集体讨论的时候写明为什么。",
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


@implements("decision:34")
def report_due(given: Execution) -> date | None:
    """The last day for the next report of the execution: the day set with the division of the work, until a report comes
    after that was made; else so long (parameter) after the last report, or after the publication; None before that."""
    if given.published_on is None:
        return None
    last = given.reported_on or given.published_on
    if given.assigned_on and given.report_set_on and (not given.reported_on or last < given.assigned_on):
        return max(given.report_set_on, given.assigned_on)
    days: int = params.at("decisions.execution_report_days", last).value
    return last + calendar.DAY * days


def executed(facts: Facts, on: date) -> Iterator[Finding]:
    """执行情况到了日子没有报告(W9)。"""
    due = report_due(facts.execution)
    if due is not None and on > due:
        yield Finding(
            "W9",
            f"执行情况应于{due}以前报告，还没有",
            cite("decision:34"),
            "请执行单位报告，登记“执行情况报告”；有重大变化的及时报。",
        )


def interpreted(facts: Facts, on: date) -> Iterator[Finding]:
    """公布时没有解读(W9)。"""
    if not facts.interpreted and not facts.withheld_basis:
        yield Finding("W9", "没有附解读", cite("decision:32"), "普遍关心或者专业性强的应当解读。")
