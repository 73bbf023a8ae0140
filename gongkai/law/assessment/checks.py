"""指标表录入时核的(C1—C10):加得对不对、有没有规则、会不会扣不完,不许按条数、粉丝、点赞计分。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .. import params
from .system import Indicator, Kind, System

_VOLUME = re.compile(
    r"条数|发布量|信息量|粉丝|关注数|阅读[量数]|点击[量数]|浏览[量数]|点赞|转发[量数]|在线时长|每月不少于\d+条|活跃度"
)
_REPORT = re.compile(r"年度?报告?|年报")
_MARCH = re.compile(r"3\s*月\s*31\s*日")
#: 可以自己从数据里取的来源。
_OWN = ("figure:", "manual", "external")


@dataclass(frozen=True, slots=True)
class Fault:
    """一处不合。``blocks`` 的改好才能用。"""

    code: str
    where: str
    text: str
    blocks: bool


def check(system: System, *, on: date, figures: Iterable[str] = ()) -> list[Fault]:
    """Everything that does not fit, blocking faults first.

    Args:
        on: the day whose parameters apply.
        figures: the keys of figures that count themselves; a source that names another one is a fault.
    """
    known = frozenset(figures)
    found = [
        *_sums(system),
        *_rules(system, known),
        *_caps(system),
        *_judged(system, on),
        *_volume(system),
        *_days(system),
        *_thresholds(system),
        *_extras(system),
    ]
    return sorted(found, key=lambda finding: (not finding.blocks, finding.code))


def _sums(system: System) -> Iterator[Fault]:
    total = sum((one.weight for one in system.children("")), Decimal(0))
    if total != system.base:
        yield Fault("C1", "一级指标", f"一级指标合计{total:f}分，总分是{system.base:f}分。", True)
    for indicator in system.indicators:
        children = system.children(indicator.id)
        own = sum((child.weight for child in children), Decimal(0))
        if children and own != indicator.weight:
            yield Fault("C1", indicator.id, f"“{indicator.name}”{indicator.weight:f}分，下级合计{own:f}分。", True)
        if indicator.weight <= 0:
            yield Fault("C1", indicator.id, f"“{indicator.name}”的分值是{indicator.weight:f}。", True)


def _rules(system: System, known: frozenset[str]) -> Iterator[Fault]:
    for indicator in system.leaves():
        lacking = [
            name
            for name, value in (("kind", indicator.kind), ("source", indicator.source), ("rule", indicator.rule))
            if not value
        ]
        if indicator.kind is Kind.MANUAL:
            lacking = [
                name
                for name, value in (("standard", indicator.standard), ("evidence", indicator.evidence))
                if not value
            ]
        if lacking:
            yield Fault("C2", indicator.id, f"“{indicator.name}”没有写{'、'.join(lacking)}。", True)
        elif indicator.figure and known and indicator.figure not in known:
            yield Fault(
                "C2", indicator.id, f"“{indicator.name}”的数“{indicator.figure}”没有哪个应用数得出。", True
            )
        elif indicator.source and not indicator.source.startswith(_OWN):
            yield Fault("C2", indicator.id, f"“{indicator.name}”的来源“{indicator.source}”不认得。", True)


def _caps(system: System) -> Iterator[Fault]:
    for indicator in system.leaves():
        points, cap = indicator.points("points"), indicator.points("cap")
        if indicator.kind is Kind.DEDUCT and points is not None:
            if points > indicator.weight:
                yield Fault(
                    "C4",
                    indicator.id,
                    f"“{indicator.name}”一件扣{points:f}分，多过它的{indicator.weight:f}分。",
                    False,
                )
            if cap is not None and cap > indicator.weight:
                yield Fault(
                    "C3",
                    indicator.id,
                    f"“{indicator.name}”至多扣{cap:f}分，多过它的{indicator.weight:f}分。",
                    True,
                )
            if cap is not None and cap < indicator.weight:
                rest = indicator.weight - cap
                yield Fault("C3", indicator.id, f"“{indicator.name}”怎样扣都还有{rest:f}分，分值扣不完。", False)
        if indicator.kind is Kind.COUNT and cap is not None and cap < indicator.weight:
            yield Fault(
                "C3",
                indicator.id,
                f"“{indicator.name}”封顶{cap:f}分，不足它的{indicator.weight:f}分，拿不满。",
                False,
            )


def _judged(system: System, on: date) -> Iterator[Fault]:
    share = Decimal(params.at("supervision.judgement_share", on).value)
    manual = sum((one.weight for one in system.leaves() if one.kind is Kind.MANUAL), Decimal(0))
    if system.base and manual > share * system.base:
        yield Fault("C5", "", f"评分人酌情给的{manual:f}分，超过总分的{share:%}。", False)


def _volume(system: System) -> Iterator[Fault]:
    for indicator in system.indicators:
        if found := _VOLUME.search(
            f"{indicator.name} {indicator.standard} {' '.join(map(str, indicator.rule.values()))}"
        ):
            text = f"“{indicator.name}”按“{found[0]}”计分，会逼出凑数的信息，不能用。"
            yield Fault("C6", indicator.id, text, True)


def _days(system: System) -> Iterator[Fault]:
    if system.effective and abs(system.effective.year - system.year) > 1:
        yield Fault("C8", "", f"考核{system.year}年，指标表自{system.effective}起用，年份对不上。", False)
    for indicator in system.indicators:
        text = _text(indicator)
        if system.group in ("department", "town") and _REPORT.search(text) and _MARCH.search(text):
            said = f"“{indicator.name}”写3月31日公布年报；部门、镇街的年报应当在1月31日前公布。"
            yield Fault("C9", indicator.id, said, False)


def _thresholds(system: System) -> Iterator[Fault]:
    for grade in system.grades:
        if not 0 <= grade.at_least <= 1:
            yield Fault(
                "C10", grade.name, f"等次“{grade.name}”的门槛{grade.at_least:f}不是比例，请写成 0.90 这样。", True
            )
    if not 0 <= system.bonus_gate <= 1:
        yield Fault("C10", "", f"加分的门槛{system.bonus_gate:f}不是比例，请写成 0.80 这样。", True)


def _extras(system: System) -> Iterator[Fault]:
    for bonus in system.bonuses:
        if not bonus.points or bonus.cap <= 0:
            yield Fault("C2", bonus.id, f"加分“{bonus.text}”没有写各级多少分，或者没有封顶。", True)
    for veto in system.vetoes:
        if veto.effect not in ("fail", "cap") or (veto.effect == "cap") is (veto.cap is None):
            yield Fault("C2", veto.id, f"一票否决“{veto.text}”没有写清是不合格还是封顶、封在多少。", True)


def _text(indicator: Indicator) -> str:
    return f"{indicator.name}{indicator.standard}{''.join(map(str, indicator.rule.values()))}"
