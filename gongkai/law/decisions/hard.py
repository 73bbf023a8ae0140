"""硬的规则(H1—H11):一条规则看事实,说出不合的各处。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import params
from ..errors import RuleBroken
from ..sources import cite, implements
from .facts import Facts, Finding
from .terms import Legality, MeetingKind, Outcome


@implements("decision:11")
def one_lead(facts: Facts, on: date) -> Iterator[Finding]:
    """承办单位明确,两个以上的恰好一个牵头。"""
    if facts.leads != 1:
        yield Finding("H11-LEAD", "没有明确一个牵头的承办单位", cite("decision:11"), "请定一个牵头单位。")


@implements("decision:14.1", "decision:14.3")
def took_part(facts: Facts, on: date) -> Iterator[Finding]:
    """听取意见至少一种方式;涉及特定群体的同他们的代表沟通过。"""
    if facts.withheld_basis:
        return
    if not facts.rounds and not facts.ways:
        yield Finding(
            "H1-WAYS",
            "没有用任何一种方式听取社会意见",
            cite("decision:14.1"),
            "请公开征求意见、座谈、听证或者走访；依法不予公开的写明依据。",
        )
    if facts.groups and not facts.group_talks:
        yield Finding(
            "H1-GROUPS",
            "涉及特定群体利益，没有同人民团体、社会组织或者群众代表沟通的记录",
            cite("decision:14.3"),
            "请登记沟通的情况。",
        )


def rounds_closed(facts: Facts, on: date) -> Iterator[Finding]:
    """征求意见满期、逐条答复、公布采纳情况以后才能送审(H3)。"""
    for number, one in enumerate(facts.rounds, start=1):
        if on <= one.period.end:
            yield Finding(
                "H3-OPEN",
                f"第{number}轮征求意见到{one.period.end}才截止",
                cite("decision:15.1"),
                "请在截止以后送审。",
            )
        elif one.tally.unanswered:
            yield Finding(
                "H3-UNANSWERED",
                f"第{number}轮还有{one.tally.unanswered}条意见没有写明怎样处理",
                cite("decision:18"),
                "请逐条处理。",
            )
        elif one.fed_back_on is None:
            yield Finding(
                "H3-FEEDBACK",
                f"第{number}轮征求意见的采纳情况还没有公布",
                cite("decision:18"),
                "请公布采纳情况，没有收到意见的也要公布。",
            )


@implements("decision:16.2", "decision:16.3", "decision:17")
def hearings_sound(facts: Facts, on: date) -> Iterator[Finding]:
    """听证:提前公布,名单公布,材料会前七日送达,记录签字(H4)。"""
    least = params.at("decisions.hearing_material_days", on).value
    if facts.hearing_by_law and not facts.hearings:
        yield Finding("H4-NONE", "法律、法规、规章规定应当听证，没有听证", cite("decision:16.1"), "请先听证。")
    for hearing in facts.hearings:
        if hearing.announced_on is None or hearing.announced_on >= hearing.held_on:
            yield Finding("H4-NOTICE", "听证会没有提前公告", cite("decision:16.2"), "请重新组织，先公告再开。")
        if not hearing.selection_published or hearing.list_on is None or hearing.list_on >= hearing.held_on:
            yield Finding(
                "H4-LIST", "听证参加人的遴选办法、名单没有在会前公布", cite("decision:16.3"), "请公布以后再开。"
            )
        if hearing.material_on is None or (hearing.held_on - hearing.material_on).days < least:
            yield Finding(
                "H4-MATERIAL",
                f"听证材料没有在会前{least}日送达参加人",
                cite("decision:16.3"),
                "请改期，送足天数。",
            )
        if hearing.signed < hearing.attended and not hearing.unsigned_reason:
            yield Finding(
                "H4-SIGN",
                f"到会{hearing.attended}人，签字{hearing.signed}人，没有写明为什么",
                cite("decision:17"),
                "请补签，或者写明没有签字的原因。",
            )


@implements("decision:19", "decision:20")
def experts_heard(facts: Facts, on: date) -> Iterator[Finding]:
    """专业性、技术性较强的要专家论证;有直接利害关系的不得选(H5)。"""
    if facts.specialised and not facts.experts:
        yield Finding("H5-NONE", "专业性、技术性较强，没有专家论证", cite("decision:19"), "请组织专家论证。")
    for expert in facts.experts:
        if expert.has_interest:
            yield Finding(
                "H5-INTEREST",
                f"专家{expert.name}同决策事项有直接利害关系",
                cite("decision:20"),
                "请换一位，重新论证。",
            )
        if not expert.signed:
            yield Finding("H5-SIGN", f"专家{expert.name}的书面意见没有署名", cite("decision:19"), "请补署名。")
    least = params.at("decisions.experts_least", on).value
    if facts.specialised and facts.experts and len(facts.experts) < least:
        yield Finding("H5-FEW", f"论证的专家不足{least}人", "本机关自定的口径", "请补足。")


@implements("decision:22", "decision:23", "decision:24")
def risk_under_control(facts: Facts, on: date) -> Iterator[Finding]:
    """可能影响社会稳定、公共安全的要评估;三样齐全,结论可控(H6)。"""
    if facts.risky and facts.risk is None:
        yield Finding("H6-NONE", "可能对社会稳定、公共安全等不利，没有风险评估", cite("decision:22"), "请先评估。")
    if facts.risk is None:
        return
    parts = (("风险点", facts.risk.points), ("防范措施", facts.risk.measures), ("处置预案", facts.risk.plan))
    if lacking := [name for name, given in parts if not given]:
        yield Finding("H6-PARTS", f"风险评估没有写{'、'.join(lacking)}", cite("decision:23"), "请补齐。")
    if not facts.risk.controllable:
        yield Finding(
            "H6-UNCONTROLLED",
            "风险评估认为风险不可控",
            cite("decision:24"),
            "请调整草案、采取措施，重新评估到可控。",
        )


@implements("fair_competition:14")
def competition_reviewed(facts: Facts, on: date) -> Iterator[Finding]:
    """涉及市场主体的要公平竞争审查(H9)。"""
    if facts.market and facts.fair_competition_on is None:
        yield Finding(
            "H9",
            "涉及市场主体经济活动，没有公平竞争审查的意见",
            cite("fair_competition:14"),
            "请送市场监管部门审查。",
        )


@implements("decision:13")
def dispute_told(facts: Facts, on: date) -> Iterator[Finding]:
    """有争议的要说明争议问题、有关单位的意见、承办单位的意见和理由。"""
    if facts.disputed and not facts.dispute_told:
        yield Finding(
            "H-DISPUTE",
            "有关单位意见不一致，没有争议的说明",
            cite("decision:13"),
            "请写明争议问题、各方意见、理由依据。",
        )


@implements("decision:25.1", "decision:25.2", "decision:28")
def legally_reviewed(facts: Facts, on: date) -> Iterator[Finding]:
    """未经合法性审查或者审查不合法的不得讨论;唯一的例外是明示法律风险的探索性改革(H7)。"""
    found = facts.review
    if found is None or not found.by_body:
        yield Finding(
            "H7-NONE",
            "没有合法性审查部门出具的意见；会签、征求意见不能代替",
            cite("decision:25.1"),
            "请送合法性审查。",
        )
        return
    if found.conclusion is Legality.ILLEGAL:
        yield Finding("H7-ILLEGAL", "合法性审查认为不合法", cite("decision:25.2"), "请修改以后重新送审。")
    if found.conclusion is Legality.EXPLORATORY and not found.risk_stated:
        yield Finding(
            "H7-RISK", "探索性改革没有写明法律风险", cite("decision:25.2"), "请把法律风险写明，再提交讨论。"
        )
    if found.draft != facts.draft:
        yield Finding(
            "H7-CHANGED",
            f"审查的是第{found.draft}稿，草案已经改到第{facts.draft}稿",
            cite("decision:25.1"),
            "请重新送审。",
        )
    if found.given_on > on:
        yield Finding(
            "H7-LATER",
            f"审查意见{found.given_on}才出具，迟于{on}",
            cite("decision:25.2"),
            "未经合法性审查的不得讨论，请核对讨论的日子；确实先讨论了的，审查以后重新讨论。",
        )
    if not found.counsel:
        yield Finding("H7-COUNSEL", "没有法律顾问、公职律师的意见", cite("decision:28"), "请组织提出意见。")


@implements("decision:26")
def may_review(facts: Facts, *, sent_on: date, given_on: date) -> None:
    """Enter an opinion of the legality review with its days.

    Raises:
        RuleBroken: it was given before it was asked for, or asked for before a round of consultation was over.
    """
    if given_on < sent_on:
        raise RuleBroken(
            f"审查意见{given_on}出具，早于送审的{sent_on}", source=cite("decision:26"), fix="请核对两个日期。"
        )
    for number, one in enumerate(facts.rounds, start=1):
        if sent_on <= one.period.end:
            raise RuleBroken(
                f"送审日期{sent_on}在第{number}轮征求意见截止（{one.period.end}）以前",
                source=cite("decision:15.1"),
                fix="请填截止以后实际送审的那一天。",
            )


@implements("decision:30.1", "decision:30.2", "decision:30.3")
def collectively_decided(facts: Facts, on: date) -> Iterator[Finding]:
    """常务会议或者全体会议讨论通过;首长同多数不一致的说明理由(H8)。"""
    found = facts.discussion
    if found is None or found.meeting is MeetingKind.OTHER:
        yield Finding("H8-MEETING", "没有经过常务会议或者全体会议讨论", cite("decision:30.1"), "请提交讨论。")
        return
    if found.outcome in (Outcome.AGAIN, Outcome.REFUSED):
        yield Finding(
            "H8-OUTCOME", f"讨论的结果是“{found.outcome.label}”", cite("decision:30.1"), "请按结果办理。"
        )
    if found.against_majority and not found.head_reason:
        yield Finding(
            "H8-REASON",
            "首长的决定同多数人的意见不一致，没有记下理由",
            cite("decision:30.2"),
            "请记下会上说明的理由。",
        )
    if not found.dissent.strip():
        yield Finding("H8-DISSENT", "没有载明不同意见", cite("decision:30.3"), "没有不同意见的写“无”。")


@implements("decision:31")
def party_asked(facts: Facts, on: date) -> Iterator[Finding]:
    """出台前向同级党委请示报告(H10)。"""
    if facts.party_report_on is None:
        yield Finding("H10", "没有登记向同级党委请示报告", cite("decision:31"), "请登记日期和文号。")


@implements("decision:36")
def evaluated_by_another(facts: Facts, on: date) -> Iterator[Finding]:
    """评估不由主要承担原来论证、评估的单位办(H11)。"""
    if facts.evaluator and facts.evaluator in facts.assessors:
        yield Finding(
            "H11",
            f"{facts.evaluator}承担过原来的论证评估，不能再作决策后评估",
            cite("decision:36"),
            "请换一个单位。",
        )
