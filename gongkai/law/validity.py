"""有效性:一件文件在某日是有效、失效、废止、已修改还是尚未施行(law.md 7.5)。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .sources import implements
from .terms import Term


class Validity(Term):
    """有效性。"""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "有效，已修改"
    PARTLY = "partly", "部分失效"
    PENDING = "pending", "尚未施行"
    PART_BEGUN = "part_begun", "部分条款已施行"
    SUSPENDED = "suspended", "暂停执行"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"

    @property
    def binds(self) -> bool:
        """Whether the text, or part of it, may be relied on."""
        return self in (Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY, Validity.PART_BEGUN)


@dataclass(frozen=True, slots=True)
class Change:
    """使文件效力变动的一件事:修改、部分废止;``on`` 起算。"""

    kind: Validity
    on: date


@implements("website47")
def validity(
    on: date,
    *,
    effective_on: date | None = None,
    expires_on: date | None = None,
    repealed_on: date | None = None,
    changes: tuple[Change, ...] = (),
) -> Validity:
    """What a paper's validity is on the day ``on``; the strongest event that has begun wins.

    Args:
        effective_on: 施行日期; None means in force since it was made.
        expires_on: 有效期至, the last day in force.
        repealed_on: 废止之日, the first day no longer in force.

    >>> validity(date(2024, 1, 1), expires_on=date(2023, 12, 31)).label
    '失效'
    """
    if repealed_on and on >= repealed_on:
        return Validity.REPEALED
    if expires_on and on > expires_on:
        return Validity.EXPIRED
    if effective_on and on < effective_on:
        return Validity.PENDING
    begun = {change.kind for change in changes if change.on <= on}
    if Validity.PARTLY in begun:
        return Validity.PARTLY
    return Validity.AMENDED if Validity.AMENDED in begun else Validity.IN_FORCE
