"""关口:上面各应用对签发、撤下、恢复、解除关系的要求。

这一层不认得上面各应用的事,由各应用启动时登记一个关口,同 ``org.open_work``。关口在动作的事务里、锁住信息以后被问到:
``signing``、``moving``、``lifting``、``unlinking`` 抛 ``LawError`` 就拦住,什么也不写;``withdrawn`` 在撤下以后跟着记事,不许拦。
"""

from __future__ import annotations

from datetime import datetime

from gongkai.org.models import User

from .models import Edition, Record, Relation, Withdrawal


class Gate:
    """一个关口;各应用只改写用得着的。"""

    def signing(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        """Before an edition is signed. ``edition.record`` is locked; its columns are still those of before."""

    def moving(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        """Before a signed record that is not yet public gets another moment. ``record`` is locked."""

    def withdrawn(self, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
        """After a record was withdrawn, before the commit."""

    def lifting(self, record: Record, *, by: User, at: datetime) -> None:
        """Before a withdrawal is lifted."""

    def unlinking(self, relation: Relation, *, by: User, at: datetime) -> None:
        """Before a relation is dissolved."""


_gates: list[Gate] = []


def register(gate: Gate) -> None:
    """Put up a gate; twice the same kind counts once. Call it in ``AppConfig.ready``."""
    if not any(type(one) is type(gate) for one in _gates):
        _gates.append(gate)


def standing() -> tuple[Gate, ...]:
    """Every gate, in the order of the apps."""
    return tuple(_gates)
