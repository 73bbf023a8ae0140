"""五年方案的时间节点:做什么、哪天以前、谁牵头、目标多少。数据在 ``data/plan.toml``,出处是方案的条款。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Milestone:
    """一个节点。``due`` 是一次性的期限,``yearly`` 是每年一次;``since`` 是梳理从哪一年起。"""

    clause: str
    label: str
    lead: str
    due: date | None = None
    yearly: bool = False
    target: float | None = None
    since: int | None = None


@cache
def milestones() -> tuple[Milestone, ...]:
    """Every milestone, in the order of the plan.

    >>> [one.due.year for one in milestones() if one.since]
    [2021, 2023, 2025]
    """
    text = files("gongkai.law").joinpath("data/plan.toml").read_text("utf-8")
    found = tuple(Milestone(**row) for row in tomllib.loads(text)["milestone"])
    for milestone in found:
        if milestone.yearly is bool(milestone.due):
            raise ValueError(f"plan.toml:{milestone.clause} 要么有期限,要么每年一次")
    return found
