"""审核流程表:数据在 ``data/workflow.toml``,启动时核对,写错就停下(C39)。"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass

from gongkai.org import access

from .terms import SUBMITTED_STAGES, ReviewKind, Stage


@dataclass(frozen=True, slots=True)
class Step:
    """一道审核。``to`` 是同意以后到哪个环节;关口不改环节,是 None。"""

    kind: ReviewKind
    at: frozenset[Stage]
    to: Stage | None
    needs: tuple[str, ...]

    @property
    def right(self) -> str:
        """The right that the reviewer must have (``org.access.RIGHTS``)."""
        return f"records.{self.kind.value}"

    @property
    def is_gate(self) -> bool:
        """Whether it only has to be there before signing, in whatever order (保密审查、法制审核)."""
        return self.to is None


def load(text: str, conditions: Collection[str]) -> dict[ReviewKind, Step]:
    """Read the table.

    Args:
        conditions: the names that ``needs`` may use.

    Raises:
        ValueError: an unknown key, a review named twice, a condition or right that does not exist, a stage that
            cannot be reached or left, or a table that never leads to signing.
    """
    steps: dict[ReviewKind, Step] = {}
    data = tomllib.loads(text)
    if set(data) != {"step"}:
        raise ValueError(f"流程表只有 step 一种节,不能有 {'、'.join(sorted(set(data) - {'step'}))}")
    for row in data["step"]:
        if unknown := set(row) - {"kind", "at", "to", "needs"}:
            raise ValueError(f"流程表里有认不得的键:{'、'.join(sorted(unknown))}")
        step = Step(
            ReviewKind.from_value(row["kind"]),
            frozenset(Stage.from_value(stage) for stage in row["at"]),
            Stage.from_value(row["to"]) if "to" in row else None,
            tuple(row["needs"]),
        )
        if step.kind in steps:
            raise ValueError(f"流程表里“{step.kind.label}”写了两遍")
        if missing := set(step.needs) - set(conditions):
            raise ValueError(f"没有这些条件:{'、'.join(sorted(missing))}")
        if step.right not in access.RIGHTS:
            raise ValueError(f"权限表里没有 {step.right}")
        steps[step.kind] = step
    _walk(list(steps.values()))
    return steps


def _walk(steps: list[Step]) -> None:
    """Every submitted stage is reached from the first and left again, and the way ends in signing."""
    reached, todo = set(), [Stage.FIRST]
    while todo:
        stage = todo.pop()
        reached.add(stage)
        ahead = [step.to for step in steps if stage in step.at and step.to and step.to not in reached]
        if stage in SUBMITTED_STAGES and not any(stage in step.at and step.to for step in steps):
            raise ValueError(f"“{stage.label}”走不出去")
        todo += ahead
    if lost := SUBMITTED_STAGES - reached:
        raise ValueError(f"这些环节走不到:{'、'.join(sorted(stage.label for stage in lost))}")
    if reached != {*SUBMITTED_STAGES, Stage.LIVE}:
        raise ValueError("流程表走不到签发,或者走到了别的环节")
