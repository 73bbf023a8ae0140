"""公开抽选:约定种子,照约定抽。调用的动作锁住自己的活动或者会议,核权限、记操作记录。"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from gongkai.law import drawing as law
from gongkai.law.errors import RuleBroken

from ..drawings import Drawing


def agree(
    drawing: Drawing | None,
    *,
    source: str,
    comes_out: datetime | None,
    closes: datetime,
    at: datetime,
    what: str = "报名",
) -> Drawing:
    """约定种子;还没有公布的可以改,原来那一次约定由新的代替。

    Args:
        drawing: what was agreed on before, while nobody has seen it; its caller knows that.
        what: ends at ``closes``, as ``law.may_commit`` has it.
    """
    source = source.strip()[:200]
    if drawing is not None and (drawing.source, drawing.comes_out_at) == (source, comes_out):
        if source:
            law.may_commit(source=source, comes_out=comes_out, closes=closes, at=at, what=what)
        return drawing
    law.may_commit(source=source, comes_out=comes_out, closes=closes, at=at, what=what)
    made = drawing or Drawing()
    made.source, made.comes_out_at, made.agreed_at = source, comes_out, at
    made.secret = "" if source else secrets.token_hex(16)
    made.commitment = law.commitment(made.secret) if made.secret else ""
    made.save()
    return made


def draw(
    drawing: Drawing | None,
    numbers: Iterable[str],
    seats: int,
    *,
    number: str,
    closes: datetime,
    at: datetime,
    what: str = "报名",
) -> Drawing:
    """照约定抽;封存的种子这时公布,约定公开数的由经办人照公布的填。"""
    found = Drawing.objects.select_for_update().get(pk=drawing.pk) if drawing is not None else None
    law.may_draw(
        is_agreed=bool(found and found.agreed_at),
        is_drawn=bool(found and found.is_drawn),
        comes_out=found.comes_out_at if found else None,
        closes=closes,
        at=at,
        what=what,
    )
    assert found is not None
    if found.source and not number.strip():
        raise RuleBroken("没有填约定的公开数", fix=f"请填：{found.source}。")
    found.seed = number.strip()[:64] if found.source else found.secret
    found.secret, found.seats, found.drawn_at = "", seats, at
    found.order = law.ranked(numbers, found.seed)
    found.save()
    return found
