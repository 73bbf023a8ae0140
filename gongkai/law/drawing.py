"""公开抽选:种子在报名截止以前就约定好,截止以后按种子和编号的散列排序,谁都可以重算。

约定有两种:一个到时候才产生、谁都看得到的公开数(写明哪一个数、什么时候产生);或者机器随机取的种子,先公布它的散列,
抽选时再公布种子。事后才填的种子可以一个一个试到想要的人抽中,不收。
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from .errors import RuleBroken


def commitment(seed: str) -> str:
    """What is shown of a sealed seed beforehand: its SHA-256, in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def digest(number: str, seed: str) -> str:
    """By what a number is ordered: the SHA-256 of seed, colon and number, in hexadecimal."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def ranked(numbers: Iterable[str], seed: str) -> list[str]:
    """Everyone who signed up, in the order of the hash of seed and number: the first take the seats, the others wait.

    Whoever cancels changes nobody else's place before or behind another.

    >>> ranked(["A-1", "A-2", "A-3"], "2026-11-27") == ranked(["A-3", "A-1", "A-2"], "2026-11-27")
    True
    """
    return sorted(numbers, key=lambda number: digest(number, seed))


def may_commit(
    *, source: str, comes_out: datetime | None, closes: datetime, at: datetime, what: str = "报名"
) -> None:
    """Agree on the seed of a drawing.

    Args:
        source: the public number that will be the seed; empty for a seed that the machine takes and seals.
        comes_out: when that number comes out.
        closes: the last moment of the sign-up.
        what: ends at that moment, where it is no sign-up but a list that is fixed.

    Raises:
        RuleBroken: the number is known before the sign-up ends or already now, or has no moment; a sealed seed is
            taken after the sign-up ended.
    """
    if not source.strip():
        if comes_out is not None:
            raise RuleBroken("写了公开数的产生时刻，没有写是哪一个数", fix="请写明，如某一期某种彩票的开奖号码。")
        if at > closes:
            raise RuleBroken(
                f"{what}已经截止，不能再由机器取种子", fix="请约定一个还没有产生的公开数，写明什么时候产生。"
            )
        return
    if comes_out is None:
        raise RuleBroken("没有写公开数什么时候产生", fix="请写到分。")
    if comes_out <= closes:
        raise RuleBroken(f"公开数在{what}截止以前就产生了，知道它的人可以照着它安排", fix="请选截止以后产生的。")
    if comes_out <= at:
        raise RuleBroken("公开数已经产生，不能再拿来约定", fix="请选还没有产生的。")


def may_draw(
    *,
    is_agreed: bool,
    is_drawn: bool,
    comes_out: datetime | None,
    closes: datetime,
    at: datetime,
    what: str = "报名",
) -> None:
    """Draw by what was agreed on.

    Raises:
        RuleBroken: nothing was agreed on, the sign-up still runs, the number is not out yet, or it is drawn already.
    """
    if at <= closes:
        raise RuleBroken(f"{what}还没有截止", fix="请在截止以后抽选。")
    if is_drawn:
        raise RuleBroken("已经抽选过", fix="结果不能重来。")
    if not is_agreed:
        raise RuleBroken(
            "抽选的种子没有事先约定，事后填的种子可以试到想要的人抽中", fix="请先约定一个还没有产生的公开数。"
        )
    if comes_out is not None and at < comes_out:
        raise RuleBroken("约定的公开数还没有产生", fix="请在它产生以后抽选。")
