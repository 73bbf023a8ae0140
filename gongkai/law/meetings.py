"""会议公开:涉及企业和重大民生的议题,是否邀请、是否公开、怎样公开三项意见齐了才列入方案;次数不缺号。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Happened:
    """一项议题会后怎样:谁列席了、照哪些方式公开了、同方案不一样的原因。"""

    attended: str
    ways: tuple[str, ...]
    reason: str = ""


def unkept(item: Item, happened: Happened) -> list[str]:
    """What of the plan of an item was not done, whether or not there is a reason.

    >>> plan = Item("公交调价", False, True, True, "居民2人", True, ("live", "decisions"), "")
    >>> unkept(plan, Happened("", ("decisions",)))
    ['方案邀请居民2人，没有记实际谁列席', '1种公开方式没有照办']
    """
    missing = []
    if item.invite and not happened.attended.strip():
        missing.append(f"方案邀请{item.invitees}，没有记实际谁列席")
    if item.opened and (left := set(item.ways) - set(happened.ways)):
        missing.append(f"{len(left)}种公开方式没有照办")
    return missing


@implements("plan:2.5")
def may_tell(item: Item, happened: Happened) -> None:
    """Say in public what became of an item: what differs from its plan needs a reason.

    Raises:
        RuleBroken: something of the plan was not done and nothing says why.
    """
    if (missing := unkept(item, happened)) and not happened.reason.strip():
        raise RuleBroken(
            f"议题“{item.title}”{'，'.join(missing)}",
            source=cite("plan:2.5"),
            fix="请补记会后的情况；同方案不一样的，写明原因，公众看得到。",
        )


def may_invite(*, seats: int, closes_on: date | None, held_on: date, on: date) -> None:
    """Take sign-ups of the public for a meeting: who is drawn must be told before it begins.

    Args:
        closes_on: the last day of the sign-up; None where nobody is invited.
        on: the day on which the meeting is entered.

    Raises:
        RuleBroken: seats without an end of the sign-up or an end without seats; it ends in the past, or not before the
            day of the meeting.
    """
    if closes_on is None:
        if seats:
            raise RuleBroken(f"列席名额{seats}个，没有填报名截止", fix="请填报名截止；不邀请公众列席的，名额填0。")
        return
    if not seats:
        raise RuleBroken("填了报名截止，没有名额", fix="请填列席代表名额；不邀请公众列席的，报名截止留空。")
    if closes_on >= held_on:
        raise RuleBroken(
            f"报名到{closes_on}截止，会议{held_on}召开",
            fix="请把报名截止提前到会议召开日以前，留出抽选和通知代表的时间。",
        )
    if closes_on < on:
        raise RuleBroken(f"报名截止{closes_on}已经过去", fix="请填今天以后的日子；不邀请公众列席的，名额填0。")


def gaps(numbers: Iterable[int]) -> list[int]:
    """The numbers of meetings that are missing between the first and the last; a secret meeting holds its number.

    >>> gaps([41, 42, 45])
    [43, 44]
    """
    known = set(numbers)
    return [number for number in range(min(known), max(known)) if number not in known] if known else []
