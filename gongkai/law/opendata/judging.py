"""判定树:一步一步问,停在哪一步、为什么,写得清。由严到宽要批准,由宽到严当时生效。"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import RuleBroken
from ..sources import implements
from .terms import Level, Opening


@dataclass(frozen=True, slots=True)
class Facts:
    """判定要知道的事实。``level`` 是各字段里最高的敏感级,一个字段也没有定级的是 None。"""

    level: Level | None
    secret: bool = False
    barred: bool = False
    asks_by_person: bool = False
    droppable: bool = False
    personal: bool = False
    anonymised: bool = False
    authorised: bool = False
    agreed: bool = False


#: 事实的问法,按判定的次序;级别由字段来,不问。
QUESTIONS = {
    "secret": "涉及国家秘密、工作秘密",
    "barred": "法律、法规明令不得开放，或者开放会危及安全、稳定",
    "asks_by_person": "要用身份证号、社保号、手机号这样的个人标识来查",
    "droppable": "有L4字段的：删去这些字段以后仍然有用",
    "personal": "含个人信息或者商业秘密",
    "anonymised": "已经匿名化，并且通过了重识别检查",
    "authorised": "有信息主体的授权，或者只在安全域内使用",
    "agreed": "有L2字段的：主管部门同意无条件开放",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """判定的结果:开放属性(None 是不入目录,PENDING 是还判不了)、停在第几步、为什么。"""

    opening: Opening | None
    step: int
    reason: str


@implements("public_data_zj")
def judge(facts: Facts) -> Judged:
    """Walk down the tree; the first step that decides is the reason.

    >>> judge(Facts(Level.L1)).opening.label, judge(Facts(Level.L3, personal=True)).opening.label
    ('无条件开放', '禁止开放')
    """
    if facts.secret:
        return Judged(None, 1, "涉及国家秘密、工作秘密，不列入开放目录")
    if facts.barred:
        return Judged(Opening.PROHIBITED, 2, "法律、法规明令不得开放，或者开放会危及安全、稳定")
    if facts.asks_by_person:
        return Judged(Opening.PROHIBITED, 3, "以个人标识为查询条件，不对社会开放，需要的走部门共享")
    if facts.level is None:
        return Judged(Opening.PENDING, 4, "还有字段没有定敏感级，不能判定")
    if facts.level is Level.L4:
        if facts.droppable:
            return Judged(Opening.PENDING, 4, "有L4字段，删去以后仍然有用：请删去这些字段再判定")
        return Judged(Opening.PROHIBITED, 4, "有L4字段，删去以后没有用处")
    if facts.level is Level.L3 or facts.personal:
        if facts.anonymised and not facts.personal:
            return Judged(Opening.PENDING, 5, "已经匿名化：请按匿名化以后的字段重新定级再判定")
        if facts.authorised:
            return Judged(Opening.RESTRICTED, 5, "有L3字段或者个人信息、商业秘密，有授权或者在安全域内使用")
        return Judged(Opening.PROHIBITED, 5, "有L3字段或者个人信息、商业秘密，没有匿名化，也没有授权")
    if facts.level is Level.L2:
        if facts.agreed:
            return Judged(Opening.UNCONDITIONAL, 6, "最高L2，没有个人信息，主管部门同意")
        return Judged(Opening.RESTRICTED, 6, "最高L2，主管部门没有同意无条件开放")
    return Judged(Opening.UNCONDITIONAL, 7, "全部字段都是L1")


def loosens(old: Opening, new: Opening) -> bool:
    """Whether the change opens more than before, so that somebody else has to approve it."""
    return new.rank > old.rank


def may_approve(*, proposed_by: int, approver: int) -> None:
    """Approve a loosening.

    Raises:
        RuleBroken: who proposes it may not approve it.
    """
    if proposed_by == approver:
        raise RuleBroken("提出放宽的人不能自己批准", fix="请由另一位批准。")


def complete(opening: Opening, *, conditions: str, basis: str) -> None:
    """What has to be written with a judgement.

    Raises:
        RuleBroken: restricted without conditions, prohibited without a basis.
    """
    if opening is Opening.RESTRICTED and not conditions.strip():
        raise RuleBroken("受限开放没有写条件", fix="请写明谁可以用、用在哪里、要交什么材料。")
    if opening is Opening.PROHIBITED and not basis.strip():
        raise RuleBroken("禁止开放没有写依据", fix="请写明法律、法规的条款。")
