"""不涉及的事项:单位申明本单位没有哪几项法定公开事项,区政府办核准;核准以后矩阵里不算空缺。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.law import duties
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Absence


@transaction.atomic
def declare_absences(
    agency: Agency, items: Iterable[str], reason: str, *, by: User, at: datetime
) -> list[Absence]:
    """申明本单位没有这几项法定公开事项,送区政府办核准;已经申明过的改理由,重新核准。

    Args:
        items: keys of ``law.duties``.

    Raises:
        RuleBroken: no reason, nothing chosen, an unknown item, or one that does not fall to this kind of agency.
    """
    access.require(by, "records.write", agency)
    chosen = list(dict.fromkeys(items))
    applicable = {one.key for one in duties.duties_of(agency.kind)}
    if wrong := [key for key in chosen if key not in applicable]:
        raise RuleBroken(f"没有“{'、'.join(wrong)}”这一项本单位应当公开的事项", fix="请从目录里选。")
    if not chosen:
        raise RuleBroken("没有选事项", fix="请勾选本单位不涉及的事项。")
    if not reason.strip():
        raise RuleBroken("没有写理由", fix="请写明本单位为什么不涉及，例如职责在哪个单位。")
    given = {"reason": reason.strip()[:200], "by": by, "at": at, "approved_by": None, "approved_at": None}
    rows = [Absence.objects.update_or_create(agency=agency, duty=key, defaults=given)[0] for key in chosen]
    log(
        "records.absence",
        f"{agency}申明不涉及{_labels(rows)}：{reason.strip()}",
        at=at,
        by=by,
        agency=agency,
        items=chosen,
    )
    return rows


@transaction.atomic
def judge_absences(
    agency: Agency, items: Iterable[str], agrees: bool, opinion: str = "", *, by: User, at: datetime
) -> int:
    """核准或者退回一个单位申明的事项;退回的要写意见,申明随之作废,格子又是空缺。

    Returns:
        how many were judged.
    """
    access.require(by, "records.absence", agency)
    waiting = Absence.objects.select_for_update().filter(agency=agency, duty__in=list(items), approved_at=None)
    rows = list(waiting.order_by("pk"))
    if not rows:
        raise RuleBroken("没有选待核准的事项", fix="请勾选；已经由别人核准或者收回的，刷新以后就看不到了。")
    if any(one.by_id == by.pk for one in rows):
        raise RuleBroken("申明的人不能自己核准", fix="请由区政府办的另一位经办人核准。")
    if not agrees and not opinion.strip():
        raise RuleBroken("退回没有写意见", fix="请写明为什么属于这个单位的事项。")
    labels, keys = _labels(rows), [one.duty for one in rows]
    chosen = Absence.objects.filter(pk__in=[one.pk for one in rows])
    if agrees:
        chosen.update(approved_by=by, approved_at=at)
    else:
        chosen.delete()
    said = f"{'核准' if agrees else '退回'}{agency}不涉及{labels}的申明{'：' + opinion.strip() if opinion.strip() else ''}"
    log("records.absence", said, at=at, by=by, agency=agency, items=keys, agrees=agrees)
    return len(rows)


@transaction.atomic
def retract_absence(absence: Absence, *, by: User, at: datetime) -> None:
    """收回“不涉及”的申明。"""
    access.require(by, "records.write", absence.agency)
    absence.delete()
    log(
        "records.absence",
        f"{absence.agency}收回不涉及{_labels([absence])}的申明",
        at=at,
        by=by,
        agency=absence.agency,
    )


def _labels(rows: list[Absence]) -> str:
    """“收费”等几项,短名,放得进一句话。"""
    names = "、".join(duties.get(one.duty).short for one in rows[:6])
    return f"“{names}”" + (f"等{len(rows)}项" if len(rows) > 6 else "")
