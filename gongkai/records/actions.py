"""政府信息的唯一写入口:起草、送审、审核、签发、撤下、关系、评估。

每个动作都在一个事务里:核权限、验事实、写数据、重算派生列、记一条操作记录。
不合法的一律抛 ``LawError``(什么不对、依据哪条、怎么改),什么也不写。
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gongkai.law.errors import LawError, RuleBroken
from gongkai.org.models import Agency, User

from .models import Attachment, Edition, Reassessment, Record, Relation, Withdrawal
from .terms import RelationKind, ReviewKind, Verdict, WithdrawalKind


class Conflict(RuleBroken):
    """Someone saved in between (C54): ``edition`` is what stands now; nothing was written."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(
            f"{edition.saved_by}已经先保存过这份稿子,您的改动没有写入", fix="请对照后再保存,您填的内容还在页面上。"
        )


def create(agency: Agency, type: str, *, by: User, at: datetime, **description: Any) -> Edition:
    """新建一件信息和它的第一个草稿。``description`` 是 ``Description`` 的列,另可给 ``body``。"""
    raise NotImplementedError


def save(edition: Edition, values: dict[str, Any], *, by: User, at: datetime, revision: int) -> Edition:
    """保存草稿;``revision`` 是打开时的修订号。Raises: Conflict, LawError."""
    raise NotImplementedError


def attach(edition: Edition, name: str, content: bytes, *, by: User, at: datetime) -> Attachment:
    """加附件:类型按内容判断,文件名去掉人名。"""
    raise NotImplementedError


def detach(attachment: Attachment, *, by: User, at: datetime) -> None:
    """去掉草稿的附件。"""
    raise NotImplementedError


def submit(edition: Edition, *, by: User, at: datetime) -> Edition:
    """送审。缺必备要素的送不出去。"""
    raise NotImplementedError


def recall(edition: Edition, *, by: User, at: datetime) -> Edition:
    """撤回送审,已有的审核意见作废。"""
    raise NotImplementedError


def judge(
    edition: Edition,
    kind: ReviewKind,
    verdict: Verdict,
    opinion: str = "",
    *,
    by: User,
    at: datetime,
    publish_at: datetime | None = None,
) -> Edition:
    """办一道审核(初审、复审、终审签发、保密审查、法制审核)。终审同意即签发;``publish_at`` 是定时发布的时刻。"""
    raise NotImplementedError


def revise(record: Record, *, by: User, at: datetime, change_note: str = "") -> Edition:
    """从公开版开一个新草稿(更正)。"""
    raise NotImplementedError


def discard(edition: Edition, *, reason: str, by: User, at: datetime) -> Edition:
    """作废草稿。"""
    raise NotImplementedError


def withdraw(
    record: Record,
    kind: WithdrawalKind,
    *,
    reason: str,
    on: date,
    by: User,
    at: datetime,
    basis: str = "",
    successor: Record | None = None,
    address: str = "",
) -> Withdrawal:
    """撤下。种类各有必填:废止要依据,迁移要承继信息或者新地址。"""
    raise NotImplementedError


def lift(record: Record, *, reason: str, by: User, at: datetime) -> Record:
    """恢复公开。"""
    raise NotImplementedError


def relate(
    source: Record, target: Record, kind: RelationKind, *, by: User, at: datetime, note: str = ""
) -> Relation:
    """建立关系。"""
    raise NotImplementedError


def unrelate(relation: Relation, *, by: User, at: datetime) -> None:
    """解除关系。"""
    raise NotImplementedError


def invite(edition: Edition, name: str, *, by: User, at: datetime) -> str:
    """请外部人员看一次;返回链接里的口令,只此一次。"""
    raise NotImplementedError


def opine(token: str, opinion: str, *, at: datetime) -> Edition:
    """外部人员凭口令写意见;口令随即作废。"""
    raise NotImplementedError


def reassess(
    record: Record, year: int, outcome: str, reason: str, *, by: User, at: datetime
) -> Reassessment:
    """年度评估审查;转为公开的建立草稿并两边相连(C109)。"""
    raise NotImplementedError


def change_duty(record: Record, duty: str, *, by: User, at: datetime) -> Record:
    """改归另一项法定公开事项。"""
    raise NotImplementedError


def add_word(word: str, advice: str, *, by: User, at: datetime) -> None:
    """加一个提示词。"""
    raise NotImplementedError


def remove_word(word: Any, *, by: User, at: datetime) -> None:
    """去掉一个提示词。"""
    raise NotImplementedError


__all__ = ["Conflict", "LawError"]
