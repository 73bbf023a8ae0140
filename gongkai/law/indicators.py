"""检查指标(``data/indicators.toml``)和怎样由各项的回答得出结论:国办口径、本地口径分开,一票否决不计分。

回答只有三种:符合、不符合、未能核实。未能核实的不扣分、不否决,也不算符合。
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from . import params
from .terms import Term


class Subject(Term):
    """查的是什么。"""

    SITE = "site", "网站"
    ACCOUNT = "account", "政务新媒体"


class Effect(Term):
    """一项不符合的后果。"""

    VETO = "veto", "国办否决"
    DEDUCT = "deduct", "扣分"
    BONUS = "bonus", "加分"
    LOCAL = "local", "本地口径"


class Way(Term):
    """谁来查。"""

    AUTO = "auto", "程序"
    HALF = "half", "程序提示，人核对"
    HAND = "hand", "人"


class Answer(Term):
    """一项查下来怎样。"""

    HOLDS = "holds", "符合"
    SHORT = "short", "不符合"
    UNKNOWN = "unknown", "未能核实"


@dataclass(frozen=True, slots=True)
class Indicator:
    """一项指标。``each`` 的一处一扣;``certainty`` 是 R 的凭记忆。"""

    code: str
    subject: str
    group: str
    label: str
    text: str
    effect: Effect
    way: Way
    points: Decimal = Decimal(0)
    each: bool = False
    certainty: str = "V"
    fix: str = ""

    @property
    def is_national(self) -> bool:
        """Whether it belongs to the national table."""
        return self.effect is not Effect.LOCAL

    @property
    def note(self) -> str:
        """What a page that shows the item must say about it."""
        return "" if self.certainty == "V" else "此项尚待核对原文，机关可以另定"


@cache
def table() -> dict[str, Indicator]:
    """Every indicator, by code, in the order of the table."""
    found = {}
    text = files("gongkai.law").joinpath("data/indicators.toml").read_text("utf-8")
    for code, row in tomllib.loads(text).items():
        row["effect"], row["way"] = Effect.from_value(row["effect"]), Way.from_value(row["way"])
        row["points"] = Decimal(row.get("points", 0))
        found[code] = Indicator(code, **row)
    return found


def indicators_for(subject: Subject) -> list[Indicator]:
    """The indicators by which sites, or accounts, are checked."""
    return [one for one in table().values() if one.subject in (subject.value, "both")]


def choices(subject: Subject) -> list[tuple[str, str]]:
    """Pairs for a form."""
    return [(one.code, f"{one.code} {one.label}") for one in indicators_for(subject)]


#: Cap of what pieces of one kind may take away together.
EACH_CAP = Decimal(10)


@dataclass(frozen=True, slots=True)
class Verdict:
    """一个阵地的结论。

    Attributes:
        qualified: by the national table; None while a veto could not be verified, or was not looked at.
        score: of a site that no veto stopped; None for accounts and vetoed sites.
        vetoes, local, open: codes of vetoes that hold, of what falls short locally, of vetoes left open.
    """

    qualified: bool | None
    score: Decimal | None
    vetoes: tuple[str, ...]
    local: tuple[str, ...]
    open: tuple[str, ...]


def verdict(
    subject: Subject,
    answers: Mapping[str, Answer],
    on: date,
    *,
    counts: Mapping[str, int] | None = None,
    bonus: Decimal = Decimal(0),
    no_service: bool = False,
) -> Verdict:
    """The verdict on one outlet; only what a person confirmed may come in as 不符合.

    Args:
        answers: code → answer; indicators that nobody looked at are left out.
        counts: how many places fall short, of indicators that count each.
        bonus: points that a person gave.
        no_service: a department that serves nobody outside (没有对外服务职能).
    """
    known = [
        one
        for one in indicators_for(subject)
        if not (no_service and (one.group == "办事服务" or one.code.startswith("W6")))
    ]
    short = [one for one in known if answers.get(one.code) is Answer.SHORT]
    local = tuple(one.code for one in short if one.effect is Effect.LOCAL)
    vetoes = tuple(one.code for one in short if one.effect is Effect.VETO)
    left = tuple(
        one.code for one in known if one.effect is Effect.VETO and answers.get(one.code) in (None, Answer.UNKNOWN)
    )
    if vetoes:
        return Verdict(False, None, vetoes, local, left)
    if subject is Subject.ACCOUNT:
        return Verdict(None if left else True, None, (), local, left)
    points = score(
        {one.code: (counts or {}).get(one.code, 1) for one in short}, on, bonus=bonus, no_service=no_service
    )
    passed = points >= params.at("inspection.pass_score", on).value
    return Verdict(False if not passed else None if left else True, points, (), local, left)


def score(short: Mapping[str, int], on: date, *, bonus: Decimal = Decimal(0), no_service: bool = False) -> Decimal:
    """The points of a site (检查指标): what falls short is taken away, never more than an item is worth; a bonus counts
    above the threshold only.

    >>> score({"D.POLICY6M": 1, "D.STAT3M": 1, "D.MSG2M": 1}, date(2026, 1, 1))
    Decimal('90')
    """
    lost = Decimal(0)
    for code, count in short.items():
        indicator = table()[code]
        if indicator.effect is Effect.DEDUCT and not (no_service and indicator.group == "办事服务"):
            lost += (
                min(indicator.points * count, max(indicator.points, EACH_CAP))
                if indicator.each
                else indicator.points
            )
    whole = Decimal(100)
    if no_service:
        part = whole - Decimal(params.at("inspection.service_points", on).value)
        found = (part - lost) * whole / part
    else:
        found = whole - lost
    found = max(found, Decimal(0))
    if found > params.at("inspection.bonus_score", on).value:
        found += min(bonus, Decimal(params.at("inspection.bonus_cap", on).value))
    return found
