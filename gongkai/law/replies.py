"""处理结果和答复:二十一种结果各要写明什么、先要办什么、要哪些审查、记入年报哪一行(数据在 ``data/replies.toml``)。"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from . import grounds
from .errors import RuleBroken
from .report.form import form
from .sources import cite, implements
from .steps import Finding, table
from .terms import Term


class Group(Term):
    """答复的大类,决定用哪一种答复书。"""

    OPEN = "open", "予以公开"
    PARTIAL = "partial", "部分公开"
    REFUSED = "refused", "不予公开"
    UNABLE = "unable", "无法提供"
    UNHANDLED = "unhandled", "不予处理"
    OTHER = "other", "其他处理"


@dataclass(frozen=True, slots=True)
class Outcome:
    """一种处理结果。``needs`` 是答复里必须写明的事实,此外的不许填;``ground`` 是不予公开的理由,没有是空。"""

    key: str
    label: str
    group: Group
    cell: str
    basis: str
    needs: tuple[str, ...]
    ground: str
    gates: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the applicant gets all that was asked for."""
        return self.group is Group.OPEN


GATES = {"secrecy": "保密审查", "legal": "法制审核"}


@cache
def _table() -> tuple[dict[str, str], dict[str, Outcome]]:
    """Facts and outcomes, checked: an unknown fact, ground, step, gate or row of the report stops the start (C39)."""
    data = tomllib.loads(files("gongkai.law").joinpath("data/replies.toml").read_text("utf-8"))
    facts = data.pop("facts")
    rows = set(form("2021").outcomes)
    found = {}
    for key, row in data.items():
        steps, ground = tuple(row.get("steps", ())), row.get("ground", "")
        wrong = {*row["needs"]} - {*facts} | {*row["gates"]} - {*GATES} | {*steps} - {*table().steps}
        if wrong or row["cell"] not in rows or (ground and ground not in grounds.grounds()):
            raise ValueError(f"处理结果 {key} 写得不对:{'、'.join(sorted(wrong)) or row['cell'] + ground}")
        found[key] = Outcome(
            key,
            row["label"],
            Group.from_value(row["group"]),
            row["cell"],
            "、".join(map(cite, row["basis"])),
            tuple(row["needs"]),
            ground,
            tuple(row["gates"]),
            steps,
        )
    if missing := rows - {one.cell for one in found.values()}:
        raise ValueError(f"年报的这些行没有处理结果:{'、'.join(sorted(missing))}")
    return facts, found


def outcomes() -> dict[str, Outcome]:
    """Every outcome by its key, in the order of the annual report."""
    return _table()[1]


def facts() -> dict[str, str]:
    """The facts that a reply may state, by key, with their Chinese names."""
    return _table()[0]


@implements("ogi:36", "ogi:37", "ogi:38", "ogi:39.1", "ogi:39.2")
def check(
    key: str,
    stated: Mapping[str, str],
    *,
    answers: Mapping[str, str] | None = None,
    ground: str = "",
    taken: Collection[str] = (),
) -> list[Finding]:
    """Whether a reply for one piece of information states what its outcome demands, and nothing else (C56–C58).

    Args:
        stated: the facts that were filled in, by key; blank ones do not count.
        answers: the answers to the tests of the ground.
        ground: the ground of the withheld part, for 部分公开 only.
        taken: the kinds of the steps of the case so far.

    >>> [one.message for one in check("not_held", {})]
    ['“经检索没有所申请的信息”的答复要写明检索的人、时间、范围和关键词。']
    """
    outcome = outcomes()[key]
    filled = {name for name, text in stated.items() if text.strip()}
    findings = [
        Finding("fact_missing", f"“{outcome.label}”的答复要写明{facts()[name]}。", outcome.basis, "请补写。")
        for name in outcome.needs
        if name not in filled and name != "tests"
    ]
    findings += [
        Finding(
            "fact_forbidden",
            f"“{outcome.label}”的答复不写{facts().get(name, name)}。",
            outcome.basis,
            "请删去或者改选结果。",
        )
        for name in sorted(filled - set(outcome.needs))
    ]
    findings += [
        Finding(
            "step_missing",
            f"答复“{outcome.label}”，先要有“{table().steps[step]['label']}”这一步。",
            outcome.basis,
            "请先办这一步，或者改选结果。",
        )
        for step in outcome.steps
        if step not in taken
    ]
    reasons = outcome.ground or (ground if "tests" in outcome.needs else "")
    if "tests" in outcome.needs and not reasons:
        findings.append(
            Finding("ground_missing", f"“{outcome.label}”要选不予公开的理由。", outcome.basis, "请选一种理由。")
        )
    if ground and not outcome.ground and "tests" not in outcome.needs:
        findings.append(
            Finding("ground_forbidden", f"“{outcome.label}”不能有不予公开的理由。", outcome.basis, "请去掉理由。")
        )
    if reasons:
        findings += grounds.check(reasons, answers or {}, taken)
    return findings


#: 一件申请里几项结果不同、又没有一项公开时,按大类的这个次序取一种(格式没有规定,机关可以另选其中一种)。
_ORDER = (Group.REFUSED, Group.UNABLE, Group.UNHANDLED, Group.OTHER)


@implements("report2021:3")
def overall(items: Sequence[str], chosen: str = "") -> str:
    """The one outcome of a case from those of its items: the row of the annual report that it is counted in.

    Some given and some not is 部分公开 and counts there only. Where nothing was given and the items differ, a person
    may choose one of them; else the first by kind.

    Raises:
        RuleBroken: no item, or ``chosen`` is not possible.

    >>> overall(["provided", "not_held"]), overall(["not_held", "process"]), overall(["not_held", "process"], "not_held")
    ('partial', 'process', 'not_held')
    """
    found = [outcomes()[key] for key in items]
    if not found:
        raise RuleBroken("还没有一项信息有处理结果", fix="请先逐项定下处理结果。")
    if all(one.is_open for one in found):
        possible = _distinct(one.key for one in found)
        default = "provided" if "provided" in possible else possible[0]
    elif any(one.is_open or one.group is Group.PARTIAL for one in found):
        possible, default = ["partial"], "partial"
    else:
        ordered = sorted(
            found, key=lambda outcome: (_ORDER.index(outcome.group), list(outcomes()).index(outcome.key))
        )
        possible, default = _distinct(one.key for one in ordered), ordered[0].key
    if chosen and chosen not in possible:
        labels = "、".join(outcomes()[key].label for key in possible)
        raise RuleBroken(
            f"各项的结果合起来不能是“{outcomes()[chosen].label}”",
            source=overall.source,  # type: ignore[attr-defined]
            fix=f"可以是：{labels}。",
        )
    return chosen or default


def gates(items: Iterable[str]) -> tuple[str, ...]:
    """The reviews that a reply with these outcomes needs before it is signed, in the order of ``GATES``.

    >>> gates(["provided", "not_held"])
    ('secrecy', 'legal')
    """
    wanted = {gate for key in items for gate in outcomes()[key].gates}
    return tuple(gate for gate in GATES if gate in wanted)


def needing(gate: str) -> list[str]:
    """The outcomes that ask for this review.

    >>> "provided" in needing("secrecy"), "provided" in needing("legal")
    (True, False)
    """
    return [key for key, outcome in outcomes().items() if gate in outcome.gates]


def _distinct(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
