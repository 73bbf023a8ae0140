"""办理程序的一步、流程表和发现的问题。流程表在 ``data/procedure.toml``,载入时核对。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from .errors import RuleBroken
from .terms import Term


class State(Term):
    """一件申请办到的环节;同流程表里的一样,启动时核对。"""

    HANDLING = "handling", "办理中"
    CORRECTING = "correcting", "待补正"
    INQUIRING = "inquiring", "征求意见中"
    PAYING = "paying", "待缴费"
    DECIDED = "decided", "待送达"
    REPLIED = "replied", "已答复"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "视为放弃"
    TRANSFERRED = "transferred", "已转送"


@dataclass(frozen=True, slots=True)
class Step:
    """办理中的一步:种类、日期,延长的工作日、批准人、是否告知等另写在 ``extra``。"""

    kind: str
    on: date
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """一处不合规定:代码、说了什么、依据、怎么办。"""

    code: str
    message: str
    basis: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """流程表。"""

    initial: str
    final: frozenset[str]
    states: dict[str, str]
    steps: dict[str, dict[str, Any]]
    aliases: dict[str, str]


@cache
def table() -> Table:
    """The procedure, checked (C39): unknown states, double names, states that nothing reaches, states that are not those
    of ``State`` stop the start."""
    found = load(files("gongkai.law").joinpath("data/procedure.toml").read_text("utf-8"))
    if found.states != dict(State.choices()):
        raise ValueError(f"流程表的环节同 State 不一致:{found.states}")
    return found


def load(text: str) -> Table:
    """Read and check a procedure table. Raises ValueError with what is wrong."""
    data = tomllib.loads(text)
    states, steps, final = data["states"], data["steps"], frozenset(data["final"])
    aliases: dict[str, str] = {}
    for kind, row in steps.items():
        if set(row) != {"label", "aliases", "from", "to"}:
            raise ValueError(f"步骤 {kind} 的项目不对")
        if wrong := {*row["from"], row["to"]} - {*states, "same"}:
            raise ValueError(f"步骤 {kind} 里有不认得的环节:{'、'.join(sorted(wrong))}")
        for name in {kind, row["label"], *row["aliases"]}:
            if name in aliases:
                raise ValueError(f"“{name}”指两个步骤")
            aliases[name] = kind
    if wrong := {data["initial"], *final} - set(states):
        raise ValueError(f"起点、终点里有不认得的环节:{'、'.join(sorted(wrong))}")
    reached, grown = {data["initial"]}, True
    while grown:
        more = {row["to"] for row in steps.values() if row["to"] != "same" and reached & set(row["from"])}
        grown = not more <= reached
        reached |= more
    if wrong := set(states) - reached:
        raise ValueError(f"走不到这些环节:{'、'.join(sorted(wrong))}")
    return Table(data["initial"], final, states, steps, aliases)


def kind_of(name: str) -> str:
    """The key of a step given by key, Chinese label or another usual name.

    Raises:
        RuleBroken: no step has that name.
    """
    found = table().aliases.get(name.strip())
    if found is None:
        labels = "、".join(row["label"] for row in table().steps.values())
        raise RuleBroken(f"不认得“{name}”这一步", fix=f"可用的步骤:{labels}。")
    return found


def allowed(state: str) -> list[str]:
    """The keys of the steps that may be taken in a state, in the order of the table."""
    return [kind for kind, row in table().steps.items() if state in row["from"]]
