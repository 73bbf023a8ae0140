"""会议公开:涉及企业和重大民生的议题,是否邀请、是否公开、怎样公开三项意见齐了才列入方案;次数不缺号。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import RuleBroken
from .sources import cite, implements


@dataclass(frozen=True, slots=True)
class Item:
    """一项议题的三项意见;``invite``、``opened`` 是 None 表示还没有意见。"""

    title: str
    enterprises: bool
    livelihood: bool
    invite: bool | None
    invitees: str
    opened: bool | None
    ways: tuple[str, ...]
    closed_reason: str

    @property
    def is_concerned(self) -> bool:
        """Whether the three opinions are asked for."""
        return self.enterprises or self.livelihood


def lacking(item: Item) -> list[str]:
    """Which of the three opinions an item still lacks; none for one that needs none.

    >>> lacking(Item("公交调价", False, True, True, "", True, (), ""))
    ['邀请谁、几人', '公开方式']
    """
    if not item.is_concerned:
        return []
    missing = []
    if item.invite is None:
        missing.append("是否邀请列席")
    elif not item.invitees.strip():
        missing.append("邀请谁、几人" if item.invite else "不邀请的理由")
    if item.opened is None:
        missing.append("是否公开")
    elif item.opened and not item.ways:
        missing.append("公开方式")
    elif not item.opened and not item.closed_reason.strip():
        missing.append("不公开的理由")
    return missing


@implements("plan:2.5")
def may_plan(items: Iterable[Item]) -> None:
    """Pass a meeting's agenda on as its plan of openness.

    Raises:
        RuleBroken: an item that concerns enterprises or livelihood has not all three opinions.
    """
    for item in items:
        if missing := lacking(item):
            raise RuleBroken(
                f"议题“{item.title}”涉及企业或者重大民生，没有填{'、'.join(missing)}",
                source=cite("plan:2.5"),
                fix="请汇报单位提出是否邀请、是否公开、怎样公开三项意见，随方案一并报批。",
            )


def gaps(numbers: Iterable[int]) -> list[int]:
    """The numbers of meetings that are missing between the first and the last; a secret meeting holds its number.

    >>> gaps([41, 42, 45])
    [43, 44]
    """
    known = set(numbers)
    return [number for number in range(min(known), max(known)) if number not in known] if known else []
