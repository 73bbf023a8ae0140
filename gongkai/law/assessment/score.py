"""计分:各项事实、指标表,给出每一项得多少、为什么;不适用的按定好的办法,加分过门槛、有证明、同一事项取最高。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ..errors import RuleBroken
from .system import Indicator, Kind, NoApplication, System


@dataclass(frozen=True, slots=True)
class Fact:
    """扣分、给分的一件事实:``key`` 认得出是同一件(来源和编号)。"""

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """一项指标读到的:按件的给 ``facts``,比率给分子分母,查档和要素给得分率,评分人给 ``points``。"""

    facts: tuple[Fact, ...] = ()
    part: int | None = None
    whole: int | None = None
    rate: Fraction | None = None
    points: Decimal | None = None
    met: bool | None = None
    applies: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bonus:
    """一项加分的申报:哪一项、哪一级、什么事项、有没有证明。"""

    rule: str
    level: str
    matter: str
    proof: bool


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决的认定:哪一项、谁认定的、有没有证据、听过申辩没有。"""

    rule: str
    by: frozenset[str]
    evidence: bool
    heard: bool


@dataclass(frozen=True, slots=True)
class Line:
    """一项指标的得分。``weight`` 是算上并入以后的分值;``points`` 没有读到的是 None,按零分算。"""

    indicator: Indicator
    weight: Fraction
    points: Fraction | None
    applies: bool
    why: str

    @property
    def shown(self) -> str:
        return "不适用" if not self.applies else "待评" if self.points is None else f"{rounded(self.points):f}"

    @property
    def rate(self) -> Fraction | None:
        """Got, of its weight."""
        return self.points / self.weight if self.points is not None and self.weight else None


@dataclass(frozen=True, slots=True)
class Score:
    """一个单位的得分。"""

    lines: tuple[Line, ...]
    base: Fraction
    bonus: Fraction
    bonus_notes: tuple[str, ...]
    veto: str
    total: Decimal
    grade: str


def rounded(value: Fraction) -> Decimal:
    """Two places, half up (四舍五入)."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def score(
    system: System, readings: Mapping[str, Reading], bonuses: Iterable[Bonus] = (), vetoes: Iterable[Veto] = ()
) -> Score:
    """The score of one unit.

    Raises:
        RuleBroken: one fact is taken twice by two indicators, a reading is out of its range, or a veto lacks what it
            needs.
    """
    _no_fact_twice(system, readings)
    weights = effective_weights(system, readings)
    lines = []
    for indicator in system.leaves():
        reading = readings.get(indicator.id, Reading())
        weight = weights.get(indicator.id, Fraction(0))
        applies = reading.applies or system.policy(indicator) is NoApplication.FULL
        if not reading.applies:
            full = Fraction(indicator.weight) if system.policy(indicator) is NoApplication.FULL else None
            lines.append(Line(indicator, weight, full, applies and full is not None, reading.why or "不适用"))
            continue
        rate, why = _rate(indicator, reading)
        lines.append(Line(indicator, weight, None if rate is None else rate * weight, True, why))
    counted = sum(weights.values(), Fraction(0))
    got = sum((line.points or Fraction(0) for line in lines), Fraction(0))
    base = got * Fraction(system.base) / counted if counted else Fraction(0)
    bonus, notes = _bonus(system, base, bonuses)
    total, veto = _vetoed(system, base + bonus, vetoes)
    grade = "不合格" if veto and total == 0 else _grade(system, total)
    return Score(tuple(lines), base, bonus, notes, veto, rounded(total), grade)


def effective_weights(system: System, readings: Mapping[str, Reading]) -> dict[str, Fraction]:
    """What each scored indicator weighs for this unit: what does not apply goes to its siblings in proportion, or, when
    none of them applies, to those of its parent; or it is left out; or it stays and is full."""

    def counts(indicator: Indicator) -> bool:
        children = system.children(indicator.id)
        if children:
            return any(counts(child) for child in children)
        reading = readings.get(indicator.id, Reading())
        return reading.applies or system.policy(indicator) is not NoApplication.REDISTRIBUTE

    found: dict[str, Fraction] = {}

    def share(parent: str, weight: Fraction) -> None:
        children = system.children(parent)
        live = [one for one in children if counts(one)]
        whole = sum((Fraction(one.weight) for one in live), Fraction(0))
        for indicator in live:
            own = weight * Fraction(indicator.weight) / whole
            if system.children(indicator.id):
                share(indicator.id, own)
            elif readings.get(indicator.id, Reading()).applies or system.policy(indicator) is NoApplication.FULL:
                found[indicator.id] = own

    share("", Fraction(system.base))
    return found


def _rate(indicator: Indicator, reading: Reading) -> tuple[Fraction | None, str]:
    """Which part of the weight is got, and why."""
    weight = Fraction(indicator.weight)
    if reading.points is not None:
        if not 0 <= reading.points <= indicator.weight:
            raise RuleBroken(
                f"“{indicator.name}”给了{reading.points:f}分，超出0至{indicator.weight:f}分",
                fix="请改在范围以内。",
            )
        return Fraction(reading.points) / weight, reading.why
    if indicator.kind in (Kind.DEDUCT, Kind.COUNT):
        each, cap = (
            Fraction(indicator.points("points") or 0),
            Fraction(indicator.points("cap") or indicator.weight),
        )
        moved = min(cap, each * len(reading.facts), weight)
        text = "、".join(fact.text or fact.key for fact in reading.facts[:5])
        if indicator.kind is Kind.COUNT:
            return moved / weight, reading.why or text
        said = f"{len(reading.facts)}件：{text}" if reading.facts else ""
        return (weight - moved) / weight, reading.why or said
    if indicator.kind is Kind.ALL and reading.met is not None:
        return Fraction(int(reading.met)), reading.why
    rate = reading.rate
    if rate is None and reading.whole:
        rate = Fraction(reading.part or 0, reading.whole)
    if rate is None:
        return None, reading.why
    target = Fraction(str(indicator.rule["target"])) if "target" in indicator.rule else Fraction(1)
    said = reading.why or (f"{reading.part}/{reading.whole}" if reading.whole else "")
    if indicator.kind is Kind.GRADED and isinstance(steps := indicator.rule.get("grades"), list):
        met = [Fraction(str(step["points"])) for step in steps if rate >= Fraction(str(step["at_least"]))]
        return min(Fraction(1), max(met, default=Fraction(0)) / weight), said
    return max(Fraction(0), min(Fraction(1), rate / target)), said


def _no_fact_twice(system: System, readings: Mapping[str, Reading]) -> None:
    """C7: one fact costs points once."""
    seen: dict[str, Indicator] = {}
    for indicator in system.leaves():
        if indicator.kind is not Kind.DEDUCT:
            continue
        for fact in readings.get(indicator.id, Reading()).facts:
            if (other := seen.setdefault(fact.key, indicator)) is not indicator:
                raise RuleBroken(
                    f"“{fact.text or fact.key}”在“{other.name}”“{indicator.name}”两项里都扣了分",
                    fix="请只留一项，或者改成两件事实。",
                )


def _bonus(system: System, base: Fraction, bonuses: Iterable[Bonus]) -> tuple[Fraction, tuple[str, ...]]:
    rules, notes = {one.id: one for one in system.bonuses}, []
    best: dict[str, tuple[Fraction, str]] = {}
    for bonus in bonuses:
        rule = rules.get(bonus.rule)
        if rule is None or bonus.level not in rule.points:
            raise RuleBroken(f"加分“{bonus.rule} {bonus.level}”不在指标表里", fix="请照表选。")
        if not bonus.proof:
            notes.append(f"“{bonus.matter}”没有证明材料，不加分")
            continue
        points = Fraction(rule.points[bonus.level])
        if bonus.matter in best:
            notes.append(f"“{bonus.matter}”报了两次，取最高的一次")
        if points > best.get(bonus.matter, (Fraction(0), ""))[0]:
            best[bonus.matter] = (points, rule.id)
    if best and base <= Fraction(system.bonus_gate) * Fraction(system.base):
        return Fraction(0), (*notes, f"基础分没有高于总分的{system.bonus_gate:%}，不加分")
    total = Fraction(0)
    for rule in system.bonuses:
        own = sum((points for points, by in best.values() if by == rule.id), Fraction(0))
        total += min(own, Fraction(rule.cap))
    return min(total, Fraction(system.bonus_cap)), tuple(notes)


def _vetoed(system: System, total: Fraction, vetoes: Iterable[Veto]) -> tuple[Fraction, str]:
    rules, said = {one.id: one for one in system.vetoes}, []
    for veto in vetoes:
        rule = rules.get(veto.rule)
        if rule is None:
            raise RuleBroken(f"一票否决“{veto.rule}”不在指标表里", fix="请照表选。")
        lacking = [
            word
            for word, given in (
                ("两个人认定", len(veto.by) >= 2),
                ("证据", veto.evidence),
                ("听取申辩", veto.heard),
            )
            if not given
        ]
        if lacking:
            raise RuleBroken(f"一票否决“{rule.text}”还缺{'、'.join(lacking)}", fix="请办齐再定。")
        total = Fraction(0) if rule.effect == "fail" else min(total, Fraction(rule.cap or 0))
        said.append(rule.text)
    return total, "；".join(said)


def _grade(system: System, total: Fraction) -> str:
    rate = total / Fraction(system.base) if system.base else Fraction(0)
    return next((one.name for one in system.grades if rate >= Fraction(one.at_least)), "")


def ranks(totals: Sequence[Decimal]) -> list[int]:
    """Places from the highest on; the same total has the same place.

    >>> ranks([Decimal(90), Decimal(95), Decimal(90), Decimal(80)])
    [2, 1, 2, 4]
    """
    ordered = sorted(totals, reverse=True)
    return [ordered.index(total) + 1 for total in totals]
