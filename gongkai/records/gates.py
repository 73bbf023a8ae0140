"""关口和跟着办的:上面各应用对签发、改时刻、撤下、恢复、解除关系的要求,登记在 ``on_record``。

都在动作的事务里、锁住信息以后被问到。关口(``Gate``)抛 ``LawError`` 就拦住,自己什么也不写;跟着办的(``Follower``)
在定下以后写自己的事,不许拦。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.org.models import User

from .models import Edition, Record, Relation, Withdrawal


@dataclass(frozen=True, slots=True)
class Hanging:
    """挂在一件信息上、撤下时一并办的一样东西(云诊所的事项……):在它的应用里的键、写给人看的一句话。"""

    key: str
    label: str


class Gate:
    """一个关口;各应用只改写用得着的。"""

    def signing(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        """Before an edition is signed. ``edition.record`` is locked; its columns are still those of before."""

    def moving(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        """Before a signed record that is not yet public gets another moment. ``record`` is locked."""

    def lifting(self, record: Record, *, by: User, at: datetime) -> None:
        """Before a withdrawal is lifted."""

    def unlinking(self, relation: Relation, *, by: User, at: datetime) -> None:
        """Before a relation is dissolved."""


class Follower:
    """跟着一个决定办的;各应用只改写用得着的。"""

    def signed(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        """After the gates let an edition be signed, in the same transaction; the record's columns are still old."""

    def moved(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        """After a signed record that is not yet public got another moment."""

    def withdrawn(self, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
        """After a record was withdrawn, before the commit."""

    def after_withdrawal(self, withdrawal: Withdrawal, keys: frozenset[str], *, by: User, at: datetime) -> None:
        """What hung on the record (``OnRecord.hanging``) and goes along with it, by key; other apps' keys among them."""

    def lifted(self, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
        """After a withdrawal was lifted and the record is public again, before the commit."""
