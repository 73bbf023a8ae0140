"""考核公不公平(F1—F10):样本够不够、评分人偏不偏、权重动一动名次变不变、有没有区分度。只提出问题,不改分。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import fmean, pstdev

from .. import params
from .score import Score, ranks
from .system import Kind, System

#: 评分人的均值偏离全体这么多个标准差才提示;人太少的不算。
_SIGMAS, _SCORERS = 2.0, 4
#: 权重上下动这么多。
_SHIFT = Fraction(1, 10)
#: 自评同复评相差这么多要说明。
_GAP = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """一项得分的来历:自评、谁评的、哪天查的、有没有证据、单位回应过没有、说明。"""

    indicator: str
    self_points: Decimal | None = None
    by: frozenset[str] = frozenset()
    checked_on: date | None = None
    sample: int | None = None
    evidence: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """一个单位的得分和来历。``own`` 是牵头或者组织考核的单位自己。"""

    name: str
    score: Score
    marks: Mapping[str, Mark]
    own: bool = False
    bonus_without_proof: int = 0


@dataclass(frozen=True, slots=True)
class Concern:
    """一处该看的。"""

    code: str
    label: str
    text: str


LABELS = {
    "F1": "分组可比",
    "F2": "样本量",
    "F3": "评分人",
    "F4": "名次的稳定",
    "F5": "区分度",
    "F6": "检查的时间",
    "F7": "自评同复评",
    "F8": "加分的证明",
    "F9": "自己考自己",
    "F10": "扣分可追到",
}


def concerns(system: System, units: Sequence[Unit], *, on: date) -> list[Concern]:
    """Every concern about one round, by its number; none of them changes a score."""
    found = [
        *_comparable(units, on),
        *_samples(system, units, on),
        *_scorers(system, units),
        *_stable(system, units),
        *_discriminating(units, on),
        *_dates(units, on),
        *_gaps(units),
        *_traced(units),
    ]
    for unit in units:
        if unit.bonus_without_proof:
            found.append(_concern("F8", f"{unit.name}有{unit.bonus_without_proof}项加分没有证明材料，没有计入。"))
        if unit.own:
            found.append(_concern("F9", f"{unit.name}组织这次考核，它自己的分请由督查机构或者第三方评。"))
    return sorted(found, key=lambda finding: int(finding.code[1:]))


def _concern(code: str, text: str) -> Concern:
    return Concern(code, LABELS[code], text)


def _comparable(units: Sequence[Unit], on: date) -> Iterator[Concern]:
    least = Fraction(params.at("supervision.applicable_share", on).value)
    few: dict[tuple[int, int], list[str]] = {}
    for unit in units:
        lines = unit.score.lines
        applies = sum(line.applies for line in lines)
        if lines and Fraction(applies, len(lines)) < least:
            few.setdefault((applies, len(lines)), []).append(unit.name)
    for (applies, whole), names in few.items():
        yield _concern(
            "F1", f"{_some(names)}只适用{applies}项指标（共{whole}项），同别的单位不可比，建议另分一组。"
        )


def _samples(system: System, units: Sequence[Unit], on: date) -> Iterator[Concern]:
    least = params.at("supervision.small_sample", on).value
    for indicator in system.leaves():
        if indicator.kind is not Kind.RATIO:
            continue
        small = [
            unit.name
            for unit in units
            if (found := unit.marks.get(indicator.id)) and (found.sample or least) < least
        ]
        if small:
            yield _concern(
                "F2", f"“{indicator.name}”有{len(small)}个单位不足{least}件（{_some(small)}），这一项不宜排名次。"
            )


def _scorers(system: System, units: Sequence[Unit]) -> Iterator[Concern]:
    manual = {one.id for one in system.leaves() if one.kind is Kind.MANUAL}
    given: dict[str, list[float]] = {}
    alone = 0
    for unit in units:
        for line in unit.score.lines:
            mark = unit.marks.get(line.indicator.id)
            if line.indicator.id not in manual or mark is None or line.rate is None:
                continue
            alone += len(mark.by) < 2
            for scorer in mark.by:
                given.setdefault(scorer, []).append(float(line.rate))
    if alone:
        yield _concern("F3", f"有{alone}处酌情给的分只有一个人评，至少要两个人。")
    means = {scorer: fmean(rates) for scorer, rates in given.items()}
    if len(means) >= _SCORERS and (spread := pstdev(means.values())):
        middle = fmean(means.values())
        for scorer, mean in means.items():
            if abs(mean - middle) > _SIGMAS * spread:
                way = "偏高" if mean > middle else "偏低"
                yield _concern("F3", f"{scorer}给的分{way}（平均得分率{mean:.0%}，全体{middle:.0%}）。")


def _stable(system: System, units: Sequence[Unit]) -> Iterator[Concern]:
    if len(units) < 2:
        return
    now = ranks([unit.score.total for unit in units])
    for top in system.children(""):
        moved = 0
        for factor in (1 - _SHIFT, 1 + _SHIFT):
            totals = [_shifted(system, unit.score, top.id, factor) for unit in units]
            other = ranks(totals)
            moved = max(moved, *(abs(before - after) for before, after in zip(now, other, strict=True)))
        if moved > 1:
            yield _concern("F4", f"“{top.name}”的分值上下动一成，最多有单位的名次变动{moved}位，名次不稳。")


def _shifted(system: System, score: Score, top: str, factor: Fraction) -> Decimal:
    """The total if one first-level indicator weighed more or less, the others making up for it."""
    parts: dict[str, Fraction] = {}
    weights: dict[str, Fraction] = {}
    for line in score.lines:
        key = system.top(line.indicator).id
        parts[key] = parts.get(key, Fraction(0)) + (line.points or 0)
        weights[key] = weights.get(key, Fraction(0)) + line.weight
    whole = sum(weights.values(), Fraction(0))
    own = weights.get(top, Fraction(0))
    rest = whole - own
    if not whole or not rest:
        return score.total
    others = (whole - own * factor) / rest
    total = sum((part * (factor if key == top else others) for key, part in parts.items()), Fraction(0))
    total = total + score.bonus
    return (Decimal(total.numerator) / Decimal(total.denominator)).quantize(Decimal("0.01"))


def tied(totals: Sequence[Decimal], on: date) -> list[list[int]]:
    """Indexes of units whose totals lie so close together that their order says nothing, as bands from the top on.

    >>> tied([Decimal("91"), Decimal("90.4"), Decimal("80")], date(2026, 1, 5))
    [[0, 1]]
    """
    near = Decimal(params.at("supervision.tie_points", on).value)
    order = sorted(range(len(totals)), key=lambda index: -totals[index])
    bands: list[list[int]] = []
    for index in order:
        if bands and totals[bands[-1][0]] - totals[index] < near:
            bands[-1].append(index)
        else:
            bands.append([index])
    return [band for band in bands if len(band) > 1]


def _discriminating(units: Sequence[Unit], on: date) -> Iterator[Concern]:
    share = Fraction(params.at("supervision.same_grade_share", on).value)
    grades = Counter(unit.score.grade for unit in units if unit.score.grade)
    for grade, count in grades.items():
        if len(units) > 2 and Fraction(count, len(units)) > share:
            yield _concern("F5", f"{len(units)}个单位里{count}个“{grade}”，这次考核分不出好坏。")
    if len(units) > 2 and units[0].score.lines:
        for place, line in enumerate(units[0].score.lines):
            rates = {unit.score.lines[place].rate for unit in units if unit.score.lines[place].applies}
            if len(rates) == 1 and None not in rates:
                yield _concern("F5", f"“{line.indicator.name}”各单位得分一样，这项指标不起作用。")


def _dates(units: Sequence[Unit], on: date) -> Iterator[Concern]:
    window = params.at("supervision.check_window_days", on).value
    days: dict[str, list[date]] = {}
    for unit in units:
        for key, mark in unit.marks.items():
            if mark.checked_on:
                days.setdefault(key, []).append(mark.checked_on)
    for key, found in days.items():
        if (max(found) - min(found)).days > window:
            yield _concern("F6", f"指标{key}的检查日从{min(found)}到{max(found)}，各单位不在同一段时间。")


def _gaps(units: Sequence[Unit]) -> Iterator[Concern]:
    for unit in units:
        for line in unit.score.lines:
            mark = unit.marks.get(line.indicator.id)
            if mark is None or mark.self_points is None or line.points is None or mark.note:
                continue
            own = Fraction(mark.self_points) / Fraction(line.indicator.weight)
            if line.rate is not None and abs(own - line.rate) > _GAP:
                text = f"{unit.name}“{line.indicator.name}”自评得分率{float(own):.0%}，复评{float(line.rate):.0%}，没有说明为什么。"
                yield _concern("F7", text)


def _traced(units: Sequence[Unit]) -> Iterator[Concern]:
    lost = Counter(
        unit.name
        for unit in units
        for line in unit.score.lines
        if line.applies
        and line.rate is not None
        and line.rate < 1
        and not ((mark := unit.marks.get(line.indicator.id)) and mark.evidence and mark.by and mark.checked_on)
    )
    for name, count in lost.items():
        yield _concern("F10", f"{name}有{count}处扣分追不到证据、检查人或者时间。")


def _some(names: Sequence[str], most: int = 3) -> str:
    return "、".join(names[:most]) + ("等" if len(names) > most else "")
