"""考核指标表:一份 TOML,一年一组单位一份。数都写成字符串,用十进制算,不用浮点。"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import RuleBroken
from ..terms import Term


class Kind(Term):
    """一项指标怎样计分。"""

    DEDUCT = "deduct", "按件扣分"
    RATIO = "ratio", "按完成率"
    COUNT = "count_cap", "按件给分，封顶"
    ALL = "all_or_nothing", "做到得满分"
    GRADED = "graded", "查档"
    SHARE = "share", "按要素比例"
    MANUAL = "manual", "评分人给分"
    EXTERNAL = "external", "外部结果"


class NoApplication(Term):
    """不适用的指标,分值怎么办。"""

    REDISTRIBUTE = "redistribute", "并入同级其他指标，按比例"
    FULL = "full", "得满分"
    EXCLUDE = "exclude", "不计，总分按适用的分值折算"


@dataclass(frozen=True, slots=True)
class Indicator:
    """一项指标。有下级的只有分值;``figure`` 是自己会数的数(``应用.名称``),``manual`` 的要写标准和证据。"""

    id: str
    name: str
    weight: Decimal
    parent: str = ""
    kind: Kind | None = None
    source: str = ""
    figure: str = ""
    rule: Mapping[str, Any] = field(default_factory=dict)
    standard: str = ""
    evidence: tuple[str, ...] = ()
    no_application: NoApplication | None = None

    def points(self, key: str) -> Decimal | None:
        """A number of the rule; None if it is not there."""
        return decimal(self.rule[key]) if key in self.rule else None


@dataclass(frozen=True, slots=True)
class BonusRule:
    """一项加分:各级多少分、封顶、要不要证明。"""

    id: str
    text: str
    points: Mapping[str, Decimal]
    cap: Decimal


@dataclass(frozen=True, slots=True)
class VetoRule:
    """一票否决:不合格,或者封顶。两个人认定,有证据,听过申辩。"""

    id: str
    text: str
    effect: str
    cap: Decimal | None


@dataclass(frozen=True, slots=True)
class Grade:
    """等次:得分率不低于多少。"""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class System:
    """一份指标表。"""

    id: str
    year: int
    group: str
    base: Decimal
    indicators: tuple[Indicator, ...]
    bonuses: tuple[BonusRule, ...]
    vetoes: tuple[VetoRule, ...]
    grades: tuple[Grade, ...]
    bonus_cap: Decimal
    bonus_gate: Decimal
    no_application: NoApplication
    effective: date | None
    raw: Mapping[str, Any]

    def children(self, parent: str) -> list[Indicator]:
        return [one for one in self.indicators if one.parent == parent]

    def leaves(self) -> Iterator[Indicator]:
        """Indicators that are scored themselves, in their order."""
        parents = {one.parent for one in self.indicators}
        return (one for one in self.indicators if one.id not in parents)

    def top(self, indicator: Indicator) -> Indicator:
        """The first-level indicator above one, or itself."""
        known = {other.id: other for other in self.indicators}
        while indicator.parent and indicator.parent in known:
            indicator = known[indicator.parent]
        return indicator

    def policy(self, indicator: Indicator) -> NoApplication:
        return indicator.no_application or self.no_application


def decimal(value: object) -> Decimal:
    """A printed number. Raises RuleBroken for anything else, a float among them."""
    if isinstance(value, float):
        raise RuleBroken(f"分值{value}是浮点数", fix='请写成字符串，例如 "12.5"。')
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        raise RuleBroken(f"“{value}”不是一个数", fix='请写成字符串，例如 "12.5"。') from None
    if not found.is_finite() or abs(found) > 10**6:
        raise RuleBroken(f"“{value}”不能作分值", fix="请改为通常的分值。")
    return found


def read(text: str) -> System:
    """A system out of its TOML.

    Raises:
        RuleBroken: it is no TOML, or something in it is not of its kind; says where.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleBroken(f"指标表读不出来：{error}", fix="请照样例改好再交。") from None
    head = raw.get("system")
    if not isinstance(head, dict) or not head.get("id") or not isinstance(head.get("year"), int):
        raise RuleBroken("指标表没有 [system] 一节，或者其中没有 id、year", fix="请照样例补上。")
    rows = raw.get("indicator", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise RuleBroken("指标表里没有 [[indicator]]", fix="请照样例补上。")
    found = tuple(_indicator(row) for row in rows)
    ids = [one.id for one in found]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise RuleBroken(f"指标编号“{'、'.join(sorted(twice))}”写了两次", fix="请改成不同的编号。")
    if lost := {one.parent for one in found if one.parent} - set(ids):
        raise RuleBroken(f"上级指标“{'、'.join(sorted(lost))}”不在表里", fix="请核对 parent。")
    _no_circle(found)
    effective = head.get("effective")
    return System(
        id=str(head["id"]),
        year=head["year"],
        group=str(head.get("group", "")),
        base=decimal(head.get("base", "100")),
        indicators=found,
        bonuses=tuple(
            BonusRule(
                str(row.get("id", "")),
                str(row.get("text", "")),
                {str(level): decimal(points) for level, points in dict(row.get("points", {})).items()},
                decimal(row.get("cap", "0")),
            )
            for row in raw.get("bonus", [])
        ),
        vetoes=tuple(
            VetoRule(
                str(row.get("id", "")),
                str(row.get("text", "")),
                str(row.get("effect", "fail")),
                decimal(row["cap"]) if "cap" in row else None,
            )
            for row in raw.get("veto", [])
        ),
        grades=tuple(
            sorted(
                (Grade(str(row["name"]), decimal(row["at_least"])) for row in raw.get("grade", [])),
                key=lambda grade: -grade.at_least,
            )
        ),
        bonus_cap=decimal(head.get("bonus_cap", "0")),
        bonus_gate=decimal(head.get("bonus_gate_ratio", "0")),
        no_application=_term(NoApplication, head.get("na_policy", NoApplication.REDISTRIBUTE)),
        effective=effective if isinstance(effective, date) else None,
        raw=raw,
    )


def _indicator(row: Mapping[str, Any]) -> Indicator:
    if not row.get("id") or not row.get("name") or "weight" not in row:
        raise RuleBroken(
            f"有一项指标缺少编号、名称或者分值：{row.get('name') or row.get('id') or row}", fix="请补全。"
        )
    source, rule = str(row.get("source", "")), row.get("rule", {})
    return Indicator(
        id=str(row["id"]),
        name=str(row["name"]),
        weight=decimal(row["weight"]),
        parent=str(row.get("parent", "")),
        kind=_term(Kind, row["kind"]) if "kind" in row else None,
        source=source,
        figure=source.removeprefix("figure:") if source.startswith("figure:") else "",
        rule=rule if isinstance(rule, dict) else {"text": str(rule)},
        standard=str(row.get("standard", "")),
        evidence=tuple(map(str, row.get("evidence", ()))),
        no_application=_term(NoApplication, row["na_policy"]) if "na_policy" in row else None,
    )


def _term(kind: Any, value: object) -> Any:
    try:
        return kind.from_value(str(value))
    except ValueError:
        known = "、".join(member.value for member in kind)
        raise RuleBroken(f"不认得“{value}”", fix=f"请改成其中一个：{known}。") from None


def _no_circle(found: tuple[Indicator, ...]) -> None:
    above = {one.id: one.parent for one in found}
    for node in above:
        seen, here = set(), node
        while here:
            if here in seen:
                raise RuleBroken(f"指标“{node}”的上级绕回了自己", fix="请核对 parent。")
            seen.add(here)
            here = above.get(here, "")
